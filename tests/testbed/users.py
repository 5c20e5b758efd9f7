"""Who may talk to the API server of a test bed, and with what rights (kubeadm's has no static tokens).

Each user is a context of the kubeconfig, by its name. Two contexts more are not users: `wrong-ca` (admin, told to trust
an authority that did not sign the server) and `anonymous` (no credentials).
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from testbed import certificates, tokens
from testbed.certificates import KeyPair
from testbed.client import Client, Object
from testbed.errors import Failed
from testbed.state import State

VIEWERS = "testbed:viewers"


@dataclass(frozen=True)
class User:
    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Credentials:
    pair: KeyPair | None = None
    token: str | None = None


@dataclass(frozen=True)
class Access:
    """How to reach an API server as anybody."""

    authority: Path
    credentials: dict[str, Credentials]

    def client(self, state: State, user: str = "admin") -> Client:
        credentials = self.credentials[user]
        return Client(state.address, state.port, self.authority, credentials.pair, credentials.token)


ADMIN = User("admin", ("system:masters",))
CERTIFICATE_USERS = (ADMIN, User("viewer", (VIEWERS,)), User("nobody"))
TOKEN_USERS = (User("admin-token", ("system:masters",)), User("viewer-token", (VIEWERS,)), User("nobody-token"))
SERVICE_ACCOUNT = "service-account"  # default/testbed, without rights; a token of the server's own
EXPIRED = "expired-token"  # a service account token whose time has passed
UNKNOWN = "unknown-token"  # a token that nobody gave out


def certificate_credentials(folder: Path, authority: KeyPair) -> dict[str, Credentials]:
    return {
        user.name: Credentials(pair=certificates.client(folder, user.name, user.name, user.groups, authority))
        for user in CERTIFICATE_USERS
    }


def static_tokens() -> dict[str, Credentials]:
    return {user.name: Credentials(token=secrets.token_hex(16)) for user in TOKEN_USERS}


def useless_tokens(account_key: Path) -> dict[str, Credentials]:
    return {
        EXPIRED: Credentials(token=tokens.expired_token(account_key)),
        UNKNOWN: Credentials(token=secrets.token_hex(16)),
    }


def token_file_text(credentials: dict[str, Credentials]) -> str:
    """The static token file: token,user,uid,"group,group"."""
    return "".join(
        f'{credentials[user.name].token},{user.name},{user.name},"{",".join(user.groups)}"\n' for user in TOKEN_USERS
    )


def viewers_binding() -> Object:
    """The rights of ClusterRole view. Its own rules are filled by a controller that tier 1 does not have; this role,
    which it aggregates, has them from the start."""
    group = "rbac.authorization.k8s.io"
    return {
        "apiVersion": f"{group}/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": VIEWERS},
        "roleRef": {"apiGroup": group, "kind": "ClusterRole", "name": "system:aggregate-to-view"},
        "subjects": [{"apiGroup": group, "kind": "Group", "name": VIEWERS}],
    }


def create(client: Client, path: str, body: Object) -> Object:
    answer = client.create(path, body)
    if not answer.ok:
        raise Failed(f"POST {path}: {answer.status}: {answer.message}")
    return answer.body


def grant_rights(client: Client) -> None:
    create(client, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", viewers_binding())


def service_account_credentials(client: Client) -> Credentials:
    accounts = "/api/v1/namespaces/default/serviceaccounts"
    create(client, accounts, {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "testbed"}})
    request = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 86400}}
    return Credentials(token=create(client, f"{accounts}/testbed/token", request)["status"]["token"])
