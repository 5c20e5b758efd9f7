"""Default roles: does policies/tables/default-roles.yaml hold the roles and bindings that a real API server makes?

Those of the server are told by their label. The rules of a role that aggregates others are written by a controller,
which is not here: only what it selects is compared.
"""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from integration.support import ROOT, ClusterTest, kubernetes_minor
from testbed.client import Client, Object

TABLE = ROOT / "policies" / "tables" / "default-roles.yaml"
KINDS = ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding")
OF_THE_SERVER = "kubernetes.io/bootstrapping=rbac-defaults"


def holds_for(line: str, minor: int) -> bool:
    since, until = (re.search(rf"{word} 1\.(\d+)", line) for word in ("since", "until"))
    return (since is None or int(since[1]) <= minor) and (until is None or minor <= int(until[1]))


def objects_of_table(minor: int) -> Iterator[Object]:
    for document in TABLE.read_text().split("\n---\n"):
        first, _, rest = document.partition("\n")
        if not first.startswith("#"):
            yield json.loads(document)
        elif holds_for(first, minor):
            yield json.loads(rest)


def objects_of_server(client: Client) -> Iterator[Object]:
    for kind in KINDS:
        path = f"/apis/rbac.authorization.k8s.io/v1/{kind.lower()}s?labelSelector={OF_THE_SERVER}"
        for item in client.get(path).body["items"]:
            yield item | {"kind": kind}


def what_counts(item: Object) -> dict[str, Any]:
    metadata = item["metadata"]
    labels = {key: value for key, value in metadata.get("labels", {}).items() if "aggregate-to" in key}
    subjects = [{k: v for k, v in one.items() if k != "apiGroup"} for one in item.get("subjects") or []]
    aggregation = item.get("aggregationRule")
    rules = [] if aggregation else item.get("rules") or []
    return {"labels": labels, "subjects": subjects, "aggregation": aggregation, "rules": rules, "role": item.get("roleRef")}


def by_name(objects: Iterator[Object]) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {
        (item["kind"], item["metadata"].get("namespace", ""), item["metadata"]["name"]): what_counts(item) for item in objects
    }


class DefaultRolesTest(ClusterTest):
    def test_the_table_has_those_of_the_server(self) -> None:
        ours = by_name(objects_of_table(kubernetes_minor()))
        with closing(self.cluster.client()) as client:
            theirs = by_name(objects_of_server(client))
        print(f"{len(theirs)} roles and bindings ... ", end="")
        for name in sorted(ours.keys() | theirs.keys()):
            with self.subTest(name):
                self.assertEqual(ours.get(name), theirs.get(name))
