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
import time
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
    for path in options.inputs:
        for tool in tools:
            if tool.program.exists():
                print(row(path, tool, options.runs, options.timeout), flush=True)
    print("\nCommands, with `INPUT` for the input:\n")
    for tool in tools:
        there = f"`{shlex.join(map(str, short(tool)))}`" if tool.program.exists() else "not installed"
        print(f"- {tool.name} {tool.version}: {there}")
    return 0


def preamble(runs: int) -> str:
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    day = datetime.date.today().isoformat()
    return f"{day}, {os.cpu_count()} × {model}, Linux {platform.release()}, {runs} run(s) each after none to warm up.\n"


def short(tool: Tool) -> list[str]:
    """The command without the folders of this machine."""
    return [Path(str(part)).name if str(part).startswith("/") else str(part) for part in tool.command(Path("INPUT"))]


def row(path: Path, tool: Tool, runs: int, timeout: float) -> str:
    name = path.name + ("/" if path.is_dir() else "")
    done = []
    for _ in range(runs):
        done.append(measure(tool.command(path), timeout))
        if done[-1].code is None:
            return f"| {name} | {tool.name} | > {timeout:.0f} | – | {done[-1].peak / 1024:.0f} | – | ended |"
    last = done[-1]
    wall, cpu = statistics.median(d.wall for d in done), statistics.median(d.cpu for d in done)
    peak = max(d.peak for d in done) / 1024
    return f"| {name} | {tool.name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {counted(tool, last.output)} | {last.code} |"


def counted(tool: Tool, output: bytes) -> str:
    try:
        return str(tool.findings(output))
    except (ValueError, KeyError, TypeError) as problem:
        return f"unreadable ({type(problem).__name__})"


class Measured:
    def __init__(self, wall: float, cpu: float, peak: int, code: int | None, output: bytes):
        self.wall, self.cpu, self.peak, self.code, self.output = wall, cpu, peak, code, output


def measure(command: list, timeout: float) -> Measured:
    with tempfile.TemporaryFile() as sink:
        start = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.DEVNULL, start_new_session=True)
        ended = wait(process.pid, start + timeout)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        sink.seek(0)
        code = None if ended else process.returncode
        return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, code, sink.read())


def wait(pid: int, until: float) -> bool:
    """Waits for the process to end and leaves it to be reaped; past the time it is killed, with its group."""
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.perf_counter() > until:
            os.killpg(pid, signal.SIGKILL)
            return True
        time.sleep(0.002)
    return False


if __name__ == "__main__":
    sys.exit(main())
