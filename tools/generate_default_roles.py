#!/usr/bin/env python3
"""Writes policies/tables/default-roles.yaml: the roles and bindings that an API server makes at its start.

usage: tools/generate_default_roles.py VERSION          (for instance 1.37.2; needs PyYAML)

Reads the Go module k8s.io/kubernetes from the module cache (`go mod download` fetches what is not there): the expected
outputs of its tests. Labels and annotations that decide nothing are left out. The same input gives the same bytes. Each
object is a document that begins with its kind, name and namespace: src/snapshot/default_roles.cpp finds it by these."""
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
    first = {"kind": item["kind"], "metadata": item["metadata"]}
    rest = {key: value for key, value in sorted(item.items()) if key not in first and value is not None}
    return first | rest


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = pathlib.Path(module("k8s.io/kubernetes", sys.argv[1])) / FOLDER
    documents = []
    for name in FILES:
        items = yaml.safe_load((root / f"{name}.yaml").read_text())["items"]
        documents += [json.dumps(trimmed(item), separators=(",", ":")) for item in items]
    (TABLES / "default-roles.yaml").write_text("\n---\n".join(documents) + "\n")


if __name__ == "__main__":
    main()
