"""A whole cluster as kubeadm makes it, in one machine of ours: etcd and the control plane are static pods.

The images have the names that kubeadm asks for and hold the programs that we built. There is no systemd to start the
kubelet when kubeadm has written its configuration; kubelet_service.py stands in for it. The add-ons, CoreDNS and
kube-proxy, are left out: Services have no endpoints for Pods.
"""

import json
import shutil
from contextlib import closing
from pathlib import Path

from testbed import binaries, containerd, controllers, kubelet_service, node, users
from testbed import machine as machines
from testbed.certificates import KeyPair
from testbed.containerd import IDLE
from testbed.images import Image
from testbed.machine import Machine
from testbed.network import free_link
from testbed.options import Options
from testbed.packages import node_programs
from testbed.state import State
from testbed.users import Access
from testbed.wait import until_ready

API_PORT = 6443
INIT_SECONDS = 400
CONTROL_PLANE = ("kube-apiserver", "kube-controller-manager", "kube-scheduler")


def needed_programs(options: Options) -> dict[str, Path]:
    commands = [*CONTROL_PLANE, "kubeadm", "kubelet"]
    return binaries.programs(binaries.kubernetes(options.kubernetes), commands) | binaries.programs(
        binaries.etcd(), ["etcd"]
    )


def configuration(version: str, machine: Machine) -> str:
    link = machine.link
    disk_of_others = "\n".join(f"{key}: {json.dumps(value)}" for key, value in node.DISK_OF_OTHERS.items())
    return f"""apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {{advertiseAddress: {link.node_address}, bindPort: {API_PORT}}}
nodeRegistration:
  name: {node.NAME}
  criSocket: unix://{containerd.SOCKET}
  imagePullPolicy: Never
  taints: []
  kubeletExtraArgs: [{{name: node-ip, value: {link.node_address}}}]
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v{version}
networking: {{podSubnet: {link.pods}.0/24, serviceSubnet: {link.services}.0/24}}
controllerManager:
  extraArgs: [{{name: allocate-node-cidrs, value: "false"}}]
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: cgroupfs
cgroupRoot: {machine.cgroup}
failCgroupV1: false
failSwapOn: false
makeIPTablesUtilChains: false
{disk_of_others}
"""


def image_for(name: str, programs: dict[str, Path]) -> Image | None:
    """What to put into the image that kubeadm wants: registry.k8s.io/kube-apiserver:v1.37.2 holds kube-apiserver."""
    program = name.rpartition("/")[2].partition(":")[0]
    if program == "pause":
        return Image(name, IDLE)
    if program in programs:
        return Image(name, [program], {f"usr/local/bin/{program}": programs[program]})
    return None  # An add-on, which we leave out.


def wanted_images(machine: Machine, programs: dict[str, Path], config: Path) -> list[Image]:
    names = machine.run(programs["kubeadm"], "config", "images", "list", f"--config={config}").split()
    return [image for name in names if (image := image_for(name, programs))]


def init(state: State, machine: Machine, program: Path, config: Path) -> None:
    log = machine.run(
        program,
        "init",
        f"--config={config}",
        "--ignore-preflight-errors=all",
        "--skip-phases=addon",
        seconds=INIT_SECONDS,
    )
    (state.folder / "kubeadm.log").write_text(log)


def make_access(state: State, made: Path) -> Access:
    """Our users, their certificates signed by kubeadm's authority."""
    files = {name: shutil.copy(made / "pki" / name, state.folder / name) for name in ("ca.crt", "ca.key", "sa.key")}
    authority = KeyPair(Path(files["ca.crt"]), Path(files["ca.key"]))
    credentials = users.certificate_credentials(state.folder, authority)
    return Access(authority.certificate, credentials | users.useless_tokens(Path(files["sa.key"])))


def start(state: State, _: Options, programs: dict[str, Path]) -> Access:
    machine = machines.start(state, free_link())
    packages = node_programs()
    config = state.folder / "kubeadm.yaml"
    config.write_text(configuration(state.kubernetes, machine))
    images = wanted_images(machine, programs, config)
    sandbox = next(image for image in images if image.command == IDLE)
    images.remove(sandbox)
    containerd.start(state, machine, packages, sandbox, images)
    kubelet_service.start(state, machine, programs["kubelet"])
    init(state, machine, programs["kubeadm"], config)

    state.address, state.port = machine.link.node_address, API_PORT
    access = make_access(state, machine.path("/etc/kubernetes"))
    with closing(access.client(state)) as admin:
        until_ready(state.processes[-1], lambda: node.is_ready(admin, node.NAME), node.READY_SECONDS)
        until_ready(state.processes[-1], lambda: controllers.have_made_accounts(admin))
    return access
