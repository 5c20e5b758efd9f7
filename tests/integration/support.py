"""What integration tests share: the cluster they run against, and Kastell."""

import json
import os
import subprocess
import time
import unittest
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

from testbed.client import Answer, Client
from testbed.cluster import Cluster, running
from testbed.options import DEFAULT_VERSION, Options

ROOT = Path(__file__).parent.parent.parent
VERSION_VARIABLE = "KASTELL_TEST_KUBERNETES"
NO_NODES_VARIABLE = "KASTELL_TEST_NO_NODES"  # holds the reason


def kubernetes_version() -> str:
    return os.environ.get(VERSION_VARIABLE) or DEFAULT_VERSION


def kubernetes_minor() -> int:
    return int(kubernetes_version().split(".")[1])


def kastell_program() -> Path:
    return Path(os.environ.get("KASTELL") or ROOT / "build" / "kastell")


def shared_data(name: str) -> Path:
    """A folder of the data that a clone need not have; raises SkipTest, which the runner prints by name."""
    folder = Path(os.environ.get("KASTELL_SHARED") or ROOT.parent / "shared") / "data" / name
    if not folder.is_dir():
        raise unittest.SkipTest(f"{folder} is not there")
    return folder


def scan(*arguments: str | Path) -> dict[str, Any]:
    """The JSON report of `kastell scan`; findings are no failure."""
    done = subprocess.run(
        [kastell_program(), "scan", "--format", "json", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        raise AssertionError(f"kastell scan ended with {done.returncode}: {done.stderr.strip()}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def eventually(ask: Callable[[], Answer], holds: Callable[[Answer], bool], seconds: float = 30) -> Answer:
    """The first answer of which it holds: controllers and policies take a moment."""
    deadline = time.monotonic() + seconds
    while not holds(answer := ask()):
        if time.monotonic() > deadline:
            raise AssertionError(f"after {seconds:g} s still {answer}")
        time.sleep(0.1)
    return answer


class ClusterTest(unittest.TestCase):
    """A test with a cluster of its own, shared by the methods of the class."""

    controllers: ClassVar[bool] = False
    service_accounts: ClassVar[bool] = False
    node: ClassVar[bool] = False
    kubeadm: ClassVar[bool] = False
    encrypt_secrets: ClassVar[bool] = False
    cluster: ClassVar[Cluster]
    admin: ClassVar[Client]
    resources: ClassVar[dict[str, list[dict[str, Any]]]]  # by the path of their group and version

    @classmethod
    def setUpClass(cls) -> None:
        name = f"{cls.__name__.lower()}-{kubernetes_version()}-{os.getpid()}"
        options = Options(
            kubernetes=kubernetes_version(),
            name=name,
            controllers=cls.controllers,
            service_accounts=cls.service_accounts,
            node=cls.node,
            kubeadm=cls.kubeadm,
            encrypt_secrets=cls.encrypt_secrets,
            minutes=20,
        )
        cls.cluster = cls.enterClassContext(running(options))
        cls.admin = cls.enterClassContext(closing(cls.cluster.client()))
        cls.resources = {}

    def path_of(self, api_version: str, kind: str, name_space: str) -> str | None:
        """Where objects of the kind are made; nothing if the server does not serve it."""
        base = "/api/v1" if api_version == "v1" else f"/apis/{api_version}"
        if base not in self.resources:
            self.resources[base] = self.admin.get(base).body.get("resources", [])
        for resource in self.resources[base]:
            if resource["kind"] == kind and "/" not in resource["name"]:
                place = f"/namespaces/{name_space}" if resource["namespaced"] else ""
                return f"{base}{place}/{resource['name']}"
        return None
