"""The API server's side: what it says to each request, and what its admission sees of it."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from testbed.client import Answer, Client
from testbed.cluster import Cluster

from integration.admission.model import (
    CASE_LABEL,
    GROUP,
    NAMESPACES,
    RESOURCES,
    Ask,
    Case,
    Resource,
    binding_objects,
    manifest,
    policy_object,
    rules,
)
from integration.support import eventually

Object = dict[str, Any]
PROBE = "zz-probe"


def definition(kind: str, plural: str, scope: str, versions: list[str]) -> Object:
    schema = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.example.com"},
        "spec": {
            "group": "example.com",
            "scope": scope,
            "names": {"kind": kind, "plural": plural, "singular": kind.lower(), "listKind": f"{kind}List"},
            "versions": [
                {"name": name, "served": True, "storage": name == versions[0], "schema": {"openAPIV3Schema": schema}}
                for name in versions
            ],
        },
    }


DEFINITIONS = [
    definition("Widget", "widgets", "Namespaced", ["v1", "v1alpha1"]),
    definition("Limit", "limits", "Cluster", ["v1"]),
]


def policies_path(case: Case) -> str:
    return f"/apis/{GROUP}/{case.api}/{case.kind.lower().removesuffix('y')}ies"


def bindings_path(case: Case) -> str:
    return f"/apis/{GROUP}/{case.api}/{case.kind.lower()}bindings"


def probe_of(case: Case) -> Case:
    """A policy of the same kind that refuses everything."""
    nowhere = {"patchType": "JSONPatch", "jsonPatch": {"expression": "[JSONPatch{op: 'remove', path: '/nowhere'}]"}}
    refusing: Object = (
        {"mutations": [nowhere], "reinvocationPolicy": "Never"}
        if case.is_mutating
        else {"validations": [{"expression": "false"}]}
    )
    bindings: list[Object] = [{}] if case.is_mutating else [{"validationActions": ["Deny"]}]
    policy = {"matchConstraints": rules("configmaps"), **refusing}
    return Case(PROBE, policy, [], bindings, api=case.api if case.is_mutating else "v1", is_mutating=case.is_mutating)


def must(answer: Answer) -> Answer:
    assert answer.ok, answer
    return answer


class Server:
    """One API server with the world that the cases live in."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._clients: dict[str, Client] = {}
        self._users: dict[str, Object] = {}
        self._context: list[Object] = []

    def client(self, user: str = "admin") -> Client:
        if user not in self._clients:
            self._clients[user] = self._cluster.client(user)
        return self._clients[user]

    def user(self, name: str) -> Object:
        """Who a user is, as the server sees it."""
        if name not in self._users:
            review = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
            answer = must(self.client(name).create("/apis/authentication.k8s.io/v1/selfsubjectreviews", review))
            self._users[name] = answer.body["status"]["userInfo"]
        return self._users[name]

    def close(self) -> None:
        for client in self._clients.values():
            client.close()

    def create(self, body: Object) -> Object:
        path = collection_of(body)
        return must(self.client().create(path, body)).body

    def prepare(self, cases: list[Case]) -> None:
        """Everything but the policies."""
        for item in DEFINITIONS:
            must(self.client().create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", item))
        for name, labels in NAMESPACES.items():
            self.create(manifest("Namespace", name, labels=labels))
        for kind in ("Widget", "Limit"):
            eventually(partial(self.client().get, RESOURCES[kind].collection("shop")), lambda answer: answer.ok)
        for name in NAMESPACES:  # pods want the account, which no controller makes here
            self.create(manifest("ServiceAccount", "default", name))
        for case in cases:
            for item in case.context:
                self.create(item)

    def install(self, cases: list[Case]) -> None:
        """The policies of all cases, and then one that shows when they are in force."""
        answers = [self.client().create(policies_path(case), policy_object(case)) for case in cases]
        refused = [answer.message for answer in answers if not answer.ok]
        assert not refused, "\n".join(refused)
        probe = probe_of(cases[-1])
        must(self.client().create(policies_path(probe), policy_object(probe)))
        for case in [*cases, probe]:
            for item in binding_objects(case):
                must(self.client().create(bindings_path(case), item))
        probed = manifest("ConfigMap", PROBE, labels={CASE_LABEL: PROBE})
        path = f"{collection_of(probed)}?dryRun=All"
        eventually(lambda: self.client().create(path, probed), lambda answer: f"'{PROBE}-0'" in answer.message)

    def world(self) -> list[Object]:
        """What Kastell is given beside the policies: namespaces, definitions, roles."""
        found: list[Object] = []
        for path, kind, version in (
            ("/api/v1/namespaces", "Namespace", "v1"),
            ("/apis/rbac.authorization.k8s.io/v1/clusterroles", "ClusterRole", "rbac.authorization.k8s.io/v1"),
            (
                "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                "ClusterRoleBinding",
                "rbac.authorization.k8s.io/v1",
            ),
            ("/apis/rbac.authorization.k8s.io/v1/roles", "Role", "rbac.authorization.k8s.io/v1"),
            ("/apis/rbac.authorization.k8s.io/v1/rolebindings", "RoleBinding", "rbac.authorization.k8s.io/v1"),
        ):
            items = must(self.client().get(path)).body["items"]
            found += [{"apiVersion": version, "kind": kind, **item} for item in items]
        return [*found, *DEFINITIONS]

    def audit_annotations(self) -> dict[str, Object]:
        """By the request's audit id."""
        return {event["auditID"]: event.get("annotations", {}) for event in read_events(self._cluster)}


def read_events(cluster: Cluster) -> Iterator[Object]:
    with cluster.state.audit_log.open() as lines:
        for line in lines:
            if line.endswith("\n"):
                yield json.loads(line)


def resource_of(body: Object) -> Resource:
    return RESOURCES[body["kind"]]


def collection_of(body: Object) -> str:
    return resource_of(body).collection(body["metadata"].get("namespace", ""))


class Asking:
    """One request to the server: before the policies are there, to learn what admission sees, and with them."""

    def __init__(self, server: Server, case: Case, ask: Ask) -> None:
        self.server = server
        self.case = case
        self.ask = ask
        self.resource = resource_of(ask.object)
        self.metadata = ask.object["metadata"]
        self.review: Object = {}
        self.stored_version = ""

    @property
    def path(self) -> str:
        collection = self.resource.collection(self.metadata.get("namespace", ""))
        if self.ask.version:
            collection = collection.replace(f"/{self.resource.version}/", f"/{self.ask.version}/", 1)
        if self.ask.operation == "CREATE" and not self.ask.subresource:
            return collection
        path = f"{collection}/{self.metadata['name']}"
        return f"{path}/{self.ask.subresource}" if self.ask.subresource else path

    def send(self) -> Answer:
        client = self.server.client(self.ask.user)
        dry = f"{self.path}?dryRun=All"
        body = self.ask.object
        if self.ask.version:
            body = {**body, "apiVersion": f"{self.resource.group}/{self.ask.version}"}
        match self.ask.operation:
            case "CREATE":
                return client.create(dry, body)
            case "UPDATE":
                versioned = {**body["metadata"], "resourceVersion": self.stored_version}
                return client.request("PUT", dry, {**body, "metadata": versioned})
            case "DELETE":
                return client.delete(dry)
            case _:
                return client.request("POST", f"{self.path}?command=ls&container=web")

    def prepare(self) -> None:
        """Makes what must be there, and asks without policies."""
        before = {"UPDATE": self.ask.before, "DELETE": self.ask.object, "CONNECT": self.ask.object}
        stored = before.get(self.ask.operation)
        if stored is not None:
            self.stored_version = self.server.create(stored)["metadata"]["resourceVersion"]
        old = self.server.client().get(self.path.removesuffix(f"/{self.ask.subresource}")).body if stored else None
        answer = self.send()
        if self.ask.operation != "CONNECT":
            assert answer.ok, (self.case.name, self.ask, answer)
        new = answer.body if self.ask.operation in ("CREATE", "UPDATE") else None
        self.review = self.admission_request(new, old if self.ask.operation in ("UPDATE", "DELETE") else None)

    def admission_request(self, new: Object | None, old: Object | None) -> Object:
        version = self.ask.version or self.resource.version
        name = self.metadata.get("name", "")
        options: Object = {"apiVersion": "meta.k8s.io/v1", "dryRun": ["All"]}
        kind = {"group": self.resource.group, "version": version, "kind": self.resource.kind}
        request = {
            "uid": "00000000-0000-0000-0000-000000000000",
            "kind": kind,
            "resource": {"group": self.resource.group, "version": version, "resource": self.resource.resource},
            "name": name,
            "namespace": self.metadata.get("namespace", name if self.resource.kind == "Namespace" else ""),
            "operation": self.ask.operation,
            "userInfo": self.server.user(self.ask.user),
            "object": new,
            "oldObject": old,
            "dryRun": True,
            "options": {"kind": f"{self.ask.operation.capitalize()}Options", **options},
        }
        if self.ask.operation == "CONNECT":
            request |= {
                "kind": {"group": "", "version": "v1", "kind": "PodExecOptions"},
                "subResource": self.ask.subresource,
                "object": {
                    "kind": "PodExecOptions",
                    "apiVersion": "v1",
                    "stdout": True,
                    "stderr": True,
                    "container": "web",
                    "command": ["ls"],
                },
                "dryRun": False,
                "options": None,
            }
        return request


def all_asks(server: Server, cases: list[Case]) -> list[Asking]:
    return [Asking(server, case, ask) for case in cases for ask in case.asks]
