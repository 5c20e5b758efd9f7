"""Form and defaults: does `kastell admit` make of a manifest what an API server makes of it?

Each object is sent with dry-run, and admitted with a policy that marks everything, so that the answer shows the object.
What only other parts of a server add (other admission plug-ins, what is allotted or stored) is taken off first.
"""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from integration.support import ROOT, ClusterTest, kastell_program, kubernetes_minor
from testbed.client import YAML

KINDS = ROOT / "tests" / "policy" / "strictness" / "kinds.yaml"
OTHERS = ROOT / "tests" / "integration" / "intake.yaml"
LEAST_COMPARED = 40
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
        expression: "[JSONPatch{{op: 'add', path: '/metadata/finalizers', value: ['example.com/{MARK}']}}]"
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicyBinding
metadata: {{name: mark}}
spec: {{policyName: mark}}
"""
# Of metadata, what only a stored object has.
STORED = ("uid", "resourceVersion", "creationTimestamp", "managedFields", "generation", "finalizers")
# What is allotted to a Service.
ALLOTTED = ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort")
# What other admission plug-ins give a Pod.
OF_PLUGINS = ("serviceAccount", "serviceAccountName", "priority", "preemptionPolicy", "tolerations", "nodeSelector")
EXEMPT = ("ValidatingAdmissionPolicy", "MutatingAdmissionPolicy")
TOKEN = "kube-api-access-"


def without(fields: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        fields.pop(name, None)


def trim_pod(spec: dict[str, Any]) -> None:
    without(spec, OF_PLUGINS)
    spec["volumes"] = [one for one in spec.get("volumes", []) if not one["name"].startswith(TOKEN)]
    for container in [*spec.get("containers", []), *spec.get("initContainers", [])]:
        mounts = [one for one in container.get("volumeMounts", []) if not one["name"].startswith(TOKEN)]
        container["volumeMounts"] = mounts


def trimmed(found: dict[str, Any]) -> dict[str, Any]:
    """What remains when everything is taken off that comes from elsewhere."""
    without(found["metadata"], STORED)
    without(found, ("status",))
    spec = found.get("spec", {})
    if found["kind"] == "Pod":
        trim_pod(spec)
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
    return found


def admitted(files: list[Path], folder: Path) -> dict[str, dict[str, Any]]:
    """What Kastell makes of the objects, by file."""
    policy = folder / "policy.yml"
    policy.write_text(POLICY)
    version = f"1.{kubernetes_minor()}"
    command: list[str | Path] = [kastell_program(), "admit", "-p", policy, "--kubernetes", version, "-f", "json", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    results = json.loads(done.stdout)["results"] if done.stdout else []
    assert results, done.stderr
    return {one["location"]["file"]: one.get("object", one) for one in results}


class IntakeTest(ClusterTest):
    def created(self, text: str) -> dict[str, Any] | None:
        """What the server answers to a creation; nothing if it refuses, or does not serve the kind."""
        said = dict(line.split(": ", 1) for line in text.splitlines() if line.startswith(("apiVersion: ", "kind: ")))
        path = self.path_of(said["apiVersion"], said["kind"], "default")
        if path is None:
            return None
        answer = self.admin.request("POST", f"{path}?dryRun=All", text.encode(), YAML)
        if not answer.ok:
            print(f"{said['kind']}: {answer.message} ... ", end="")
        return answer.body if answer.ok else None

    def test_the_same_objects(self) -> None:
        texts = (KINDS.read_text().replace("namespace: shop", "namespace: default"), OTHERS.read_text())
        documents = [one for text in texts for one in text.split("---\n") if "kind:" in one]
        differences, compared, left_out = [], 0, []
        with tempfile.TemporaryDirectory() as name:
            files = [Path(name) / f"{number:03}.yaml" for number in range(len(documents))]
            for file, text in zip(files, documents, strict=True):
                file.write_text(text)
            ours = admitted(files, Path(name))
            for file, text in zip(files, documents, strict=True):
                theirs = self.created(text)
                if theirs is None or str(file) not in ours or "object" not in str(ours) or theirs["kind"] in EXEMPT:
                    left_out.append(text.split("kind: ")[1].split("\n")[0])
                    continue
                compared += 1
                mine, expected = trimmed(ours[str(file)]), trimmed(theirs)
                if mine != expected:
                    differences.append(f"{json.dumps(expected, sort_keys=True)}\n{json.dumps(mine, sort_keys=True)}")
        print(f"{compared} objects compared, not {', '.join(left_out)} ... ", end="")
        self.assertEqual(differences, [], "server, then kastell:\n" + "\n\n".join(differences))
        self.assertGreater(compared, LEAST_COMPARED)
