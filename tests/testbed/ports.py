"""Ports of the loopback interface."""

import socket


def free_port() -> int:
    """A port that nobody listens on now. Another may take it before we do; the server's log then says so."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
