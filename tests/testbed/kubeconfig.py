"""The kubeconfig of a test bed: a context for each user, `admin` the current one."""

import base64
import json
from pathlib import Path
from typing import Any

from testbed.users import ADMIN, Access, Credentials

CLUSTER = "testbed"
WRONG_CA = "wrong-ca"
ANONYMOUS = "anonymous"


def embedded(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()


def user_entry(credentials: Credentials) -> dict[str, str]:
    if credentials.pair:
        return {
            "client-certificate-data": embedded(credentials.pair.certificate),
            "client-key-data": embedded(credentials.pair.key),
        }
    return {"token": credentials.token} if credentials.token else {}


def configuration(url: str, access: Access, wrong_authority: Path) -> dict[str, Any]:
    users = access.credentials
    clusters = {CLUSTER: access.authority, WRONG_CA: wrong_authority}
    contexts = {name: {"cluster": CLUSTER, "user": name} for name in [*users, ANONYMOUS]}
    contexts[WRONG_CA] = {"cluster": WRONG_CA, "user": ADMIN.name}
    entries = {name: user_entry(credentials) for name, credentials in users.items()}
    entries[ANONYMOUS] = {}
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": ADMIN.name,
        "clusters": [
            {"name": name, "cluster": {"server": url, "certificate-authority-data": embedded(file)}}
            for name, file in clusters.items()
        ],
        "users": [{"name": name, "user": entry} for name, entry in entries.items()],
        "contexts": [{"name": name, "context": context} for name, context in contexts.items()],
    }


def component_configuration(url: str, authority: Path, credentials: Credentials) -> dict[str, Any]:
    """What a part of Kubernetes itself uses: one user, one context."""
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": CLUSTER,
        "clusters": [{"name": CLUSTER, "cluster": {"server": url, "certificate-authority-data": embedded(authority)}}],
        "users": [{"name": CLUSTER, "user": user_entry(credentials)}],
        "contexts": [{"name": CLUSTER, "context": {"cluster": CLUSTER, "user": CLUSTER}}],
    }


def write(file: Path, content: dict[str, Any]) -> Path:
    file.touch(mode=0o600)
    # JSON is YAML: every reader of a kubeconfig takes it.
    file.write_text(json.dumps(content, indent=2) + "\n")
    return file
