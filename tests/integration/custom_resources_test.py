"""Custom resources: do the controls `schema.*` refuse what an API server refuses by a CustomResourceDefinition?

The definition of custom_resources.yaml has every kind of question that a schema may ask. Each object of
custom_resources.jsonl is sent with dry-run; what the server refuses Kastell must find, and nothing else. What Kastell
says not to know is counted, and must be no more than stated here.
"""

import json
import tempfile
from pathlib import Path

from integration.support import ClusterTest, eventually, kubernetes_minor, scan
from testbed.client import JSON, YAML

DEFINITION = Path(__file__).parent / "custom_resources.yaml"
OBJECTS = Path(__file__).parent / "custom_resources.jsonl"
RESOURCES = "/apis/example.com/v1/namespaces/default/cases"
LEAST_REFUSED = 370
MOST_UNKNOWN = 1  # has a null, which rules might see: Kastell leaves nulls out and does not ask them


class CustomResourcesTest(ClusterTest):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        made = cls.admin.request(
            "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", DEFINITION.read_bytes(), YAML
        )
        assert made.ok, made.message
        eventually(lambda: cls.admin.get(RESOURCES), lambda answer: answer.ok)

    def refusal(self, text: str) -> str:
        """What the server says against the object; empty if it takes it."""
        path = f"{RESOURCES}?dryRun=All&fieldValidation=Strict"
        answer = self.admin.request("POST", path, text.encode(), JSON)
        return "" if answer.ok else answer.message

    def test_the_same_is_refused(self) -> None:
        objects = OBJECTS.read_text().splitlines()
        with tempfile.TemporaryDirectory() as name:
            for number, text in enumerate(objects):
                (Path(name) / f"{number:04}.json").write_text(text)
            report = scan(
                "--allow-incomplete", "--control", "schema.*", "--kubernetes", f"1.{kubernetes_minor()}", name, DEFINITION
            )
        ours: dict[str, str] = {}
        unknown: dict[str, str] = {}
        for result in report["results"]:
            is_rule_left = "not asked while" in result["reason"]  # beside a failure
            into = ours if result["verdict"] == "fail" or is_rule_left else unknown
            into[Path(result["location"]["file"]).stem] = result["message"] + result["reason"]
        refused, differing = 0, []
        for number, text in enumerate(objects):
            said, found = self.refusal(text), ours.get(f"{number:04}", "")
            refused += bool(said)
            if f"{number:04}" not in unknown and bool(said) != bool(found):
                differing.append(f"{json.loads(text)}\n  server: {said or 'taken'}\n  ours: {found or 'nothing'}")
        print(f"{len(objects)} objects, {refused} refused, {len(unknown)} not known ... ", end="")
        self.assertLessEqual(len(unknown), MOST_UNKNOWN, unknown)
        self.assertEqual(differing, [], "\n".join(differing))
        self.assertGreater(refused, LEAST_REFUSED)
