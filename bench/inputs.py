#!/usr/bin/env python3
"""Makes the inputs that peers are compared on, in a folder given.

    bench/inputs.py FOLDER [--zip ../shared/data/bench/allResourcesMock.json.zip] [--only tree,mid,big]

    FOLDER/tree/     1,000 small files, one object each, in 40 folders: half of them workloads
    FOLDER/mid.yaml  1,000 workloads in one file, about 4.5 MB
    FOLDER/big.json  the objects of a large cluster, 60 MB (kubescape's test data, Apache-2.0)
    FOLDER/big.yaml  the same 15,267 objects as a YAML stream, block style, 69 MB; needs Go (tests/oracle)

tree and mid are made up by rules and the same on every machine.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ZIP = Path(os.environ.get("KASTELL_SHARED", ROOT.parent / "shared")) / "data/bench/allResourcesMock.json.zip"

TEAMS = ["shop", "billing", "search", "media", "login", "mail", "stock", "ledger"]
IMAGES = ["nginx:1.27.2", "redis:7", "registry.example.com/team/app:v1.8.3", "busybox", "postgres:16.4", "registry.example.com/team/worker@sha256:" + "ab" * 32]
VOLUMES = [{"emptyDir": {}}, {"configMap": {"name": "settings"}}, {"secret": {"secretName": "keys"}}, {"hostPath": {"path": "/var/log"}}, {"persistentVolumeClaim": {"claimName": "data"}}]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--zip", type=Path, default=ZIP)
    parser.add_argument("--only", default="tree,mid,big")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    wanted = options.only.split(",")
    if "tree" in wanted:
        make_tree(options.folder / "tree")
    if "mid" in wanted:
        make_mid(options.folder / "mid.yaml")
    if "big" in wanted:
        make_big(options.folder, options.zip)
    return 0


def make_tree(folder: Path) -> None:
    chance = random.Random(1)
    for number in range(1000):
        place = folder / f"{TEAMS[number % 8]}-{number % 40:02}"
        place.mkdir(parents=True, exist_ok=True)
        manifest = workload(chance, number, small=True) if number % 2 == 0 else companion(chance, number)
        (place / f"{manifest['kind'].lower()}-{number}.yaml").write_text(to_yaml(manifest), encoding="utf-8")


def make_mid(path: Path) -> None:
    chance = random.Random(2)
    documents = (to_yaml(workload(chance, number, small=False)) for number in range(1000))
    path.write_text("---\n".join(documents), encoding="utf-8")


def make_big(folder: Path, archive: Path) -> None:
    if not archive.exists():
        print(f"inputs: {archive} is missing: no big.json and no big.yaml", file=sys.stderr)
        return
    with zipfile.ZipFile(archive) as opened:
        (folder / "big.json").write_bytes(opened.read(opened.namelist()[0]))
    oracle = subprocess.run([ROOT / "tests/oracle/build.sh"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    with (folder / "big.json").open("rb") as source, (folder / "big.yaml").open("wb") as sink:
        subprocess.run([oracle, "to-yaml"], stdin=source, stdout=sink, check=True)


def workload(chance: random.Random, number: int, small: bool) -> dict:
    kind = chance.choice(["Deployment", "Deployment", "StatefulSet", "DaemonSet"])
    name, team = f"app-{number}", TEAMS[number % 8]
    labels = {"app.kubernetes.io/name": name, "app.kubernetes.io/part-of": team}
    spec = {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": pod(chance, small)}}
    if kind != "DaemonSet":
        spec["replicas"] = chance.randint(1, 5)
    if kind == "StatefulSet":
        spec["serviceName"] = name
    metadata = {"name": name, "namespace": team, "labels": labels}
    if not small:
        metadata["annotations"] = {f"example.com/note-{i}": "deployed by the pipeline of the team " + team for i in range(4)}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": metadata, "spec": spec}


def pod(chance: random.Random, small: bool) -> dict:
    spec = {"containers": [container(chance, i, small) for i in range(1 if small else 3)], "serviceAccountName": "default"}
    if not small:
        spec["initContainers"] = [container(chance, 9, small)]
        spec["affinity"] = {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "podAffinityTerm": {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "In", "values": ["a", "b"]}]}}}]}}
    if chance.random() < 0.6:
        spec["securityContext"] = {"runAsNonRoot": True, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}}
    if chance.random() < 0.05:
        spec["hostNetwork"] = True
    spec["volumes"] = [{"name": f"v{i}", **chance.choice(VOLUMES)} for i in range(1 if small else 3)]
    return spec


def container(chance: random.Random, number: int, small: bool) -> dict:
    made = {"name": f"c{number}", "image": chance.choice(IMAGES), "ports": [{"containerPort": 8080, "protocol": "TCP"}]}
    if chance.random() < 0.7:
        made["resources"] = {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"cpu": "500m", "memory": "512Mi"}}
    if chance.random() < 0.6:
        made["securityContext"] = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    elif chance.random() < 0.1:
        made["securityContext"] = {"privileged": True}
    made["volumeMounts"] = [{"name": "v0", "mountPath": "/data"}]
    if not small:
        made["env"] = [{"name": f"SETTING_{i}", "value": f"value-{i}"} for i in range(2)]
        made["livenessProbe"] = {"httpGet": {"path": "/healthz", "port": 8080}, "initialDelaySeconds": 10, "periodSeconds": 20}
        made["readinessProbe"] = {"httpGet": {"path": "/ready", "port": 8080}, "periodSeconds": 5}
    return made


def companion(chance: random.Random, number: int) -> dict:
    name, team = f"app-{number - 1}", TEAMS[(number - 1) % 8]
    metadata = {"name": name, "namespace": team}
    selector = {"app.kubernetes.io/name": name}
    return chance.choice(
        [
            {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": {"selector": selector, "ports": [{"port": 80, "targetPort": 8080}]}},
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"settings": "a=1\nb=2\n", "mode": "on"}},
            {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata, "automountServiceAccountToken": False},
            {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata, "spec": {"podSelector": {"matchLabels": selector}, "policyTypes": ["Ingress"], "ingress": [{"ports": [{"port": 8080}]}]}},
            {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": metadata, "rules": [{"apiGroups": [""], "resources": [chance.choice(["pods", "secrets", "*"])], "verbs": ["get", "list"]}]},
        ]
    )


def to_yaml(value, indent: int = 0) -> str:
    """Block style; strings that need it are quoted as JSON, which YAML reads."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        return "".join(pad + scalar(key) + ":" + member(inner, indent) for key, inner in value.items())
    if isinstance(value, list) and value:
        return "".join(pad + "- " + item(inner, indent) for inner in value)
    return pad + scalar(value) + "\n"


def member(value, indent: int) -> str:
    if isinstance(value, dict) and value:
        return "\n" + to_yaml(value, indent + 1)
    if isinstance(value, list) and value:
        return "\n" + to_yaml(value, indent)
    return " " + scalar(value) + "\n"


def item(value, indent: int) -> str:
    return to_yaml(value, indent + 1).lstrip(" ")


def scalar(value) -> str:
    plain = isinstance(value, str) and value.replace("-", "").replace("/", "").replace(".", "").isalpha()
    if plain and value[0] not in "-./" and value.lower() not in ("true", "false", "yes", "no", "on", "off", "null", "y", "n"):
        return value
    return json.dumps(value)


if __name__ == "__main__":
    sys.exit(main())
