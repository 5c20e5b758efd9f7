"""Process 1 of a machine (machine.py): gives it file systems of its own, then takes over orphans until it is ended.

python3 -m testbed.machine_init FOLDER HOST_NAME, in new namespaces; without HOST_NAME it only tries whether it could
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

# Written by the kubelet, containerd and kubeadm. Underneath is what this machine has; nothing gets there.
OVERLAID = ("/etc", "/opt", "/var")
# Not overlaid: overlays do not stack, and containers bring their own.
OWN_FOLDERS = ("/var/lib/containerd", "/var/lib/etcd", "/var/lib/kubelet")


def mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *arguments], check=True)


def overlay(folder: Path, target: Path) -> None:
    upper, work = folder / "upper" / target.name, folder / "work" / target.name
    upper.mkdir(parents=True)
    work.mkdir(parents=True)
    mount("-t", "overlay", "overlay", "-o", f"lowerdir={target},upperdir={upper},workdir={work}", target)


def own_folder(folder: Path, target: Path) -> None:
    source = folder / "own" / target.name
    source.mkdir(parents=True)
    target.mkdir(parents=True, exist_ok=True)
    mount("--bind", source, target)


def make_file_systems(folder: Path) -> None:
    for target in OVERLAID:
        overlay(folder, Path(target))
    for target in OWN_FOLDERS:
        own_folder(folder, Path(target))
    mount("-t", "tmpfs", "tmpfs", "/run")
    # The kubelet hands mounts on to containers.
    mount("--make-rshared", "/")


def adopt_orphans() -> None:
    while True:
        try:
            os.wait()
        except ChildProcessError:
            time.sleep(0.2)


def try_out(folder: Path) -> None:
    """Does what a machine does at its start; its exit code says whether this machine allows it."""
    make_file_systems(folder)
    subprocess.run(["ip", "link", "add", "try0", "type", "veth", "peer", "name", "try1"], check=True)


def main(folder: Path, name: str) -> None:
    # Process 1 ignores what it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    socket.sethostname(name)
    make_file_systems(folder)
    (folder / "ready").touch()
    adopt_orphans()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(Path(sys.argv[1]), sys.argv[2])
    else:
        try_out(Path(sys.argv[1]))
