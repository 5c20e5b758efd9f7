#!/usr/bin/env python3
"""Writes pods as an API server lists them: `kind: List` pages of 500 in JSON, with owners, status and conditions.

    bench/pods.py 100000 /tmp/pods           # 200 files, about 4 KB a pod
    bench/pods.py 3000 /tmp/dump/pods.yaml   # one YAML stream of block style, for tools that read no `List`

Every pod has its own name, uid, addresses and times; images, labels and owners recur as they do in a cluster (10 pods to a
workload, 40 workloads to a namespace). The same count gives the same bytes.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

PAGE = 500
IMAGES = [f"registry.example.com/team-{i % 7}/service-{i}:1.{i % 40}.{i % 9}" for i in range(400)]


def digest(*parts: object) -> str:
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()


def uid(*parts: object) -> str:
    text = digest(*parts)
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:32]}"


def time(number: int) -> str:
    return f"2026-11-{1 + number // 86400 % 28:02}T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"


def container(pod: int, workload: int, index: int) -> dict[str, Any]:
    name = ["app", "proxy"][index]
    context = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}, "runAsNonRoot": True}
    return {
        "name": name,
        "image": IMAGES[(workload * 3 + index) % len(IMAGES)],
        "imagePullPolicy": "IfNotPresent",
        "env": [
            {"name": "MODE", "value": "production"},
            {"name": "POD_IP", "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "status.podIP"}}},
            {"name": "SHARD", "value": str(pod % 10)},
        ],
        "ports": [{"containerPort": 8080 + index, "name": "http", "protocol": "TCP"}],
        "resources": {"limits": {"memory": "256Mi"}, "requests": {"cpu": "100m", "memory": "128Mi"}},
        "securityContext": context if workload % 3 else {"privileged": workload % 9 == 0},
        "livenessProbe": {"httpGet": {"path": "/healthz", "port": "http", "scheme": "HTTP"}, "periodSeconds": 10},
        "terminationMessagePath": "/dev/termination-log",
        "terminationMessagePolicy": "File",
        "volumeMounts": [
            {"mountPath": "/etc/config", "name": "config", "readOnly": True},
            {"mountPath": "/var/run/secrets/kubernetes.io/serviceaccount", "name": f"kube-api-access-{digest(pod)[:5]}"},
        ],
    }


def status(pod: int, workload: int, at: str) -> dict[str, Any]:
    conditions = [
        {"type": kind, "status": "True", "lastProbeTime": None, "lastTransitionTime": at}
        for kind in ("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled")
    ]
    states = [
        {
            "name": ["app", "proxy"][i],
            "image": IMAGES[(workload * 3 + i) % len(IMAGES)],
            "imageID": f"registry.example.com/x@sha256:{digest('image', workload * 3 + i)}",
            "containerID": f"containerd://{digest(pod, i)}",
            "ready": True,
            "restartCount": pod % 4,
            "started": True,
            "state": {"running": {"startedAt": at}},
            "lastState": {},
        }
        for i in range(2)
    ]
    ip = f"10.{pod >> 16 & 255}.{pod >> 8 & 255}.{pod & 255}"
    return {
        "phase": "Running",
        "conditions": conditions,
        "containerStatuses": states,
        "hostIP": f"192.168.{pod // 100 % 250}.1",
        "podIP": ip,
        "podIPs": [{"ip": ip}],
        "qosClass": "Burstable",
        "startTime": at,
    }


def make_pod(pod: int) -> dict[str, Any]:
    workload = pod // 10
    name, space, at = f"service-{workload}", f"team-{workload // 40}", time(pod * 7)
    owner = f"{name}-{digest('rs', workload)[:9]}"
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": f"{owner}-{digest('pod', pod)[:5]}",
            "generateName": f"{owner}-",
            "namespace": space,
            "uid": uid("pod", pod),
            "resourceVersion": str(1000000 + pod * 3),
            "creationTimestamp": at,
            "labels": {"app": name, "pod-template-hash": owner.rsplit("-", 1)[1], "team": space},
            "annotations": {"prometheus.io/scrape": "true", "checksum/config": digest("config", workload)},
            "ownerReferences": [
                {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": owner, "uid": uid("rs", workload),
                 "controller": True, "blockOwnerDeletion": True}
            ],
        },
        "spec": {
            "containers": [container(pod, workload, 0), container(pod, workload, 1)],
            "dnsPolicy": "ClusterFirst",
            "enableServiceLinks": True,
            "nodeName": f"node-{pod // 100}",
            "preemptionPolicy": "PreemptLowerPriority",
            "priority": 0,
            "restartPolicy": "Always",
            "schedulerName": "default-scheduler",
            "securityContext": {"fsGroup": 1000},
            "serviceAccount": name,
            "serviceAccountName": name,
            "terminationGracePeriodSeconds": 30,
            "tolerations": [
                {"effect": "NoExecute", "key": f"node.kubernetes.io/{why}", "operator": "Exists", "tolerationSeconds": 300}
                for why in ("not-ready", "unreachable")
            ],
            "volumes": [
                {"name": "config", "configMap": {"name": f"{name}-config", "defaultMode": 420}},
                {"name": f"kube-api-access-{digest(pod)[:5]}",
                 "projected": {"defaultMode": 420, "sources": [
                     {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
                     {"configMap": {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}}]}},
            ],
        },
        "status": status(pod, workload, at),
    }


def write_stream(count: int, file: Path) -> None:
    import yaml  # python3-yaml; pages do without

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        pass

    def text(dumper: Dumper, value: str) -> yaml.Node:
        """PyYAML leaves 12e34 plain, which Kubernetes' decoder reads as a number."""
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"' if value[:1].isdigit() else None)

    Dumper.add_representer(str, text)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as stream:
        for pod in range(count):
            stream.write("---\n" + yaml.dump(make_pod(pod), Dumper=Dumper, sort_keys=False))


def write_pages(count: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for page, first in enumerate(range(0, count, PAGE)):
        items = [make_pod(pod) for pod in range(first, min(first + PAGE, count))]
        text = json.dumps({"apiVersion": "v1", "kind": "List", "items": items}, separators=(",", ":"))
        (folder / f"page-{page:05}.json").write_text(text + "\n")


def main() -> None:
    count, target = int(sys.argv[1]), Path(sys.argv[2])
    write_stream(count, target) if target.suffix == ".yaml" else write_pages(count, target)


if __name__ == "__main__":
    main()
