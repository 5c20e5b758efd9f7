"""Finds the programs of a test bed, or builds them from the pinned Go modules.

    python3 -m testbed.binaries 1.37.2 kube-apiserver etcd      builds what is missing, prints one path per line

Looked for in this order: the folder that KUBEBUILDER_ASSETS names (if its program is of the wanted version), our
cache (~/.cache/kastell/testbed/<release>-<hash>, outside the tree), the Go module of the release. The hash is of what
goes into a build, so a changed go.mod builds anew and an old build is used for ever.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from testbed.errors import Unavailable
from testbed.toolchain import go_program

MODULES = Path(__file__).parent / "modules"
MODULE_FILES = ("go.mod", "go.sum")
ETCD = "etcd"


@dataclass(frozen=True)
class Release:
    """One pinned Go module and how its commands are built."""

    name: str
    packages: dict[str, str]  # command → Go package
    linker_flags: str

    @property
    def module(self) -> Path:
        return MODULES / self.name


def kubernetes(version: str) -> Release:
    if version not in versions():
        raise Unavailable(
            f"Kubernetes {version} is not pinned in tests/testbed/modules; there is {', '.join(versions())}"
        )
    commands = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubeadm", "kubectl", "kubelet")
    major, minor, _ = version.split(".")
    # Without the stamp the server calls itself v0.0.0 and emulates the features of no version at all.
    stamp = {"gitVersion": f"v{version}", "gitMajor": major, "gitMinor": minor, "gitTreeState": "clean"}
    stamps = " ".join(f"-X k8s.io/component-base/version.{key}={value}" for key, value in stamp.items())
    return Release(version, {name: f"k8s.io/kubernetes/cmd/{name}" for name in commands}, f"-s -w {stamps}")


def etcd() -> Release:
    return Release(ETCD, {ETCD: "go.etcd.io/etcd/server/v3"}, "-s -w")


def versions() -> list[str]:
    """The pinned Kubernetes versions, newest first."""
    names = [folder.name for folder in MODULES.iterdir() if folder.name != ETCD]
    return sorted(names, key=lambda name: [int(part) for part in name.split(".")], reverse=True)


def cache_root() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "kastell" / "testbed"


def cache_folder(release: Release) -> Path:
    inputs = [(release.module / name).read_bytes() for name in MODULE_FILES]
    key = hashlib.sha256(b"\0".join([*inputs, release.linker_flags.encode()])).hexdigest()[:16]
    return cache_root() / f"{release.name}-{key}"


def from_assets(release: Release, command: str) -> Path | None:
    """The program of KUBEBUILDER_ASSETS. etcd serves every Kubernetes; anything else must be of the wanted version."""
    assets = os.environ.get("KUBEBUILDER_ASSETS")
    if not assets or not (program := Path(assets) / command).is_file():
        return None
    if command == ETCD:
        return program
    arguments = ["version", "--client"] if command == "kubectl" else ["--version"]
    answer = subprocess.run([program, *arguments], capture_output=True, text=True, check=False).stdout
    return program if f"v{release.name}" in answer.split() else None


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Two runs at once build once."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_module(release: Release, folder: Path) -> Path:
    """What is built is what the folder's name says, whatever becomes of the tree meanwhile."""
    module = folder / "module"
    module.mkdir(exist_ok=True)
    for name in MODULE_FILES:
        shutil.copy(release.module / name, module / name)
    return module


def build(release: Release, commands: list[str], folder: Path) -> None:
    started = time.monotonic()
    print(f"testbed: building {', '.join(commands)} ({release.name}): minutes the first time", file=sys.stderr)
    module = copy_module(release, folder)
    # Static programs: they go into images of their own as they are (images.py).
    environment = os.environ | {"CGO_ENABLED": "0", "GOFLAGS": "-mod=readonly -trimpath -buildvcs=false"}
    jobs = os.environ.get("JOBS") or str(os.cpu_count() or 1)
    for command in commands:
        fresh = folder / f"{command}.new"
        go_build = [go_program(), "build", f"-p={jobs}", f"-ldflags={release.linker_flags}", f"-o={fresh}"]
        done = subprocess.run(["nice", *go_build, release.packages[command]], cwd=module, env=environment, check=False)
        if done.returncode != 0:
            raise Unavailable(f"{command} {release.name} could not be built; Go says why above")
        fresh.rename(folder / command)
    print(f"testbed: built in {time.monotonic() - started:.0f} s", file=sys.stderr)


def programs(release: Release, commands: list[str]) -> dict[str, Path]:
    """Where the commands are, built if need be."""
    folder = cache_folder(release)
    found = {command: from_assets(release, command) or folder / command for command in commands}
    missing = [command for command, path in found.items() if not path.is_file()]
    if missing:
        with locked(folder):
            # Another run may have built some while we waited.
            still_missing = [command for command in missing if not found[command].is_file()]
            if still_missing:
                build(release, still_missing, folder)
    return found


def main(arguments: list[str]) -> None:
    version, commands = arguments[0], arguments[1:]
    for command in commands:
        release = etcd() if command == ETCD else kubernetes(version)
        print(programs(release, [command])[command])


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit("usage: python3 -m testbed.binaries VERSION COMMAND…")
    main(sys.argv[1:])
