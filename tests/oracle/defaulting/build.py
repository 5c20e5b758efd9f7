#!/usr/bin/env python3
"""Builds the oracle of one Kubernetes version into a cache folder outside the tree and prints the program's path.

usage: build.py 1.MINOR.PATCH

The first time for a version it takes some minutes and fetches modules."""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))
from testbed import pin  # noqa: E402

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "kastell" / "oracle"


def module_text(version):
    text = pin.module_text(version, pin.download_kubernetes(version).read_text())
    return re.sub(r"\ntool \(.*?\n\)\n", "", text, flags=re.S).replace("module kastell/testbed", "module kastell/defaulting")


def groups(version):
    """The imports that register the API groups, as the API server's own list has them."""
    told = subprocess.run(["go", "mod", "download", "-json", f"k8s.io/kubernetes@v{version}"], check=True,
                          capture_output=True, text=True)
    listed = (pathlib.Path(json.loads(told.stdout)["Dir"]) / "pkg/controlplane/import_known_versions.go").read_text()
    lines = [line for line in listed.splitlines() if re.search(r'pkg/apis/.*install"', line)]
    return "package main\n\nimport (\n" + "\n".join(lines) + "\n)\n"


def build(version):
    """The path of the program."""
    sources = sorted(HERE.glob("*.go"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    folder = CACHE / f"defaulting-{version}-{digest}"
    program = folder / "defaulting"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for path in sources:
            shutil.copy(path, folder)
        (folder / "groups.go").write_text(groups(version))
        (folder / "go.mod").write_text(module_text(version))
        subprocess.run(["go", "build", "-mod=mod", "-trimpath", "-o", "defaulting.new", "."], cwd=folder, check=True)
        (folder / "defaulting.new").rename(program)
    return program


if __name__ == "__main__":
    if len(sys.argv) != 2 or not re.fullmatch(r"1\.\d+\.\d+", sys.argv[1]):
        sys.exit(__doc__)
    print(build(sys.argv[1]))
