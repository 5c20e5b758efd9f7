#!/usr/bin/env python3
"""Fails on an incomplete catalogue: every control needs a passing and a failing example, a reason, a remedy and a
reference; every reference must be a row of its framework's map, every row that claims coverage must name the controls
that refer to it, and no other row may. --write brings the maps' lists of controls up to date with the references (a
row that got its first control becomes `partial`: see whether that is so). What the expressions mean is the program's
business: tests/policy runs every example."""
import pathlib
import re
import sys
from collections import Counter

ROOT = pathlib.Path(__file__).resolve().parent.parent
REQUIRED = ["id", "title", "severity", "scope", "why", "remediation", "references", "rules", "examples"]
CLAIMS = ("full", "partial")


def controls():
    for path in sorted((ROOT / "policies" / "controls").rglob("*.yaml")):
        line = 1
        for text in re.split(r"(?m)^---$", path.read_text()):
            yield path.relative_to(ROOT), line, text
            line += text.count("\n")


def references_of(text):
    """Framework → rows, of a control's YAML: {a: [x, y], b: [z]} on one line, or a framework per line."""
    block = re.search(r"(?m)^references:( \{.*\}$|\n(?:  \S.*\n?)+)", text)
    if not block:
        return {}
    found = re.findall(r"([\w.-]+): \[([^\]]*)\]", block.group(0))
    return {name: [row.strip().strip("\"'") for row in rows.split(",")] for name, rows in found}


def verdicts_of(text):
    """The verdicts that a control's examples must get, by verdict."""
    return Counter(re.findall(r"(?m)^    verdict: (\S+)$", text))


def check_control(path, line, text, problems, seen):
    keys = re.findall(r"(?m)^([a-z-]+):", text)
    name = (re.findall(r"(?m)^id: (\S+)$", text) or ["?"])[0]
    for key in REQUIRED:
        if key not in keys:
            problems.append(f"{path}:{line}: {name} has no {key}")
    for verdict in ("pass", "fail"):
        if verdict not in verdicts_of(text):
            problems.append(f"{path}:{line}: {name} has no example that must {verdict}")
    if name in seen:
        problems.append(f"{path}:{line}: {name} is also in {seen[name]}")
    seen[name] = f"{path}:{line}"
    return name, references_of(text)


class Row:
    def __init__(self, text):
        self.text = text
        self.id = re.search(r"(?m)^  - id: '?([^'\n]+)'?$", text).group(1)
        self.coverage = re.search(r"(?m)^    coverage: (\S+)$", text).group(1)
        listed = re.search(r"(?m)^    controls: \[([^\]]*)\]", text)
        self.controls = [c.strip() for c in listed.group(1).split(",")] if listed else []

    def written(self, wanted):
        text = re.sub(r"(?m)^    controls: \[[^\]]*\]\n?", "", self.text)
        if wanted and self.coverage not in CLAIMS:
            text = re.sub(r"(?m)^(    coverage: ).*$", r"\1partial", text)
        return text + (wrapped(wanted) if wanted else "")


def wrapped(names):
    lines, line = [], "    controls: ["
    for i, name in enumerate(names):
        word = name + ("]" if i + 1 == len(names) else ",")
        if len(line) + len(word) + 1 > 120:
            lines.append(line.rstrip())
            line = " " * 15
        line += word + " "
    return "\n".join(lines + [line.rstrip()]) + "\n"


def rows_of(text):
    head, *rows = re.split(r"(?m)^(?=  - id: )", text)
    return head, [Row(row) for row in rows]


def check_map(path, referring, examples, write, problems):
    """`referring`: row → controls; `examples`: control → how many by verdict. The map as one line of figures."""
    head, rows = rows_of(path.read_text())
    name = path.relative_to(ROOT)
    if write:
        path.write_text(head + "".join(row.written(referring.get(row.id, [])) for row in rows))
        head, rows = rows_of(path.read_text())
    claims, both, shown = 0, 0, Counter()
    for row in rows:
        wanted = referring.get(row.id, [])
        if row.controls != wanted:
            problems.append(f"{name}: {row.id} lists {row.controls}, but {wanted} refer to it (--write mends that)")
        if (row.coverage in CLAIMS) != bool(wanted):
            problems.append(f"{name}: {row.id} is {row.coverage}, but has {len(wanted)} controls")
        if row.coverage in CLAIMS:
            of_row = sum((examples[control] for control in row.controls if control in examples), Counter())
            claims, both, shown = claims + 1, both + (of_row["fail"] > 0 and of_row["pass"] > 0), shown + of_row
    for row in sorted(set(referring) - {row.id for row in rows}):
        problems.append(f"{name} has no row {row}, which {referring[row]} refer to")
    if both < claims:
        problems.append(f"{name}: {claims - both} rows claim coverage without a failing and a passing example")
    counts = Counter(row.coverage for row in rows)
    return (f"{path.stem}: {len(rows)} rows: " + ", ".join(f"{counts[c]} {c}" for c in sorted(counts)) +
            f"; {both} of {claims} claims with both examples ({shown['fail']} failing, {shown['pass']} passing)")


def main():
    problems, seen, referring, examples = [], {}, {}, {}
    for path, line, text in controls():
        name, references = check_control(path, line, text, problems, seen)
        examples[name] = verdicts_of(text)
        for framework, rows in references.items():
            if framework == "pss" and not re.search(r"(?m)^group: pss-", text):
                continue  # the guide's controls ask the same, but the checks are Kubernetes' own
            for row in rows:
                referring.setdefault(framework, {}).setdefault(row, []).append(name)
    lines = []
    for path in sorted((ROOT / "policies" / "frameworks").glob("*.yaml")):
        rows = {row: sorted(names) for row, names in referring.pop(path.stem, {}).items()}
        lines.append(check_map(path, rows, examples, "--write" in sys.argv, problems))
    for framework in referring:
        problems.append(f"policies/frameworks/{framework}.yaml is missing")
    print("\n".join(problems or [f"{len(seen)} controls, each with a passing and a failing example"] + lines))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
