#!/usr/bin/env python3
"""Fails on calls and headers that this project does not use, each with its reason."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NO_PRINT = "the library never prints"
BANNED = [
    (r"\b(?:std::)?system\s*\(\s*\"", "a shell is never started"),
    (r"\bpopen\s*\(", "a shell is never started"),
    (r"\bstr(?:cpy|cat)\s*\(", "unbounded copy"),
    (r"\bv?sprintf\s*\(", "unbounded format"),
    (r"\bgets\s*\(", "unbounded read"),
    (r"\bstd::s?rand\s*\(", "not random enough for anything; tests use <random> with a printed seed"),
    (r"\b(?:std::)?(?:atoi|atol|atof)\s*\(", "hides errors; std::from_chars tells them"),
    (r"#include <regex>", "exponential and slow; RE2 is linear"),
    (r"#include <iostream>", NO_PRINT),
    (r"\busing namespace std(?!::\w*literals)", "hides where names come from"),
    (r"\bstd::print(?:ln)?\s*\(|\bprintf\s*\(", NO_PRINT),
]
# The command line and test programs may print; the reason of that rule does not reach them.
PRINTS = re.compile(r"^(src/cli/|tests/|bench/|fuzz/)")


def main():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "src", "tests", "bench", "fuzz"], cwd=ROOT,
                            capture_output=True, text=True, check=True).stdout.split()
    problems = []
    for name in listed:
        if not name.endswith((".h", ".cpp")):
            continue
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
            code = line.split("//")[0]
            for pattern, reason in BANNED:
                if reason == NO_PRINT and PRINTS.match(name):
                    continue
                if re.search(pattern, code):
                    problems.append(f"{name}:{number}: {reason}: {line.strip()}")
    print("\n".join(problems) or "no banned call")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
