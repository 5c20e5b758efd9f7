"""Waiting for a server that we started, bounded in time."""

import http.client
import time
import urllib.parse
from collections.abc import Callable

from testbed.errors import Failed
from testbed.processes import Process, log_tail

READY_SECONDS = 90.0


def until_ready(process: Process, ready: Callable[[], bool], seconds: float = READY_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if not process.alive():
            raise Failed(f"{process.name} ended before it was ready; the end of {process.log}:\n{log_tail(process)}")
        if time.monotonic() > deadline:
            raise Failed(
                f"{process.name} was not ready in {seconds:.0f} s; the end of {process.log}:\n{log_tail(process)}"
            )
        time.sleep(0.1)


def http_ok(url: str) -> bool:
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request("GET", parts.path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
