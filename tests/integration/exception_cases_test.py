"""Exported exceptions, case by case: does the API server accept what the cases say that a scan accepts, until their last day?

The cases are those of tests/cli/exported_exceptions, of which tests/cli says the same of `kastell scan` and `kastell
admit`. Each one's policies are installed, and its objects sent with dry-run, by the user that the case names.
"""

import re
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from integration.exported_policies_test import KINDS, SENTINEL, documents, export, install, name_of
from integration.support import ROOT, ClusterTest, eventually, kastell_program
from testbed.client import Answer

CASES = ROOT / "tests" / "cli" / "exported_exceptions"
HEAD = "apiVersion: kastell.dev/v1alpha1\nkind: ExceptionList\nexceptions:\n"
PATHS = {
    "Pod": "/api/v1/namespaces/{}/pods",
    "DaemonSet": "/apis/apps/v1/namespaces/{}/daemonsets",
    "Deployment": "/apis/apps/v1/namespaces/{}/deployments",
    "ReplicaSet": "/apis/apps/v1/namespaces/{}/replicasets",
    "Job": "/apis/batch/v1/namespaces/{}/jobs",
    "CronJob": "/apis/batch/v1/namespaces/{}/cronjobs",
    "Role": "/apis/rbac.authorization.k8s.io/v1/namespaces/{}/roles",
    "ClusterRole": "/apis/rbac.authorization.k8s.io/v1/clusterroles",
}
SENTINEL_PATH = "/api/v1/namespaces/default/configmaps"
ADMITTED = ("pass", "accepted", "admitted")
DENIED = ("fail", "denied")


@dataclass(frozen=True)
class Section:
    title: str
    text: str

    @property
    def verdict(self) -> str:
        return self.title.split(" ")[0]

    @property
    def user(self) -> str:
        return self.title.partition(" ")[2]

    @property
    def path(self) -> str:
        return PATHS[self.text.split("kind: ", 1)[1].split("\n", 1)[0]].format(self.namespace)

    @property
    def namespace(self) -> str:
        found = re.search(r"\bnamespace: ([a-z0-9-]+)", self.text)
        return found[1] if found else "default"


@dataclass(frozen=True)
class Case:
    name: str
    sections: list[Section]

    def text(self, title: str) -> str:
        return "".join(section.text for section in self.sections if section.title == title)

    @property
    def flags(self) -> list[str]:
        return [f"--control={control}" for control in self.text("control").split()] + self.text("flags").split()

    @property
    def objects(self) -> list[Section]:
        return [section for section in self.sections if section.verdict in ADMITTED + DENIED]


def cases() -> list[Case]:
    found: list[Case] = []
    for file in sorted(CASES.glob("*.txt")):
        for part in re.split(r"^=== ", file.read_text(), flags=re.MULTILINE)[1:]:
            name, *sections = re.split(r"^--- ", part, flags=re.MULTILINE)
            split = [section.partition("\n") for section in sections]
            found.append(Case(name.strip(), [Section(title.strip(), text) for title, _, text in split]))
    # Policies of files have names that the API does not take.
    return [case for case in found if "--static" not in case.flags]


def day(after: int) -> str:
    return (datetime.now(UTC) + timedelta(days=after)).date().isoformat()


def kastell(*arguments: str | Path) -> int:
    done = subprocess.run([kastell_program(), *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise AssertionError(f"kastell {arguments} ended with {done.returncode}: {done.stderr}")
    return done.returncode


class WithExceptions(ClusterTest):
    folder: ClassVar[Path]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.folder = Path(cls.enterClassContext(TemporaryDirectory()))

    def exported(self, exceptions: str, *flags: str) -> str:
        file = self.folder / "exceptions.yaml"
        file.write_text(HEAD + exceptions)
        stream = export(f"--exceptions={file}", *flags)
        (self.folder / "policies.yaml").write_text(stream)
        return stream

    def probe(self) -> Answer:
        return self.admin.try_to_create(SENTINEL_PATH, b"metadata: {name: sentinel}")

    @contextmanager
    def installed(self, stream: str) -> Iterator[None]:
        """What is created and deleted last shows that the server has read what was before it."""
        stream += "---\n" + SENTINEL.format(name="sentinel")
        install(self.admin, stream)
        eventually(self.probe, lambda answer: "denied request" in answer.message)
        yield
        for kind, text in documents(stream):
            self.admin.delete(f"{KINDS[kind]}/{name_of(text)}")
        eventually(self.probe, lambda answer: answer.ok)

    def is_denied(self, answer: Answer, about: str) -> bool:
        if answer.ok:
            return False
        # Any other refusal would be no decision of a policy.
        self.assertIn("ValidatingAdmissionPolicy 'kastell-", answer.message, about)
        self.assertIn("denied request", answer.message, about)
        self.assertNotIn("resulted in error", answer.message, about)
        return True


class ExceptionCasesTest(WithExceptions):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        names = {section.namespace for case in cases() for section in case.objects} - {"default"}
        for name in sorted(names):
            made = cls.admin.create("/api/v1/namespaces", {"metadata": {"name": name}})
            assert made.ok, made

    def check_object(self, section: Section) -> None:
        denied = section.verdict in DENIED
        with closing(self.cluster.client()) as client:
            if section.user:
                client.act_as(section.user, "system:masters")
            answer = client.try_to_create(section.path, section.text.encode())
        self.assertEqual(self.is_denied(answer, section.text), denied, f"{section}\n{answer}")
        (self.folder / "object.yaml").write_text(section.text)
        user = [f"--user={section.user or 'kubernetes-admin'}"]
        policies = f"--policies={self.folder / 'policies.yaml'}"
        self.assertEqual(kastell("admit", *user, policies, self.folder / "object.yaml"), int(denied), section)

    def test_the_cases_of_scan_and_admit(self) -> None:
        objects = 0
        for case in cases():
            with self.subTest(case=case.name), self.installed(self.exported(case.text("exceptions"), *case.flags)):
                for section in case.objects:
                    with self.subTest(object=section.text):
                        self.check_object(section)
                objects += len(case.objects)
        print(f"{objects} objects compared ... ", end="")
        self.assertGreater(objects, 80)

    def test_exceptions_end_by_themselves(self) -> None:
        """Today is the last day, or was; the policies were exported long before."""
        pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: agent}\nspec:\n  hostNetwork: true\n  containers: [{name: a, image: x}]\n"
        exception = "- {control: pod.host-network, match: {kind: Pod, namespace: default, name: agent}, owner: o, reason: r, until: %s}\n"
        (self.folder / "pod.yaml").write_text(pod)
        for until, denied in ((0, False), (-1, True)):
            # A condition is that today is before the day after the last one.
            stream = self.exported(exception % "2098-12-31", "--control=pod.host-network")
            self.assertIn("'2099-01-01'", stream)
            with self.subTest(until=until), self.installed(stream.replace("'2099-01-01'", f"'{day(until + 1)}'")):
                answer = self.admin.try_to_create(PATHS["Pod"].format("default"), pod.encode())
                self.assertEqual(self.is_denied(answer, pod), denied, answer)
            file = self.folder / "exceptions.yaml"
            file.write_text(HEAD + exception % day(until))
            flags = ("--control=pod.host-network", "--strict", f"--exceptions={file}")
            self.assertEqual(kastell("scan", *flags, self.folder / "pod.yaml"), int(denied))


def workload(kind: str, name: str, api: str) -> dict[str, object]:
    """One pod in the host's network."""
    pod: dict[str, object] = {"hostNetwork": True, "containers": [{"name": "a", "image": "example.com/a"}]}
    spec: dict[str, object] = {"template": {"spec": dict(pod, restartPolicy="Never")}}
    if kind == "Deployment":
        labels = {"matchLabels": {"app": name}}
        spec = {"selector": labels, "template": {"metadata": {"labels": {"app": name}}, "spec": pod}}
    return {"apiVersion": api, "kind": kind, "metadata": {"name": name}, "spec": spec}


class AcceptedTemplatesTest(WithExceptions):
    """Kubernetes' own controllers make the pods."""

    controllers = True

    def create(self, kind: str, name: str, api: str = "apps/v1") -> Answer:
        return self.admin.create(PATHS[kind].format("default"), workload(kind, name, api))

    def pods(self, prefix: str) -> list[str]:
        items = self.admin.get(PATHS["Pod"].format("default")).body["items"]
        names = [str(item["metadata"]["name"]) for item in items]
        return [name for name in names if name.startswith(prefix)]

    def eventually_has_pod(self, prefix: str) -> str:
        pods = PATHS["Pod"].format("default")
        eventually(lambda: self.admin.get(pods), lambda _: bool(self.pods(prefix)))
        return self.pods(prefix)[0]

    def test_pods_are_made_of_accepted_templates_alone(self) -> None:
        self.assertTrue(self.create("Deployment", "other").ok)
        pod = self.eventually_has_pod("other-")
        exception = "- {control: pod.host-network, match: {kind: %s, namespace: default, name: %s}, owner: o, reason: r}\n"
        exceptions = exception % ("Deployment", "web") + exception % ("Job", "once")
        with self.installed(self.exported(exceptions, "--control=pod.host-network")):
            for kind, name, api in (("Deployment", "web", "apps/v1"), ("Job", "once", "batch/v1")):
                made = self.create(kind, name, api)
                self.assertTrue(made.ok, made)
                self.eventually_has_pod(f"{name}-")
                self.assertTrue(self.is_denied(self.create(kind, f"{name}2", api), name))
            self.assertTrue(self.admin.delete(f"{PATHS['Pod'].format('default')}/{pod}").ok)
            eventually(
                lambda: self.admin.get(PATHS["ReplicaSet"].format("default")),
                lambda answer: "ReplicaFailure" in str(answer.body) and "denied request" in str(answer.body),
            )
            self.assertEqual(self.pods("other-"), [])
