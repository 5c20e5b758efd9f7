"""Strictness: do the controls `schema.*` say what an API server says with fieldValidation=Strict?

Objects of common kinds are changed a line at a time: misspelt keys, values of another type or case, keys left out. Each
is sent with dry-run. What the server cannot decode (400) Kastell must find, and what Kastell finds the server must
refuse. What the server refuses for its meaning alone (422: «must start with a '/'») is no matter of a schema.
"""

import re
import tempfile
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from integration.support import ROOT, ClusterTest, kubernetes_minor, scan
from testbed.client import YAML, Answer

KINDS = ROOT / "tests" / "policy" / "strictness" / "kinds.yaml"
OTHER_VALUES = ("{a: b}", "[x]", "true", "7", "text", "1.5")


class Line(NamedTuple):
    indent: str  # with the dash of an item
    key: str
    value: str


def parsed(line: str) -> Line | None:
    """A line whose key is a field of Kubernetes."""
    match = re.match(r"^([ -]*)([A-Za-z]+):(?: (.*))?$", line)
    if match is None or line.endswith("#free"):
        return None
    indent, key, value = match.groups(default="")
    return None if not indent and key in ("apiVersion", "kind") else Line(indent, key, value)


def changed(line: Line) -> Iterator[str]:
    indent, key, value = line
    for misspelt in (key + "x", key[1:] + key[0], key.capitalize(), key.upper()):
        if misspelt != key:
            yield f"{indent}{misspelt}: {value}"
    if value:
        for other in (*OTHER_VALUES, value.swapcase()):
            yield f"{indent}{key}: {other}"
        if not indent.endswith("- "):
            yield ""


def variants(document: str) -> Iterator[str]:
    lines = document.split("\n")
    yield document
    for number, text in enumerate(lines):
        line = parsed(text)
        for other in changed(line) if line else ():
            yield "\n".join([*lines[:number], other, *lines[number + 1 :]])


def field(document: str, name: str) -> str:
    match = re.search(rf"^{name}: (.*)$", document, re.MULTILINE)
    assert match is not None, document
    return match.group(1)


class StrictnessTest(ClusterTest):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}
        assert cls.admin.create("/api/v1/namespaces", namespace).ok

    def ask(self, kind: tuple[str, str], text: str) -> Answer:
        path = f"{self.path_of(*kind, 'shop')}?dryRun=All&fieldValidation=Strict"
        return self.admin.request("POST", path, text.encode(), YAML)

    def test_the_same_is_refused(self) -> None:
        cases = [
            ((field(document, "apiVersion"), field(document, "kind")), variant)
            for document in KINDS.read_text().split("---\n")
            for variant in variants(document)
        ]
        with tempfile.TemporaryDirectory() as name:
            files = [Path(name) / f"{number:05}.yaml" for number in range(len(cases))]
            for file, (_, text) in zip(files, cases, strict=True):
                file.write_text(text)
            report = scan("--control", "schema.*", "--kubernetes", f"1.{kubernetes_minor()}", name)
        ours = {result["location"]["file"] for result in report["results"] if result["verdict"] == "fail"}
        refused = undecodable = 0
        for file, (kind, text) in zip(files, cases, strict=True):
            answer = self.ask(kind, text)
            wrong_place = "does not match the namespace" in answer.message
            if answer.status == HTTPStatus.BAD_REQUEST and not wrong_place:
                undecodable += 1
                self.assertIn(str(file), ours, f"{answer.message}\n{text}")
            if str(file) in ours:
                refused += 1
                self.assertFalse(answer.ok, text)
        print(f"{len(cases)} objects, {undecodable} not decoded, {refused} found ... ", end="")
        self.assertGreater(undecodable, 1000)
