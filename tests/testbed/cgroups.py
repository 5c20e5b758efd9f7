"""The control group of a node: made by us, filled by its kubelet, removed by us."""

import time
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")


def hierarchies() -> list[Path]:
    """One hierarchy (version 2), or one for each controller (version 1)."""
    if (CGROUPS / "cgroup.controllers").exists():
        return [CGROUPS]
    return [folder for folder in CGROUPS.iterdir() if folder.is_dir() and not folder.is_symlink()]


def make(name: str) -> None:
    for root in hierarchies():
        (root / name).mkdir()


def remove(name: str) -> None:
    """The kernel keeps a group while a process of it is still ending."""
    deadline = time.monotonic() + 10
    folders = [folder for root in hierarchies() for folder in sorted((root / name).glob("**/"), reverse=True)]
    for folder in folders:
        while folder.exists():
            try:
                folder.rmdir()
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
