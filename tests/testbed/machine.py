"""A machine on this machine: namespaces of its own for processes, mounts, network and host name.

What writes to /etc/kubernetes or /var/lib/kubelet in there writes to the test bed's folder. When its first process
ends, the kernel ends every other (containers outlive containerd, but not this), and its mounts and devices go too.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from testbed import cgroups, machine_init
from testbed.binaries import cache_root
from testbed.errors import Failed, Unavailable
from testbed.network import Link
from testbed.processes import Process
from testbed.state import State
from testbed.wait import until_ready

INIT = "machine-init"
NAMESPACES = ["--net", "--mount", "--pid", "--uts"]
UNSHARE_FLAGS = ["--fork", "--kill-child=KILL", "--mount-proc", "--propagation=private"]


@dataclass(frozen=True)
class Machine:
    init: int  # its first process, as this machine numbers it
    link: Link
    cgroup: str

    def command(self, *command: str | Path) -> list[str]:
        """How to run a command in there."""
        return ["nsenter", f"--target={self.init}", *NAMESPACES, "--", *map(str, command)]

    def path(self, inside: str) -> Path:
        """A file in there, as this machine sees it."""
        return Path(f"/proc/{self.init}/root{inside}")

    def run(self, *command: str | Path, seconds: float = 60) -> str:
        try:
            done = subprocess.run(self.command(*command), capture_output=True, text=True, check=False, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise Failed(f"{' '.join(map(str, command))}: not done after {seconds:g} s") from None
        if done.returncode != 0:
            raise Failed(f"{' '.join(map(str, command))}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout


def of(state: State) -> Machine | None:
    """The machine of a test bed; None if it has no node."""
    init = next((process.pid for process in state.processes if process.name == INIT), None)
    return None if init is None else Machine(init, Link(state.link), f"/{state.cgroup}")


def init_command(*arguments: str | Path) -> list[str | Path]:
    program = [sys.executable, "-m", machine_init.__name__]
    return ["unshare", *NAMESPACES, *UNSHARE_FLAGS, *program, *arguments]


def init_environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}


def obstacle() -> str | None:
    """Why this machine cannot have another on it; None if it can."""
    if os.geteuid() != 0:
        return "a node needs root"
    if not os.access(cgroups.CGROUPS, os.W_OK):
        return f"{cgroups.CGROUPS} cannot be written to"
    cache_root().mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=cache_root()) as folder:
        tried = subprocess.run(
            init_command(folder), env=init_environment(), capture_output=True, text=True, check=False
        )
    return None if tried.returncode == 0 else f"no machine of namespaces here: {tried.stderr.strip()}"


def ip(*arguments: str) -> None:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"ip {' '.join(arguments)}: {done.stderr.strip()}")


def first_process(parent: Process) -> int | None:
    """unshare's only child is process 1 of the new namespace."""
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    return int(children[0]) if children else None


def connect(machine: Machine) -> None:
    link = machine.link
    ip("link", "add", link.device, "type", "veth", "peer", "name", "eth0", "netns", str(machine.init))
    ip("address", "add", f"{link.host_address}/30", "dev", link.device)
    ip("address", "add", f"{link.network().api_address}/32", "dev", link.device)
    ip("link", "set", link.device, "up")
    ip("route", "add", f"{link.pods}.0/24", "via", link.node_address)
    machine.run("ip", "link", "set", "lo", "up")
    machine.run("ip", "address", "add", f"{link.node_address}/30", "dev", "eth0")
    machine.run("ip", "link", "set", "eth0", "up")
    machine.run("ip", "route", "add", "default", "via", link.host_address)


def start(state: State, link: Link) -> Machine:
    if reason := obstacle():
        raise Unavailable(reason)
    folder = state.folder / "machine"
    folder.mkdir()
    state.link, state.cgroup = link.index, f"kastell-{state.name}"
    process = state.start("machine", init_command(folder, state.name), init_environment())
    cgroups.make(state.cgroup)
    until_ready(process, (folder / "ready").exists)
    init = first_process(process)
    if init is None:
        raise Failed(f"the machine has ended; see {process.log}")
    state.watch(INIT, init)
    machine = Machine(init, link, f"/{state.cgroup}")
    connect(machine)
    return machine
