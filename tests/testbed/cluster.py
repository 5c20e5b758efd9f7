"""A Kubernetes cluster for tests.

    with running(Options(kubernetes="1.37.2", name="my-test")) as cluster, closing(cluster.client("viewer")) as viewer:
        assert viewer.get("/api/v1/pods").ok
        subprocess.run(["kastell", "scan", "--cluster"], env=os.environ | {"KUBECONFIG": str(cluster.kubeconfig)})

Users and their rights are in users.py. Leaving the block ends every server; so does the death of the test.
"""

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from testbed import certificates, containerd, control_plane, kubeadm, kubeconfig, machine, processes, users, watchdog
from testbed.client import Client
from testbed.errors import Failed, Unavailable
from testbed.images import Image
from testbed.options import Options
from testbed.packages import node_programs
from testbed.state import State, folder_of, load
from testbed.teardown import tear_down
from testbed.users import ADMIN, Access

NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}")
ATTEMPTS = 3


@dataclass(frozen=True)
class Cluster:
    """A running test bed of this process."""

    state: State
    access: Access

    @property
    def kubeconfig(self) -> Path:
        return self.state.kubeconfig

    @property
    def node_root(self) -> Path | None:
        """The node's file system, as this machine sees it; None: there is no node."""
        found = machine.of(self.state)
        return found.path("/") if found else None

    def add_image(self, image: Image) -> None:
        """Brings an image of our own to the node."""
        found = machine.of(self.state)
        assert found, "there is no node"
        containerd.bring_in(found, node_programs(), image, self.state.folder)

    def client(self, user: str = ADMIN.name) -> Client:
        return self.access.client(self.state, user)


def new_state(options: Options, owned: bool) -> State:
    name = options.name or options.kubernetes
    if not NAME.fullmatch(name):
        raise Failed(f"not a name for a test bed: {name!r}")
    folder = folder_of(name)
    if (found := load(name)) and time.time() > found.deadline:
        tear_down(found)
    try:
        folder.mkdir(parents=True, mode=0o700)
    except FileExistsError:
        raise Failed(f"{folder} is there already: ./dev cluster down --name {name} ends it") from None
    state = State(name, options.kubernetes, folder, time.time() + 60 * options.minutes)
    state.owner = processes.of("owner", os.getpid()) if owned else None
    state.save()
    return state


def start_servers(state: State, options: Options, programs: dict[str, Path]) -> Cluster:
    begin = kubeadm.start if options.kubeadm else control_plane.start
    cluster = Cluster(state, begin(state, options, programs))
    with closing(cluster.client()) as admin:
        users.grant_rights(admin)
        cluster.access.credentials[users.SERVICE_ACCOUNT] = users.service_account_credentials(admin)
    wrong = certificates.authority(state.folder, "wrong-ca")
    kubeconfig.write(state.kubeconfig, kubeconfig.configuration(state.url, cluster.access, wrong.certificate))
    return cluster


def start(options: Options, owned: bool = False) -> Cluster:
    """Starts a test bed that stays; with `owned` it ends when this process does.

    A dozen servers on a busy machine: one that does not start is no verdict on Kastell, so it is said and tried again.
    """
    programs = kubeadm.needed_programs(options) if options.kubeadm else control_plane.needed_programs(options)
    for left in reversed(range(ATTEMPTS)):
        state = new_state(options, owned)
        try:
            watchdog.start(state)
            return start_servers(state, options, programs)
        except BaseException as error:
            tear_down(state)
            if left == 0 or isinstance(error, Unavailable) or not isinstance(error, Exception):
                raise
            print(f"test bed {state.name}: {error}\ntest bed {state.name}: tried again", file=sys.stderr, flush=True)
    raise AssertionError("not reached")


@contextmanager
def running(options: Options) -> Iterator[Cluster]:
    """A test bed for the length of a block."""
    cluster = start(options, owned=True)
    try:
        yield cluster
    finally:
        tear_down(cluster.state)
