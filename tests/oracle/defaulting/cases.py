#!/usr/bin/env python3
"""Writes what API servers of several versions make of generated objects: lines for tests/kube/intake_test.cpp.

usage: cases.py SEED COUNT [KIND…] > FILE

A line: {"id", "object", "seen": {"1.31-1.33": object, "1.34-1.37": null}}; null where it cannot be read; versions that do
not serve the kind are left out. tests/kube/cases/intake.jsonl was made so; more lines of another seed can be tried with
KASTELL_INTAKE_CASES=FILE build/kastell_kube_tests --gtest_filter='Intake.*'."""
import json
import re
import subprocess
import sys

from build import HERE, build

VERSIONS = ("1.31.6", "1.32.6", "1.33.6", "1.34.4", "1.35.6", "1.36.5", "1.37.2")
SCHEMAS = HERE.parent.parent.parent / "policies" / "tables" / "schemas.txt"


def minor(version):
    return int(version.split(".")[1])


def served():
    """minor → {(apiVersion, kind)}"""
    kinds = {minor(version): set() for version in VERSIONS}
    for line in SCHEMAS.read_text().splitlines():
        if not line.startswith("kind "):
            continue
        _, api_version, kind, _, *span = line.split()
        first, last = (re.findall(r"1\.(\d+)", span[0]) + [None])[:2] if span else (None, None)
        for one, known in kinds.items():
            if int(first or 0) <= one <= int(last or 99):
                known.add((api_version, kind))
    return kinds


def why_not(told, asked):
    """What we do not make as a server does, and why; nothing if the case is a case."""
    text = json.dumps(told)
    if told["kind"] == "Pod" and '"limits"' in json.dumps((asked.get("spec") or {}).get("resources")):
        return "1.37 gives a whole Pod its requests after mutation, when other plug-ins added containers"
    if "timeAdded" in text:
        return "taints get the time of the request"
    if "autoscaling.alpha.kubernetes.io/" in text:
        return "what autoscaling/v1 cannot say is written into annotations"
    if told["apiVersion"].startswith("autoscaling/v2") and '"policies": []' in json.dumps(asked):
        return "a list that is there and empty is none of nothing to Go; the object is refused later"
    if told["kind"] == "Node" and '"allocatable": {}' in json.dumps(asked):
        return "a map that is there and empty is none of nothing to Go"
    if told["kind"] == "ControllerRevision" and '"data": null' in json.dumps(asked):
        return "before 1.34 null is not the same as nothing there"
    if told["kind"] == "CronJob" and "onPodConditions" in text:
        return "before 1.34 the patterns of a CronJob's template get no status"
    return None


def ask(version, lines):
    answer = subprocess.run([build(version), "answer"], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line).get("object") for line in answer.stdout.splitlines()]


def spans(by_minor):
    """[(first, last, object)] of minors that say the same."""
    result = []
    for one, told in sorted(by_minor.items()):
        if result and result[-1][1] == one - 1 and result[-1][2] == told:
            result[-1][1] = one
        else:
            result.append([one, one, told])
    return result


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    # The oldest and the newest know different kinds.
    lines = "".join(
        subprocess.run([build(version), "generate", str(int(sys.argv[1]) + at), sys.argv[2], *sys.argv[3:]],
                       capture_output=True, text=True, check=True).stdout for at, version in enumerate(VERSIONS[::6]))
    answers = {minor(version): ask(version, lines) for version in VERSIONS}
    kinds, left_out = served(), {}
    for at, line in enumerate(lines.splitlines()):
        case = json.loads(line)
        kind = (case["object"]["apiVersion"], case["object"]["kind"])
        by_minor = {one: told[at] for one, told in answers.items() if kind in kinds[one]}
        reasons = {why_not(told, case["object"]) for told in by_minor.values() if told} - {None}
        for reason in reasons:
            left_out[reason] = left_out.get(reason, 0) + 1
        if by_minor and not reasons:
            seen = {f"1.{first}-1.{last}": told for first, last, told in spans(by_minor)}
            print(json.dumps({"id": case["id"], "object": case["object"], "seen": seen}, separators=(",", ":")))
    for reason, count in sorted(left_out.items()):
        print(f"left out {count}: {reason}", file=sys.stderr)


if __name__ == "__main__":
    main()
