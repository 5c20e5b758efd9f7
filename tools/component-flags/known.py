#!/usr/bin/env python3
"""Prints what the table in the tree says of the flags of one version, in the form of main.go: a version can be added
without asking those again that it was made from.

usage: known.py kubernetes|etcd VERSION > FLAGS.jsonl          (needs PyYAML)

What comes from the overlay is left out as far as the overlay says it again: flags that it adds."""
import json
import pathlib
import sys

import yaml

from table import ZERO

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE.parent.parent / "policies" / "tables" / "component-flags.yaml"
# A type that table.py reads as the table's.
TYPES = {"bool": "bool", "int": "int", "float": "float64", "duration": "duration", "string": "string", "ip": "ip",
         "list": "stringSlice", "repeated": "stringArray", "map": "mapStringString"}


def number(version):
    return tuple(int(part) for part in version.split("."))


def exists_in(row, version):
    return number(row.get("from", "0.0")) <= number(version) and ("before" not in row or number(version) < number(row["before"]))


def added_by(overlay, component):
    """(name, before) of the rows that it adds"""
    return {(name, change.get("before")) for name, changes in overlay["flags"].get(component, {}).items()
            for change in changes if change.get("add")}


def line(component, row):
    default = row.get("default", ZERO[row["type"]])
    told = {"component": component, "name": row["name"], "type": TYPES[row["type"]], "default": default}
    if "field" in row:
        told |= {"field": row["field"], "fieldDefault": row.get("fileDefault", default)}
    return told


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("kubernetes", "etcd"):
        sys.exit(__doc__)
    family, version = sys.argv[1:]
    overlay = json.loads((HERE / "overlay.json").read_text())
    for document in yaml.safe_load_all(TABLE.read_text()):
        component = document["component"]
        if (component == "etcd") != (family == "etcd"):
            continue
        added = added_by(overlay, component)
        for row in document["flags"]:
            if exists_in(row, version) and (row["name"], row.get("before")) not in added:
                print(json.dumps(line(component, row)))


if __name__ == "__main__":
    main()
