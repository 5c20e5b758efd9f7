"""Exported policies with exceptions: does the API server, given them, deny what `kastell scan --strict --exceptions` fails,
and nothing else? Also of what controllers make of an accepted template, and of who only says to be such a controller.
"""

import json
import subprocess
from pathlib import Path
from typing import Any, ClassVar

from integration.exception_cases_test import WithExceptions, day
from integration.exported_policies_test import SENTINEL, export, install
from integration.support import eventually, kastell_program, scan
from testbed.client import Answer

Object = dict[str, Any]
NAMESPACE = "accepting"
PREFIX = "accepting-"
WORKLOADS = {
    "Pod": "/api/v1/namespaces/{}/pods",
    "Deployment": "/apis/apps/v1/namespaces/{}/deployments",
    "ReplicaSet": "/apis/apps/v1/namespaces/{}/replicasets",
    "DaemonSet": "/apis/apps/v1/namespaces/{}/daemonsets",
    "CronJob": "/apis/batch/v1/namespaces/{}/cronjobs",
    "Job": "/apis/batch/v1/namespaces/{}/jobs",
}


def exception(control: str, kind: str, name: str, **more: object) -> Object:
    match = {"kind": kind, "namespace": NAMESPACE, "name": name}
    return {"control": control, "match": match, "owner": "team", "reason": "tried against a server", **more}


def exceptions() -> Object:
    """Those that hold, those that are over, and one of another namespace."""
    elsewhere = exception("pss.*", "Pod", "elsewhere")
    elsewhere["match"]["namespace"] = "another"
    entries = [
        exception("pss.privileged", "Pod", "accepted"),
        exception("pss.privileged", "Pod", "until-tomorrow", until=day(1)),
        exception("pss.privileged", "Pod", "until-yesterday", until=day(-2)),
        exception("pss.privileged", "Pod", "one-container", container="first"),
        exception("pss.hostNamespaces", "Pod", "other-control"),
        exception("pss.*", "Pod", "many-*", until=day(30)),
        exception("pss.*", "apps/Deployment", "web", until=day(30)),
        exception("pss.*", "apps/Deployment", "made", until=day(30)),
        exception("pss.privileged", "batch/CronJob", "nightly", until=day(30)),
        exception("pss.privileged", "DaemonSet", "agent", container="first"),
        elsewhere,
    ]
    return {"apiVersion": "kastell.dev/v1alpha1", "kind": "ExceptionList", "exceptions": entries}


def container(name: str, privileged: bool) -> Object:
    return {"name": name, "image": "example.com/app:1", "securityContext": {"privileged": privileged}}


def pod_spec(*privileged: bool, **more: object) -> Object:
    names = ["first", "second"]
    return {"containers": [container(names[i], on) for i, on in enumerate(privileged)], **more}


def pod(name: str, spec: Object) -> Object:
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": NAMESPACE}, "spec": spec}


def templated(kind: str, name: str, spec: Object) -> Object:
    labels = {"app": name}
    template = {"metadata": {"labels": labels}, "spec": spec}
    own: Object = {"selector": {"matchLabels": labels}, "template": template}
    version = "apps/v1"
    if kind in ("CronJob", "Job"):
        version = "batch/v1"
        own = {"template": {"metadata": {}, "spec": {**spec, "restartPolicy": "Never"}}}
    if kind == "CronJob":
        own = {"schedule": "0 3 * * *", "jobTemplate": {"spec": own}}
    metadata = {"name": name, "namespace": NAMESPACE}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, "spec": own}


def objects() -> list[Object]:
    """Each in order, and with one or two faults; names with an exception and without."""
    specs = {
        "sound": pod_spec(False),
        "privileged": pod_spec(True),
        "second": pod_spec(False, True),
        "both": pod_spec(True, True),
        "host-network": pod_spec(False, hostNetwork=True),
        "privileged-host-network": pod_spec(True, hostNetwork=True),
    }
    pods = ["accepted", "until-tomorrow", "until-yesterday", "one-container", "other-control", "many-1", "elsewhere", "plain"]
    named = {"Deployment": ["web", "db"], "CronJob": ["nightly", "hourly"], "DaemonSet": ["agent", "other"], "Job": ["nightly"]}
    found = [pod(name, spec) for name in pods for spec in specs.values()]
    for kind, names in named.items():
        found += [templated(kind, name, spec) for name in names for spec in specs.values()]
    return found


class ExportedExceptionsTest(WithExceptions):
    controllers = True
    file: ClassVar[Path]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.file = cls.folder / "exceptions.yaml"
        cls.file.write_text(json.dumps(exceptions()))
        cls.install_policies()

    @classmethod
    def install_policies(cls) -> None:
        created = cls.admin.create("/api/v1/namespaces", {"metadata": {"name": NAMESPACE}})
        assert created.ok, created
        selector = f"--namespace-label=kubernetes.io/metadata.name={NAMESPACE}"
        stream = export("--pss", "baseline", "--exceptions", str(cls.file), "--prefix", PREFIX, selector)
        (cls.folder / "policies.yaml").write_text(stream)
        sentinel = f"sentinel-{NAMESPACE}"
        install(cls.admin, stream + "---\n" + SENTINEL.format(name=sentinel))
        path = f"/api/v1/namespaces/{NAMESPACE}/configmaps"
        named = f"metadata: {{name: {sentinel}}}".encode()
        eventually(lambda: cls.admin.try_to_create(path, named), lambda answer: "denied request" in answer.message)

    def server_denies(self, item: Object) -> bool:
        path = WORKLOADS[item["kind"]].format(NAMESPACE)
        answer = self.admin.try_to_create(path, json.dumps(item).encode())
        if not answer.ok:
            self.assertIn(f"ValidatingAdmissionPolicy '{PREFIX}pss.", answer.message, item)
            self.assertNotIn("resulted in error", answer.message, item)
        return not answer.ok

    def scan_fails(self, file: Path) -> bool:
        report = scan("--strict", "--pss", "baseline", "--exceptions", self.file, file)
        return any(
            result["verdict"] == "fail" and not result["control"].startswith("exception.") for result in report["results"]
        )

    def admit_denies(self, file: Path) -> bool:
        namespace = self.folder / "namespace.yaml"
        namespace.write_text(f"apiVersion: v1\nkind: Namespace\nmetadata: {{name: {NAMESPACE}}}\n")
        policies = self.folder / "policies.yaml"
        done = subprocess.run(
            [kastell_program(), "admit", "--closed-world", "-p", policies, "-c", namespace, file],
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return done.returncode == 1

    def test_the_server_denies_what_a_scan_fails(self) -> None:
        denied = 0
        file = self.folder / "object.json"
        for item in objects():
            file.write_text(json.dumps(item))
            name = f"{item['kind']} {item['metadata']['name']} {json.dumps(item['spec'])}"
            theirs = self.server_denies(item)
            with self.subTest(name):
                self.assertEqual(self.scan_fails(file), theirs, "the scan")
                self.assertEqual(self.admit_denies(file), theirs, "admit")
            denied += theirs
        print(f"{len(objects())} objects, {denied} denied ... ", end="")
        self.assertGreater(denied, 20)
        self.assertLess(denied, len(objects()) - 20)

    def test_controllers_make_pods_of_an_accepted_template(self) -> None:
        made = self.admin.create(WORKLOADS["Deployment"].format(NAMESPACE), templated("Deployment", "made", pod_spec(True)))
        self.assertTrue(made.ok, made)
        pods = WORKLOADS["Pod"].format(NAMESPACE) + "?labelSelector=app%3Dmade"
        there = eventually(lambda: self.admin.get(pods), lambda answer: len(answer.body.get("items", [])) == 1)
        self.assertEqual(there.body["items"][0]["metadata"]["ownerReferences"][0]["kind"], "ReplicaSet")
        self.assert_nobody_else_makes_them(there.body["items"][0])

    def assert_nobody_else_makes_them(self, found: Object) -> None:
        """The same pod, owner and all, in the hands of a person."""
        copied = pod("copied", pod_spec(True))
        copied["metadata"]["ownerReferences"] = found["metadata"]["ownerReferences"]
        answer: Answer = self.admin.create(WORKLOADS["Pod"].format(NAMESPACE), copied)
        self.assertFalse(answer.ok)
        self.assertIn("denied request", answer.message)
