"""Compares `oracle eval` with `kastell eval --batch`."""

import json
from collections import Counter, defaultdict

from . import run
from .answers import differing, outcome, unordered
from .known import Excuse

# An answer of the oracle that hangs on Go's random map order comes out differently soon.
REPEATS = 16


class Comparison:
    """Counts over any number of lines, and the first differences of every kind."""

    def __init__(self, oracle: list[str], subject: list[str], excuses: list[Excuse], show: int):
        self.oracle, self.subject, self.excuses, self.show = oracle, subject, excuses, show
        self.counts = Counter()
        self.outcomes = Counter()
        self.excused = Counter()
        self.excused_examples = {}
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
        excuses = self.excuses_of(suspects)
        for (line, their, our, fields), varies, excuse in zip(suspects, varying, excuses, strict=True):
            if varies:
                self.counts["the oracle varies, ours is among its answers"] += 1
            elif excuse:
                self.excused[excuse.name] += 1
                examples = self.excused_examples.setdefault(excuse.name, [])
                examples.append((line.decode(), json.dumps(their), json.dumps(our)))
            else:
                self.report(line, their, our, fields)

    def excuses_of(self, suspects: list) -> list[Excuse | None]:
        """The first excuse of each that covers it and, if it has a twin, is proved by the oracle's answer to that."""
        claims = []  # (number of the suspect, excuse, line to ask)
        for number, (line, their, our, fields) in enumerate(suspects):
            question = json.loads(line)
            for excuse in self.excuses:
                if excuse.covers(fields, question["expr"], their, our):
                    expr = excuse.twin.rewrite(question["expr"]) if excuse.twin else "true"
                    claims.append((number, excuse, json.dumps(question | {"expr": expr}).encode()))
        found: list[Excuse | None] = [None] * len(suspects)
        answers = run.ask([self.oracle], [line for *_, line in claims])[0] if claims else []
        for (number, excuse, _), answer in zip(claims, answers, strict=True):
            if not found[number] and (not excuse.twin or excuse.is_proved(answer, suspects[number][2])):
                found[number] = excuse
        return found

    def varying(self, lines: list[bytes], ours: list[dict]) -> list[bool]:
        """For each line: does the oracle, asked again and again, also give our answer? Where it gives many in an order
        of chance (the keys of a large map, joined), ours must be one of them but for the order."""
        if not lines:
            return []
        again = run.ask([self.oracle], [line for line in lines for _ in range(REPEATS)])[0]
        return [self.is_among(again[i * REPEATS : (i + 1) * REPEATS], our) for i, our in enumerate(ours)]

    @staticmethod
    def is_among(theirs: list[dict], our: dict) -> bool:
        if any(not differing(answer, our) for answer in theirs):
            return True
        varies = any(differing(answer, theirs[0]) for answer in theirs)
        return varies and all(not differing(answer, our, unordered) for answer in theirs)

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

    def print_excused(self, count: int) -> None:
        for name, examples in self.excused_examples.items():
            for line, their, our in examples[:count]:
                print(f"\nexcused by {name!r}\n  in     {line}\n  oracle {their}\n  ours   {our}")

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
