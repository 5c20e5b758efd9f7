"""Reads known-differences.md: which differences are excused, and why."""

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Excuse:
    name: str
    fields: frozenset[str]  # of the difference: outcome, value, type, cost, checks
    where: str  # "message" (the oracle's) or "expr"
    pattern: re.Pattern

    def covers(self, fields: set[str], expr: str, message: str) -> bool:
        text = message if self.where == "message" else expr
        return fields <= self.fields and self.pattern.search(text) is not None


def read(path: Path) -> list[Excuse]:
    """Every table row of four cells whose third is `message` or `expr` and a pattern in backticks (its | is written \\|, as Markdown wants)."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        place = re.fullmatch(r"(message|expr) `(.+)`", cells[2]) if len(cells) == 4 else None
        if place:
            fields = frozenset(field.strip() for field in cells[1].split(","))
            found.append(Excuse(cells[0], fields, place[1], re.compile(place[2].replace("\\|", "|"))))
    return found
