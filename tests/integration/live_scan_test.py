"""`kastell scan --cluster` against a real API server: the same verdicts as from files, every list once, and what people
see who may not see everything."""

import json
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from integration.support import ClusterTest, eventually, kastell_program, kubernetes_minor
from testbed.client import Answer, Client

Report = dict[str, Any]


def container(image: str = "example.com/web:1", **more: object) -> dict[str, object]:
    return {"name": "web", "image": image, **more}


def deployment(name: str, **container_fields: Any) -> dict[str, object]:
    labels = {"app": name}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": "shop"},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [container(**container_fields)]}},
        },
    }


def pods_are_there(answer: Answer) -> bool:
    return len(answer.body.get("items", [])) >= 4


def collection_path(admin: Client, name: str) -> str:
    """/apis/apps/v1/deployments for deployments.apps."""
    resource, _, group = name.partition(".")
    if not group:
        return f"/api/v1/{resource}"
    for version in admin.get(f"/apis/{group}").body["versions"]:  # the preferred one first, which may not have it
        base = f"/apis/{version['groupVersion']}"
        if any(one["name"] == resource for one in admin.get(base).body["resources"]):
            return f"{base}/{resource}"
    raise AssertionError(f"{name} is not served")


def roller_definition() -> dict[str, Any]:
    anything = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    image = {"type": "object", "properties": {"image": {"type": "string"}}, "x-kubernetes-preserve-unknown-fields": True}
    pod = {"type": "object", "properties": {"containers": {"type": "array", "items": image}}}
    template = {"type": "object", "properties": {"metadata": anything, "spec": pod}}
    spec = {"type": "object", "properties": {"template": template}}
    schema = {"type": "object", "properties": {"spec": spec}}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    names = {"plural": "rollers", "kind": "Roller"}
    return {
        "metadata": {"name": "rollers.example.com"},
        "spec": {"group": "example.com", "names": names, "scope": "Namespaced", "versions": [version]},
    }


def without(name: str, rule: dict[str, Any]) -> dict[str, Any]:
    """The RBAC rule but for the resource, which is named as kubectl names it."""
    resource, _, group = name.partition(".")
    if rule["apiGroups"] != [group]:
        return rule
    # A rule needs a resource: one that nobody has.
    return rule | {"resources": [known for known in rule["resources"] if known != resource] or ["none"]}


def verdicts(report: Report) -> Counter[tuple[str, ...]]:
    """What a report says, but for where it was written."""
    return Counter(
        (
            result["control"],
            result["verdict"],
            result["resource"]["kind"],
            result["resource"]["namespace"],
            result["resource"]["name"],
            result.get("container", ""),
            result["field"],
            result["message"],
        )
        for result in report["results"]
    )


class LiveScanTest(ClusterTest):
    controllers = True

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        shop = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}
        assert cls.admin.create("/api/v1/namespaces", shop).ok
        deployments = "/apis/apps/v1/namespaces/shop/deployments"
        plain = deployment("web")
        privileged = deployment("agent", securityContext={"privileged": True})
        for body in (plain, privileged):
            answer = cls.admin.create(deployments, body)
            assert answer.ok, answer
        eventually(lambda: cls.admin.get("/api/v1/namespaces/shop/pods"), pods_are_there)

    def run_scan(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [kastell_program(), "scan", "--cluster", "--kubeconfig", self.cluster.kubeconfig, "--format", "json", *arguments],
            capture_output=True,
            text=True,
            check=False,
        )

    def scan_cluster(self, *arguments: str) -> Report:
        done = self.run_scan(*arguments)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        report: Report = json.loads(done.stdout)
        return report

    def dump(self, folder: Path, report: Report) -> None:
        """The objects of every resource that was read, as files."""
        for entry in report["coverage"]:
            if entry["status"] != "read":
                continue
            answer = self.admin.get(collection_path(self.admin, entry["input"]))
            self.assertTrue(answer.ok, answer)
            (folder / f"{entry['input']}.json").write_text(json.dumps(answer.body))

    def test_the_same_objects_as_files_give_the_same_verdicts(self) -> None:
        live = self.scan_cluster("--all")
        meant = ["--kubernetes", f"1.{kubernetes_minor()}"]  # the cluster says so itself
        with tempfile.TemporaryDirectory() as folder:
            self.dump(Path(folder), live)
            done = subprocess.run(
                [kastell_program(), "scan", *meant, "--closed-world", "--all", "--format", "json", folder],
                capture_output=True,
                text=True,
                check=False,
            )
        files = json.loads(done.stdout)
        self.assertGreater(live["summary"]["objects"], 100)
        # Controls about kinds that no file holds have nothing to say of files.
        seen = Counter({key: count for key, count in verdicts(live).items() if key[4]})
        self.assertEqual(seen - verdicts(files), Counter())
        self.assertEqual(verdicts(files) - seen, Counter())

    def test_a_snapshot_gives_the_same_report(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "cluster.kast"
            access = ["--cluster", "--kubeconfig", str(self.cluster.kubeconfig)]
            collect = [str(kastell_program()), "collect", *access, "-q", "-o", str(file)]
            subprocess.run(collect, check=True)
            scan = [str(kastell_program()), "scan", "--all", "--format", "json", str(file)]
            snapshot = subprocess.run(scan, capture_output=True, text=True, check=False).stdout
        live = self.run_scan("--all").stdout
        self.assertGreater(len(json.loads(live)["results"]), 100)
        # Objects may change between the two, but not those that are judged: the report is the same byte for byte.
        self.assertEqual(snapshot, live)

    def test_a_deployment_is_one_finding(self) -> None:
        report = self.scan_cluster("--control", "pod.privileged")
        failed = [result["resource"] for result in report["results"] if result["verdict"] == "fail"]
        self.assertEqual([(found["kind"], found["name"]) for found in failed], [("Deployment", "agent")])

    def test_each_resource_is_listed_once_and_nothing_but_read(self) -> None:
        before = self.cluster.state.audit_log.stat().st_size
        self.scan_cluster()
        with self.cluster.state.audit_log.open() as log:
            log.seek(before)
            events = [json.loads(line) for line in log]
        ours = [event for event in events if event.get("userAgent", "").startswith("kastell")]
        self.assertEqual({event["verb"] for event in ours} - {"list", "get"}, set())
        lists = Counter(event["requestURI"] for event in ours if event["verb"] == "list")
        self.assertGreater(len(lists), 20)
        print(f"{len(ours)} requests, {len(lists)} of them lists ... ", end="")
        self.assertEqual([uri for uri, count in lists.items() if count != 1], [])

    def test_a_custom_resource_with_pods_is_found_by_its_definition(self) -> None:
        definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
        self.assertTrue(self.admin.create(definitions, roller_definition()).ok)
        self.addCleanup(self.admin.delete, f"{definitions}/rollers.example.com")
        rollers = "/apis/example.com/v1/namespaces/shop/rollers"
        template = {"spec": {"containers": [container(securityContext={"privileged": True})]}}
        body = {"apiVersion": "example.com/v1", "kind": "Roller", "metadata": {"name": "r"}, "spec": {"template": template}}
        eventually(lambda: self.admin.create(rollers, body), lambda answer: answer.ok)
        report = self.scan_cluster("--control", "pod.privileged")
        failed = {result["resource"]["kind"] for result in report["results"] if result["verdict"] == "fail"}
        self.assertEqual(failed, {"Deployment", "Roller"})

    def test_a_namespace_keeps_what_has_none(self) -> None:
        report = self.scan_cluster("--namespace", "shop", "--all")
        spaces = {result["resource"]["namespace"] for result in report["results"]}
        self.assertEqual(spaces, {"shop", ""})
        kinds = {result["resource"]["kind"] for result in report["results"]}
        self.assertLessEqual({"ClusterRole", "Deployment", "Namespace"}, kinds)
        names = {result["resource"]["name"] for result in report["results"] if result["resource"]["kind"] == "Namespace"}
        self.assertEqual(names, {"shop"})
        skipped = [entry for entry in report["coverage"] if entry["status"] == "skipped"]
        self.assertIn("--namespace", skipped[0]["reason"])

    def test_an_excluded_namespace_is_left_out_and_said_to_be(self) -> None:
        report = self.scan_cluster("--exclude-namespace", "shop", "--all")
        names = {(result["resource"]["namespace"], result["resource"]["name"]) for result in report["results"]}
        self.assertFalse([name for name in names if "shop" in name])
        self.assertIn("kube-system", {namespace for namespace, _ in names})
        self.assertTrue(any("--exclude-namespace" in entry["reason"] for entry in report["coverage"]))

    def test_who_may_not_see_everything_gets_no_pass_for_it(self) -> None:
        done = self.run_scan("--context", "viewer")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("kastell rbac-needed", done.stderr)
        report = json.loads(done.stdout)
        counts = {row["control"]: row for row in report["summary"]["controls"]}
        dark = {entry["input"] for entry in report["coverage"] if entry["status"] == "unreadable"}
        self.assertIn("roles.rbac.authorization.k8s.io", dark)
        self.assertNotIn("pods", dark)
        self.assertGreater(counts["rbac.read-secrets"]["not-evaluated"], 0)
        self.assertEqual(counts["rbac.read-secrets"]["pass"], 0)

    def test_the_least_role_is_enough(self) -> None:
        role = subprocess.run(
            [kastell_program(), "rbac-needed", "--format", "json"], capture_output=True, text=True, check=True
        )
        group = "/apis/rbac.authorization.k8s.io/v1"
        answer = self.admin.create(f"{group}/clusterroles", json.loads(role.stdout))
        self.assertTrue(answer.ok, answer)
        binding = {
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "ClusterRoleBinding",
            "metadata": {"name": "kastell-scan"},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "kastell-scan"},
            "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "nobody-token"}],
        }
        self.assertTrue(self.admin.create(f"{group}/clusterrolebindings", binding).ok)
        eventually(
            lambda: Answer(self.run_scan("--context", "nobody-token").returncode, {}),
            lambda answer: answer.status in (0, 1),
        )
        statuses = {entry["status"] for entry in self.scan_cluster("--context", "nobody-token")["coverage"]}
        self.assertLessEqual(statuses, {"read", "absent"})

    def test_each_missing_right_is_named(self) -> None:
        """The least role but for one resource: that one is dark, and no other."""
        group = "/apis/rbac.authorization.k8s.io/v1"
        needed = subprocess.run(
            [kastell_program(), "rbac-needed", "--framework", "nsa-cisa", "--format", "json"],
            capture_output=True,
            text=True,
            check=True,
        )
        rules = json.loads(needed.stdout)["rules"]
        subject = {"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "nobody"}
        reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "all-but-one"}
        binding = {"metadata": {"name": "all-but-one"}, "roleRef": reference, "subjects": [subject]}
        self.assertTrue(self.admin.create(f"{group}/clusterrolebindings", binding).ok)
        self.assertTrue(self.admin.create(f"{group}/clusterroles", {"metadata": {"name": "all-but-one"}}).ok)
        served = {entry["input"] for entry in self.scan_cluster()["coverage"] if entry["status"] == "read"}
        for name in sorted(served):
            with self.subTest(name):
                body = {"metadata": {"name": "all-but-one"}, "rules": [without(name, rule) for rule in rules]}
                answer = self.admin.request("PUT", f"{group}/clusterroles/all-but-one", body)
                self.assertTrue(answer.ok, answer)
                dark = self.dark_for_nobody_once_it_is(name)
                self.assertIn(f'cannot list resource "{name.partition(".")[0]}"', dark.body[name])

    def dark_for_nobody_once_it_is(self, name: str) -> Answer:
        """The API server takes a moment to learn of a changed role."""
        return eventually(self.dark_for_nobody, lambda answer: list(answer.body) == [name], 10)

    def dark_for_nobody(self) -> Answer:
        """What could not be read, and why."""
        done = self.run_scan("--context", "nobody", "--framework", "nsa-cisa")
        coverage = json.loads(done.stdout)["coverage"] if done.stdout else []
        dark = {entry["input"]: entry["reason"] for entry in coverage if entry["status"] == "unreadable"}
        return Answer(done.returncode, dark)

    def test_credentials_that_are_no_good(self) -> None:
        expected = {
            "expired-token": "HTTP 401",
            "unknown-token": "HTTP 401",
            "wrong-ca": "check certificate-authority and tls-server-name of the kubeconfig's cluster",
            "anonymous": "HTTP 403",
        }
        secrets = [line.split(",")[0] for line in (self.cluster.state.folder / "tokens.csv").read_text().splitlines()]
        for context, message in expected.items():
            with self.subTest(context):
                done = self.run_scan("--context", context)
                self.assertEqual(done.returncode, 3)
                self.assertEqual(done.stdout, "")
                self.assertIn(message, done.stderr)
                self.assertFalse([secret for secret in secrets if secret in done.stderr])
