"""containerd in a machine, with a bridge network for pods and images of our own."""

from collections.abc import Sequence
from pathlib import Path

from testbed import images
from testbed.images import Image
from testbed.machine import Machine
from testbed.network import Link
from testbed.state import State
from testbed.wait import until_ready

SOCKET = "/run/containerd/containerd.sock"
IMPORT_SECONDS = 300  # Unpacking 100 MB on a busy disk.
# Sleeps for as long as a test bed can live; the sandbox of every pod, or a pod that just is there.
IDLE = ["/bin/sleep", "864000"]
PAUSE = Image("localhost/kastell/pause:1", IDLE)
BUSYBOX = Image("localhost/kastell/busybox:1", IDLE)


def configuration(programs: Path, sandbox_image: str) -> str:
    # restrict_oom_score_adj: a machine in a container may lack CAP_SYS_RESOURCE, and every sandbox would fail.
    return f"""version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
[grpc]
address = "{SOCKET}"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{sandbox_image}"
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "{programs}/usr/lib/cni"
conf_dir = "/etc/cni/net.d"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
BinaryName = "{programs}/usr/sbin/runc"
"""


def pod_network(link: Link) -> str:
    """The bridge is the gateway, for which the plug-in turns on forwarding (in the machine's namespace only)."""
    return f"""{{
  "cniVersion": "1.0.0",
  "name": "pods",
  "plugins": [{{
    "type": "bridge",
    "bridge": "cni0",
    "isGateway": true,
    "ipam": {{
      "type": "host-local",
      "ranges": [[{{"subnet": "{link.pods}.0/24"}}]],
      "routes": [{{"dst": "0.0.0.0/0"}}]
    }}
  }}]
}}
"""


def ctr(machine: Machine, programs: Path, *arguments: str | Path) -> str:
    return machine.run(
        programs / "usr/bin/ctr", f"--address={SOCKET}", "--namespace=k8s.io", *arguments, seconds=IMPORT_SECONDS
    )


def bring_in(machine: Machine, programs: Path, image: Image, folder: Path) -> None:
    archive = folder / "image.tar"
    images.write(image, programs / "bin/busybox", archive)
    ctr(machine, programs, "images", "import", archive)
    archive.unlink()


def start(state: State, machine: Machine, programs: Path, sandbox: Image = PAUSE, more: Sequence[Image] = ()) -> None:
    """`sandbox` is what every pod's first container runs."""
    folder = state.folder
    (folder / "containerd.toml").write_text(configuration(programs, sandbox.name))
    network = folder / "10-pods.conflist"
    network.write_text(pod_network(machine.link))
    machine.run("install", "-D", "--mode=0644", "--target-directory=/etc/cni/net.d", network)
    path = f"PATH={programs}/usr/bin:{programs}/usr/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
    command = machine.command("env", path, "containerd", f"--config={folder / 'containerd.toml'}")
    process = state.start("containerd", command)
    socket = machine.path(SOCKET)
    until_ready(process, socket.exists)
    for image in (sandbox, BUSYBOX, *more):
        bring_in(machine, programs, image, folder)
