"""Writes the Go module that pins one Kubernetes version: python3 -m testbed.pin 1.37.2

`go install k8s.io/kubernetes/cmd/kube-apiserver@v1.37.2` is refused: the go.mod of k8s.io/kubernetes points its staging
modules (k8s.io/api, k8s.io/client-go, …) at folders of its own tree. So a module of our own requires it, and points
every staging module at its published twin. go.mod and go.sum are committed: what runs is pinned and reviewed.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

MODULES = Path(__file__).parent / "modules"
COMMANDS = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubeadm", "kubectl", "kubelet")


def download_kubernetes(version: str) -> Path:
    """Returns the go.mod of k8s.io/kubernetes as published."""
    answer = subprocess.run(
        ["go", "mod", "download", "-json", f"k8s.io/kubernetes@v{version}"], check=True, capture_output=True, text=True
    )
    return Path(json.loads(answer.stdout)["GoMod"])


def staging_version(version: str) -> str:
    """1.37.2 is published as v0.37.2 in its staging modules."""
    return "v0." + version.split(".", 1)[1]


def module_text(version: str, upstream: str) -> str:
    go = re.search(r"^go (\S+)$", upstream, re.MULTILINE)
    staging = re.findall(r"^\s*(k8s\.io/\S+) => \./staging/", upstream, re.MULTILINE)
    if go is None or not staging:
        raise SystemExit("pin: the go.mod of k8s.io/kubernetes does not look as it used to")
    replacements = "".join(f"\t{name} => {name} {staging_version(version)}\n" for name in sorted(staging))
    tools = "".join(f"\tk8s.io/kubernetes/cmd/{command}\n" for command in COMMANDS)
    return (
        f"module kastell/testbed\n\ngo {go[1]}\n\nrequire k8s.io/kubernetes v{version}\n\n"
        f"replace (\n{replacements})\n\ntool (\n{tools})\n"
    )


def pin(version: str) -> Path:
    folder = MODULES / version
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "go.mod").write_text(module_text(version, download_kubernetes(version).read_text()))
    subprocess.run(["go", "mod", "tidy"], check=True, cwd=folder)
    return folder


if __name__ == "__main__":
    if len(sys.argv) != 2 or not re.fullmatch(r"1\.\d+\.\d+", sys.argv[1]):
        raise SystemExit("usage: python3 -m testbed.pin 1.MINOR.PATCH")
    print(pin(sys.argv[1]))
