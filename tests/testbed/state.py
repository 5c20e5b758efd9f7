"""What is known of a running test bed: a folder, and a state file that later commands and the watchdog read."""

import dataclasses
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from testbed import processes
from testbed.binaries import cache_root
from testbed.processes import Process

FILE = "state.json"


@dataclass
class State:
    name: str
    kubernetes: str
    folder: Path
    deadline: float  # seconds since the epoch; the watchdog ends everything then
    owner: Process | None = None  # everything ends with it: the test that wanted the cluster
    address: str = "127.0.0.1"  # of the API server
    port: int = 0
    link: int = 0  # of a node, and
    cgroup: str = ""  # what a node's containers are in; empty: there is no node
    processes: list[Process] = field(default_factory=list)  # in the order of their start

    @property
    def kubeconfig(self) -> Path:
        return self.folder / "kubeconfig"

    @property
    def audit_log(self) -> Path:
        return self.folder / "audit.log"

    @property
    def url(self) -> str:
        return f"https://{self.address}:{self.port}"

    def start(self, name: str, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Process:
        """Starts a server and writes down its id before anything else can happen."""
        process = processes.start(name, command, self.folder / f"{name}.log", environment)
        self.processes.append(process)
        self.save()
        return process

    def watch(self, name: str, pid: int) -> None:
        """A process that a server of ours has started, to be ended before it."""
        self.processes.append(processes.of(name, pid))
        self.save()

    def save(self) -> None:
        fresh = self.folder / f"{FILE}.new"
        fresh.write_text(json.dumps(dataclasses.asdict(self), indent=2, default=str))
        fresh.rename(self.folder / FILE)

    def running(self) -> list[Process]:
        return [process for process in self.processes if process.alive()]


def clusters_folder() -> Path:
    return cache_root() / "clusters"


def folder_of(name: str) -> Path:
    return clusters_folder() / name


def load(name: str) -> State | None:
    file = folder_of(name) / FILE
    try:
        values = json.loads(file.read_text())
    except FileNotFoundError:
        return None
    values["folder"] = Path(values["folder"])
    values["owner"] = Process(**values["owner"]) if values["owner"] else None
    values["processes"] = [Process(**process) for process in values["processes"]]
    return State(**values)


def names() -> list[str]:
    return sorted(file.parent.name for file in clusters_folder().glob(f"*/{FILE}"))


def forget(state: State) -> None:
    shutil.rmtree(state.folder)
