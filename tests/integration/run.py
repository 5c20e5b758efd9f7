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


def run_version(version: str, suite: unittest.TestSuite, without_nodes: str) -> bool:
    print(f"\n== integration tests, Kubernetes {version}", flush=True)
    try:
        prepare(version)
    except (Unavailable, OSError) as error:
        for name in names(suite):
            print(f"not run: {name} (Kubernetes {version}): {error}")
        return False
    os.environ[VERSION_VARIABLE] = version
    os.environ[NO_NODES_VARIABLE] = without_nodes
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    for test, reason in result.skipped:
        print(f"skipped: {test.id()} (Kubernetes {version}): {reason}")
    return result.wasSuccessful() and result.testsRun > 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("versions", nargs="*", default=TESTED_VERSIONS, metavar="VERSION")
    parser.add_argument("-k", dest="pattern", help="only tests whose name holds this")
    arguments = parser.parse_args()
    if not kastell_program().is_file():
        raise SystemExit(f"integration: {kastell_program()} is not built: ./dev build")
    started = time.monotonic()
    passed = []
    without_nodes = ""
    for version in arguments.versions:
        passed.append(run_version(version, load_tests(arguments.pattern), without_nodes))
        # A minute each, and minutes to build: what a node is does not hang on the version.
        without_nodes = f"nodes are tested with {arguments.versions[0]}"
    print(f"\nintegration tests: {'all passed' if all(passed) else 'FAILED'} in {time.monotonic() - started:.0f} s")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
