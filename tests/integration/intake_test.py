"""Form, defaults, admission plug-ins: does `kastell admit` make of a manifest what an API server makes of it?

Each object is sent with dry-run, and admitted with a policy that marks everything, so that the answer shows the object.
What only other parts of a server add (what is allotted or stored) is taken off first.
"""

import json
import re
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, ClassVar

from integration.support import ROOT, ClusterTest, kastell_program, kubernetes_minor
from testbed.client import YAML, Answer

KINDS = ROOT / "tests" / "policy" / "strictness" / "kinds.yaml"
OTHERS = ROOT / "tests" / "integration" / "intake.yaml"
PLUGINS = ROOT / "tests" / "integration" / "plugins.yaml"
CONTEXT = ROOT / "tests" / "integration" / "plugins_context.yaml"
PATCHES = ROOT / "tests" / "integration" / "plugins_patches.yaml"
VALIDATED_BY = ROOT / "tests" / "integration" / "validated_policy.yaml"
VALIDATED = ROOT / "tests" / "integration" / "validated.yaml"
PATCHED = ROOT / "tests" / "integration" / "plugins_patched.yaml"
LEAST_COMPARED = 40
LEAST_OF_PLUGINS = 40
LEAST_PATCHED = 7
LEAST_VALIDATED = 38
MUTATING_V1_SINCE = 36
SECONDS_TO_NOTICE = 6  # what was made, for plug-ins that watch it
MARK = "marked"
POLICY = f"""
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: {{name: mark}}
spec:
  reinvocationPolicy: Never
  matchConstraints:
    resourceRules: [{{apiGroups: ["*"], apiVersions: ["*"], resources: ["*"], operations: [CREATE]}}]
  mutations:
    - patchType: JSONPatch
      jsonPatch:
        expression: "[JSONPatch{{op: 'add', path: '/metadata/generateName', value: '{MARK}'}}]"
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicyBinding
metadata: {{name: mark}}
spec: {{policyName: mark}}
"""
# Of metadata, what only a stored object has.
STORED = ("uid", "resourceVersion", "creationTimestamp", "managedFields", "generation")
# What is allotted to a Service.
ALLOTTED = ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort")
NOTHING: dict[str, Any] = {"kind": "", "metadata": {}}
EXEMPT = ("ValidatingAdmissionPolicy", "MutatingAdmissionPolicy")
TOKEN = re.compile(r'"kube-api-access-[a-z0-9]{5}"')


# What controllers would make, and nothing else here does.
ACCOUNTS = ("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: default}\n",)


def without(fields: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        fields.pop(name, None)


def with_fixed_suffix(found: dict[str, Any]) -> dict[str, Any]:
    """The name of a token's volume ends in five random letters."""
    fixed: dict[str, Any] = json.loads(TOKEN.sub('"kube-api-access-xxxxx"', json.dumps(found)))
    return fixed


def trimmed(found: dict[str, Any]) -> dict[str, Any]:
    """What remains when everything is taken off that comes from elsewhere."""
    without(found["metadata"], STORED)
    without(found, ("status",))
    if found["metadata"].get("generateName") == MARK:
        del found["metadata"]["generateName"]
    spec = found.get("spec", {})
    if found["kind"] == "Service":
        without(spec, ALLOTTED)
        for port in spec.get("ports", []):
            port.pop("nodePort", None)
    if found["kind"] == "DaemonSet":  # a stored one counts from 1
        found["metadata"].get("annotations", {}).pop("deprecated.daemonset.template.generation", None)
    if found["kind"] == "Job":  # selects its Pods by its own uid
        spec.pop("selector", None)
        spec["template"]["metadata"].pop("labels", None)
        found["metadata"].pop("labels", None)
    if found["kind"] == "CertificateSigningRequest":  # says who asks
        without(spec, ("username", "uid", "groups", "extra"))
    if found["kind"] == "Namespace":
        found.pop("spec", None)
    for empty in ("annotations", "labels"):
        if not found["metadata"].get(empty, True):
            del found["metadata"][empty]
    template = spec.get("template", {}).get("metadata", {})
    if "creationTimestamp" in template and template["creationTimestamp"] is None:
        del template["creationTimestamp"]
    return with_fixed_suffix(found)


def documents_of(*texts: str) -> list[str]:
    return [one for text in texts for one in text.split("---\n") if "kind:" in one]


def said_of(text: str, word: str) -> str | None:
    found = re.search(rf"^(?:metadata: {{.*)?{word}: ([^ ,}}\n]+)", text, re.MULTILINE)
    return found[1] if found else None


def results_of(files: list[Path], folder: Path, context: Path | None, policies: str) -> dict[str, dict[str, Any]]:
    """What Kastell says of the objects, by file."""
    policy = folder / "policy.yml"
    policy.write_text(policies)
    version = f"1.{kubernetes_minor()}"
    beside: list[str | Path] = ["--context", context] if context else []
    command: list[str | Path] = [kastell_program(), "admit", "-p", policy, "--kubernetes", version, "-f", "json"]
    command += [*beside, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    results = json.loads(done.stdout)["results"] if done.stdout else []
    assert results, done.stderr
    return {one["location"]["file"]: one for one in results}


def written(documents: list[str], folder: Path) -> list[Path]:
    files = [folder / f"{number:03}.yaml" for number in range(len(documents))]
    for file, text in zip(files, documents, strict=True):
        file.write_text(text)
    return files


class IntakeTest(ClusterTest):
    service_accounts = True
    made: ClassVar[set[str]]

    @classmethod
    def setUpClass(cls) -> None:
        cls.made = set()  # in the server of this version
        super().setUpClass()

    def create(self, text: str, options: str = "") -> Answer | None:
        """The server's answer to a creation; nothing if it does not serve the kind."""
        api_version, kind = said_of(text, "apiVersion"), said_of(text, "kind")
        assert api_version and kind, text
        path = self.path_of(api_version, kind, said_of(text, "namespace") or "default")
        return self.admin.request("POST", path + options, text.encode(), YAML) if path else None

    def created(self, text: str) -> dict[str, Any] | None:
        """What the server answers to a creation; nothing if it refuses, or does not serve the kind."""
        answer = self.create(text, "?dryRun=All")
        if answer and not answer.ok:
            print(f"{said_of(text, 'kind')}: {answer.message} ... ", end="")
        return answer.body if answer and answer.ok else None

    def make(self, *texts: str) -> None:
        for text in texts:
            if text in self.made:
                continue
            self.made.add(text)
            answer = self.create(text)
            self.assertTrue(answer and answer.ok, f"{text}: {answer}")

    def make_context(self) -> None:
        self.make(*ACCOUNTS, *documents_of(CONTEXT.read_text()))
        time.sleep(SECONDS_TO_NOTICE)

    def compare(self, documents: list[str], context: Path | None, policies: str = POLICY) -> int:
        """How many objects were compared: the server's and Kastell's are the same."""
        differences, compared, left_out = [], 0, []
        with tempfile.TemporaryDirectory() as name:
            files = written(documents, Path(name))
            ours = results_of(files, Path(name), context, policies)
            for file, text in zip(files, documents, strict=True):
                theirs = self.created(text)
                result = ours[str(file)]
                if theirs is None or ("object" not in result and theirs["kind"] in EXEMPT):
                    left_out.append(text.split("kind: ")[1].split("\n")[0])
                    continue
                compared += 1
                mine, expected = trimmed(result.get("object", NOTHING)), trimmed(theirs)
                if mine != expected:
                    differences.append(f"{json.dumps(expected, sort_keys=True)}\n{json.dumps(mine, sort_keys=True)}")
        print(f"{compared} objects compared, not {', '.join(left_out)} ... ", end="")
        self.assertEqual(differences, [], "server, then kastell:\n" + "\n\n".join(differences))
        return compared

    # In this order: each test makes what those before it do not expect.
    def test_1_the_same_objects(self) -> None:
        self.make(*ACCOUNTS)
        documents = documents_of(KINDS.read_text().replace("namespace: shop", "namespace: default"), OTHERS.read_text())
        self.assertGreater(self.compare(documents, None), LEAST_COMPARED)

    def test_2_the_same_from_plugins(self) -> None:
        self.make_context()
        self.assertGreaterEqual(self.compare(documents_of(PLUGINS.read_text()), CONTEXT), LEAST_OF_PLUGINS)

    def test_3_the_same_after_a_patch(self) -> None:
        self.make_context()
        policies = PATCHES.read_text()
        of_server = policies if kubernetes_minor() >= MUTATING_V1_SINCE else policies.replace("/v1\n", "/v1beta1\n")
        self.make(*documents_of(of_server))
        time.sleep(SECONDS_TO_NOTICE)
        self.assertGreaterEqual(self.compare(documents_of(PATCHED.read_text()), CONTEXT, policies), LEAST_PATCHED)

    def test_4_the_same_to_validating_policies(self) -> None:
        self.make(*ACCOUNTS)
        policies = VALIDATED_BY.read_text()
        documents = documents_of(VALIDATED.read_text())
        differences = []
        with tempfile.TemporaryDirectory() as name:
            files = written(documents, Path(name))
            ours = results_of(files, Path(name), CONTEXT, policies)
            self.make(*documents_of(policies))
            time.sleep(SECONDS_TO_NOTICE)
            for file, text in zip(files, documents, strict=True):
                answer = self.create(text, "?dryRun=All")
                mine = ours[str(file)].get("status", {}).get("message", "admitted")
                if answer and mine != answer.message:
                    differences.append(f"{answer.message}\n{mine}")
        print(f"{len(documents)} objects compared ... ", end="")
        self.assertEqual(differences, [], "server, then kastell:\n" + "\n\n".join(differences))
        self.assertGreaterEqual(len(documents), LEAST_VALIDATED)
