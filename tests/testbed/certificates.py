"""Certificate authorities and what they sign, made with the openssl program (3.0 or newer)."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from testbed.errors import Failed, Unavailable

CONFIGURATION = Path(__file__).parent / "openssl.cnf"
VALID_DAYS = "2"  # A test bed lives for an hour.


@dataclass(frozen=True)
class KeyPair:
    certificate: Path
    key: Path


@dataclass(frozen=True)
class SigningKeys:
    private: Path
    public: Path


def openssl(*arguments: str | Path, data: bytes | None = None) -> bytes:
    environment = os.environ | {"OPENSSL_CONF": str(CONFIGURATION)}
    try:
        done = subprocess.run(["openssl", *arguments], input=data, capture_output=True, env=environment, check=False)
    except FileNotFoundError:
        raise Unavailable("openssl is missing: ./dev setup --cluster") from None
    if done.returncode != 0:
        raise Failed(f"openssl {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def new_pair(folder: Path, name: str, subject: str, extensions: Sequence[str], signer: KeyPair | None) -> KeyPair:
    pair = KeyPair(folder / f"{name}.crt", folder / f"{name}.key")
    signed_by: list[str | Path] = ["-CA", signer.certificate, "-CAkey", signer.key] if signer else []
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-noenc",
        "-days",
        VALID_DAYS,
        "-subj",
        subject,
        "-keyout",
        pair.key,
        "-out",
        pair.certificate,
        *signed_by,
        *(part for extension in extensions for part in ("-addext", extension)),
    )
    return pair


def authority(folder: Path, name: str) -> KeyPair:
    extensions = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign,digitalSignature"]
    return new_pair(folder, name, f"/CN={name}", extensions, None)


def subject_of(user: str, groups: Sequence[str]) -> str:
    """Kubernetes reads the user from CN and the groups from O."""
    return "".join(f"/O={group}" for group in groups) + f"/CN={user}"


def client(folder: Path, name: str, user: str, groups: Sequence[str], signer: KeyPair) -> KeyPair:
    extensions = ["basicConstraints=critical,CA:FALSE", "extendedKeyUsage=clientAuth"]
    return new_pair(folder, name, subject_of(user, groups), extensions, signer)


def server(folder: Path, name: str, hosts: Sequence[str], signer: KeyPair) -> KeyPair:
    names = ",".join(("IP:" if host[0].isdigit() else "DNS:") + host for host in hosts)
    extensions = ["basicConstraints=critical,CA:FALSE", "extendedKeyUsage=serverAuth", f"subjectAltName={names}"]
    return new_pair(folder, name, f"/CN={name}", extensions, signer)


def signing_keys(folder: Path, name: str) -> SigningKeys:
    """RSA keys: what service account tokens are signed with, and checked by."""
    keys = SigningKeys(folder / f"{name}.key", folder / f"{name}.pub")
    openssl("genrsa", "-out", keys.private, "2048")
    openssl("rsa", "-in", keys.private, "-pubout", "-out", keys.public)
    return keys
