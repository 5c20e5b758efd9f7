"""What the comparisons with the real API server's admission share."""

from typing import ClassVar

from integration.admission.model import Case
from integration.admission.server import Asking, Server, all_asks
from integration.support import ClusterTest


class AdmissionTest(ClusterTest):
    server: ClassVar[Server]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.server = Server(cls.cluster)
        cls.addClassCleanup(cls.server.close)

    def prepared(self, cases: list[Case]) -> list[Asking]:
        """The requests of the cases, and of each what admission sees of it, without the policies."""
        self.server.prepare(cases)
        asks = all_asks(self.server, cases)
        for ask in asks:
            ask.prepare()
        return asks
