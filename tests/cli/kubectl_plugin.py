#!/usr/bin/env python3
"""Kastell as a plugin of a real kubectl: `kubectl kastell …` by name on PATH, and what kubectl offers after it.

    tests/cli/kubectl_plugin.py build/kastell [KUBECTL]

Without a kubectl the same is asked of the plugin's own names, and the test says what it left out (77).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("kubectl-kastell", "kubectl_complete-kastell")
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i, securityContext: {privileged: true}}]}\n"


def find_kubectl(given: str | None) -> str | None:
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "kastell" / "testbed"
    built = sorted(cache.glob("*/kubectl"))
    return given or shutil.which("kubectl") or (str(built[-1]) if built else None)


def run(arguments: list[str], path: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}", "KUBECONFIG": "/nonexistent"}
    return subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60, env=env, cwd=path)


def check(what: str, condition: bool, shown: object = "") -> None:
    if not condition:
        sys.exit(f"FAILED: {what}\n{shown}")


def check_plugin(command: list[str], folder: str) -> None:
    listed = run([*command, "controls"], folder)
    check("controls", listed.returncode == 0 and "pod.privileged" in listed.stdout, listed)
    scanned = run([*command, "scan", "pod.yaml", "--control", "pod.privileged"], folder)
    check("the exit code and the report of a scan", scanned.returncode == 1 and "privileged" in scanned.stdout, scanned)
    helped = run([*command, "scan", "--help"], folder)
    check("help names what was typed", "usage: kubectl kastell scan [flags]" in helped.stdout, helped.stdout)
    wrong = run([*command, "scna"], folder)
    check("an error names what to type", wrong.returncode == 2 and "`kubectl kastell --help`" in wrong.stderr, wrong)


def offers(command: list[str], words: list[str], folder: str) -> tuple[set[str], str]:
    out = run([*command, *words], folder).stdout.splitlines()
    return {line.split("\t")[0] for line in out[:-1]}, out[-1] if out else ""


def check_completion(command: list[str], folder: str) -> None:
    for words, wanted, directive in (
        ([""], {"scan", "collect", "diff", "rbac-needed"}, ":4"),
        (["rb"], {"rbac-needed"}, ":4"),
        (["scan", "--fra"], {"--framework"}, ":4"),
        (["scan", "--format", "j"], {"json", "junit"}, ":4"),
        (["explain", "pod.host-pi"], {"pod.host-pid"}, ":4"),
        (["scan", ""], set(), ":0"),
    ):
        found, told = offers(command, words, folder)
        check(f"after {words}", found >= wanted and told == directive, (found, told))


def main() -> None:
    kastell = Path(sys.argv[1]).resolve()
    kubectl = find_kubectl(sys.argv[2] if len(sys.argv) > 2 else None)
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            (Path(folder) / name).symlink_to(kastell)
        (Path(folder) / "pod.yaml").write_text(POD)
        check_plugin([str(Path(folder) / NAMES[0])], folder)
        check_completion([str(Path(folder) / NAMES[1])], folder)
        if kubectl is None:
            print("skipped: no kubectl on PATH nor built by the test bed; only the plugin's own names were tried")
            sys.exit(77)
        check_plugin([kubectl, "kastell"], folder)
        check_completion([kubectl, "__complete", "kastell"], folder)
        listed = run([kubectl, "plugin", "list"], folder)
        check("kubectl plugin list", "kubectl-kastell" in listed.stdout, listed)
    print(f"plugin and completion work with {kubectl}")


if __name__ == "__main__":
    main()
