// The tz database as tools/generate_time_zones.py writes it. Readers want cel/library/time_zones.h.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kastell::cel::time_zone_table {

// The `week`th (5: the last) `weekday` (0: Sunday) of a month, `seconds` after midnight.
struct RuleDate {
  std::int8_t month = 0;  // 0: no such date
  std::int8_t week = 0;
  std::int8_t weekday = 0;
  std::int32_t seconds = 0;
};

// What holds after the last transition: one offset, or two that alternate each year.
struct Rule {
  std::int32_t standard_offset;
  std::int32_t daylight_offset;
  RuleDate daylight_begins;  // in standard time
  RuleDate daylight_ends;    // in daylight time
};

struct Zone {
  std::uint32_t begin;  // of its transitions in intervals() and offset_numbers()
  std::uint32_t count;
  std::int64_t first_transition;  // the first interval is 0
  std::int32_t initial_offset;
  Rule rule;
};

struct Name {
  std::string_view name;
  std::uint16_t zone;
};

std::span<const std::int32_t> offsets();          // distinct offsets from UTC in seconds
std::span<const std::uint32_t> intervals();       // seconds since the zone's previous transition
std::span<const std::uint16_t> offset_numbers();  // into offsets(), from that transition on
std::span<const Zone> zones();
std::span<const Name> names();  // sorted

}  // namespace kastell::cel::time_zone_table
