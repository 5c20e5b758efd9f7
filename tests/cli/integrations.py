#!/usr/bin/env python3
"""The GitHub Action and the pre-commit hook: their YAML reads, and what they call is what the program understands.

    tests/cli/integrations.py build/kastell

The Action's script runs here as the runner runs it: bash, inputs as environment variables. 77 without PyYAML.
"""

import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(77)

ROOT = Path(__file__).resolve().parent.parent.parent
CLEAN, SHOP = ROOT / "examples/well-kept", ROOT / "examples/shop"
failures = []


def check(what: str, holds: bool, detail: str = "") -> None:
    if not holds:
        failures.append(f"{what}: {detail}")


def scan_step() -> dict:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    check("action", action["runs"]["using"] == "composite")
    used = "".join(str(step) for step in action["runs"]["steps"])
    for name in action["inputs"]:
        check("action", f"inputs.{name}" in used, f"input {name} is not used")
    step = action["runs"]["steps"][0]
    check("action", "${{" not in step["run"], "an input in the script could become part of it")
    for value in step["env"].values():
        check("action", value.removeprefix("${{ inputs.").removesuffix(" }}") in action["inputs"], value)
    return {"action": action, "step": step}


def run_action(program: str, folder: Path, **inputs: str) -> subprocess.CompletedProcess:
    read = scan_step()
    given = {name: one["default"] for name, one in read["action"]["inputs"].items()}
    given.update({name.replace("_", "-"): value for name, value in inputs.items()}, kastell=program)
    environment = dict(os.environ, GITHUB_STEP_SUMMARY=str(folder / "summary.md"))
    for name, value in read["step"]["env"].items():
        environment[name] = given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
    return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", read["step"]["run"]], cwd=folder,
                          env=environment, capture_output=True, text=True, timeout=60)


def main() -> int:
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        failing = run_action(program, folder, path=str(SHOP))
        check("action on examples/shop", failing.returncode == 1, f"exit {failing.returncode}: {failing.stderr}")
        sarif = json.loads((folder / "kastell.sarif").read_text())
        check("action on examples/shop", len(sarif["runs"][0]["results"]) > 20)
        check("action on examples/shop", "## Kastell: " in (folder / "summary.md").read_text())
        clean = run_action(program, folder, path=f"{CLEAN} {CLEAN}", fail_on="info")
        check("action on examples/well-kept", clean.returncode == 0, f"exit {clean.returncode}: {clean.stderr}")

        baseline = folder / "baseline.json"
        subprocess.run([program, "scan", "-q", "--fail-on", "never", "--write-baseline", baseline, SHOP], check=True,
                       stdout=subprocess.DEVNULL)
        known = run_action(program, folder, path=str(SHOP), baseline=str(baseline), fail_on="info", strict="true")
        check("action with a baseline", known.returncode == 0, f"exit {known.returncode}: {known.stderr}")
        hostile = run_action(program, folder, path="$(touch owned) ;touch owned", summary="false")
        check("action with a hostile path", hostile.returncode == 2 and not (folder / "owned").exists(), hostile.stderr)

    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    words = shlex.split(hook["entry"])
    check("hook", words[0] == "kastell")
    run = subprocess.run([program, *words[1:], SHOP / "web.yaml"], capture_output=True, text=True, timeout=60)
    check("hook", run.returncode == 1, f"exit {run.returncode}: {run.stderr}")

    print("\n".join(failures) or "action and hook call what the program understands")
    print(f"{0 if failures else 1} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
