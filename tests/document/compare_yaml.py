#!/usr/bin/env python3
"""Asks Kubernetes' own packages and parse() what generated YAML texts say, and compares the answers.

    tests/document/compare_yaml.py --count 20000 [--seed 1] [--seeds DIR…]

Half of the texts are made from random values in random styles, half are manifests and test cases that were
damaged. Ends with 1 if anything differs that tests/document/known-differences.md does not allow.
"""

import argparse
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
TREE = HERE.parent.parent
sys.path.insert(0, str(HERE))

from yaml_oracle import generate, judge  # noqa: E402


def main() -> int:
    options = arguments()
    oracle = options.oracle or subprocess.run(
        [TREE / "tests/oracle/build.sh"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    seeds = generate.load_seeds([TREE / "tests/document/cases", *options.seeds])
    counts: Counter = Counter()
    shown: Counter = Counter()
    for first in range(0, options.count, options.chunk):
        texts = [generate.text(random.Random(options.seed * 1_000_003 + number), seeds)
                 for number in range(first, min(first + options.chunk, options.count))]
        lines = "".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts))
        theirs = ask([oracle, "yaml"], lines)
        ours = ask([options.ours], lines)
        for text, their, our in zip(texts, theirs, ours, strict=True):
            verdict = judge.compare(text, their, our)
            counts[verdict.kind] += 1
            if verdict.differs and shown[verdict.kind] < options.show:
                shown[verdict.kind] += 1
                print(f"--- {verdict.kind}\n{text!r}\n    theirs: {verdict.theirs}\n    ours:   {verdict.ours}")
    for kind, count in counts.most_common():
        print(f"{count:9d} {kind}")
    return 1 if any(kind.startswith("DIFFERS") for kind in counts) else 0


def ask(command: list, lines: str) -> list:
    done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line, parse_float=exact) for line in done.stdout.decode().split("\n")[:-1]]


def exact(text: str) -> tuple:
    return ("double", repr(float(text)))  # doubles stay apart from integers, and -0.0 from 0.0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=5000)
    parser.add_argument("--show", type=int, default=5, help="examples of each difference")
    parser.add_argument("--seeds", type=Path, nargs="*", default=[], help="more folders of YAML files to damage")
    parser.add_argument("--oracle", help="the oracle's program (default: what tests/oracle/build.sh builds)")
    parser.add_argument("--ours", default=str(TREE / "build/yaml_answers_bench"))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
