#!/usr/bin/env python3
"""Compares `kastell scan` with the cases of ../shared/data/posture (regolibrary's own tests) for the controls that exist.

A case agrees when both fail or both pass, every object we fail is one that the case names, and every alert of the case
has an object that we fail. Fields are compared where the case names any: one of ours must lie on a path of theirs.
Disagreements must stand in disagreements.txt with a reason (rule/case: reason); one that is not there, or one there
that agrees, fails the run. Usage: run.py KASTELL POSTURE_FOLDER [--verbose]"""
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def table(name):
    rows = {}
    for line in (HERE / name).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            key, value = line.split(":", 1)
            rows[key.strip()] = value.strip()
    return rows


def identity(resource):
    return resource["kind"], resource.get("name") or ""


def scan(kastell, controls, folder):
    if controls == ["-"]:
        return []
    command = [kastell, "scan", "--format", "json", "--closed-world", "--allow-incomplete"]
    for control in controls:
        command += ["--control", control]
    done = subprocess.run(command + [str(folder)], capture_output=True, text=True, timeout=60)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"exit code {done.returncode}: {done.stderr.strip()}")
    return [r for r in json.loads(done.stdout)["results"] if r["verdict"] in ("fail", "error")]


def paths_of(alerts):
    for alert in alerts:
        for kind in ("failedPaths", "fixPaths", "deletePaths"):
            for entry in alert.get(kind) or []:
                path = entry["path"] if isinstance(entry, dict) else entry
                if path:
                    yield path


def steps(path):
    """The path as steps; a list's scalars and an entry's name or value count as the list, or the entry, itself."""
    parts = re.sub(r"""\[['"]?([^]'"]+)['"]?\]""", r"\0\1", path).replace(".", "\0").split("\0")
    while parts and (parts[-1] in ("name", "value") or (parts[-1].isdigit() and parts[-2:-1] in (["add"], ["drop"]))):
        parts.pop()
    return parts


def related(ours, theirs):
    a, b = steps(ours), steps(theirs)
    return a[: len(b)] == b or b[: len(a)] == a


def judge(kastell, controls, case):
    """Why the case does not agree (or None), and whether its fields do (None: it names none)."""
    alerts = json.loads((case / "expected.json").read_text())["fails"]
    # Their RBAC rules blame the user or group that is bound; ours blame the role or binding that grants.
    if alerts and all(o.get("external") for alert in alerts for o in alert["objects"]):
        found = scan(kastell, controls, case / "input")
        return (None if found else "we say pass, the case says fail"), None
    found = scan(kastell, controls, case / "input")
    ours = {identity(r["resource"]) for r in found}
    theirs = [{identity(o) for o in alert["objects"]} for alert in alerts]
    named = set().union(*theirs) if theirs else set()
    fields = None
    paths = list(paths_of(alerts))
    if paths and found:
        fields = any(related(r.get("field") or "", p) for r in found for p in paths)
    if bool(ours) != bool(theirs):
        return f"we say {'fail' if ours else 'pass'}, the case says {'fail' if theirs else 'pass'}", fields
    if ours - named:
        return f"only we fail {sorted(ours - named)}", fields
    missed = [sorted(a) for a in theirs if a and not a & ours]
    return (f"only the case fails {missed}" if missed else None), fields


def main():
    kastell, data = sys.argv[1], pathlib.Path(sys.argv[2])
    if not data.is_dir():
        print(f"SKIPPED: tests/posture: {data} is not here")
        return 77
    mapping, register = table("mapping.txt"), table("disagreements.txt")
    agreed = disagreed = field_yes = field_no = 0
    not_yet, problems = 0, []
    for rule in sorted(p for p in data.iterdir() if p.is_dir()):
        cases = sorted(c for c in rule.iterdir() if (c / "expected.json").exists())
        if rule.name not in mapping:
            not_yet += len(cases)
            continue
        for case in cases:
            key = f"{rule.name}/{case.name}"
            why, fields = judge(kastell, mapping[rule.name].split(), case)
            if fields is not None:
                field_yes, field_no = field_yes + fields, field_no + (not fields)
                if not fields and "--verbose" in sys.argv:
                    print(f"field: {key}")
            agreed, disagreed = agreed + (why is None), disagreed + (why is not None)
            if why and key not in register:
                problems.append(f"{key}: {why}")
            if why is None and key in register:
                problems.append(f"{key}: agrees now; take it out of disagreements.txt")
    print("\n".join(problems))
    print(f"posture: {agreed} agreed, {disagreed} disagreed ({len(register)} with a reason), {not_yet} not yet; "
          f"fields {field_yes} agreed, {field_no} not")
    print(f"{agreed + disagreed - len(problems)} passed, {len(problems)} failed")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
