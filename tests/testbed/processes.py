"""Servers we started: known by process id and start time, so that a reused id is never signalled."""

import contextlib
import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

GRACE_SECONDS = 10.0


@dataclass(frozen=True)
class Process:
    name: str
    pid: int
    start_ticks: int  # since boot: field 22 of /proc/PID/stat
    log: str

    def alive(self) -> bool:
        return start_ticks(self.pid) == self.start_ticks


def start_ticks(pid: int) -> int | None:
    """None if there is no such process, or only its exit code is left."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name of the program, in parentheses, may hold anything.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else int(fields[19])


def of(name: str, pid: int, log: str = os.devnull) -> Process:
    # -1: it has ended already; whoever waits for it to be ready will say so.
    return Process(name, pid, start_ticks(pid) or -1, log)


def start(name: str, command: Sequence[str | Path], log: Path, environment: Mapping[str, str] | None = None) -> Process:
    """Starts a server in a session of its own: what ends us need not end it."""
    arguments = [str(argument) for argument in command]
    append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, log, append, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    variables = os.environ if environment is None else environment
    pid = os.posix_spawnp(arguments[0], arguments, variables, file_actions=actions, setsid=True)
    return of(name, pid, str(log))


def end(process: Process) -> None:
    """Asks, waits, then kills. The process need not be our child."""
    send(process, signal.SIGTERM)
    if not wait_for_end(process, GRACE_SECONDS):
        send(process, signal.SIGKILL)
        wait_for_end(process, GRACE_SECONDS)


def send(process: Process, number: signal.Signals) -> None:
    try:
        handle = os.pidfd_open(process.pid)
    except ProcessLookupError:
        return
    try:
        # Looked at after the handle was had: from here on the id cannot change hands.
        if process.alive():
            signal.pidfd_send_signal(handle, number)
    finally:
        os.close(handle)


def wait_for_end(process: Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while process.alive():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    reap(process.pid)
    return True


def reap(pid: int) -> None:
    with contextlib.suppress(ChildProcessError):  # Another run of ./dev started it.
        os.waitpid(pid, os.WNOHANG)


def log_tail(process: Process, lines: int = 15) -> str:
    return "\n".join(Path(process.log).read_text(errors="replace").splitlines()[-lines:])
