"""One real node: a kubelet with containerd, in a machine of its own."""

import json
from pathlib import Path

from testbed import certificates, containerd, kubeconfig, kubelet_service
from testbed import machine as machines
from testbed.apiserver import Files
from testbed.certificates import KeyPair
from testbed.client import Client, Object
from testbed.errors import Unavailable
from testbed.machine import Machine
from testbed.packages import node_programs
from testbed.state import State
from testbed.users import Credentials
from testbed.wait import until_ready

NAME = "node"
READY_SECONDS = 180.0
# The disk is the machine's, not the node's: how full it is says nothing about the node, and must evict no pod and
# remove no image. kubelet's own limits are 10 % and 15 % free.
DISK_OF_OTHERS: Object = {
    "evictionHard": {
        "memory.available": "1Mi",
        "nodefs.available": "0%",
        "nodefs.inodesFree": "0%",
        "imagefs.available": "0%",
    },
    "imageGCHighThresholdPercent": 100,
}


def obstacle() -> str | None:
    """Why there cannot be a node on this machine; None if there can."""
    try:
        node_programs()
    except Unavailable as error:
        return str(error)
    return machines.obstacle()


def kubelet_configuration(machine: Machine, files: Files, serving: KeyPair) -> Object:
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "address": machine.link.node_address,
        "authentication": {
            "anonymous": {"enabled": False},
            "webhook": {"enabled": True},
            "x509": {"clientCAFile": str(files.authority.certificate)},
        },
        "authorization": {"mode": "Webhook"},
        "tlsCertFile": str(serving.certificate),
        "tlsPrivateKeyFile": str(serving.key),
        "containerRuntimeEndpoint": f"unix://{containerd.SOCKET}",
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": machine.cgroup,
        "failCgroupV1": False,
        "failSwapOn": False,
        "makeIPTablesUtilChains": False,
        "resolvConf": "/etc/resolv.conf",
        **DISK_OF_OTHERS,
        "shutdownGracePeriod": "0s",
    }


def start_kubelet(state: State, machine: Machine, program: Path, files: Files) -> None:
    folder = state.folder
    user = certificates.client(folder, "kubelet-client", f"system:node:{NAME}", ["system:nodes"], files.authority)
    serving = certificates.server(folder, "kubelet-serving", [machine.link.node_address, NAME], files.authority)
    content = kubeconfig.component_configuration(state.url, files.authority.certificate, Credentials(pair=user))
    config = kubeconfig.write(folder / "kubelet.kubeconfig", content)
    (folder / "kubelet.json").write_text(json.dumps(kubelet_configuration(machine, files, serving), indent=2))
    flags = [
        f"--config={folder / 'kubelet.json'}",
        f"--kubeconfig={config}",
        f"--hostname-override={NAME}",
        f"--node-ip={machine.link.node_address}",
    ]
    kubelet_service.start(state, machine, program, *flags)


def is_ready(client: Client, name: str) -> bool:
    if not client.healthy(f"/api/v1/nodes/{name}"):
        return False
    conditions = client.get(f"/api/v1/nodes/{name}").body["status"].get("conditions", [])
    return any(condition["type"] == "Ready" and condition["status"] == "True" for condition in conditions)


def start(state: State, machine: Machine, kubelet: Path, packages: Path, files: Files, admin: Client) -> None:
    containerd.start(state, machine, packages)
    start_kubelet(state, machine, kubelet, files)
    until_ready(state.processes[-1], lambda: is_ready(admin, NAME), READY_SECONDS)
