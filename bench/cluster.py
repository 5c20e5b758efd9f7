#!/usr/bin/env python3
"""How a scan of a live cluster grows with its pods: time, peak memory, and the memory of the objects alone.

    bench/cluster.py 10000 30000 100000     # needs a release build with the benchmarks

A fake API server on loopback (plain HTTP, this program) has pods alone, those of bench/pods.py, and lists them in pages
of 500 as a real one does. The compact DOM is what `compact_dom_bench` counts: the nodes and texts of all pods in one
arena, without the answers' text.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

BENCH = Path(__file__).resolve().parent
BUILD = BENCH.parent / "build"
RESOURCES = {
    "kind": "APIGroupDiscoveryList",
    "items": [
        {
            "metadata": {},
            "versions": [
                {
                    "version": "v1",
                    "resources": [
                        {"resource": "pods", "responseKind": {"kind": "Pod"}, "scope": "Namespaced", "verbs": ["list"]}
                    ],
                }
            ],
        }
    ],
}
PREFIX = '{"apiVersion":"v1","kind":"List","items":'
DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"


def handler(pages: Path) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            if url.path == "/api/v1/pods":
                return self.answer(page(pages, int(parse_qs(url.query).get("continue", ["0"])[0])))
            known = {"/api": RESOURCES, "/apis": RESOURCES | {"items": []}, "/version": {"gitVersion": "v1.37.2"}}
            if url.path not in known:
                return self.answer(b"{}", status=404)
            self.answer(json.dumps(known[url.path]).encode(), DISCOVERY if url.path != "/version" else "application/json")

        def answer(self, body: bytes, kind: str = "application/json", status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def page(pages: Path, number: int) -> bytes:
    """A page of the list, with the token of the next."""
    items = (pages / f"page-{number:05}.json").read_text().removeprefix(PREFIX)
    there_is_more = (pages / f"page-{number + 1:05}.json").exists()
    token = str(number + 1) if there_is_more else ""
    return f'{{"kind":"PodList","apiVersion":"v1","metadata":{{"continue":"{token}"}},"items":{items}'.encode()


def measured(command: list[str | Path]) -> tuple[float, float]:
    """Wall seconds and peak MB."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{command}: {said.decode()[:500]}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def kubeconfig(folder: Path, port: int) -> Path:
    file = folder / "kubeconfig"
    cluster = {"name": "fake", "cluster": {"server": f"http://127.0.0.1:{port}"}}
    context = {"name": "fake", "context": {"cluster": "fake", "user": ""}}
    config = {"apiVersion": "v1", "kind": "Config", "clusters": [cluster], "contexts": [context], "current-context": "fake"}
    file.write_text(json.dumps(config))
    return file


def row(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = folder / "pages"
        subprocess.run([sys.executable, BENCH / "pods.py", str(count), pages], check=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler(pages))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        live = ["scan", "--cluster", "--kubeconfig", kubeconfig(folder, server.server_port), "--format", "json", "-q"]
        wall, peak = measured([BUILD / "kastell", *live])
        server.shutdown()
        files = sorted(pages.iterdir())
        dom = float(subprocess.run([BUILD / "compact_dom_bench", *files], capture_output=True, text=True, check=True).stdout)
        print(f"| {count:,} | {wall:.2f} | {peak:.0f} | {dom:.0f} | {peak / dom:.2f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="+", type=int)
    print("| Pods | Wall s | Peak MB | Compact DOM MB | Ratio |\n|---|---|---|---|---|")
    for count in parser.parse_args().counts:
        row(count)


if __name__ == "__main__":
    main()
