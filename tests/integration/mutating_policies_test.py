"""Mutating policies: does `kastell admit` make the same of an object as the API server does?

Our object is sent to the server before any policy is there, so that it has its defaults; then the policies are installed
and the original object is sent. Both answers must be the same: object, or message, reason and code.
"""

import re
from http.client import RemoteDisconnected
from typing import Any

from integration.admission.base import AdmissionTest
from integration.admission.compare import batch, line_of
from integration.admission.mutating import (
    TEST_WITHOUT_VALUE,
    each_patch,
    expected_outcome,
    generated_cases,
    outcome_of,
    written_cases,
)
from integration.admission.server import Asking
from integration.support import kubernetes_minor

V1_SINCE = 36
# Older servers break off when a JSON Patch tests for a member that is not there, without a value.
SOUND_TESTS_SINCE = 37
BROKEN = {"server": "broke off"}


# The server says so in the words of Go's decoder.
UNDECODABLE = re.compile(r"^(Internal error occurred: )(?:json: cannot unmarshal .*|\S+: must be .*)$")


def comparable(outcome: dict[str, Any]) -> dict[str, Any]:
    message = outcome.get("message")
    return {**outcome, "message": UNDECODABLE.sub(r"\1not decoded", message)} if isinstance(message, str) else outcome


def may_break(ask: Asking) -> bool:
    return kubernetes_minor() < SOUND_TESTS_SINCE and TEST_WITHOUT_VALUE in str(ask.case.policy["mutations"])


def their_outcome(ask: Asking) -> dict[str, Any]:
    try:
        return outcome_of(ask.send())
    except RemoteDisconnected:
        return BROKEN


class MutatingPoliciesTest(AdmissionTest):
    def test_same_objects(self) -> None:
        api = "v1" if kubernetes_minor() >= V1_SINCE else "v1beta1"
        cases = [*each_patch(api), *written_cases(api), *generated_cases(api, seed=1, count=220)]
        asks = self.prepared(cases)
        world = self.server.world()
        answers = batch([line_of(ask, world) for ask in asks])
        expected = [expected_outcome(ask, answer) for ask, answer in zip(asks, answers, strict=True)]
        self.server.install(cases)
        theirs = [their_outcome(ask) for ask in asks]
        differences = [
            f"{ask.case.name} {ask.ask.operation}: {ask.case.policy['mutations']}\n"
            f"  server:  {server}\n  kastell: {kastell}"
            for ask, server, kastell in zip(asks, theirs, expected, strict=True)
            if comparable(server) != comparable(kastell) and not (server == BROKEN and may_break(ask))
        ]
        changed = sum("object" in answer for answer in answers)
        refused = sum("object" not in outcome for outcome in theirs)
        print(
            f"{len(cases)} policies, {len(asks)} requests, {changed} changed, {refused} refused,"
            f" {theirs.count(BROKEN)} broke the server, {len(differences)} differ ... ",
            end="",
        )
        self.assertEqual(differences, [], "\n".join(differences))
        self.assertGreater(changed, len(asks) // 3)
