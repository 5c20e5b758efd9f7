#!/usr/bin/env python3
"""Scans charts and overlays with real renderers and compares what each finding comes from with tests/render/expected.

    tests/render/run.py KASTELL [--update]

Renderers: what tests/render/install.sh builds; each one that is missing is named as skipped, and with none of them the
exit code is 77. Every Helm must give the same answers."""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "kastell" / "render"
HELMS = ["helm-3-v3.22.0", "helm-4-v4.3.1"]
KUSTOMIZE = "kustomize-v5.8.1"
# Of the findings whose field a key of the values decides, as the expected files say.
LEAST_FOUND = 0.8
LEAST_SEEN = 0.8


def scan(kastell, path, *flags):
    """The failures of a scan as rows: where each stands and what it comes from."""
    done = subprocess.run([kastell, "scan", "--format", "json", "--closed-world", "--render-timeout", "250", *flags, path], cwd=HERE,
                          capture_output=True, text=True, timeout=300)
    if done.returncode != 1:
        raise SystemExit(f"scan of {path}: exit code {done.returncode}\n{done.stderr}\n{done.stdout[:2000]}")
    rows = []
    for result in json.loads(done.stdout)["results"]:
        if result["verdict"] != "fail":
            continue
        resource, template, values = result["resource"], result.get("template", {}), result.get("values", {})
        written = ":".join(str(template[key]) for key in ("file", "line") if key in template)
        place = ":".join(str(values[key]) for key in ("file", "line") if key in values)
        rows.append("\t".join([result["control"], f"{resource['kind']}/{resource['name']}", result.get("container", "-"),
                               result["field"], written or "-", template.get("nearness", "-"),
                               values.get("key", "-"), place or "-"]))
    return rows


def compare(name, rows, update):
    path = HERE / "expected" / f"{name}.tsv"
    expected = path.read_text().splitlines() if path.exists() else []
    head = [line for line in expected if line.startswith("#")]
    wanted = [line for line in expected if not line.startswith("#")]
    if update:
        path.write_text("\n".join(head + rows) + "\n")
        return True
    # "?" before a key: that key decides the field, but is not found.
    missing = [line for line in wanted if "\t?" in line]
    want = {tuple(row[:4]): row[4:] for row in (line.replace("\t?", "\t").split("\t") for line in wanted)}
    got = {tuple(row[:4]): row[4:] for row in (row.split("\t") for row in rows)}
    # The catalogue may grow and shrink: what both have is compared, and that must be most of it.
    both = [key for key in want if key in got]
    wrong = [key for key in both if want[key][:2] != got[key][:2]]
    keys = [key for key in both if want[key][2] != "-"]
    found = [key for key in keys if want[key][2:] == got[key][2:]]
    invented = [key for key in both if want[key][2] == "-" and got[key][2] != "-"]
    print(f"  {len(both)} of {len(want)} expected findings seen; template and line right of {len(both) - len(wrong)}; "
          f"values key found for {len(found)} of {len(keys)} that have one ({len(missing)} known as not found)")
    for key in wrong + invented + [key for key in keys if key not in found]:
        print("  expected", *key, *want[key], "\n  got     ", *key, *got[key])
    enough = len(both) >= LEAST_SEEN * len(want) and (not keys or len(found) >= LEAST_FOUND * len(keys))
    return enough and not wrong and not invented and len(keys) - len(found) <= len(missing)


def main():
    kastell, update = str(pathlib.Path(sys.argv[1]).resolve()), "--update" in sys.argv
    ok, ran = True, 0
    for helm in HELMS:
        program = CACHE / helm / "helm"
        if not program.exists():
            print(f"[  SKIPPED ] tests/render.{helm} (tests/render/install.sh builds it)")
            continue
        ran += 1
        for chart in sorted(path.name for path in (HERE / "charts").iterdir()):
            print(f"{helm}: {chart}")
            ok &= compare(chart, scan(kastell, f"charts/{chart}", "--helm", str(program)), update)
    program = CACHE / KUSTOMIZE / "kustomize"
    if program.exists():
        ran += 1
        for overlay in sorted(path.name for path in (HERE / "overlays").iterdir()):
            print(f"kustomize: {overlay}")
            ok &= compare(f"overlay-{overlay}", scan(kastell, f"overlays/{overlay}", "--kustomize", str(program)), update)
    else:
        print(f"[  SKIPPED ] tests/render.{KUSTOMIZE} (tests/render/install.sh builds it)")
    return 77 if ran == 0 else 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
