"""The tools that run.py measures: where they are, how they are called, how their findings are counted."""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "kastell/peers"
KASTELL = Path(os.environ.get("KASTELL", HERE.parent.parent / "build" / "kastell"))


@dataclass(frozen=True)
class Tool:
    name: str
    version: str
    program: Path
    command: Callable[[Path], list]
    findings: Callable[[bytes], int]


def files(path: Path) -> list[Path]:
    """For tools that take files only."""
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def peer(name: str, version: str, arguments: Callable[[Path], list], findings: Callable[[bytes], int], program: str = "") -> Tool:
    place = CACHE / f"{name}-{version}" / (program or name)
    return Tool(name, version, place, lambda path: [place, *arguments(path)], findings)


def kastell_findings(output: bytes) -> int:
    return sum(result["verdict"] == "fail" for result in json.loads(output)["results"])


def kube_score_findings(output: bytes) -> int:
    """Checks below the full grade that were not skipped."""
    checks = [check for scored in json.loads(output) or [] for check in scored["checks"]]
    return sum(not check["skipped"] and check["grade"] < 10 for check in checks)


def kubeconform_findings(output: bytes) -> int:
    summary = json.loads(output)["summary"]
    return summary["invalid"] + summary["errors"]


def validate_findings(output: bytes) -> int:
    return sum(status["status"] == "Failure" for result in json.loads(output).values() for status in (result if isinstance(result, list) else [result]))


def kyverno_findings(output: bytes) -> int:
    return int(re.search(rb"fail: (\d+)", output)[1])


def checkov_findings(output: bytes) -> int:
    report = json.loads(output)
    return sum(part["summary"]["failed"] for part in (report if isinstance(report, list) else [report]))


SCHEMA = HERE / "kubernetes-object.json"  # its own schemas come from the network

TOOLS = [
    Tool("kastell", "of this tree", KASTELL, lambda path: [KASTELL, "scan", "--format", "json", path], kastell_findings),
    peer("kube-score", "v1.20.0", lambda path: ["score", "--output-format", "json", *files(path)], kube_score_findings),
    peer("kubeconform", "v0.8.0", lambda path: ["-output", "json", "-summary", "-schema-location", SCHEMA, path], kubeconform_findings),
    peer("kubectl-validate", "v0.0.4", lambda path: ["--version", "1.30", "-o", "json", path], validate_findings),
    peer("gator", "v3.23.1", lambda path: ["test", "-o", "json", "-f", HERE / "policies" / "gator", "-f", path], lambda output: len(json.loads(output) or [])),
    peer("kyverno", "v1.19.1", lambda path: ["apply", HERE / "policies" / "kyverno", "--resource", path], kyverno_findings),
    peer("checkov", "3.3.30", lambda path: ["--framework", "kubernetes", "--quiet", "--compact", "-o", "json", "-d" if path.is_dir() else "-f", path], checkov_findings, "bin/checkov"),
    peer("kube-linter", "v0.8.3", lambda path: ["lint", "--format", "json", path], lambda output: len(json.loads(output)["Reports"] or [])),
]
