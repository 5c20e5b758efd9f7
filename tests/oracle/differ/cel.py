"""Compares `oracle eval` with `kastell eval --batch`."""

import json
from collections import Counter, defaultdict

from . import run
from .known import Excuse

# An answer of the oracle that hangs on Go's random map order comes out differently soon.
REPEATS = 16


def outcome(answer: dict) -> str:
    return answer["error"]["phase"] if "error" in answer else "value"


def canonical(value) -> str:
    """Equal values have equal texts: neither a map's entries nor an object's members have an order."""
    return json.dumps(ordered(value), sort_keys=True)


def ordered(value):
    if isinstance(value, list):
        return [ordered(item) for item in value]
    if isinstance(value, dict):
        if set(value) == {"$map"}:
            return {"$map": sorted((ordered(entry) for entry in value["$map"]), key=canonical)}
        return {key: ordered(inner) for key, inner in value.items()}
    return value


def differing(theirs: dict, ours: dict) -> set[str]:
    """The fields that must be equal and are not."""
    if outcome(theirs) != outcome(ours):
        return {"outcome"}
    fields = set()
    if outcome(theirs) == "value":
        if "result" not in ours or canonical(theirs["result"]) != canonical(ours["result"]):
            fields.add("value")
        if theirs.get("type") != ours.get("type"):
            fields.add("type")
    if outcome(theirs) != "compile" and theirs.get("cost") != ours.get("cost"):
        fields.add("cost")
    return fields


def message(answer: dict) -> str:
    return answer.get("error", {}).get("message", "")


class Comparison:
    """Counts over any number of lines, and the first differences of every kind."""

    def __init__(self, oracle: list[str], subject: list[str], excuses: list[Excuse], show: int):
        self.oracle, self.subject, self.excuses, self.show = oracle, subject, excuses, show
        self.counts = Counter()
        self.outcomes = Counter()
        self.excused = Counter()
        self.groups = Counter()
        self.examples = defaultdict(list)
        self.wordings = Counter()
        self.wording_examples = {}

    def add(self, lines: list[bytes]) -> None:
        theirs, ours = run.ask([self.oracle, self.subject], lines)
        suspects = []
        for line, their, our in zip(lines, theirs, ours, strict=True):
            self.counts["lines"] += 1
            self.outcomes[outcome(their)] += 1
            fields = differing(their, our)
            if fields:
                suspects.append((line, their, our, fields))
            elif "error" in their:
                self.compare_wording(line, their["error"], our["error"])
        self.judge(suspects)

    def judge(self, suspects: list) -> None:
        varying = self.varying([line for line, *_ in suspects], [our for _, _, our, _ in suspects])
        for (line, their, our, fields), varies in zip(suspects, varying, strict=True):
            expr = json.loads(line)["expr"]
            excuse = next((e for e in self.excuses if e.covers(fields, expr, message(their))), None)
            if varies:
                self.counts["the oracle varies, ours is among its answers"] += 1
            elif excuse:
                self.excused[excuse.name] += 1
            else:
                self.report(line, their, our, fields)

    def varying(self, lines: list[bytes], ours: list[dict]) -> list[bool]:
        """For each line: does the oracle, asked again and again, also give our answer?"""
        if not lines:
            return []
        again = run.ask([self.oracle], [line for line in lines for _ in range(REPEATS)])[0]
        return [
            any(not differing(answer, our) for answer in again[i * REPEATS : (i + 1) * REPEATS])
            for i, our in enumerate(ours)
        ]

    def report(self, line: bytes, their: dict, our: dict, fields: set[str]) -> None:
        self.counts["different"] += 1
        kind = ", ".join(sorted(fields))
        if fields == {"outcome"}:
            kind = f"outcome {outcome(their)} / {outcome(our)}"
        focus = json.loads(line)["id"].partition(" ")[2]
        self.groups[(kind, focus)] += 1
        self.examples[(kind, focus)].append((line.decode(), json.dumps(their), json.dumps(our)))

    def compare_wording(self, line: bytes, their: dict, our: dict) -> None:
        self.counts["errors in both"] += 1
        if their["message"] != our["message"]:
            self.counts["… with another message"] += 1
            self.wordings[our["message"][:60]] += 1
            self.wording_examples.setdefault(our["message"][:60], (json.loads(line)["expr"], their["message"]))
        if (their["line"], their["column"]) != (our["line"], our["column"]) and their["line"] > 0:
            self.counts["… at another place"] += 1

    def print(self, messages: int) -> None:
        for (kind, focus), count in self.groups.most_common(self.show):
            line, their, our = self.examples[(kind, focus)][0]
            print(f"\n{count} × {kind}, built around {focus}; the first:\n  in     {line}\n  oracle {their}\n  ours   {our}")
        for wording, count in self.wordings.most_common(messages):
            expr, their = self.wording_examples[wording]
            print(f"\n{count} × our message {wording!r}\n  oracle {their!r}\n  expr   {expr}")
        print("\nby kind:")
        kinds = Counter()
        for (kind, _), count in self.groups.items():
            kinds[kind] += count
        for kind, count in kinds.most_common():
            print(f"  {count:7} {kind}")
        print(f"outcomes of the oracle: {dict(self.outcomes)}")
        print(f"known differences: {dict(self.excused)}")
        for name, count in self.counts.items():
            print(f"{count:9} {name}")
