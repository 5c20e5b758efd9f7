#!/usr/bin/env python3
"""Writes src/kube/merge/schema_table.cpp: how the types of Kubernetes' API merge, from its published OpenAPI documents.

usage: tools/generate_merge_schema.py VERSION > src/kube/merge/schema_table.cpp          (for instance 1.37.2)

Reads the Go module k8s.io/kubernetes from the module cache. Equal types are written once: a list of texts is one type,
whatever field has it. Defaults are kept of fields that are keys of lists only. The same input gives the same bytes."""
import json
import pathlib
import subprocess
import sys

QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity"
RAW = "io.k8s.apimachinery.pkg.runtime.RawExtension"
FALLBACKS = {"": "empty", 0: "zero", "TCP": "tcp"}
METADATA = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
SCALARS = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean"}


def read_schemas(version):
    where = subprocess.run(["go", "env", "GOMODCACHE"], check=True, capture_output=True, text=True).stdout.strip()
    folder = pathlib.Path(where) / f"k8s.io/kubernetes@v{version}/api/openapi-spec/v3"
    schemas = {}
    for path in sorted(folder.glob("*.json")):
        schemas.update(json.loads(path.read_text()).get("components", {}).get("schemas", {}))
    assert schemas, folder
    return schemas


class Table:
    def __init__(self, schemas):
        self.schemas = schemas
        self.numbers = {}  # shape → number
        self.rows = []
        self.fields = []
        self.keys = {}  # number of a list's element → names that are keys
        for kind in ("any", "opaque", "text", "number", "boolean", "scalar", "integer"):
            self.add((kind,), f"{{.shape = Shape::{kind}}}")
        # A custom resource whose schema is not known: the fields of any object, and all others.
        self.schemas["custom"] = {"type": "object", "properties": {
            "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"$ref": f"/{METADATA}"}}}
        self.structure("custom", False)

    def add(self, shape, row):
        if shape not in self.numbers:
            self.numbers[shape] = len(self.rows)
            self.rows.append(row)
        return self.numbers[shape]

    def type_of(self, declared):
        """The number of a field's type."""
        if "allOf" in declared and len(declared["allOf"]) == 1:
            name = declared["allOf"][0]["$ref"].rsplit("/", 1)[1]
            return self.named(name, declared.get("x-kubernetes-map-type") == "atomic")
        if "$ref" in declared:
            return self.named(declared["$ref"].rsplit("/", 1)[1], declared.get("x-kubernetes-map-type") == "atomic")
        return self.inline(declared)

    def named(self, name, atomic=False):
        if name == QUANTITY:
            return self.numbers[("scalar",)]
        if name == RAW:
            return self.numbers[("opaque",)]
        schema = self.schemas[name]
        if schema.get("type") == "object" and schema.get("properties"):
            return self.structure(name, atomic or schema.get("x-kubernetes-map-type") == "atomic")
        return self.inline(schema)

    def inline(self, declared):
        kind = declared.get("type")
        if kind is None:
            return self.numbers[("any",)]
        if kind in SCALARS:
            return self.numbers[(SCALARS[kind],)]
        if kind == "array":
            return self.list_of(declared)
        assert not declared.get("properties"), declared
        inner = declared.get("additionalProperties")
        element = self.type_of(inner) if isinstance(inner, dict) else self.numbers[("any",)]
        atomic = declared.get("x-kubernetes-map-type") == "atomic"
        return self.add(("map", element, atomic), self.row("map", atomic, element=element))

    def list_of(self, declared):
        element = self.type_of(declared["items"])
        relation = declared.get("x-kubernetes-list-type", "atomic")
        keys = tuple(declared.get("x-kubernetes-list-map-keys", ()))
        assert relation in ("atomic", "set", "map") and (relation == "map") == bool(keys), declared
        self.keys.setdefault(element, set()).update(keys)
        return self.add(("list", element, relation, keys),
                        self.row("list", relation == "atomic", element=element, keys=keys))

    @staticmethod
    def row(shape, atomic, **more):
        parts = [f".shape = Shape::{shape}"]
        if atomic:
            parts.append(".atomic = true")
        if more.get("element"):
            parts.append(f".element = {more['element']}")
        if more.get("keys"):
            parts.append(f".keys = \"{','.join(more['keys'])}\"")
        return "{" + ", ".join(parts) + "}"

    def structure(self, name, atomic):
        shape = ("structure", name, atomic)
        if shape in self.numbers:
            return self.numbers[shape]
        number = self.add(shape, None)
        members = [(field, self.type_of(declared), declared.get("default"))
                   for field, declared in sorted(self.schemas[name]["properties"].items())]
        self.rows[number] = (atomic, members)
        return number

    def kinds(self):
        rows = []
        for name, schema in sorted(self.schemas.items()):
            ids = schema.get("x-kubernetes-group-version-kind", ())
            if len(ids) == 1 and not ids[0]["kind"].endswith("List") and "properties" in schema:
                one = ids[0]
                rows.append((one["group"], one["version"], one["kind"], self.named(name)))
        return sorted(rows)

    def write_structures(self):
        for number, row in enumerate(self.rows):
            if isinstance(row, str):
                continue
            atomic, members = row
            first = len(self.fields)
            for field, kind, default in members:
                is_key = field in self.keys.get(number, ())
                text = f", .fallback = Fallback::{FALLBACKS[default]}" if is_key and default is not None else ""
                self.fields.append(f'{{.name = "{field}", .type = {kind}{text}}}')
            mark = ", .atomic = true" if atomic else ""
            mark += ", .open = true" if number == self.numbers["structure", "custom", False] else ""
            self.rows[number] = f"{{.shape = Shape::structure{mark}, .first_field = {first}, .fields = {len(members)}}}"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    table = Table(read_schemas(sys.argv[1]))
    kinds = table.kinds()
    table.write_structures()
    print(f"// Made by tools/generate_merge_schema.py from Kubernetes {sys.argv[1]}; do not edit.")
    print('// clang-format off\n#include "kube/merge/schema_table.h"\n\nnamespace kastell::kube::merge {\n\nnamespace {\n')
    print(f"constexpr TypeRow type_rows[] = {{  // {len(table.rows)}")
    print("\n".join(f"  {row}," for row in table.rows) + "\n};\n")
    print(f"constexpr FieldRow field_rows[] = {{  // {len(table.fields)}")
    print("\n".join(f"  {row}," for row in table.fields) + "\n};\n")
    print("constexpr KindRow kind_rows[] = {")
    print("\n".join(f'  {{"{group}", "{version}", "{kind}", {number}}},' for group, version, kind, number in kinds))
    print("};\n\n}  // namespace\n")
    for kind, name in (("TypeRow", "type"), ("FieldRow", "field"), ("KindRow", "kind")):
        print(f"const std::span<const {kind}> {name}_table = {name}_rows;")
    print("\n}  // namespace kastell::kube::merge")


if __name__ == "__main__":
    main()
