"""Container images that we write ourselves, since no registry need be reachable: one layer of static programs."""

import hashlib
import io
import json
import platform
import re
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
ACCOUNTS = b"root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"


@dataclass(frozen=True)
class Image:
    name: str
    command: Sequence[str]
    programs: Mapping[str, Path] = field(default_factory=dict)  # path in the image → file


def with_libraries(path: str, program: Path) -> dict[str, Path]:
    """A program that is linked dynamically, for Image.programs: itself and what the loader would load for it."""
    listed = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    return {path: program} | {name: Path(name) for name in re.findall(r"(/\S+) \(0x", listed)}


def add(archive: tarfile.TarFile, name: str, data: bytes, mode: int = 0o644) -> None:
    entry = tarfile.TarInfo(name.lstrip("/"))
    entry.size, entry.mode = len(data), mode
    archive.addfile(entry, io.BytesIO(data))


def add_link(archive: tarfile.TarFile, name: str, target: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = tarfile.SYMTYPE, target
    archive.addfile(entry)


def add_folder(archive: tarfile.TarFile, name: str, mode: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.type, entry.mode = tarfile.DIRTYPE, mode
    archive.addfile(entry)


def layer(image: Image, busybox: Path) -> bytes:
    applets = subprocess.run([busybox, "--list"], check=True, capture_output=True, text=True).stdout.split()
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        add_folder(archive, "tmp", 0o1777)
        add(archive, "etc/passwd", ACCOUNTS)
        add(archive, "bin/busybox", busybox.read_bytes(), 0o755)
        for applet in applets:
            if applet != "busybox":
                add_link(archive, f"bin/{applet}", "busybox")
        for path, program in image.programs.items():
            add(archive, path, program.read_bytes(), 0o755)
    return buffer.getvalue()


def configuration(image: Image, layer_digest: str) -> bytes:
    return json.dumps(
        {
            "architecture": MACHINES.get(platform.machine(), platform.machine()),
            "os": "linux",
            "config": {"Cmd": list(image.command), "Env": ["PATH=/usr/local/bin:/bin"]},
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{layer_digest}"]},
        }
    ).encode()


def write(image: Image, busybox: Path, file: Path) -> None:
    """Writes the image as an archive of the form that `docker save` made common."""
    content = layer(image, busybox)
    manifest = [{"Config": "config.json", "RepoTags": [image.name], "Layers": ["layer.tar"]}]
    with tarfile.open(file, mode="w") as archive:
        add(archive, "manifest.json", json.dumps(manifest).encode())
        add(archive, "config.json", configuration(image, hashlib.sha256(content).hexdigest()))
        add(archive, "layer.tar", content)
