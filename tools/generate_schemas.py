#!/usr/bin/env python3
"""Writes the schemas of Kubernetes' API as one table: policies/tables/schemas.txt and policies/tables/api-lifecycle.txt.

usage: generate_schemas.py VERSION…          (for instance 1.31.6 1.32.6 … 1.37.2: one of each minor, all of them)

Reads the Go module k8s.io/kubernetes of each version from the module cache (`go mod download` fetches what is not there):
the published OpenAPI documents for fields and types, the generated Go for the values of enumerations, which the
documents leave out, the Go structs for what becomes of a field that is empty, and of k8s.io/api's lifecycle files when
each version of a kind came, was deprecated and went. The same input gives the same bytes.

A line of a field: its name; "!" if it is demanded; how it is held when it is empty ("?": an empty value vanishes,
"=": it is written, "^": null is written, nothing: it is kept as it was given); its type; "=" and what the field is given
where it is not there (the constants that the Go structs declare; others are in defaults.txt); the minors that have it."""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

TABLES = pathlib.Path(__file__).resolve().parent.parent / "policies" / "tables"
PACKAGES = (  # of the Go functions that hold enumerations → of the documents' names
    ("k8sio_api_", "io.k8s.api."),
    ("pkg_apis_apiextensions_", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions."),
    ("pkg_apis_apiregistration_", "io.k8s.kube-aggregator.pkg.apis.apiregistration."),
    ("pkg_apis_meta_", "io.k8s.apimachinery.pkg.apis.meta."),
)
PREFIXES = ("io.k8s.api.", "io.k8s.apimachinery.pkg.apis.", "io.k8s.apiextensions-apiserver.pkg.apis.",
            "io.k8s.kube-aggregator.pkg.apis.", "io.k8s.apimachinery.pkg.")
RAW = "io.k8s.apimachinery.pkg.runtime.RawExtension"
# Types whose texts in JSON are not what their schema seems to say.
SPECIAL = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "quantity",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "int-or-string",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "time",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "micro-time",
    "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "object",
    RAW: "<atomic>object",
}
PRIMITIVES = {("string", "byte"): "bytes", ("integer", "int32"): "int32", ("integer", "int64"): "int64",
              ("integer", None): "int64", ("boolean", None): "boolean", ("number", "double"): "number",
              ("number", None): "number", ("string", "date-time"): "time", ("object", None): "object"}
# Fields that the documents demand though the API server takes an object without them (seen with a real one: the zero
# value is a sound value there).
NOT_DEMANDED = {
    ("apps.v1.StatefulSetSpec", "serviceName"), ("apps.v1.ControllerRevision", "revision"),
    ("networking.v1.NetworkPolicySpec", "podSelector"), ("scheduling.v1.PriorityClass", "value"),
    ("core.v1.LimitRangeSpec", "limits"), ("discovery.v1.EndpointSlice", "endpoints"),
    ("discovery.v1.Endpoint", "addresses"), ("core.v1.Event", "metadata"), ("events.v1.Event", "eventTime"),
    ("apiextensions.v1.CustomResourceDefinitionVersion", "served"),
    ("apiextensions.v1.CustomResourceDefinitionVersion", "storage"),
    ("rbac.v1.Role", "rules"), ("rbac.v1.ClusterRole", "rules"), ("core.v1.ContainerImage", "names"),
    ("core.v1.ISCSIVolumeSource", "lun"), ("core.v1.ISCSIPersistentVolumeSource", "lun"),
    ("core.v1.PreferredSchedulingTerm", "preference"), ("core.v1.SleepAction", "seconds"),
    ("core.v1.ConfigMapNodeConfigSource", "kubeletConfigKey"), ("core.v1.ConfigMapNodeConfigSource", "name"),
    ("core.v1.ConfigMapNodeConfigSource", "namespace"), ("batch.v1.PodFailurePolicy", "rules"),
    ("storage.v1.CSIDriver", "spec"), ("storage.v1.TokenRequest", "audience"), ("storage.v1.CSINode", "spec"),
    ("storage.v1.CSINodeSpec", "drivers"), ("meta.v1.GroupResource", "group"), ("rbac.v1.RoleRef", "apiGroup"),
} | {(f"resource.{version}.{kind}", field) for version in ("v1", "v1alpha3", "v1beta1", "v1beta2") for kind, field in (
    ("DeviceClass", "spec"), ("ResourceClaim", "spec"), ("ResourceClaimTemplate", "spec"),
    ("ResourceClaimTemplateSpec", "spec"), ("ResourcePool", "generation"))}
# What k8s.io/api no longer mentions.
GONE = {(version, "PodSecurityPolicy"): {"introduced": introduced, "deprecated": deprecated, "removed": removed}
        for version, introduced, deprecated, removed in (("extensions/v1beta1", "1.3", "1.11", "1.16"),
                                                         ("policy/v1beta1", "1.10", "1.21", "1.25"))}
# Types told otherwise. Data of Secrets is not kept in snapshots, so nobody can ask there whether it is base64.
# Enumerations that Kubernetes checks (so said a real API server) but does not declare.
TOLD = {
    ("core.v1.Secret", "data"): "{}string",
    ("autoscaling.v2.HPAScalingRules", "selectPolicy"): "enum(Disabled|Max|Min)",
    ("meta.v1.LabelSelectorRequirement", "operator"): "enum(DoesNotExist|Exists|In|NotIn)",
    ("rbac.v1.RoleRef", "apiGroup"): "enum(rbac.authorization.k8s.io)",
    ("rbac.v1.RoleRef", "kind"): "enum(ClusterRole|Role)",
    ("rbac.v1.Subject", "kind"): "enum(Group|ServiceAccount|User)",
}


def module(path, version):
    """The folder of a Go module."""
    with tempfile.TemporaryDirectory() as empty:
        told = subprocess.run(["go", "mod", "download", "-json", f"{path}@v{version}"], cwd=empty, check=True,
                              capture_output=True, text=True)
    return pathlib.Path(json.loads(told.stdout)["Dir"])


def short(name):
    for prefix in PREFIXES:
        if name.startswith(prefix):
            return name[len(prefix):]
    return name


def referred(declared):
    """The name of the schema that a field refers to."""
    return declared.get("allOf", [declared])[0]["$ref"].rsplit("/", 1)[1]


def minor_of(version):
    return int(version.split(".")[1])


class Version:
    """One minor's types and kinds."""

    def __init__(self, version):
        self.minor = minor_of(version)
        root = module("k8s.io/kubernetes", version)
        self.enums = read_enums(root / "pkg/generated/openapi/zz_generated.openapi.go")
        self.structs = read_structs("0." + version.split(".", 1)[1])
        self.schemas = {}
        for path in sorted((root / "api/openapi-spec/v3").glob("*.json")):
            self.schemas.update(json.loads(path.read_text()).get("components", {}).get("schemas", {}))

    def types(self):
        """short name → {field: text of its type, with ! behind the name if it is demanded}"""
        return {short(name): self.fields(name, schema) for name, schema in self.schemas.items()
                if "properties" in schema or (schema.get("type") == "object" and name not in SPECIAL)}

    def fields(self, name, schema):
        demanded = set(schema.get("required", ()))
        result = {}
        for field, declared in schema.get("properties", {}).items():
            needed = field in demanded and (short(name), field) not in NOT_DEMANDED and not short(name).endswith("Status")
            text = TOLD.get((short(name), field)) or self.type_text(declared, self.enums.get((name, field)))
            go = self.structs.get(short(name), {}).get(field, GoField(True, True, False))
            result[field] = ("!" if needed else "") + held_when_empty(go, text) + text + default_text(declared, go)
        return result

    def type_text(self, declared, enum=None):
        """A type, and how it merges: [] and <atomic> are replaced as a whole, [set] and [map:key=default] by items."""
        atomic = declared.get("x-kubernetes-map-type") == "atomic"
        if "allOf" in declared or "$ref" in declared:
            return self.reference(referred(declared), atomic)
        kind, form = declared.get("type"), declared.get("format")
        if kind == "array":
            return f"[{self.relation(declared)}]" + self.type_text(declared["items"], enum)
        if kind == "object" and "additionalProperties" in declared:
            return ("{atomic}" if atomic else "{}") + self.type_text(declared["additionalProperties"], enum)
        if kind == "string" and form not in ("byte", "date-time"):
            return "enum(" + "|".join(sorted(enum)).replace(" ", "~") + ")" if enum else "string"
        return "any" if kind is None else PRIMITIVES[kind, form]

    def relation(self, declared):
        relation = declared.get("x-kubernetes-list-type", "atomic")
        keys = declared.get("x-kubernetes-list-map-keys", ())
        assert relation in ("atomic", "set", "map") and (relation == "map") == bool(keys), declared
        if relation != "map":
            return "" if relation == "atomic" else relation
        members = self.schemas[referred(declared["items"])]["properties"]
        defaults = {key: f"={field['default']}" for key, field in members.items() if "default" in field}
        return "map:" + ",".join(key + defaults.get(key, "") for key in keys)

    def reference(self, name, atomic):
        if name in SPECIAL:
            return SPECIAL[name]
        schema = self.schemas[name]
        if "properties" not in schema and schema.get("type") != "object":
            return "any"
        return ("<atomic>" if atomic or schema.get("x-kubernetes-map-type") == "atomic" else "") + short(name)

    def kinds(self):
        """(group/version, kind) → short name of its type"""
        result = {}
        for name, schema in self.schemas.items():
            ids = schema.get("x-kubernetes-group-version-kind", ())
            for one in ids if len(ids) == 1 else ():  # options of requests bear the groups of all
                version = f"{one['group']}/{one['version']}" if one["group"] else one["version"]
                result[version, one["kind"]] = short(name)
        return {key: value for key, value in result.items() if not key[1].endswith("List")}


# A field of a Go struct.
GoField = collections.namedtuple("GoField", "is_pointer leaves_out_empty leaves_out_zero")
GO_PACKAGES = (  # module → [folder], and what schemas call it
    ("k8s.io/api", "*/*", ""), ("k8s.io/apimachinery", "pkg/apis/meta/v1", "meta.v1"),
    ("k8s.io/apiextensions-apiserver", "pkg/apis/apiextensions/v1", "apiextensions.v1"),
    ("k8s.io/kube-aggregator", "pkg/apis/apiregistration/v1", "apiregistration.v1"))
COMPACT = (",", ":")
GO_FIELD = re.compile(r"^\t(?:\w+\s+)?(\S+)\s+`.*?json:\s*\"([^\"]*)\"")


def read_structs(version):
    """name as schemas have it → {field: GoField}"""
    structs, embedded = {}, collections.defaultdict(list)
    for name, folders, prefix in GO_PACKAGES:
        for folder in sorted(module(name, version).glob(folders)):
            read_package(folder, prefix or f"{folder.parent.name}.{folder.name}", structs, embedded)
    return {name: with_embedded(name, structs, embedded) for name in structs}


def with_embedded(name, structs, embedded):
    fields = {}
    for inner in embedded.get(name, ()):
        fields.update(with_embedded(inner, structs, embedded))
    return fields | structs.get(name, {})


def read_package(folder, prefix, structs, embedded):
    for path in sorted(folder.glob("*.go")):
        struct = None
        for line in path.read_text().splitlines() if not path.name.startswith(("zz_", "generated")) else ():
            if match := re.match(r"type (\w+) (?:struct \{|(?:= )?(v1\.)?(\w+)$)", line):
                struct = f"{prefix}.{match.group(1)}"
                structs.setdefault(struct, {})
                if match.group(3):
                    folder_of = prefix.split(".")[0] + ".v1" if match.group(2) else prefix
                    embedded[struct].append(f"{folder_of}.{match.group(3)}")
            elif line == "}":
                struct = None
            elif struct and (match := GO_FIELD.match(line)):
                go_type, tag = match.groups()
                name, *options = tag.split(",")
                if name:
                    structs[struct][name] = GoField(go_type.startswith("*"), "omitempty" in options,
                                                    "omitzero" in options)
                else:
                    embedded[struct].append(f"{prefix}.{go_type}")


def held_when_empty(go, text):
    if not go.leaves_out_empty and not go.leaves_out_zero:
        return "^" if go.is_pointer else "="
    # Go leaves no empty struct out, unless it is told to.
    is_struct = text in ("quantity", "int-or-string", "time", "micro-time", SPECIAL[RAW]) or re.match(r"(<atomic>)?[a-z]+\.", text)
    return "" if go.is_pointer else "=" if is_struct and not go.leaves_out_zero else "?"


def default_text(declared, go):
    """What a +default marker says, which the documents repeat; there the zero of what is no pointer stands for itself."""
    default = declared.get("default")
    return f" ={json.dumps(default, separators=COMPACT)}" if default or (default is not None and go.is_pointer) else ""


def read_enums(path):
    """(document's name of a type, field) → values"""
    enums = {}
    owner = field = None
    for line in path.open():
        if line.startswith("func schema_"):
            owner = type_name(line[len("func schema_"):line.index("(")])
        elif match := re.match(r'\t{5}"([^"]+)": \{$', line):
            field = match.group(1)
        elif owner and (match := re.match(r"\t+Enum:\s+\[\]interface\{\}\{(.*)\},$", line)):
            enums[owner, field] = [value for value in json.loads(f"[{match.group(1)}]") if value]
    return enums


def type_name(function):
    for prefix, package in PACKAGES:
        if function.startswith(prefix):
            group, version, kind = function[len(prefix):].split("_", 2) if prefix == "k8sio_api_" else (
                None, *function[len(prefix):].split("_", 1))
            return package + ".".join(part for part in (group, version, kind) if part)
    return None


def spans(minors, newest):
    """Minors as texts of unbroken spans: "1.31-1.33", "1.34-" up to the newest."""
    result, first = [], None
    for minor in minors:
        if first is None or minor != last + 1:
            if first is not None:
                result.append((first, last))
            first = minor
        last = minor
    result.append((first, last))
    return [f"1.{first}-" + ("" if last == newest else f"1.{last}") for first, last in result]


def merged(tables, oldest, newest):
    """[(minor, {key: value})] → sorted [(key, value, span)]; the span is empty if it is all minors."""
    seen = collections.defaultdict(list)
    for minor, table in tables:
        for key, value in table.items():
            seen[key, value].append(minor)
    rows = []
    for (key, value), minors in sorted(seen.items()):
        for span in spans(minors, newest):
            rows.append((key, value, "" if span == f"1.{oldest}-" else span))
    return rows


def write_schemas(versions):
    versions = sorted(versions, key=lambda version: version.minor)
    oldest, newest = versions[0].minor, versions[-1].minor
    assert [v.minor for v in versions] == list(range(oldest, newest + 1)), "a minor is missing"
    lines = ["# Made by tools/generate_schemas.py; do not edit.", f"versions 1.{oldest} 1.{newest}"]
    kinds = merged([(v.minor, v.kinds()) for v in versions], oldest, newest)
    lines += [" ".join(filter(None, ("kind", *key, name, span))) for key, name, span in kinds]
    types = [(v.minor, v.types()) for v in versions]
    for name in reachable({name for _, name, _ in kinds}, types):
        lines.append(f"type {name}")
        rows = merged([(minor, table[name]) for minor, table in types if name in table], oldest, newest)
        for field, text, span in rows:
            bare = text.lstrip("!?=^")
            lines.append(" ".join(filter(None, (f"  {field}{text[:-len(bare)]}", bare, span))))
    (TABLES / "schemas.txt").write_text("\n".join(lines) + "\n")


def reachable(names, types):
    """All types that the kinds lead to, sorted."""
    found, waiting = set(), sorted(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for _, table in types:
            for text in table.get(name, {}).values():
                inner = re.sub(r"^[!?=^]*(\[[^]]*\]|\{[^}]*\}|<atomic>)*", "", text).split(" ")[0]
                if any(inner in other for _, other in types):
                    waiting.append(inner)
    return sorted(found)


LIFECYCLE = re.compile(
    r"func \(in \*(\w+)\) APILifecycle(\w+)\(\) [^{]*\{\n\treturn (?:(\d+), (\d+)|"
    r'schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"\})\n')


def group_names(root):
    """Folder of k8s.io/api → group, as its register.go says."""
    return {path.parent.relative_to(root).as_posix(): match.group(1) for path in root.glob("*/*/register.go")
            if (match := re.search(r'GroupName\s*=\s*"([^"]*)"', path.read_text()))}


def read_lifecycle(version):
    root = module("k8s.io/api", "0." + version.split(".", 1)[1])
    groups = group_names(root)
    rows = collections.defaultdict(dict)
    for path in root.glob("*/*/zz_generated.prerelease-lifecycle.go"):
        folder = path.parent.relative_to(root).as_posix()
        api = f"{groups[folder]}/{path.parent.name}" if groups[folder] else path.parent.name
        for kind, what, major, minor, group, new_version, new_kind in LIFECYCLE.findall(path.read_text()):
            new_kind = kind if new_kind == kind + "List" else new_kind  # as IngressClass has it upstream
            value = f"{major}.{minor}" if major else (f"{group}/" if group else "") + f"{new_version} {new_kind}"
            if not kind.endswith("List") and not kind.endswith("Options"):
                rows[api, kind][what.lower()] = value
    return rows


def write_lifecycle(versions):
    """Of each kind what the newest version that mentions it says."""
    rows = dict(GONE)
    for version in sorted(versions, key=minor_of):
        rows.update(read_lifecycle(version))
    lines = ["# Made by tools/generate_schemas.py; do not edit.",
             "# introduced, deprecated and removed: minors (- none); then what replaces the kind"]
    for (api, kind), row in sorted(rows.items()):
        said = [row.get(what, "-") for what in ("introduced", "deprecated", "removed", "replacement")]
        if said[1:] != ["-", "-", "-"]:
            lines.append(" ".join(("lifecycle", api, kind, *said)))
    (TABLES / "api-lifecycle.txt").write_text("\n".join(lines) + "\n")


def main():
    versions = sys.argv[1:]
    if not versions:
        sys.exit(__doc__)
    write_schemas([Version(version) for version in versions])
    write_lifecycle(versions)


if __name__ == "__main__":
    main()
