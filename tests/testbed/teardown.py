"""Ends what a test bed started, by the recorded ids, the last first."""

from testbed import cgroups
from testbed.processes import end
from testbed.state import State, forget


def end_processes(state: State, spare: int = 0) -> None:
    for process in reversed(state.processes):
        if process.pid != spare:
            end(process)


def tear_down(state: State, spare: int = 0) -> None:
    end_processes(state, spare)
    if state.cgroup:
        cgroups.remove(state.cgroup)
    forget(state)
