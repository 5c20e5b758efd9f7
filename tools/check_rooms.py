#!/usr/bin/env python3
"""Fails when an include crosses the rooms of src/ against the allowed direction, or reaches into another
room's private folders. The allowed direction is the USES lists of CMakeLists.txt."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def rooms_of_cmake():
    """The folder of each room, and what it says it uses."""
    folders, direct = {}, {}
    for room, inside, uses in re.findall(
            r"^kastell_room\((\w+)\s*(?:IN\s+(\S+)\s*)?(?:USES\s+([^)]*?))?(?:PRIVATELY[^)]*)?\)",
            (ROOT / "CMakeLists.txt").read_text(), re.M):
        folders[inside or room] = room
        direct[room] = [u for u in (uses or "").split() if "::" not in u]
    return folders, direct


def room_of(parts, folders):
    """The room that holds a path, and how many parts name it: the innermost folder that is a room."""
    for length in range(len(parts) - 1, 0, -1):
        room = folders.get("/".join(parts[:length]))
        if room:
            return room, length
    return None, 0


def allowed(direct):
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
    folders, direct = rooms_of_cmake()
    rooms = allowed(direct)
    problems = []
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        room, _ = room_of(path.relative_to(ROOT / "src").parts, folders)
        if room is None:
            problems.append(f"{path}: not in a room of CMakeLists.txt")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'\s*#include "([^"]+)"', line)
            if not found or "/" not in found[1]:
                continue
            parts = found[1].split("/")
            other, length = room_of(parts, folders)
            if other == room or other is None:
                continue
            if other not in rooms[room]:
                problems.append(f"{path}:{number}: {room} may not use {other}")
            elif len(parts) > length + 1:
                problems.append(f"{path}:{number}: {found[1]} is private to {other}")
    print("\n".join(problems) or f"{len(rooms)} rooms, no include against the direction")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
