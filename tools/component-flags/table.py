#!/usr/bin/env python3
"""Joins the flags that the components of several versions print into policies/tables/component-flags.yaml.

usage: table.py OVERLAY.json VERSION=FLAGS.jsonl … > component-flags.yaml   (oldest version first)
FLAGS.jsonl comes from main.go, see README.md. OVERLAY.json holds what no program prints: flags of versions before the
first, what files say in place of a flag, and what kubeadm writes."""
import json
import sys

TYPES = {
    "bool": "bool", "int": "int", "int32": "int", "int64": "int", "uint": "int", "uint16": "int", "uint32": "int",
    "uint64": "int", "Level": "int", "count": "int", "float": "float", "float32": "float", "float64": "float",
    "duration": "duration", "ip": "ip", "stringSlice": "list", "strings": "list", "ipNetSlice": "list",
    "stringArray": "repeated", "namedCertKey": "repeated", "mapStringString": "map", "mapStringBool": "map",
    "stringToString": "map", "stringToInt": "map", "colonSeparatedMultimapStringString": "map", "featureGates": "map",
    "version": "bool", "int32Slice": "list", "*flag.boolValue": "bool", "*flag.intValue": "int", "*flag.int64Value": "int", "*flag.uintValue": "int",
    "*flag.uint64Value": "int", "*flags.uint32Value": "int", "*flag.durationValue": "duration",
    "*flag.float64Value": "float", "*flags.StringsValue": "list", "*flags.UniqueStringsValue": "list",
    "*flags.UniqueURLs": "list", "*featuregate.featureGate": "map",
}
COMPONENTS = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy", "kubelet", "etcd"]
ZERO = {"bool": False, "int": 0, "float": 0.0, "duration": "0s", "string": "", "ip": "", "list": [], "repeated": [], "map": {}}


def value_of(kind, text):
    if text is None:
        return ZERO[kind]
    if not isinstance(text, str):
        return text
    if kind == "bool":
        return text == "true"
    if kind == "int":
        return int(text or 0, 0)
    if kind == "float":
        return float(text or 0)
    if kind in ("list", "repeated"):
        text = text[1:-1] if text.startswith("[") and text.endswith("]") else text
        return [one for one in text.split(",") if one]
    if kind == "map":
        text = text[1:-1] if text.startswith("[") and text.endswith("]") else text
        text = text[4:-1] if text.startswith("map[") else text
        return dict(one.split("=", 1) if "=" in one else (one, True) for one in text.split(",") if one)
    return "" if text in ("<nil>",) else text


def plain(value):
    return json.dumps(value, ensure_ascii=False)


def after(version):
    major, minor = version.split(".")
    return f"{major}.{int(minor) + 1}"


def read(path, flags, version, previous):
    """`previous`: the version read before this one, or None. A flag that is new may have come right after it."""
    seen = {}
    for line in open(path):
        one = json.loads(line)
        one["name"] = one["name"].replace("_", "-")
        kind = TYPES.get(one["type"], "string")
        if one["name"] in ("feature-gates", "runtime-config"):
            kind, one["default"] = "map", ""
        row = {"type": kind, "default": value_of(kind, one["default"])}
        if one.get("field"):
            row["field"] = one["field"]
            row["fileDefault"] = value_of(kind, one.get("fieldDefault"))
        seen[(one["component"], one["name"])] = row
    for key, row in seen.items():
        entries = flags.setdefault(key, [])
        if entries and "before" not in entries[-1] and all(entries[-1].get(k) == row.get(k) for k in ("type", "default", "fileDefault")):
            entries[-1].update(row)
            continue
        if entries and "before" not in entries[-1]:
            entries[-1]["before"] = version
        entries.append(dict(row, **({"from": after(previous)} if previous else {})))
    for key, entries in flags.items():
        if key not in seen and "before" not in entries[-1] and any(k[0] == key[0] for k in seen):
            entries[-1]["before"] = version


def number(version):
    return tuple(int(part) for part in version.split("."))


def without_bounds(entry):
    return {key: value for key, value in entry.items() if key not in ("from", "before")}


def joined(entries):
    """What the overlay made the same in versions that follow one another is one entry."""
    result = []
    for entry in entries:
        last = result[-1] if result else {}
        meets = "before" in last and number(entry.get("from", "0")) <= number(last["before"])
        if not meets or without_bounds(last) != without_bounds(entry):
            result.append(entry)
            continue
        del last["before"]
        if "before" in entry:
            last["before"] = entry["before"]
    return result


def main():
    overlay = json.load(open(sys.argv[1]))
    flags, met = {}, {}
    for argument in sys.argv[2:]:
        version, path = argument.split("=", 1)
        component = json.loads(open(path).readline())["component"]
        family = "etcd" if component == "etcd" else "kubernetes"
        read(path, flags, version, met.get(family))
        met[family] = version
    for component, names in overlay["flags"].items():
        for name, changes in names.items():
            entries = flags.setdefault((component, name), [])
            for change in changes if isinstance(changes, list) else [changes]:
                if "entries" in change:
                    entries[:] = change["entries"]
                elif change.get("add") or not entries:
                    entries.insert(0, {"type": "string", **{k: v for k, v in change.items() if k != "add"}})
                    entries[0].setdefault("default", ZERO[entries[0]["type"]])
                else:
                    for entry in entries:
                        entry.update(change)
    for (component, name), entries in flags.items():
        for entry in entries:
            if component == "kubelet" and "field" in entry:
                entry["files"] = ["config", "config-dir"]
            if component == "etcd" and name != "config-file":
                entry["files"] = ["config-file"]
    flags = {key: joined(entries) for key, entries in flags.items()}
    print("# The flags of Kubernetes' components by version: made by tools/component-flags, do not edit.\n"
          "# type as in src/kube/component/flag_table.h; a default that is the type's zero is left out. field: where the\n"
          "# component's configuration file says it, with the default there; files: flags that name a file which says it;\n"
          "# kubeadm: what kubeadm writes unless it is told otherwise; from, before: versions.")
    for number, component in enumerate(COMPONENTS):
        if number:
            print("---")
        print(f"component: {component}")
        for key, value in overlay["components"].get(component, {}).items():
            print(f"{key}: {plain(value)}")
        print("flags:")
        for (owner, name), entries in sorted(flags.items()):
            if owner != component:
                continue
            for entry in entries:
                parts = [f"name: {name}", f"type: {entry['type']}"]
                if entry["default"] != ZERO[entry["type"]]:
                    parts.append(f"default: {plain(entry['default'])}")
                if "field" in entry:
                    parts.append(f"field: {entry['field']}")
                    if entry.get("fileDefault", entry["default"]) != entry["default"]:
                        parts.append(f"fileDefault: {plain(entry['fileDefault'])}")
                for extra in ("files", "kubeadm"):
                    if extra in entry:
                        parts.append(f"{extra}: {plain(entry[extra])}")
                for bound in ("from", "before"):
                    if bound in entry:
                        parts.append(f'{bound}: "{entry[bound]}"')
                print("  - {" + ", ".join(parts) + "}")


if __name__ == "__main__":
    main()
