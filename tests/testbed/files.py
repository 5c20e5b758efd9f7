"""Files that only their owner may read."""

from pathlib import Path


def write_private(file: Path, text: str) -> Path:
    file.touch(mode=0o600)
    file.write_text(text)
    return file
