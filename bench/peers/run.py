#!/usr/bin/env python3
"""Runs Kastell and its peers, one after the other, over the same inputs; prints a Markdown table.

    bench/peers/install.sh
    bench/inputs.py /tmp/inputs
    bench/peers/run.py examples /tmp/inputs/tree /tmp/inputs/mid.yaml [--runs 3] [--tools kastell,kube-score]

Wall and CPU seconds are medians of the runs, memory is the highest (of the largest process). A tool that
takes longer than --timeout is ended. What the tools look for differs, so findings say only that a tool
has looked; README.md says what each is given.
"""

import argparse
import datetime
import os
import platform
import shlex
import signal
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools import TOOLS, Tool


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--timeout", type=float, default=170)
    parser.add_argument("--tools", default=",".join(tool.name for tool in TOOLS))
    options = parser.parse_args()
    unknown = set(options.tools.split(",")) - {tool.name for tool in TOOLS}
    if unknown:
        parser.error(f"no such tool: {', '.join(sorted(unknown))}; there are {', '.join(tool.name for tool in TOOLS)}")
    tools = [tool for tool in TOOLS if tool.name in options.tools.split(",")]
    print(preamble(options.runs))
    print("| Input | Tool | Wall s | CPU s | Peak MB | Findings | Exit |\n|---|---|---|---|---|---|---|", flush=True)
    for path in map(Path.resolve, options.inputs):
        for tool in tools:
            if tool.program.exists():
                print(row(path, tool, options.runs, options.timeout), flush=True)
    print("\nCommands, with `INPUT` for the input:\n")
    for tool in tools:
        there = f"`{shlex.join(short(tool))}`" if tool.program.exists() else "not installed"
        print(f"- {tool.name} {tool.version}: {there}")
    return 0


def preamble(runs: int) -> str:
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    day = datetime.date.today().isoformat()
    return f"{day}, {os.cpu_count()} × {model}, Linux {platform.release()}, {runs} run(s) of each.\n"


def short(tool: Tool) -> list[str]:
    """The command without the folders of this machine."""
    return [Path(str(part)).name if str(part).startswith("/") else str(part) for part in tool.command(Path("INPUT"))]


def row(path: Path, tool: Tool, runs: int, timeout: float) -> str:
    name = path.name + ("/" if path.is_dir() else "")
    done = []
    for _ in range(runs):
        done.append(measure(tool.command(path), timeout))
        if done[-1].code is None:
            return f"| {name} | {tool.name} | > {timeout:.0f} | – | – | – | ended |"
    last = done[-1]
    wall, cpu = statistics.median(d.wall for d in done), statistics.median(d.cpu for d in done)
    peak = max(d.peak for d in done) / 1024
    return f"| {name} | {tool.name} | {wall:.3f} | {cpu:.3f} | {peak:.0f} | {counted(tool, last.output)} | {last.code} |"


def counted(tool: Tool, output: bytes) -> str:
    try:
        return str(tool.findings(output))
    except (ValueError, KeyError, TypeError) as problem:
        return f"unreadable ({type(problem).__name__})"


@dataclass(frozen=True)
class Measured:
    wall: float
    cpu: float
    peak: int  # KiB
    code: int | None  # none: ended
    output: bytes


def measure(command: list, timeout: float) -> Measured:
    """Runs the command below GNU time: a child's peak memory would else count what Python had at its start."""
    with tempfile.TemporaryFile() as sink, tempfile.NamedTemporaryFile("r") as figures:
        timed = ["/usr/bin/time", "--quiet", "-o", figures.name, "-f", "%e %U %S %M", *map(str, command)]
        process = subprocess.Popen(timed, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return Measured(timeout, 0, 0, None, b"")
        wall, user, system, peak = figures.read().split()
        sink.seek(0)
        return Measured(float(wall), float(user) + float(system), int(peak), code, sink.read())


if __name__ == "__main__":
    sys.exit(main())
