"""Tokens: the API server's static token file, and service account tokens that we sign ourselves."""

import base64
import json
import time
from pathlib import Path

from testbed.certificates import openssl

ISSUER = "https://kubernetes.default.svc.cluster.local"  # kubeadm's default


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def service_account_token(key: Path, namespace: str, account: str, expires: float) -> str:
    """A JWT as the API server would sign it. Its own TokenRequest gives none that has expired."""
    claims = {
        "iss": ISSUER,
        "aud": [ISSUER],
        "iat": int(expires - 3600),
        "nbf": int(expires - 3600),
        "exp": int(expires),
        "sub": f"system:serviceaccount:{namespace}:{account}",
        "kubernetes.io": {"namespace": namespace, "serviceaccount": {"name": account, "uid": "0"}},
    }
    signed = ".".join(encode(json.dumps(part).encode()) for part in ({"alg": "RS256", "typ": "JWT"}, claims))
    signature = openssl("dgst", "-sha256", "-sign", key, data=signed.encode())
    return f"{signed}.{encode(signature)}"


def expired_token(key: Path) -> str:
    return service_account_token(key, "default", "default", time.time() - 3600)
