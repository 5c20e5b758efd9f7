"""The test bed itself: what its users may do, and that the server is set up as its documentation says."""

import json
import ssl
from contextlib import closing
from http import HTTPStatus

from integration.support import ClusterTest, eventually, kubernetes_minor, kubernetes_version
from testbed import users
from testbed.apiserver import MUTATING_POLICIES_BY_DEFAULT
from testbed.client import Client, Object

GROUP = "admissionregistration.k8s.io"
CONFIG_MAPS = "/api/v1/namespaces/default/configmaps"
PODS = "/api/v1/namespaces/default/pods"
VIEW = "/apis/rbac.authorization.k8s.io/v1/clusterroles/view"
DRY_RUN = "?dryRun=All"

# What a user gets for a list of pods and of secrets, everywhere.
RIGHTS = {
    "admin": (HTTPStatus.OK, HTTPStatus.OK),
    "viewer": (HTTPStatus.OK, HTTPStatus.FORBIDDEN),
    "nobody": (HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN),
    "admin-token": (HTTPStatus.OK, HTTPStatus.OK),
    "viewer-token": (HTTPStatus.OK, HTTPStatus.FORBIDDEN),
    "nobody-token": (HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN),
    users.SERVICE_ACCOUNT: (HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN),
    users.EXPIRED: (HTTPStatus.UNAUTHORIZED, HTTPStatus.UNAUTHORIZED),
    users.UNKNOWN: (HTTPStatus.UNAUTHORIZED, HTTPStatus.UNAUTHORIZED),
}


def config_map(name: str) -> Object:
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}}


class UsersTest(ClusterTest):
    def test_version(self) -> None:
        with closing(self.cluster.client()) as admin:
            self.assertEqual(admin.get("/version").body["gitVersion"], f"v{kubernetes_version()}")

    def test_rights(self) -> None:
        self.assertEqual(set(RIGHTS), set(self.cluster.access.credentials))
        for user, (pods, secrets) in RIGHTS.items():
            with self.subTest(user), closing(self.cluster.client(user)) as client:
                self.assertEqual(client.get("/api/v1/pods").status, pods)
                self.assertEqual(client.get("/api/v1/secrets").status, secrets)

    def test_wrong_authority(self) -> None:
        wrong = Client(self.cluster.state.address, self.cluster.state.port, self.cluster.state.folder / "wrong-ca.crt")
        with closing(wrong), self.assertRaises(ssl.SSLCertVerificationError):
            wrong.get("/version")

    def test_kubeconfig_has_a_context_for_every_user(self) -> None:
        contexts = json.loads(self.cluster.kubeconfig.read_text())["contexts"]
        self.assertEqual({context["name"] for context in contexts}, {*RIGHTS, "wrong-ca", "anonymous"})

    def test_audit_log_names_the_user_and_no_secret(self) -> None:
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "stringData": {"k": "do-not-log"}}
        with closing(self.cluster.client("admin-token")) as client:
            self.assertTrue(client.create("/api/v1/namespaces/default/secrets", secret).ok)
        log = self.cluster.state.audit_log.read_text()
        events = [json.loads(line) for line in log.splitlines()]
        found = [event for event in events if event["verb"] == "create" and event["objectRef"]["resource"] == "secrets"]
        self.assertEqual([event["user"]["username"] for event in found], ["admin-token"])
        self.assertNotIn("do-not-log", log)


class EncryptionTest(ClusterTest):
    encrypt_secrets = True

    def test_secrets_are_unreadable_in_etcd_and_other_objects_are_not(self) -> None:
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "stringData": {"k": "in-a-secret"}}
        plain = config_map("c") | {"data": {"k": "in-a-config-map"}}
        with closing(self.cluster.client()) as admin:
            self.assertTrue(admin.create("/api/v1/namespaces/default/secrets", secret).ok)
            self.assertTrue(admin.create(CONFIG_MAPS, plain).ok)
        written = b"".join(file.read_bytes() for file in (self.cluster.state.folder / "etcd").rglob("*.wal"))
        self.assertIn(b"in-a-config-map", written)
        self.assertNotIn(b"in-a-secret", written)


class AdmissionPoliciesTest(ClusterTest):
    def test_validating_policy(self) -> None:
        rule = {"expression": "object.metadata.name != 'forbidden'", "message": "not this name"}
        with closing(self.cluster.client()) as admin:
            self.create_policy(
                admin, "ValidatingAdmissionPolicy", "v1", {"validations": [rule]}, {"validationActions": ["Deny"]}
            )
            answer = eventually(
                lambda: admin.create(CONFIG_MAPS + DRY_RUN, config_map("forbidden")), lambda answer: not answer.ok
            )
            self.assertIn("not this name", answer.message)
            self.assertTrue(admin.create(CONFIG_MAPS + DRY_RUN, config_map("allowed")).ok)

    def test_mutating_policy(self) -> None:
        api = "v1" if kubernetes_minor() >= MUTATING_POLICIES_BY_DEFAULT else "v1beta1"
        labels = 'Object{metadata: Object.metadata{labels: {"mutated": "yes"}}}'
        mutation = {"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": labels}}
        spec = {"mutations": [mutation], "reinvocationPolicy": "Never"}
        with closing(self.cluster.client()) as admin:
            self.create_policy(admin, "MutatingAdmissionPolicy", api, spec, {})
            answer = eventually(
                lambda: admin.create(CONFIG_MAPS + DRY_RUN, config_map("allowed")),
                lambda answer: "labels" in answer.body["metadata"],
            )
            self.assertEqual(answer.body["metadata"]["labels"], {"mutated": "yes"})

    def create_policy(self, admin: Client, kind: str, api: str, spec: Object, binding: Object) -> None:
        """A policy for new ConfigMaps and its binding."""
        rule = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["configmaps"]}
        metadata = {"apiVersion": f"{GROUP}/{api}", "metadata": {"name": "testbed"}}
        bodies: dict[str, Object] = {
            kind: {"matchConstraints": {"resourceRules": [rule]}, **spec},
            f"{kind}Binding": {"policyName": "testbed", **binding},
        }
        for name, body in bodies.items():
            resource = name.lower().replace("policy", "policies") if name == kind else name.lower() + "s"
            answer = admin.create(f"/apis/{GROUP}/{api}/{resource}", metadata | {"kind": name, "spec": body})
            self.assertTrue(answer.ok, answer.message)


class ControllersTest(ClusterTest):
    controllers = True

    def test_deployment_becomes_pods(self) -> None:
        pod = {"containers": [{"name": "app", "image": "example.com/app"}]}
        labels = {"app": "a"}
        template = {"metadata": {"labels": labels}, "spec": pod}
        deployment = {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "a"},
            "spec": {"replicas": 2, "selector": {"matchLabels": labels}, "template": template},
        }
        with closing(self.cluster.client()) as admin:
            self.assertTrue(admin.create("/apis/apps/v1/namespaces/default/deployments", deployment).ok)
            eventually(lambda: admin.get(PODS), lambda answer: len(answer.body["items"]) == 2)

    def test_roles_are_aggregated(self) -> None:
        with closing(self.cluster.client()) as admin:
            eventually(lambda: admin.get(VIEW), lambda answer: bool(answer.body.get("rules")))
