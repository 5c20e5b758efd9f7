"""Runs line-by-line programs over a file of JSON lines."""

import json
import shlex
import subprocess
import tempfile
from pathlib import Path


class Failed(Exception):
    """A program did not answer every line."""


def generate(command: list[str]) -> list[bytes]:
    """The lines that a generator prints."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise Failed(f"{shlex.join(command)}: exit code {done.returncode}")
    return done.stdout.splitlines()


def ask(commands: list[list[str]], lines: list[bytes]) -> list[list[dict]]:
    """Feeds the lines to all commands at once and reads one answer for each line from each."""
    with tempfile.TemporaryDirectory(prefix="kastell-oracle-") as folder:
        source = Path(folder, "lines")
        source.write_bytes(b"".join(line + b"\n" for line in lines))
        running = []
        for number, command in enumerate(commands):
            sink = Path(folder, f"answers{number}")
            with source.open("rb") as stdin, sink.open("wb") as stdout:
                running.append((command, sink, subprocess.Popen(command, stdin=stdin, stdout=stdout)))
        return [answers(command, sink, process.wait(), len(lines)) for command, sink, process in running]


def answers(command: list[str], sink: Path, code: int, expected: int) -> list[dict]:
    # Doubles stay apart from integers, and -0.0 from 0.0.
    read = [json.loads(line, parse_float=exact) for line in sink.open("rb")]
    if len(read) != expected:
        last = read[-1].get("id") if read else None
        raise Failed(f"{shlex.join(command)}: {len(read)} answers to {expected} lines, exit code {code}, last id {last!r}")
    return read


def exact(text: str) -> tuple[str, str]:
    return ("double", repr(float(text)))
