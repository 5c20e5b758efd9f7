"""A small Kubernetes client for tests: JSON over one kept connection."""

import http.client
import json
import re
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from testbed.certificates import KeyPair

Object = dict[str, Any]

WARNING = re.compile(r'299 \S+ "((?:[^"\\]|\\.)*)"')  # RFC 7234, section 5.5
JSON = "application/json"
YAML = "application/yaml"


@dataclass(frozen=True)
class Answer:
    status: int
    body: Object
    warnings: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def message(self) -> str:
        return str(self.body.get("message", ""))


class Client:
    """Not for use by two threads at once."""

    def __init__(
        self, address: str, port: int, authority: Path, pair: KeyPair | None = None, token: str | None = None
    ) -> None:
        context = ssl.create_default_context(cafile=str(authority))
        if pair:
            context.load_cert_chain(pair.certificate, pair.key)
        self._connection = http.client.HTTPSConnection(address, port, timeout=60, context=context)
        self._headers = {"Accept": JSON}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def act_as(self, user: str, group: str) -> None:
        """What is asked from now on counts as that user's; for who may impersonate."""
        self._headers |= {"Impersonate-User": user, "Impersonate-Group": group}

    def request(self, method: str, path: str, body: Object | bytes | None = None, kind: str = JSON) -> Answer:
        data = json.dumps(body) if isinstance(body, dict) else body
        try:
            self._connection.request(method, path, data, self._headers | {"Content-Type": kind})
            response = self._connection.getresponse()
            text = response.read()
            warnings = warnings_of(response)
        except (OSError, http.client.HTTPException):
            self._connection.close()  # The next request connects anew.
            raise
        return Answer(response.status, parsed(text), warnings)

    def get(self, path: str) -> Answer:
        return self.request("GET", path)

    def create(self, path: str, body: Object) -> Answer:
        return self.request("POST", path, body)

    def try_to_create(self, path: str, text: bytes) -> Answer:
        """What the server would say to a YAML document; it keeps nothing."""
        return self.request("POST", f"{path}?dryRun=All", text, YAML)

    def delete(self, path: str) -> Answer:
        return self.request("DELETE", path)

    def healthy(self, path: str = "/readyz") -> bool:
        try:
            return self.get(path).ok
        except (OSError, http.client.HTTPException):
            return False

    def close(self) -> None:
        self._connection.close()


def warnings_of(response: http.client.HTTPResponse) -> tuple[str, ...]:
    """Headers are Latin-1 to Python; the server writes UTF-8."""
    headers = [value.encode("latin-1").decode() for value in response.headers.get_all("Warning", [])]
    texts = [match[1] for header in headers for match in WARNING.finditer(header)]
    return tuple(re.sub(r"\\(.)", r"\1", text) for text in texts)


def parsed(text: bytes) -> Object:
    """Health checks and proxies answer with plain text."""
    try:
        value = json.loads(text)
    except ValueError:
        return {"message": text.decode(errors="replace")}
    return value if isinstance(value, dict) else {"value": value}
