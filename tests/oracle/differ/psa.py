"""Compares `oracle psa` with `kastell scan --batch --pss LEVEL:VERSION`."""

import json
from collections import Counter, defaultdict

from . import run

MINORS = range(38)


def grid(versions: str) -> list[str]:
    """Level and version pairs: of the versions named, or of all there are."""
    names = versions.split(",") if versions else [f"v1.{minor}" for minor in MINORS] + ["latest"]
    return [f"{level}:{name}" for level in ("baseline", "restricted") for name in names]


def violated(answer: dict) -> set[str]:
    """The upstream check ids of a report's failures."""
    return {
        check
        for result in answer["report"]["results"]
        if result["verdict"] == "fail"
        for check in result.get("references", {}).get("pss", [])
    }


class Comparison:
    def __init__(self, oracle: list[str], subject: list[str], show: int):
        self.oracle, self.subject, self.show = oracle, subject, show
        self.pods = self.verdicts = self.different = 0
        self.groups = Counter()
        self.examples = defaultdict(list)

    def add(self, lines: list[bytes], levels: list[str]) -> None:
        pods = [json.loads(line) for line in lines]
        asked = [json.dumps({**pod, "levels": levels}).encode() for pod in pods]
        given = [json.dumps({"id": pod["id"], "objects": [pod["pod"]]}).encode() for pod in pods]
        theirs = run.ask([self.oracle], asked)[0]
        self.pods += len(pods)
        for level in levels:
            ours = run.ask([[*self.subject, "--pss", level]], given)[0]
            for pod, their, our in zip(pods, theirs, ours, strict=True):
                self.compare(pod, level, their, our)

    def compare(self, pod: dict, level: str, their: dict, our: dict) -> None:
        self.verdicts += 1
        if "violations" not in their:
            raise run.Failed(f"oracle psa: {their.get('error')} for {json.dumps(pod)}")
        expected = set(their["violations"][level])
        found = violated(our) if "report" in our else {f"(no report: {our.get('error')})"}
        if expected == found:
            return
        self.different += 1
        for check in expected ^ found:
            group = (f"missed {check}" if check in expected else f"too much {check}", level)
            self.groups[group] += 1
            self.examples[group].append(json.dumps(pod["pod"]))

    def print(self) -> None:
        for group, count in self.groups.most_common(self.show):
            shortest = min(self.examples[group], key=len)
            print(f"\n{count} × {group[0]} at {group[1]}; the shortest:\n  {shortest}")
        print(f"\n{self.pods} pods, {self.verdicts} verdicts, {self.different} different")
