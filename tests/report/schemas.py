#!/usr/bin/env python3
"""Reports against what others publish: SARIF by the OASIS schema, PolicyReports by their CustomResourceDefinitions.

    tests/report/schemas.py build/kastell

The SARIF schema comes from an npm package, the definitions from a Go module; both are kept in
~/.cache/kastell/schemas. What cannot be had is skipped by name; 77 if neither can.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "kastell/schemas"
SARIF_PACKAGE, SARIF_FILE = "@microsoft/jest-sarif@1.0.0-beta.0", "package/lib/schemas/sarif-2.1.0-rtm.5.json"
CRD_MODULE, CRD_FOLDER = "github.com/kyverno/kyverno@v1.19.1", "config/crds/policyreport"
INPUTS = [ROOT / "examples/shop", ROOT / "examples/well-kept", ROOT / "tests/report/hostile.yaml"]

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing.name} is not installed (python3-jsonschema, python3-yaml)")
    sys.exit(77)


def sarif_schema() -> dict | None:
    kept = CACHE / "sarif-2.1.0.json"
    if not kept.exists():
        with tempfile.TemporaryDirectory() as folder:
            packed = subprocess.run(["npm", "pack", "--silent", SARIF_PACKAGE], cwd=folder, capture_output=True, text=True,
                                    timeout=120)
            if packed.returncode != 0:
                return None
            subprocess.run(["tar", "xzf", packed.stdout.strip().split()[-1], SARIF_FILE], cwd=folder, check=True)
            CACHE.mkdir(parents=True, exist_ok=True)
            kept.write_text((Path(folder) / SARIF_FILE).read_text())
    return json.loads(kept.read_text())


def report_schemas() -> dict[str, dict] | None:
    kept = CACHE / "policyreports.json"
    if not kept.exists():
        found = subprocess.run(["go", "mod", "download", "-json", CRD_MODULE], capture_output=True, text=True, timeout=300)
        if found.returncode != 0:
            return None
        schemas = {}
        for path in Path(json.loads(found.stdout)["Dir"], CRD_FOLDER).glob("*.yaml"):
            definition = yaml.safe_load(path.read_text())["spec"]
            [version] = [one for one in definition["versions"] if one["name"] == "v1alpha2"]
            schemas[definition["names"]["kind"]] = strict(version["schema"]["openAPIV3Schema"])
        CACHE.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(schemas))
    return json.loads(kept.read_text())


def strict(schema: dict) -> dict:
    """An API server drops unknown fields in silence; here they are faults."""
    for inner in schema.get("properties", {}).values():
        strict(inner)
    if isinstance(schema.get("items"), dict):
        strict(schema["items"])
    if "properties" in schema:
        schema.setdefault("additionalProperties", False)
    return schema


def scan(program: str, kind: str, path: Path, *flags: str) -> dict:
    run = subprocess.run([program, "scan", "--format", kind, *flags, path], capture_output=True, text=True, timeout=60)
    return json.loads(run.stdout)


def faults(schema: dict, value: dict) -> list[str]:
    validator = jsonschema.validators.validator_for(schema)(schema)
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in validator.iter_errors(value)]


def main() -> int:
    program = str(Path(sys.argv[1]).resolve())
    failures, checked = [], 0
    for name, get in (("sarif", sarif_schema), ("policyreport", report_schemas)):
        try:
            schema = get()
        except (OSError, subprocess.SubprocessError):
            schema = None
        if schema is None:
            print(f"skipped: {name}: its schema cannot be had here")
            continue
        for path in INPUTS:
            for flags in ((), ("--all", "--closed-world")):
                checked += 1
                report = scan(program, name, path, *flags)
                for one, wanted in [(report, schema)] if name == "sarif" else [(i, schema[i["kind"]]) for i in report["items"]]:
                    failures += [f"{name} {path} {fault}" for fault in faults(wanted, one)]
                    broken = json.loads(json.dumps(one).replace('"fail"', '"fails"'))
                    if '"fail"' in json.dumps(one).replace('"fail":', "") and not faults(wanted, broken):
                        failures.append(f"{name} {path}: a wrong word is not noticed, the check is worth nothing")
    print("\n".join(failures[:40]))
    print(f"{checked - min(checked, len(failures))} passed, {len(failures)} failed")
    return 1 if failures else 0 if checked else 77


if __name__ == "__main__":
    sys.exit(main())
