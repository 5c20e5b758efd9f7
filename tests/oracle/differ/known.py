"""Reads known-differences.md: which differences are excused, and why."""

import re
from dataclasses import dataclass
from pathlib import Path

from .answers import differing, message, outcome, without_structures
from .twins import TWINS, Twin


@dataclass(frozen=True)
class Excuse:
    name: str
    fields: frozenset[str]  # of the difference: outcome, value, type, cost
    outcomes: tuple[tuple[str, str], ...]  # of the oracle and ours, "any" for whatever
    conditions: tuple[tuple[str, re.Pattern[str]], ...]  # all hold: of expr, message (the oracle's), ours (our message)
    twin: Twin | None = None  # the oracle must give our answer to it

    def covers(self, fields: set[str], expr: str, theirs: dict, ours: dict) -> bool:
        texts = {"expr": expr, "message": message(theirs), "ours": message(ours)}
        if not fields <= self.fields or not all(pattern.search(texts[place]) for place, pattern in self.conditions):
            return False
        return "outcome" not in fields or any(
            their in ("any", outcome(theirs)) and our in ("any", outcome(ours)) for their, our in self.outcomes
        )

    def is_proved(self, twins_answer: dict, ours: dict) -> bool:
        fields = differing(twins_answer, ours, without_structures)
        return not (fields if self.twin.costs_the_same else fields - {"cost", "type"})


def read(path: Path) -> list[Excuse]:
    """Every table row of four cells whose third has patterns in backticks (their | is written \\|, as Markdown wants)."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        conditions = re.findall(r"(message|expr|ours) `(.+?)`", cells[2]) if len(cells) == 4 else []
        if conditions:
            fields, outcomes = read_fields(cells[1])
            patterns = tuple((place, re.compile(pattern.replace("\\|", "|"))) for place, pattern in conditions)
            twin = re.search(r"twin `(.+?)`", cells[2])
            found.append(Excuse(cells[0], fields, outcomes, patterns, TWINS[twin[1]] if twin else None))
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
