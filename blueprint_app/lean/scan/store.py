"""Keeps scans on disk by the content that they are of, so that a second start reads only what has changed."""

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from blueprint_app.lean.scan.scanned_file import FORMAT, Scan, ScannedFile, digest_of

_TABLES = """
create table if not exists scan (digest text primary key, heads text not null, details blob not null) without rowid;
create table if not exists file (path text primary key, size integer, modified integer, digest text) without rowid;
"""
_SPARE_SCANS = 2
"""How many scans of former contents are kept for each file, for the branch that is switched back to."""


class ScanStore:
    """One small database for each project; every failure of the disk is a miss, never an error."""

    def __init__(self, cache_folder: Path | None, project_folder: Path) -> None:
        self._path: Path | None = None
        if cache_folder is not None:
            self._path = cache_folder / f"scan-{digest_of(str(project_folder).encode())[:16]}.sqlite"

    def read(self) -> tuple[dict[str, tuple[int, int, str]], dict[str, Scan]]:
        """What is kept: for each path its size, time of change and digest; and the scans by digest."""
        if self._path is None or not self._path.is_file():
            return {}, {}
        try:
            with contextlib.closing(self._open(self._path)) as database:
                scans = {row[0]: Scan(*row) for row in database.execute("select digest, heads, details from scan")}
                rows = database.execute("select path, size, modified, digest from file")
                return {path: (size, modified, digest) for path, size, modified, digest in rows}, scans
        except (sqlite3.Error, OSError):
            self._remove()
            return {}, {}

    def write(self, files: Iterable[ScannedFile], known: Mapping[str, Scan]) -> None:
        """Keep the files as they are now; the scans in `known` are there already."""
        if self._path is None:
            return
        files = list(files)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(self._open(self._path)) as database, database:
                new = {file.scan.digest: file.scan for file in files if file.scan.digest not in known}
                database.executemany("insert or replace into scan values (?, ?, ?)", new.values())
                database.execute("delete from file")
                rows = ((file.path, file.size, file.modified, file.scan.digest) for file in files)
                database.executemany("insert or replace into file values (?, ?, ?, ?)", rows)
                if len(new) + len(known) > (1 + _SPARE_SCANS) * len(files) + 100:
                    database.execute("delete from scan where digest not in (select digest from file)")
        except (sqlite3.Error, OSError):
            self._remove()

    def _open(self, path: Path) -> sqlite3.Connection:
        database = sqlite3.connect(path, timeout=2)
        try:
            (version,) = database.execute("pragma user_version").fetchone()
            database.execute("pragma synchronous = off")
            if version != FORMAT:
                database.executescript("drop table if exists scan; drop table if exists file;" + _TABLES)
                database.execute(f"pragma user_version = {FORMAT}")
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _remove(self) -> None:
        """A damaged database is of no use; one that another process holds will be written the next time."""
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()
