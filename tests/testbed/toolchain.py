"""Finds a Go that can build the pinned modules.

The machine's own if it is new enough. An older one (Debian 12 has 1.19) fetches a newer from the Go module proxy, where
toolchains are published as versions of the module golang.org/toolchain; go checks it against the checksum database.
"""

import functools
import json
import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from testbed.errors import Unavailable

NEEDED = (1, 26)
MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
TOOLCHAIN = f"golang.org/toolchain@v0.0.1-go1.26.8.linux-{MACHINES.get(platform.machine(), platform.machine())}"


def go_version(go: str) -> tuple[int, int]:
    # GOTOOLCHAIN=local: what this program is, not what it would fetch.
    answer = subprocess.run(
        [go, "version"], check=True, capture_output=True, text=True, env=os.environ | {"GOTOOLCHAIN": "local"}
    )
    found = re.search(r"go(\d+)\.(\d+)", answer.stdout)
    if found is None:
        raise Unavailable(f"{go} version says {answer.stdout.strip()!r}")
    return int(found[1]), int(found[2])


def fetch(go: str) -> str:
    # In a folder without a module, so that an old Go need not understand ours.
    answer = subprocess.run(
        [go, "mod", "download", "-json", TOOLCHAIN], capture_output=True, text=True, cwd="/", check=False
    )
    if answer.returncode != 0:
        raise Unavailable(f"{go} is older than {NEEDED} and cannot fetch {TOOLCHAIN}: {answer.stderr or answer.stdout}")
    root = Path(json.loads(answer.stdout)["Dir"])
    # A module carries no modes, and the module cache is read-only.
    for program in [*root.glob("bin/*"), *root.glob("pkg/tool/*/*")]:
        if program.is_file():
            program.chmod(0o755)
    return str(root / "bin" / "go")


@functools.cache
def go_program() -> str:
    go = shutil.which("go")
    if go is None:
        raise Unavailable("Go is missing: ./dev setup --all, or https://go.dev/dl")
    return go if go_version(go) >= NEEDED else fetch(go)
