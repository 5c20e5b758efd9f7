"""Admission policies: does `kastell admit` decide as the API server does?

Every request is sent twice with dry-run: before the policies are installed, which tells what admission sees of it (the
object typed and defaulted), and with them. Decision, message, reason, code and warnings must be the same.
"""

from integration.admission.base import AdmissionTest
from integration.admission.compare import ask_server, compare
from integration.admission.generated import generated_cases
from integration.admission.written import written_cases


class AdmissionPoliciesTest(AdmissionTest):
    def test_same_decisions(self) -> None:
        cases = [*written_cases(), *generated_cases(seed=1, count=220)]
        asks = self.prepared(cases)
        world = self.server.world()
        self.server.install(cases)
        theirs = [ask_server(ask) for ask in asks]
        result = compare(asks, theirs, world)
        denied = sum(not verdict.allowed for verdict in theirs)
        warned = sum(bool(verdict.warnings) for verdict in theirs)
        print(
            f"{len(cases)} policies, {len(asks)} requests, {denied} denied, {warned} with warnings,"
            f" {result.reordered} denied first by another binding, {len(result.differences)} differ ... ",
            end="",
        )
        self.assertEqual(result.differences, [], "\n".join(result.differences))
        self.assertGreater(denied, len(asks) // 10)
