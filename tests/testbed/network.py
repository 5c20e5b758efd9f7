"""The addresses of a test bed.

Without a node everything is on loopback. With one, the node has a network namespace of its own, joined to this machine
by a pair of virtual devices. The API server then listens on the first address of the service range, which this
machine's end of the pair carries: so Pods reach it as Services do (in-cluster configuration) without kube-proxy.
The ranges are from 198.18.0.0/15, which RFC 2544 sets apart for tests of devices.
"""

from dataclasses import dataclass
from pathlib import Path

from testbed.errors import Unavailable
from testbed.ports import free_port

MOST_MACHINES = 80


@dataclass(frozen=True)
class Network:
    api_address: str
    api_port: int
    service_range: str
    first_service_address: str


@dataclass(frozen=True)
class Link:
    """A virtual cable between this machine and one that we make."""

    index: int

    @property
    def device(self) -> str:
        return f"kastell{self.index}"

    @property
    def host_address(self) -> str:
        return f"198.18.{3 * self.index}.1"

    @property
    def node_address(self) -> str:
        return f"198.18.{3 * self.index}.2"

    @property
    def services(self) -> str:
        return f"198.18.{3 * self.index + 1}"

    @property
    def pods(self) -> str:
        return f"198.18.{3 * self.index + 2}"

    def network(self) -> Network:
        first = f"{self.services}.1"
        return Network(
            api_address=first, api_port=443, service_range=f"{self.services}.0/24", first_service_address=first
        )


def loopback() -> Network:
    return Network("127.0.0.1", free_port(), "10.0.0.0/24", "10.0.0.1")


def free_link() -> Link:
    for index in range(MOST_MACHINES):
        link = Link(index)
        if not Path("/sys/class/net", link.device).exists():
            return link
    raise Unavailable(f"there are {MOST_MACHINES} machines of ours already")
