#!/usr/bin/env python3
"""What Kastell and its peers say of broken input: a Markdown table.

    bench/peers/install.sh
    bench/peers/broken.py > bench/results/broken-$(date +%F).md

Every case is a folder with one file that is broken in one way. Where it can be, the broken file still holds
(or held, before it was cut) a privileged Pod, so a tool that ends with 0 and says nothing has missed it. A
cell is the exit code, the number of findings, and «named» if what the tool prints has the file's name.
"""

import argparse
import datetime
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Callable

from tools import TOOLS, Tool

POD = """apiVersion: v1
kind: Pod
metadata:
  name: bad
  namespace: team
spec:
  hostPID: true
  containers:
  - name: main
    image: registry.example/app:1
    securityContext:
      privileged: true
"""
POD_JSON = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"bad"},"spec":{"hostPID":true,"containers":[{"name":"main","image":"a:1","securityContext":{"privileged":true}}]}}'


def written(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(text) and None


def listed(inner: str) -> str:
    return "apiVersion: v1\nkind: List\nitems:\n- " + inner.rstrip("\n").replace("\n", "\n  ") + "\n"


CASES: dict[str, Callable[[Path], None]] = {
    "JSON, cut": written("broken.json", POD_JSON[:-30]),
    "tab for indentation": written("broken.yaml", POD.replace("    securityContext", "\t securityContext")),
    "second of three documents broken": written("broken.yaml", f"{POD}---\nkind: [\n---\n{POD.replace('name: bad', 'name: worse')}"),
    "empty file": written("broken.yaml", ""),
    "link to nothing": lambda folder: (folder / "broken.yaml").symlink_to("nowhere.yaml"),
    "not Kubernetes": written("broken.yaml", "services:\n  web:\n    image: nginx\n"),
    "no apiVersion": written("broken.yaml", POD.replace("apiVersion: v1\n", "")),
    "List": written("broken.yaml", listed(POD)),
    "List in a List": written("broken.yaml", listed(listed(POD))),
    "duplicate key": written("broken.yaml", POD.replace("  hostPID: true\n", "  hostPID: true\n  hostPID: false\n").replace("privileged: true", "privileged: true\n      privileged: false")),
    "wrong type": written("broken.yaml", POD.replace("privileged: true", 'privileged: "true"')),
    "binary": lambda folder: (folder / "broken.yaml").write_bytes(bytes(range(256)) * 16) and None,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--timeout", type=float, default=60)
    options = parser.parse_args()
    tools = [tool for tool in TOOLS if tool.program.exists()]
    print(f"{datetime.date.today().isoformat()}. Exit code; findings; «named» if the output has the file's name.\n")
    print("| Input | " + " | ".join(f"{tool.name}" for tool in tools) + " |\n|---|" + "---|" * len(tools), flush=True)
    for name, write in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder))
            print(f"| {name} | " + " | ".join(answer(tool, Path(folder), options.timeout) for tool in tools) + " |", flush=True)
    missing = [tool.name for tool in TOOLS if not tool.program.exists()]
    print(f"\nNot installed: {', '.join(missing) or 'none'}. What each tool is given: `bench/peers/README.md`.")
    return 0


def answer(tool: Tool, folder: Path, timeout: float) -> str:
    # Tools that are given files get the broken one by name; a folder's list would leave out what is no *.yaml.
    target = next(iter(folder.iterdir())) if tool.name == "kube-score" else folder
    command = [str(part) for part in tool.command(target)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return f"> {timeout:.0f} s"
    named = "named" if b"broken." in done.stdout + done.stderr else "silent"
    return f"{done.returncode}; {found(tool, done.stdout)}; {named}"


def found(tool: Tool, output: bytes) -> str:
    try:
        return str(tool.findings(output))
    except (ValueError, KeyError, TypeError, AttributeError):
        return "–"


if __name__ == "__main__":
    sys.exit(main())
