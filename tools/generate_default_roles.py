#!/usr/bin/env python3
"""Writes policies/tables/default-roles.yaml: the roles and bindings that an API server makes at its start.

usage: tools/generate_default_roles.py VERSION          (for instance 1.37.2; needs PyYAML)

Reads the Go module k8s.io/kubernetes from the module cache (`go mod download` fetches what is not there): the expected
outputs of its tests. Labels and annotations that decide nothing are left out. The same input gives the same bytes."""
import json
import pathlib
import sys

import yaml

from generate_schemas import TABLES, module

FOLDER = "plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata"
FILES = ("cluster-roles", "controller-roles", "namespace-roles", "cluster-role-bindings", "controller-role-bindings",
         "namespace-role-bindings")


def trimmed(item):
    metadata = item["metadata"]
    labels = {key: value for key, value in metadata.get("labels", {}).items() if "aggregate-to" in key}
    item["metadata"] = {key: metadata[key] for key in ("name", "namespace") if key in metadata}
    if labels:
        item["metadata"]["labels"] = labels
    for subject in item.get("subjects", ()):
        subject.pop("apiGroup", None)
    return {key: value for key, value in item.items() if value is not None}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = pathlib.Path(module("k8s.io/kubernetes", sys.argv[1])) / FOLDER
    lists = []
    for name in FILES:
        items = yaml.safe_load((root / f"{name}.yaml").read_text())["items"]
        rows = ",\n".join(json.dumps(trimmed(item), separators=(",", ":"), sort_keys=True) for item in items)
        lists.append('{"apiVersion":"v1","kind":"List","items":[\n' + rows + "]}")
    (TABLES / "default-roles.yaml").write_text("\n---\n".join(lists) + "\n")


if __name__ == "__main__":
    main()
