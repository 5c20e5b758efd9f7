"""Programs of a node, from Debian's packages: fetched and unpacked into the cache, not installed.

Installing containerd would start it as a service of this machine, and a machine with Docker has another one already.
"""

import hashlib
import subprocess
from pathlib import Path

from testbed.binaries import cache_root, locked
from testbed.errors import Unavailable

NODE_PACKAGES = ["containerd", "runc", "containernetworking-plugins", "busybox-static"]


def known_archives() -> str:
    """Addresses, names and digests of what would be fetched; apt checks the digests when it does."""
    try:
        answer = subprocess.run(
            ["apt-get", "download", "--print-uris", *NODE_PACKAGES], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise Unavailable("a node needs Debian's packages, and apt-get is not here") from None
    if answer.returncode != 0:
        raise Unavailable(
            f"apt-get does not know {', '.join(NODE_PACKAGES)} (apt-get update?): {answer.stderr.strip()}"
        )
    return answer.stdout


def fetch(folder: Path) -> None:
    subprocess.run(["apt-get", "download", "-qq", *NODE_PACKAGES], check=True, cwd=folder, capture_output=True)
    for archive in folder.glob("*.deb"):
        subprocess.run(["dpkg-deb", "--extract", archive, folder / "root"], check=True)
        archive.unlink()


def node_programs() -> Path:
    """A folder that looks like / with the programs in it."""
    key = hashlib.sha256(known_archives().encode()).hexdigest()[:16]
    folder = cache_root() / f"debian-{key}"
    done = folder / "unpacked"
    with locked(folder):
        if not done.exists():
            fetch(folder)
            done.touch()
    return folder / "root"
