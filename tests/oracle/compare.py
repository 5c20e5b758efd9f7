#!/usr/bin/env python3
"""Asks Kubernetes' own packages and Kastell the same generated questions and compares the answers.

    tests/oracle/compare.py cel --count 200000
    tests/oracle/compare.py psa --count 20000

Ends with 1 if anything differs that known-differences.md does not list.
"""

import argparse
import shlex
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from differ import cel, known, psa, run  # noqa: E402

VERSIONS = "1.37,1.25,1.27,1.28,1.29,1.30,1.31,1.32,1.33,1.34,1.36"


def main() -> int:
    options = arguments()
    oracle = shlex.split(options.oracle) if options.oracle else [build()]
    kastell = shlex.split(options.kastell)
    start = time.monotonic()
    try:
        different = (compare_cel if options.what == "cel" else compare_psa)(options, oracle, kastell)
    except run.Failed as problem:
        print(f"compare: {problem}", file=sys.stderr)
        return 2
    print(f"{time.monotonic() - start:9.0f} s")
    return 1 if different else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["cel", "psa"])
    parser.add_argument("--count", type=int, default=10000, help="expressions or pods (default: 10000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first line")
    parser.add_argument("--chunk", type=int, default=5000, help="lines that are held at a time")
    parser.add_argument("--show", type=int, default=20, help="groups of differences to show")
    parser.add_argument("--messages", type=int, default=0, help="differing error messages to show")
    parser.add_argument("--excused", type=int, default=0, help="cel: excused lines to show of each known difference")
    parser.add_argument("--kubernetes", default=VERSIONS, help="cel: target versions, in turn (default: %(default)s)")
    parser.add_argument("--versions", default="", help="psa: policy versions, as v1.0,latest (default: all)")
    parser.add_argument("--oracle", help="the oracle's program (default: what build.sh builds)")
    parser.add_argument("--kastell", default=str(HERE.parent.parent / "build" / "kastell"), help="default: %(default)s")
    return parser.parse_args()


def build() -> str:
    done = subprocess.run([HERE / "build.sh"], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(2)
    return done.stdout.strip()


def chunks(options: argparse.Namespace):
    """(first, count) of every chunk."""
    for done in range(0, options.count, options.chunk):
        yield options.first + done, min(options.chunk, options.count - done)


def compare_cel(options: argparse.Namespace, oracle: list[str], kastell: list[str]) -> int:
    excuses = known.read(HERE / "known-differences.md")
    comparison = cel.Comparison([*oracle, "eval"], [*kastell, "eval", "--batch"], excuses, options.show)
    versions = len(options.kubernetes.split(","))
    number = options.first
    for _, count in chunks(options):
        command = [*oracle, "generate", f"--seed={options.seed}", f"--first={number}", f"--count={count}"]
        comparison.add(run.generate([*command, f"--kubernetes={options.kubernetes}"]))
        number += -(-count // versions)  # every version has taken so many turns
    comparison.print_excused(options.excused)
    comparison.print(options.messages)
    return comparison.counts["different"]


def compare_psa(options: argparse.Namespace, oracle: list[str], kastell: list[str]) -> int:
    comparison = psa.Comparison([*oracle, "psa"], [*kastell, "scan", "--batch"], options.show)
    for first, count in chunks(options):
        command = [*oracle, "psa-generate", f"--seed={options.seed}", f"--first={first}", f"--count={count}"]
        comparison.add(run.generate(command), psa.grid(options.versions))
    comparison.print()
    return comparison.different


if __name__ == "__main__":
    sys.exit(main())
