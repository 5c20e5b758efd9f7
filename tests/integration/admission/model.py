"""A case of the comparison with the API server: one policy, its bindings, and requests that are asked of both."""

from dataclasses import dataclass, field
from typing import Any

Object = dict[str, Any]

GROUP = "admissionregistration.k8s.io"
CASE_LABEL = "case"
NAMESPACES: dict[str, Object] = {
    "shop": {"team": "shop", "tier": "front"},
    "bank": {"team": "bank", "tier": "back"},
}


@dataclass(frozen=True)
class Resource:
    group: str
    version: str
    kind: str
    resource: str
    namespaced: bool = True

    @property
    def api_version(self) -> str:
        return f"{self.group}/{self.version}" if self.group else self.version

    def collection(self, namespace: str) -> str:
        root = f"/apis/{self.group}/{self.version}" if self.group else f"/api/{self.version}"
        return f"{root}/namespaces/{namespace}/{self.resource}" if self.namespaced else f"{root}/{self.resource}"


RESOURCES = {
    resource.kind: resource
    for resource in (
        Resource("", "v1", "Pod", "pods"),
        Resource("", "v1", "ConfigMap", "configmaps"),
        Resource("", "v1", "Service", "services"),
        Resource("", "v1", "ServiceAccount", "serviceaccounts"),
        Resource("", "v1", "Namespace", "namespaces", namespaced=False),
        Resource("apps", "v1", "Deployment", "deployments"),
        Resource("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", namespaced=False),
        Resource("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
        Resource("example.com", "v1", "Widget", "widgets"),
        Resource("example.com", "v1", "Limit", "limits", namespaced=False),
    )
}


@dataclass(frozen=True)
class Ask:
    """A request: `object` is what is sent (CREATE), what it becomes (UPDATE), or what is there (DELETE, CONNECT)."""

    operation: str
    object: Object
    before: Object | None = None  # UPDATE: what is there
    user: str = "admin"
    subresource: str = ""
    version: str = ""  # of the API that is asked, if it is not the usual one


@dataclass(frozen=True)
class Case:
    name: str
    policy: Object  # its spec
    asks: list[Ask]
    # Specs of bindings, but for policyName; one that does not say what it matches gets the objects of this case.
    bindings: list[Object] = field(default_factory=lambda: [{"validationActions": ["Deny"]}])
    context: list[Object] = field(default_factory=list)  # parameters and the like, to be created first
    api: str = "v1"
    is_mutating: bool = False

    @property
    def kind(self) -> str:
        return "MutatingAdmissionPolicy" if self.is_mutating else "ValidatingAdmissionPolicy"


def manifest(kind: str, name: str, namespace: str = "shop", labels: Object | None = None, **fields: Any) -> Object:
    """An object; `metadata` of the fields is merged in."""
    resource = RESOURCES[kind]
    metadata: Object = {"name": name, **fields.pop("metadata", {})}
    if resource.namespaced:
        metadata["namespace"] = namespace
    if labels:
        metadata["labels"] = labels
    return {"apiVersion": resource.api_version, "kind": kind, "metadata": metadata, **fields}


def rules(*resources: str, operations: list[str] | None = None, **more: Any) -> Object:
    """matchConstraints of resources by name, in whatever group."""
    rule = {
        "apiGroups": ["*"],
        "apiVersions": ["*"],
        "resources": list(resources),
        "operations": operations or ["*"],
    }
    return {"resourceRules": [{**rule, **more}]}


def policy_object(case: Case) -> Object:
    return {
        "apiVersion": f"{GROUP}/{case.api}",
        "kind": case.kind,
        "metadata": {"name": f"{case.name}.example.com"},
        "spec": case.policy,
    }


def binding_objects(case: Case) -> list[Object]:
    return [binding_object(case, number, spec) for number, spec in enumerate(case.bindings)]


def binding_object(case: Case, number: int, spec: Object) -> Object:
    own = {"matchResources": {"objectSelector": {"matchLabels": {CASE_LABEL: case.name}}}}
    return {
        "apiVersion": f"{GROUP}/{case.api}",
        "kind": f"{case.kind}Binding",
        "metadata": {"name": f"{case.name}-{number}"},
        "spec": {"policyName": f"{case.name}.example.com", **own, **spec},
    }
