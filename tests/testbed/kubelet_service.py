"""What systemd does for a kubelet: starts it again when it ends; without flags, waits until kubeadm has set it up.

python3 -m testbed.kubelet_service KUBELET [FLAG…]
"""

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

from testbed.machine import Machine
from testbed.state import State

CONFIGURATION = Path("/var/lib/kubelet/config.yaml")
EXTRA_FLAGS = Path("/var/lib/kubelet/kubeadm-flags.env")
VARIABLE = "KUBELET_KUBEADM_ARGS"
MOST_STARTS = 10
RESTART_SECONDS = 2.0


def start(state: State, machine: Machine, kubelet: Path, *flags: str) -> None:
    command = machine.command(sys.executable, "-m", __name__, kubelet, *flags)
    state.start("kubelet", command, os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)})


def extra_flags(text: str) -> list[str]:
    """KUBELET_KUBEADM_ARGS="--node-ip=…" """
    for word in shlex.split(text):
        name, _, value = word.partition("=")
        if name == VARIABLE:
            return shlex.split(value)
    return []


def flags_by_kubeadm() -> list[str]:
    while not (CONFIGURATION.exists() and EXTRA_FLAGS.exists()):
        time.sleep(0.1)
    return [
        "--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf",
        "--kubeconfig=/etc/kubernetes/kubelet.conf",
        f"--config={CONFIGURATION}",
        *extra_flags(EXTRA_FLAGS.read_text()),
    ]


def keep_running(command: list[str]) -> None:
    """A kubelet ends itself over what passes: a control group of others that is gone when it looks, say."""
    for _ in range(MOST_STARTS):
        ended = subprocess.run(command, check=False)
        print(f"kubelet_service: the kubelet ended with {ended.returncode}", flush=True)
        time.sleep(RESTART_SECONDS)


if __name__ == "__main__":
    program, *flags = sys.argv[1:]
    keep_running([program, *(flags or flags_by_kubeadm())])
