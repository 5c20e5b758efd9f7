"""Exported policies: does the API server, given them, say what `kastell scan --pss` says?

The checks of a level and version are exported as ValidatingAdmissionPolicies, bound to one namespace and installed;
then every pod is sent there with dry-run. A refusal by one of the policies is the server's fail.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from integration.pod_security_test import INVALID_PODS, LEVELS, OWN_PODS, kastell_forbids, with_valid_name
from integration.support import ClusterTest, eventually, kastell_program, kubernetes_minor, shared_data
from testbed.client import YAML, Answer, Client

POLICIES = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies"
KINDS = {"ValidatingAdmissionPolicy": POLICIES, "ValidatingAdmissionPolicyBinding": POLICIES[:-3] + "ybindings"}
# Denies what is named after it, so that it shows when the server has read what was created before it.
SENTINEL = """apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {{name: {name}}}
spec:
  matchConstraints:
    resourceRules: [{{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}}]
  validations: [{{expression: "object.metadata.name != '{name}'"}}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {{name: {name}}}
spec: {{policyName: {name}, validationActions: [Deny]}}
"""


def export(*flags: str) -> str:
    command = [str(kastell_program()), "policy", "export", "--kubernetes", f"1.{kubernetes_minor()}", *flags]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def exported(level: str, minor: int, namespace: str) -> str:
    selector = f"--namespace-label=kubernetes.io/metadata.name={namespace}"
    return export("--pss", f"{level}:v1.{minor}", "--prefix", f"{namespace}-", selector)


def documents(stream: str) -> list[tuple[str, str]]:
    """(kind, text) of each document."""
    parts = [part for part in stream.split("---\n") if "kind: " in part]
    return [(part.split("kind: ")[1].split("\n")[0], part) for part in parts]


def name_of(document: str) -> str:
    return document.split("name: ")[1].split("\n")[0].rstrip("}")


def install(admin: Client, stream: str) -> None:
    for kind, text in documents(stream):
        answer = admin.request("POST", KINDS[kind], text.encode(), YAML)
        if not answer.ok:
            raise AssertionError(f"{answer.message}\n{text}")


class ExportedPoliciesTest(ClusterTest):
    @contextmanager
    def installed(self, level: str, minor: int) -> Iterator[str]:
        """Yields the namespace in which the policies are active."""
        namespace = f"{level}-{minor}"
        created = self.admin.create("/api/v1/namespaces", {"metadata": {"name": namespace}})
        self.assertTrue(created.ok, created)
        stream = exported(level, minor, namespace) + "---\n" + SENTINEL.format(name=f"sentinel-{namespace}")
        install(self.admin, stream)
        eventually(lambda: self.probe(namespace), lambda answer: "denied request" in answer.message)
        yield namespace
        for kind, text in documents(stream):
            self.admin.delete(f"{KINDS[kind]}/{name_of(text)}")

    def probe(self, namespace: str) -> Answer:
        text = f"metadata: {{name: sentinel-{namespace}}}".encode()
        return self.admin.try_to_create(f"/api/v1/namespaces/{namespace}/configmaps", text)

    def server_forbids(self, namespace: str, file: Path) -> bool | None:
        """None: the server takes the pod for invalid, which it looks at before policies."""
        path = f"/api/v1/namespaces/{namespace}/pods"
        answer = self.admin.try_to_create(path, with_valid_name(file.read_bytes()))
        if answer.ok:
            return False
        if file.name in INVALID_PODS and "denied request" not in answer.message:
            return None
        self.assertIn(f"ValidatingAdmissionPolicy '{namespace}-pss.", answer.message, file)
        self.assertNotIn("resulted in error", answer.message, file)
        return True

    def compare(self, level: str, minor: int, folders: list[Path]) -> int:
        """Returns how many verdicts were compared."""
        files = sorted(file for folder in folders for file in folder.rglob("*.yaml"))
        with self.installed(level, minor) as namespace:
            theirs = {str(file): self.server_forbids(namespace, file) for file in files}
        ours = kastell_forbids(level, minor, folders)
        judged = {file: forbids for file, forbids in theirs.items() if forbids is not None}
        with self.subTest(level=level, version=f"v1.{minor}"):
            self.assertEqual({file: file in ours for file in judged}, judged)
        return len(judged)

    def test_the_server_takes_every_policy(self) -> None:
        taken = 0
        for kind, text in documents(export("--control", "*", "--param", "imageRegistries=a.example")):
            answer = self.admin.try_to_create(KINDS[kind], text.encode())
            self.assertTrue(answer.ok, f"{answer.message}\n{text}")
            taken += kind == "ValidatingAdmissionPolicy"
        print(f"{taken} policies ... ", end="")
        self.assertGreater(taken, 80)

    def versions(self) -> list[int]:
        """Old annotations, the checks of today, and the newest of the server."""
        return [18, 25, kubernetes_minor()]

    def test_own_pods(self) -> None:
        for level in LEVELS:
            compared = self.compare(level, kubernetes_minor() - 1, [OWN_PODS])
            self.assertEqual(compared, len(list(OWN_PODS.glob("*.yaml"))))

    def test_upstream_fixtures(self) -> None:
        fixtures = shared_data("psa")
        compared = 0
        for minor in self.versions():
            folders = [fixtures / level / f"v1.{minor}" for level in LEVELS]
            compared += sum(self.compare(level, minor, folders) for level in LEVELS)
        print(f"{compared} verdicts compared ... ", end="")
        self.assertGreater(compared, 500)
