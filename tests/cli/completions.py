#!/usr/bin/env python3
"""Asks real shells what they offer after a command line, with the completions that `kastell completion` prints.

    tests/cli/completions.py build/kastell

A shell that is not installed is named as skipped; 77 if none is.
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Command line, and what must be among the offers.
CASES = [
    ("kastell ", {"scan", "controls", "explain", "eval", "version", "completion", "help"}),
    ("kastell scan --fra", {"--framework"}),
    ("kastell scan --format ", {"human", "json", "sarif", "junit"}),
    ("kastell scan --fail-on h", {"high"}),
    ("kastell explain pod.host-p", {"pod.host-path", "pod.host-pid", "pod.host-port", "pod.host-probes"}),
    ("kastell completion ", {"bash", "zsh", "fish"}),
    ("kastell guide app", {"appendix"}),
]

BASH = """
source "$1"
read -ra COMP_WORDS <<<"$2"
case $2 in *' ') COMP_WORDS+=('');; esac
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_kastell
printf '%s\\n' "${COMPREPLY[@]}"
"""


def run(*arguments: str, env: dict[str, str] | None = None) -> str:
    return subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=20, env=env).stdout


def ask_bash(script: Path, line: str, _wanted: set[str]) -> str:
    return run("bash", "--norc", "--noprofile", "-c", BASH, "bash", str(script), line)


def ask_fish(script: Path, line: str, _wanted: set[str]) -> str:
    home = {**os.environ, "HOME": str(script.parent)}
    return run("fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", str(script), line, env=home)


def ask_zsh(script: Path, line: str, wanted: set[str]) -> str:
    """zsh completes only where a person types: on a terminal, in its own time."""
    folder = script.parent / "functions"
    folder.mkdir(exist_ok=True)
    shutil.copy(script, folder / "_kastell")
    setup = (
        f"PS1='READY>'; fpath=({folder} $fpath); autoload -Uz compinit; compinit -u -d {folder}/.dump; "
        "zstyle ':completion:*' list-prompt ''; LISTMAX=1000; setopt NO_AUTO_MENU; bindkey '^I' complete-word; "
        "echo set''up\n"
    )
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="dumb", COLUMNS="200", LINES="1000", HOME=str(folder))
        os.execvp("zsh", ["zsh", "-f", "-i"])
    try:
        os.write(terminal, setup.encode())
        read_until(terminal, {"setup"})
        os.write(terminal, line.encode() + b"\t\t")
        return read_until(terminal, wanted)
    finally:
        os.close(terminal)
        os.kill(child, 9)
        os.waitpid(child, 0)


def read_until(terminal: int, wanted: set[str], at_most: float = 10) -> str:
    """What the terminal shows once it has all these words, or after that many seconds."""
    text, end = "", time.monotonic() + at_most
    while not wanted <= words(text) and (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            text += os.read(terminal, 65536).decode(errors="replace")
    return text


def words(text: str) -> set[str]:
    """Without what steers the terminal."""
    return set(re.findall(r"[\w.-]+", re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|[\x07\r]", "", text)))


SHELLS = {"bash": ask_bash, "zsh": ask_zsh, "fish": ask_fish}


def main() -> int:
    program, passed, failed, skipped = sys.argv[1], 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        for shell, ask in SHELLS.items():
            if shutil.which(shell) is None:
                skipped.append(shell)
                continue
            script = Path(folder) / f"kastell.{shell}"
            script.write_text(run(program, "completion", shell))
            for line, wanted in CASES:
                offered = words(ask(script, line, wanted))
                if wanted <= offered:
                    passed += 1
                else:
                    failed += 1
                    missing = ", ".join(sorted(wanted - offered))
                    print(f"{shell}: `{line}` does not offer {missing}; it offers {sorted(offered)}")
    for shell in skipped:
        print(f"skipped: completions in {shell}: it is not installed")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 77 if not passed else 0


if __name__ == "__main__":
    sys.exit(main())
