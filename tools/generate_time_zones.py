#!/usr/bin/env python3
"""Writes src/cel/library/time_zone_table.cpp from the system's compiled tz database (Debian: tzdata).

usage: tools/generate_time_zones.py VERSION [ZONEINFO_FOLDER] > src/cel/library/time_zone_table.cpp

Only offsets from UTC are kept. A zone is its offset before the first transition, the transitions (as
seconds since the one before), and the rule for all time after the last one; transitions that the rule
gives anyway are dropped. Format of the input: RFC 9636 (TZif), rules: POSIX TZ strings.
"""
import calendar
import os
import re
import struct
import sys

FIRST_YEAR_OF_RULES = 1970
LAST_YEAR_OF_FILES = 2037


def read_tzif(data):
    """(initial offset, [(time, offset)], rule) of a TZif file of version 2 or later."""
    def counts(at):
        return struct.unpack(">6l", data[at + 20 : at + 44])

    utc, standard, leap, times, types, letters = counts(0)
    at = 44 + times * 5 + types * 6 + letters + leap * 8 + standard + utc
    utc, standard, leap, times, types, letters = counts(at)
    at += 44
    instants = struct.unpack(f">{times}q", data[at : at + 8 * times])
    at += 8 * times
    numbers = data[at : at + times]
    at += times
    offsets = [struct.unpack(">lBB", data[at + 6 * i : at + 6 * i + 6])[0] for i in range(types)]
    at += 6 * types + letters + leap * 12 + standard + utc
    return offsets[0], [(t, offsets[n]) for t, n in zip(instants, numbers)], data[at:].strip().decode()


def read_clock(text):
    """Seconds of "2", "-3:30", "26:15:00"."""
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")]
    return sign * sum(part * unit for part, unit in zip(parts, (3600, 60, 1)))


def read_rule(text):
    """(standard offset, daylight offset, start, end); start and end are (month, week, weekday, seconds)."""
    name = r"(?:<[^>]+>|[A-Za-z]+)"
    clock = r"[+-]?[0-9:]+"
    date = rf"M(\d+)\.(\d)\.(\d)(?:/({clock}))?"
    match = re.fullmatch(rf"{name}({clock})(?:{name}({clock})?,{date},{date})?", text)
    assert match, text
    standard = -read_clock(match[1])
    if match[3] is None:
        return standard, standard, None, None
    daylight = -read_clock(match[2]) if match[2] else standard + 3600
    dates = [(int(match[i]), int(match[i + 1]), int(match[i + 2]), read_clock(match[i + 3] or "2")) for i in (3, 7)]
    return standard, daylight, dates[0], dates[1]


def instant(year, date, offset):
    """When the local clock of `offset` shows the date of the rule."""
    month, week, weekday, seconds = date
    first = (calendar.weekday(year, month, 1) + 1) % 7
    day = 1 + (weekday - first) % 7 + (week - 1) * 7
    if day > calendar.monthrange(year, month)[1]:
        day -= 7
    return calendar.timegm((year, month, day, 0, 0, 0)) + seconds - offset


def transitions_of_rule(rule):
    standard, daylight, start, end = rule
    if start is None:
        return []
    years = range(FIRST_YEAR_OF_RULES, LAST_YEAR_OF_FILES + 1)
    return sorted([(instant(y, start, standard), daylight) for y in years]
                  + [(instant(y, end, daylight), standard) for y in years])


def without_repetition(initial, transitions):
    kept, offset = [], initial
    for time, new_offset in transitions:
        if new_offset != offset:
            kept.append((time, new_offset))
        offset = new_offset
    return kept


def shortened(initial, transitions, rule):
    """The transitions without those at the end that the rule gives as well."""
    kept = without_repetition(initial, transitions)
    given = transitions_of_rule(rule)
    dropped = None
    while kept and given and kept[-1] == given[-1]:
        dropped = kept.pop()
        given.pop()
    # A date of the rule after the last kept transition that did not take place: keep one more.
    if dropped and given and (not kept or given[-1][0] > kept[-1][0]):
        kept.append(dropped)
    return tuple(kept)


def read_zones(folder):
    zones = {}
    for path, _, names in os.walk(folder):
        for name in names:
            zone = os.path.relpath(os.path.join(path, name), folder)
            if zone.startswith(("posix/", "right/")) or zone in ("posixrules", "localtime"):
                continue
            with open(os.path.join(path, name), "rb") as file:
                data = file.read()
            if data[:4] != b"TZif":
                continue
            initial, transitions, text = read_tzif(data)
            rule = read_rule(text)
            zones[zone] = (initial, shortened(initial, transitions, rule), rule)
    return zones


def wrapped(items, width=116):
    lines, line = [], ""
    for item in items:
        if len(line) + len(item) + 1 > width:
            lines.append(line)
            line = ""
        line += item + ","
    return "\n".join(lines + [line])


def date_text(date):
    return "{}" if date is None else "{%d, %d, %d, %d}" % date


def main():
    version = sys.argv[1]
    zones = read_zones(sys.argv[2] if len(sys.argv) > 2 else "/usr/share/zoneinfo")
    distinct = sorted(set(zones.values()), key=lambda zone: min(n for n, z in zones.items() if z == zone))
    offsets = sorted({offset for _, transitions, _ in distinct for _, offset in transitions})
    number_of_offset = {offset: number for number, offset in enumerate(offsets)}

    intervals, numbers, rows = [], [], []
    for initial, transitions, (standard, daylight, start, end) in distinct:
        first = transitions[0][0] if transitions else 0
        rows.append(f"    {{{len(intervals)}, {len(transitions)}, {first}, {initial}, "
                    f"{{{standard}, {daylight}, {date_text(start)}, {date_text(end)}}}}},")
        previous = first
        for time, offset in transitions:
            intervals.append(str(time - previous))
            numbers.append(str(number_of_offset[offset]))
            previous = time
    number_of_zone = {zone: number for number, zone in enumerate(distinct)}
    names = "\n".join(f'    {{"{name}", {number_of_zone[zones[name]]}}},' for name in sorted(zones))

    print(f"""// The tz database (public domain), version {version}.
// Made by tools/generate_time_zones.py; do not edit.
// clang-format off
#include "cel/library/time_zone_table.h"

namespace kastell::cel::time_zone_table {{
namespace {{

constexpr std::int32_t offset_values[] = {{
{wrapped([str(offset) for offset in offsets])}
}};

constexpr std::uint32_t interval_values[] = {{
{wrapped(intervals)}
}};

constexpr std::uint16_t offset_number_values[] = {{
{wrapped(numbers)}
}};

constexpr Zone zone_values[] = {{
{chr(10).join(rows)}
}};

constexpr Name name_values[] = {{
{names}
}};

}}  // namespace

std::span<const std::int32_t> offsets() {{ return offset_values; }}
std::span<const std::uint32_t> intervals() {{ return interval_values; }}
std::span<const std::uint16_t> offset_numbers() {{ return offset_number_values; }}
std::span<const Zone> zones() {{ return zone_values; }}
std::span<const Name> names() {{ return name_values; }}

}}  // namespace kastell::cel::time_zone_table
// clang-format on""")


if __name__ == "__main__":
    main()
