"""What systemd does for a kubelet that kubeadm sets up: waits for its configuration, then becomes the kubelet.

python3 -m testbed.kubelet_service KUBELET
"""

import os
import shlex
import sys
import time
from pathlib import Path

CONFIGURATION = Path("/var/lib/kubelet/config.yaml")
EXTRA_FLAGS = Path("/var/lib/kubelet/kubeadm-flags.env")
VARIABLE = "KUBELET_KUBEADM_ARGS"


def extra_flags(text: str) -> list[str]:
    """KUBELET_KUBEADM_ARGS="--node-ip=…" """
    for word in shlex.split(text):
        name, _, value = word.partition("=")
        if name == VARIABLE:
            return shlex.split(value)
    return []


def main(kubelet: str) -> None:
    while not (CONFIGURATION.exists() and EXTRA_FLAGS.exists()):
        time.sleep(0.1)
    flags = [
        "--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf",
        "--kubeconfig=/etc/kubernetes/kubelet.conf",
        f"--config={CONFIGURATION}",
    ]
    os.execv(kubelet, [kubelet, *flags, *extra_flags(EXTRA_FLAGS.read_text())])


if __name__ == "__main__":
    main(sys.argv[1])
