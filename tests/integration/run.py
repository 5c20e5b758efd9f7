"""Runs the integration tests against each Kubernetes version: python3 -m integration.run [VERSION…] [-k PATTERN]

What cannot run is named, and a version whose test bed cannot be had is a failure: no green without a server.
"""

import argparse
import os
import sys
import time
import unittest
from pathlib import Path

from integration.support import NO_NODES_VARIABLE, VERSION_VARIABLE, kastell_program
from testbed import binaries
from testbed.errors import Unavailable

TESTED_VERSIONS = ("1.37.2", "1.34.4")
PROGRAMS = ["kube-apiserver", "kube-controller-manager", "kube-scheduler"]
TESTS = Path(__file__).parent
REASON_LINES = 25


def load_tests(pattern: str | None) -> unittest.TestSuite:
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{pattern}*"] if pattern else None
    return loader.discover(str(TESTS), pattern="*_test.py", top_level_dir=str(TESTS.parent))


def names(suite: unittest.TestSuite) -> list[str]:
    found: list[str] = []
    for test in suite:
        found += names(test) if isinstance(test, unittest.TestSuite) else [test.id()]
    return found


def prepare(version: str) -> None:
    binaries.programs(binaries.etcd(), ["etcd"])
    binaries.programs(binaries.kubernetes(version), PROGRAMS)


def last_lines(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines()[-REASON_LINES:])


def run_version(version: str, suite: unittest.TestSuite, without_nodes: str) -> list[str]:
    """What failed, with the end of its reason."""
    print(f"\n== integration tests, Kubernetes {version}", flush=True)
    try:
        prepare(version)
    except (Unavailable, OSError) as error:
        for name in names(suite):
            print(f"not run: {name} (Kubernetes {version}): {error}")
        return [f"Kubernetes {version}: {error}"]
    os.environ[VERSION_VARIABLE] = version
    os.environ[NO_NODES_VARIABLE] = without_nodes
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    for test, reason in result.skipped:
        print(f"skipped: {test.id()} (Kubernetes {version}): {reason}")
    if result.testsRun == 0:
        return [f"Kubernetes {version}: no test ran"]
    failed = result.errors + result.failures
    return [f"{test.id()} (Kubernetes {version})\n{last_lines(reason)}" for test, reason in failed]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("versions", nargs="*", default=TESTED_VERSIONS, metavar="VERSION")
    parser.add_argument("-k", dest="pattern", help="only tests whose name holds this")
    arguments = parser.parse_args()
    if not kastell_program().is_file():
        raise SystemExit(f"integration: {kastell_program()} is not built: ./dev build")
    started = time.monotonic()
    failed: list[str] = []
    without_nodes = ""
    for version in arguments.versions:
        failed += run_version(version, load_tests(arguments.pattern), without_nodes)
        # A minute each, and minutes to build: what a node is does not hang on the version.
        without_nodes = f"nodes are tested with {arguments.versions[0]}"
    # Said again at the end: of a long log only its end may be kept.
    for text in failed:
        print(f"\nFAILED: {text}")
    print(f"\nintegration tests: {'FAILED' if failed else 'all passed'} in {time.monotonic() - started:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
