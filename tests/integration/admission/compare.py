"""Asks both sides and says where they differ."""

import json
import subprocess
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from testbed.client import Answer

from integration.admission.model import binding_objects, policy_object
from integration.admission.server import Asking
from integration.support import kastell_program, kubernetes_minor

Object = dict[str, Any]
OURS = "ValidatingAdmissionPolicy '"


@dataclass(frozen=True)
class Verdict:
    """What both sides are compared by."""

    allowed: bool
    message: str
    reason: str
    code: int
    warnings: tuple[str, ...]

    @property
    def decision(self) -> str:
        if not self.allowed:
            return "deny"
        return "warn" if self.warnings else "allow"


def ask_server(ask: Asking) -> Verdict:
    """The most costly policies take a busy machine longer than the server waits for: those are asked again."""
    answer = ask.send()
    for _ in range(3):
        if answer.status != HTTPStatus.GATEWAY_TIMEOUT:
            break
        answer = ask.send()
    return server_verdict(ask, answer)


def server_verdict(ask: Asking, answer: Answer) -> Verdict:
    """Whatever fails must be a refusal by a policy; but no pod here can be connected to."""
    denied = OURS in answer.message
    if not answer.ok and not denied and ask.ask.operation != "CONNECT":
        raise AssertionError(f"{ask.case.name}: no decision of a policy: {answer}")
    warnings = tuple(sorted(text for text in answer.warnings if OURS in text))
    if not denied:
        return Verdict(True, "", "", 0, warnings)
    return Verdict(False, answer.message, answer.body["reason"], answer.body["code"], warnings)


def kastell_verdict(answer: Object) -> Verdict:
    status = answer.get("status", {"message": "", "reason": "", "code": 0})
    warnings = tuple(sorted(answer["warnings"]))
    return Verdict(answer["allowed"], status["message"], status["reason"], status["code"], warnings)


def batch(lines: list[Object]) -> list[Object]:
    """The answers of `kastell admit --batch`."""
    numbered = [json.dumps(line | {"id": number}) for number, line in enumerate(lines)]
    done = subprocess.run(
        [kastell_program(), "admit", "--batch"],
        input="".join(f"{line}\n" for line in numbered),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == list(range(len(lines))), done.stderr
    return answers


def line_of(ask: Asking, world: list[Object]) -> Object:
    policy = policy_object(ask.case)
    asks_rights = "authorizer" in json.dumps(policy)
    context = [item for item in world if asks_rights or not item["apiVersion"].startswith("rbac.")]
    return {
        "policies": [policy],
        "bindings": binding_objects(ask.case),
        "context": [*ask.case.context, *context],
        "request": ask.review,
        "typed": True,
        "kubernetes": f"1.{kubernetes_minor()}",
    }


def by_binding(line: Object) -> list[Verdict]:
    """What we say with each binding alone."""
    return [kastell_verdict(answer) for answer in batch([line | {"bindings": [one]} for one in line["bindings"]])]


def same_in_some_order(server: Verdict, kastell: Verdict, line: Object) -> bool:
    """The server's first denial is that of any binding, in an order of chance."""
    if (server.allowed, server.warnings) != (kastell.allowed, kastell.warnings) or len(line["bindings"]) < 2:
        return False
    shown = (server.message, server.reason, server.code)
    return any((one.message, one.reason, one.code) == shown for one in by_binding(line))


@dataclass
class Comparison:
    differences: list[str]
    reordered: int = 0


def compare(asks: list[Asking], theirs: list[Verdict], world: list[Object]) -> Comparison:
    """One text for each request that the two judge differently."""
    lines = [line_of(ask, world) for ask in asks]
    result = Comparison([])
    for ask, server, line, answer in zip(asks, theirs, lines, batch(lines), strict=True):
        kastell = kastell_verdict(answer)
        if kastell == server:
            continue
        if same_in_some_order(server, kastell, line):
            result.reordered += 1
            continue
        result.differences.append(
            f"{ask.case.name} {ask.ask.operation} {ask.metadata['name']}\n"
            f"  server:  {server}\n  kastell: {kastell}\n  errors: {answer['errors']}"
        )
    return result
