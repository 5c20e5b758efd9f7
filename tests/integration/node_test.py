"""Clusters with a real node: Pods that run, what their kubelet serves, and what kubeadm writes."""

import os
import unittest
from collections.abc import Callable

from integration.support import NO_NODES_VARIABLE, ClusterTest, eventually, kastell_program
from testbed import containerd, images, node
from testbed.client import Answer, Client, Object
from testbed.images import Image

PODS = "/api/v1/namespaces/default/pods"
# Where in-cluster configuration looks; plain HTTP, since busybox has no TLS that can be relied on.
ASK_API_SERVER = (
    "test -s /var/run/secrets/kubernetes.io/serviceaccount/token &&"
    " printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 5 $KUBERNETES_SERVICE_HOST $KUBERNETES_SERVICE_PORT"
)
TLS_WANTED = "Client sent an HTTP request to an HTTPS server"


def pod(name: str, command: str, image: str) -> Object:
    container = {"name": "app", "image": image, "command": ["/bin/sh", "-c", command]}
    spec = {"restartPolicy": "Never", "containers": [container], "terminationGracePeriodSeconds": 0}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec}


def in_phase(phase: str) -> Callable[[Answer], bool]:
    return lambda answer: bool(answer.body["status"].get("phase") == phase)


class NodeTest(ClusterTest):
    """What holds of every node."""

    node = True

    @classmethod
    def setUpClass(cls) -> None:
        if reason := os.environ.get(NO_NODES_VARIABLE) or node.obstacle():
            raise unittest.SkipTest(reason)
        super().setUpClass()

    def run_pod(self, name: str, command: str, phase: str, image: str = containerd.BUSYBOX.name) -> Object:
        answer = self.admin.create(PODS, pod(name, command, image))
        self.assertTrue(answer.ok, answer.message)
        return eventually(lambda: self.admin.get(f"{PODS}/{name}"), in_phase(phase), seconds=60).body

    def test_kubelet_serves_its_configuration(self) -> None:
        served = self.admin.get(f"/api/v1/nodes/{node.NAME}/proxy/configz").body["kubeletconfig"]
        self.assertFalse(served["authentication"]["anonymous"]["enabled"])

    def test_pod_runs_with_an_address_and_logs(self) -> None:
        running = self.run_pod("runs", "echo started; sleep 1000", "Running")
        self.assertRegex(running["status"]["podIP"], r"^198\.18\.")
        logs = eventually(lambda: self.admin.get(f"{PODS}/runs/log"), lambda answer: answer.message != "")
        self.assertEqual(logs.message, "started\n")


class PlainNodeTest(NodeTest):
    def test_pod_reaches_the_api_server(self) -> None:
        self.run_pod("asks", ASK_API_SERVER, "Succeeded")
        self.assertIn(TLS_WANTED, self.admin.get(f"{PODS}/asks/log").message)

    def test_kastell_runs_in_a_pod(self) -> None:
        image = Image("localhost/kastell/kastell:1", [], images.with_libraries("usr/bin/kastell", kastell_program()))
        self.cluster.add_image(image)
        self.run_pod("kastell", "exec /usr/bin/kastell version", "Succeeded", image.name)
        self.assertRegex(self.admin.get(f"{PODS}/kastell/log").message, r"kastell \d+\.\d+")


class KubeadmTest(NodeTest):
    node = False
    kubeadm = True

    def test_control_plane_is_static_pods(self) -> None:
        path = "/api/v1/namespaces/kube-system/pods?labelSelector=tier=control-plane"
        pods = eventually(lambda: self.admin.get(path), lambda answer: len(answer.body["items"]) == 4).body["items"]
        sources = {item["metadata"]["annotations"]["kubernetes.io/config.source"] for item in pods}
        self.assertEqual(sources, {"file"})
        components = {item["metadata"]["labels"]["component"] for item in pods}
        self.assertEqual(components, {"etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"})

    def test_files_of_the_node(self) -> None:
        root = self.cluster.node_root
        assert root
        for name in ("pki/ca.key", "admin.conf", "manifests/kube-apiserver.yaml"):
            with self.subTest(name):
                self.assertEqual((root / "etc/kubernetes" / name).stat().st_mode & 0o777, 0o600)
        self.assertTrue((root / "var/lib/etcd/member").is_dir())


del NodeTest  # Not a test of its own: each of its subclasses is.
