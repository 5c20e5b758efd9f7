"""Pod Security: does `kastell scan --pss LEVEL:VERSION` say what the API server's own admission says?

Every pod is sent, as it is written, to a namespace that enforces the level at the version, with dry-run. 403 is the
server's fail; Kastell must have a finding for that file then, and none otherwise.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path

from integration.support import ClusterTest, kubernetes_minor, scan, shared_data

LEVELS = ("baseline", "restricted")
OWN_PODS = Path(__file__).parent / "pods"
# Fixtures that are no valid pods (procMount: Unmasked beside hostUsers: true, since v1.35): no verdict to compare.
INVALID_PODS = {"procmount0.yaml", "procmount1.yaml"}


def namespace_of(level: str, minor: int) -> str:
    return f"{level}-v1-{minor}"


def enforcing_namespace(level: str, minor: int) -> dict[str, object]:
    labels = {
        "pod-security.kubernetes.io/enforce": level,
        "pod-security.kubernetes.io/enforce-version": f"v1.{minor}",
    }
    metadata = {"name": namespace_of(level, minor), "labels": labels}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}


def with_valid_name(pod: bytes) -> bytes:
    """Some fixtures have an underscore in their name, which the server refuses before it looks at anything else."""
    return re.sub(rb"^  name: .*$", b"  name: pod", pod, count=1, flags=re.MULTILINE)


def kastell_forbids(level: str, minor: int, folders: Iterable[Path]) -> set[str]:
    """The files that hold a pod of which a check says fail."""
    report = scan("--pss", f"{level}:v1.{minor}", *folders)
    return {result["location"]["file"] for result in report["results"] if result["verdict"] == "fail"}


class PodSecurityTest(ClusterTest):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        for level in LEVELS:
            for minor in cls.minors():
                answer = cls.admin.create("/api/v1/namespaces", enforcing_namespace(level, minor))
                assert answer.ok, answer

    @staticmethod
    def minors() -> range:
        """What the server can enforce. It takes a version of the future for its own."""
        return range(kubernetes_minor() + 1)

    def server_forbids(self, level: str, minor: int, file: Path) -> bool | None:
        """None: the server takes the pod for invalid, which it looks at before Pod Security."""
        path = f"/api/v1/namespaces/{namespace_of(level, minor)}/pods"
        answer = self.admin.try_to_create(path, with_valid_name(file.read_bytes()))
        if answer.ok:
            return False
        if answer.status == HTTPStatus.UNPROCESSABLE_ENTITY:
            self.assertIn(file.name, INVALID_PODS, answer.message)
            return None
        # Any other refusal would be no verdict of Pod Security.
        self.assertEqual(answer.status, HTTPStatus.FORBIDDEN, f"{file}: {answer.message}")
        self.assertIn("violates PodSecurity", answer.message, file)
        return True

    def compare(self, level: str, minor: int, folders: list[Path]) -> int:
        """Returns how many verdicts were compared."""
        files = sorted(file for folder in folders for file in folder.rglob("*.yaml"))
        theirs = {str(file): self.server_forbids(level, minor, file) for file in files}
        ours = kastell_forbids(level, minor, folders)
        judged = {file: forbids for file, forbids in theirs.items() if forbids is not None}
        with self.subTest(level=level, version=f"v1.{minor}"):
            self.assertEqual({file: file in ours for file in judged}, judged)
        return len(judged)

    def test_own_pods(self) -> None:
        pods = len(list(OWN_PODS.glob("*.yaml")))
        for level in LEVELS:
            for minor in self.minors():
                self.assertEqual(self.compare(level, minor, [OWN_PODS]), pods)

    def test_upstream_fixtures(self) -> None:
        """Kubernetes' own fixtures of a version, those of both levels asked at both levels."""
        fixtures = shared_data("psa")
        compared = 0
        for minor in self.minors():
            folders = [fixtures / level / f"v1.{minor}" for level in LEVELS]
            compared += sum(self.compare(level, minor, folders) for level in LEVELS)
        print(f"{compared} verdicts compared ... ", end="")
        self.assertGreater(compared, 7500)
