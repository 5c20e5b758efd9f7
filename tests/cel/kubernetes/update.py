#!/usr/bin/env python3
"""Writes the answers of Kubernetes' own packages into the cases of this folder.

    tests/cel/kubernetes/update.py                 # all files
    tests/cel/kubernetes/update.py lists.yaml      # one

A case is `- expr: JSON text`, optionally `kubernetes:`, `mutation: true` and `vars:` (JSON), and `answer:`, which this
program writes. Answers keep what an engine must reproduce: value, type, cost, phase and message.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

here = Path(__file__).parent
oracle = subprocess.run([here.parent.parent / "oracle/build.sh"], capture_output=True, text=True, check=True).stdout.strip()


def read(path: Path) -> tuple[list[str], list[dict]]:
    """The comment at the top, and the cases."""
    header, cases = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        field = re.fullmatch(r"(- |  )(expr|kubernetes|mutation|vars|answer): (.*)", line)
        if not field:
            header.append(line)
        elif field[1] == "- ":
            cases.append({field[2]: json.loads(field[3])})
        else:
            cases[-1][field[2]] = json.loads(field[3])
    return header, cases


def answer(line: str) -> str:
    answer = json.loads(line, parse_float=lambda text: f"FLOAT {text}")
    answer.pop("id")
    for place in ("line", "column"):
        answer.get("error", {}).pop(place, None)
    return re.sub(r'"FLOAT ([^"]*)"', r"\1", json.dumps(answer, ensure_ascii=False))


def update(path: Path) -> None:
    header, cases = read(path)
    asked = "".join(json.dumps({k: v for k, v in case.items() if k != "answer"}) + "\n" for case in cases)
    answers = subprocess.run([oracle, "eval"], input=asked, capture_output=True, text=True, check=True).stdout.splitlines()
    with path.open("w", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in header)
        for case, line in zip(cases, answers, strict=True):
            case["answer"] = answer(line)
            for i, name in enumerate(name for name in ("expr", "kubernetes", "mutation", "vars", "answer") if name in case):
                out.write(("- " if i == 0 else "  ") + f"{name}: {json.dumps(case[name], ensure_ascii=False)}\n")


for path in [here / name for name in sys.argv[1:]] or sorted(here.glob("*.yaml")):
    update(path)
