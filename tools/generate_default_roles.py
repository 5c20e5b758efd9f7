#!/usr/bin/env python3
"""Writes policies/tables/default-roles.yaml: the roles and bindings that an API server of each minor makes at its start.

usage: tools/generate_default_roles.py VERSION…   (1.31.6 1.32.6 … 1.37.2: one of each minor, all of them; needs PyYAML)

Reads the Go module k8s.io/kubernetes of each version from the module cache (`go mod download` fetches what is not
there): the expected outputs of its tests, with the feature gates as they are by default. Labels and annotations that
decide nothing are left out. The same input gives the same bytes.

An object is a document that begins with its kind, name and namespace: src/snapshot/default_roles.cpp finds it by these.
What is the same in consecutive minors is one document. Where these are not all, a line before it says which:
"# since 1.34 until 1.35"; the oldest minor is no `since`, the newest no `until`, for versions beyond are taken as these."""
import itertools
import json
import pathlib
import sys

import yaml

from generate_schemas import TABLES, minor_of, module

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


def objects_of(version):
    """(number of the file, namespace, name) → text"""
    root = pathlib.Path(module("k8s.io/kubernetes", version)) / FOLDER
    objects = {}
    for number, name in enumerate(FILES):
        for item in yaml.safe_load((root / f"{name}.yaml").read_text())["items"]:
            metadata = item["metadata"]
            objects[number, metadata.get("namespace", ""), metadata["name"]] = json.dumps(
                trimmed(item), separators=(",", ":"))
    return objects


def head(since, until, minors):
    words = ([] if since == minors[0] else [f"since 1.{since}"]) + ([] if until == minors[-1] else [f"until 1.{until}"])
    return f"# {' '.join(words)}\n" if words else ""


def documents_of(texts, minors):
    """Of one object: its text in each of the minors, None where it is not there."""
    for text, group in itertools.groupby(zip(texts, minors), key=lambda pair: pair[0]):
        span = [minor for _, minor in group]
        if text is not None:
            yield head(span[0], span[-1], minors) + text


def main():
    versions = sorted(sys.argv[1:], key=minor_of)
    minors = [minor_of(version) for version in versions]
    if not minors or minors != list(range(minors[0], minors[-1] + 1)):
        sys.exit(__doc__)
    objects = [objects_of(version) for version in versions]
    documents = []
    for name in sorted(set().union(*objects)):
        documents += documents_of([of_one.get(name) for of_one in objects], minors)
    (TABLES / "default-roles.yaml").write_text("\n---\n".join(documents) + "\n")


if __name__ == "__main__":
    main()
