"""Placements kept on disk by what was asked, so that a second start draws at once."""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from blueprint_app.layout.placement import LayoutProblem, Placement
from blueprint_app.layout.wire import DamagedDataError, placement_bytes, placement_from, problem_bytes

VERSION = 1
"""To be raised whenever an engine or the format changes what it answers."""

LARGEST = 200 * 2**20
"""Bytes the cache may take; a placement of 1,000 nodes takes about 150,000."""

_SUFFIX = ".layout"


def fingerprint(problem: LayoutProblem) -> str:
    """A name for the problem and this version of the engines."""
    digest = hashlib.sha256(f"blueprint layout {VERSION}\n".encode())
    digest.update(problem_bytes(problem))
    return digest.hexdigest()


class PlacementCache:
    """A folder of placements, bounded in size; every failure of the disk is a miss, never an error."""

    def __init__(self, folder: Path | None, largest: int = LARGEST) -> None:
        self._folder = folder
        self._largest = largest

    def read(self, name: str, engine: str, nodes: int, edges: int) -> Placement | None:
        """The placement kept under `name`, if it is whole and fits the numbers of nodes and edges."""
        if self._folder is None:
            return None
        path = self._path(self._folder, name, engine)
        try:
            data = path.read_bytes()
            # The oldest are removed first: one that is used is young again.
            os.utime(path)
        except OSError:
            return None
        check, _, body = data.partition(b"\n")
        if check != hashlib.sha256(body).hexdigest().encode():
            return None
        with contextlib.suppress(DamagedDataError):
            placement = placement_from(body)
            if len(placement.centres) == nodes and len(placement.offsets) == edges + 1:
                return placement
        return None

    def write(self, name: str, engine: str, placement: Placement) -> None:
        """Keep `placement`; another process never sees half of it."""
        if self._folder is None:
            return
        body = placement_bytes(placement)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
                os.replace(temporary, self._path(self._folder, name, engine))
            except OSError:
                os.unlink(temporary)
                raise
            self._make_room(self._folder)

    def _make_room(self, folder: Path) -> None:
        """Remove the oldest files until the rest is small enough."""
        files = sorted((stat.st_mtime, stat.st_size, path) for path, stat in _files(folder))
        total = sum(size for _, size, _ in files)
        for _, size, path in files[:-1]:
            if total <= self._largest:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size

    @staticmethod
    def _path(folder: Path, name: str, engine: str) -> Path:
        return folder / f"{name}-{engine}{_SUFFIX}"


def _files(folder: Path) -> list[tuple[Path, os.stat_result]]:
    found = []
    for path in folder.iterdir():
        if path.suffix in (_SUFFIX, ".part"):
            with contextlib.suppress(OSError):
                found.append((path, path.stat()))
    return found
