"""Snapshot files taken apart and put together again, as nobody who means well would."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Parts = dict[str, Any]


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def zipped(entries: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return target.getvalue()


def rewritten(path: Path, change: Callable[[Parts], object]) -> Path:
    """The file with its parts changed by `change`."""
    parts = parts_of(path)
    change(parts)
    path.write_bytes(zipped([(name, json.dumps(part).encode()) for name, part in parts.items()]))
    return path
