"""Ends a test bed when its time is up, or when the test that wanted it is gone: python3 -m testbed.watchdog NAME

Nothing that a test bed starts outlives this process, and this process outlives its starter.
"""

import os
import sys
import time
from pathlib import Path

from testbed.state import State, load
from testbed.teardown import end_processes, tear_down

LOOK_EVERY_SECONDS = 1.0


def start(state: State) -> None:
    package_root = str(Path(__file__).parent.parent)
    state.start(
        "watchdog", [sys.executable, "-m", "testbed.watchdog", state.name], os.environ | {"PYTHONPATH": package_root}
    )


def time_is_up(state: State) -> bool:
    return time.time() > state.deadline


def owner_is_gone(state: State) -> bool:
    return state.owner is not None and not state.owner.alive()


def watch(name: str) -> None:
    while state := load(name):
        if owner_is_gone(state):
            tear_down(state, spare=os.getpid())
        elif time_is_up(state):
            # The folder stays: `./dev cluster status` says what became of it, and the logs can be read.
            end_processes(state, spare=os.getpid())
            return
        time.sleep(LOOK_EVERY_SECONDS)


if __name__ == "__main__":
    watch(sys.argv[1])
