"""etcd on loopback, with its data in the test bed's folder."""

from pathlib import Path

from testbed.ports import free_port
from testbed.state import State
from testbed.wait import http_ok, until_ready


def start(state: State, program: Path) -> str:
    """Returns the URL for clients."""
    client, peer = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
    process = state.start(
        "etcd",
        [
            program,
            "--name=testbed",
            f"--data-dir={state.folder / 'etcd'}",
            "--unsafe-no-fsync",
            "--log-level=warn",
            f"--listen-client-urls={client}",
            f"--advertise-client-urls={client}",
            f"--listen-peer-urls={peer}",
            f"--initial-advertise-peer-urls={peer}",
            f"--initial-cluster=testbed={peer}",
        ],
    )
    until_ready(process, lambda: http_ok(f"{client}/health"))
    return client
