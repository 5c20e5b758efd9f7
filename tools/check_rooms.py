#!/usr/bin/env python3
"""Fails when an include crosses the rooms of src/ against the allowed direction, or reaches into another
room's private folders. The allowed direction is the USES lists of CMakeLists.txt."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def allowed():
    direct = {}
    for room, uses in re.findall(r"^kastell_room\((\w+)\s*(?:USES\s+([^)]*?))?(?:PRIVATELY[^)]*)?\)",
                                 (ROOT / "CMakeLists.txt").read_text(), re.M):
        direct[room] = [u for u in (uses or "").split() if "::" not in u]
    closed = {}

    def close(room, trail=()):
        if room in trail:
            sys.exit(f"rooms depend on each other in a circle: {' -> '.join(trail + (room,))}")
        if room not in closed:
            reach = set()
            for used in direct[room]:
                reach |= {used} | close(used, trail + (room,))
            closed[room] = reach
        return closed[room]

    for room in direct:
        close(room)
    return closed


def main():
    rooms = allowed()
    problems = []
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        room = path.relative_to(ROOT / "src").parts[0]
        if room not in rooms:
            problems.append(f"{path}: {room} is not a room of CMakeLists.txt")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'\s*#include "([^"]+)"', line)
            if not found or "/" not in found[1]:
                continue
            parts = found[1].split("/")
            other = parts[0]
            if other == room or other not in rooms:
                continue
            if other not in rooms[room]:
                problems.append(f"{path}:{number}: {room} may not use {other}")
            elif len(parts) > 2:
                problems.append(f"{path}:{number}: {found[1]} is private to {other}")
    print("\n".join(problems) or f"{len(rooms)} rooms, no include against the direction")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
