#!/usr/bin/env python3
"""Fails on an incomplete catalogue entry: every control needs a passing and a failing example, a reason, a remedy and
a reference. What the expressions mean is the program's business: tests/policy runs every example."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
REQUIRED = ["id", "title", "severity", "scope", "why", "remediation", "references", "rules", "examples"]


def controls():
    for path in sorted((ROOT / "policies" / "controls").rglob("*.yaml")):
        line = 1
        for text in re.split(r"(?m)^---$", path.read_text()):
            yield path.relative_to(ROOT), line, text
            line += text.count("\n")


def main():
    problems, seen = [], {}
    for path, line, text in controls():
        keys = re.findall(r"(?m)^([a-z-]+):", text)
        name = (re.findall(r"(?m)^id: (\S+)$", text) or ["?"])[0]
        for key in REQUIRED:
            if key not in keys:
                problems.append(f"{path}:{line}: {name} has no {key}")
        for verdict in ("pass", "fail"):
            if not re.search(rf"(?m)^    verdict: {verdict}$", text):
                problems.append(f"{path}:{line}: {name} has no example that must {verdict}")
        if name in seen:
            problems.append(f"{path}:{line}: {name} is also in {seen[name]}")
        seen[name] = f"{path}:{line}"
    print("\n".join(problems) or f"{len(seen)} controls, each with a passing and a failing example")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
