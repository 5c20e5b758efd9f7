#!/usr/bin/env python3
"""Whole-process figures: `kastell scan` beside a program that only parses the same file.

usage: whole.py [--runs N] INPUT.json|INPUT.yaml …

Runs, in turn, the bare parse and the scan (all controls, JSON report, one thread, then two), N times after a warm-up, and
prints median wall seconds, peak memory and the ratio of the medians. Needs a release build with the benchmarks
(`./dev build release --target benchmarks`)."""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

BUILD = pathlib.Path(__file__).resolve().parent.parent / "build"


def run(command):
    """Wall seconds and peak KiB of one run."""
    started = time.perf_counter()
    with open(os.devnull, "wb") as nothing:
        process = subprocess.Popen(command, stdout=nothing, stderr=subprocess.PIPE)
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: exit code {process.returncode}: {said.decode()[:400]}")
    return time.perf_counter() - started, usage.ru_maxrss


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("inputs", nargs="+")
    options = arguments.parse_args()
    print(f"{'input':28} {'program':36} {'wall s':>8} {'min':>7} {'max':>7} {'peak MB':>8} {'ratio':>6}")
    for name in options.inputs:
        bare = "parse_only_simdjson_bench" if name.endswith(".json") else "parse_only_libyaml_bench"
        scan = [BUILD / "kastell", "scan", "--format", "json", "--allow-incomplete"]
        commands = {bare: [BUILD / bare, name],
                    "kastell scan --threads 1": scan + ["--threads", "1", name],
                    "kastell scan --threads 2": scan + ["--threads", "2", name]}
        seen = {label: [] for label in commands}
        for turn in range(options.runs + 1):
            for label, command in commands.items():
                figures = run(command)
                if turn:
                    seen[label].append(figures)
        limit = statistics.median(wall for wall, _ in seen[bare])
        for label, figures in seen.items():
            walls = [wall for wall, _ in figures]
            median = statistics.median(walls)
            peak = max(memory for _, memory in figures) / 1024
            print(f"{pathlib.Path(name).name:28} {label:36} {median:8.3f} {min(walls):7.3f} {max(walls):7.3f} {peak:8.0f} "
                  f"{median / limit:6.2f}")


if __name__ == "__main__":
    main()
