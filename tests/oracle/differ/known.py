"""Reads known-differences.md: which differences are excused, and why."""

import re
from dataclasses import dataclass
from pathlib import Path

from .answers import message, outcome


@dataclass(frozen=True)
class Excuse:
    name: str
    fields: frozenset[str]  # of the difference: outcome, value, type, cost
    outcomes: tuple[tuple[str, str], ...]  # of the oracle and ours, "any" for whatever
    conditions: tuple[tuple[str, re.Pattern[str]], ...]  # all hold: of expr, message (the oracle's), ours (our message)

    def covers(self, fields: set[str], expr: str, theirs: dict, ours: dict) -> bool:
        texts = {"expr": expr, "message": message(theirs), "ours": message(ours)}
        if not fields <= self.fields or not all(pattern.search(texts[place]) for place, pattern in self.conditions):
            return False
        return "outcome" not in fields or any(
            their in ("any", outcome(theirs)) and our in ("any", outcome(ours)) for their, our in self.outcomes
        )


def read(path: Path) -> list[Excuse]:
    """Every table row of four cells whose third has patterns in backticks (their | is written \\|, as Markdown wants)."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        conditions = re.findall(r"(message|expr|ours) `(.+?)`", cells[2]) if len(cells) == 4 else []
        if conditions:
            fields, outcomes = read_fields(cells[1])
            patterns = tuple((place, re.compile(pattern.replace("\\|", "|"))) for place, pattern in conditions)
            found.append(Excuse(cells[0], fields, outcomes, patterns))
    return found


def read_fields(cell: str) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """`cost, outcome value / eval`: an outcome alone is any of the oracle's beside any of ours."""
    fields, outcomes = set(), []
    for part in cell.split(","):
        name, _, pair = part.strip().partition(" ")
        fields.add(name)
        if name == "outcome":
            their, _, our = pair.partition("/")
            outcomes.append((their.strip() or "any", our.strip() or "any"))
    return frozenset(fields), tuple(outcomes)
