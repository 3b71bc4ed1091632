"""Keeps scans on disk by the content that they are of, so that a second start reads only what has changed."""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from blueprint_app.cache_database import CacheDatabase
from blueprint_app.lean.scan.scanned_file import FORMAT, Scan, ScannedFile, digest_of

_TABLES = {
    "scan": "create table scan (digest text primary key, heads text not null, details blob not null) without rowid",
    "file": "create table file (path text primary key, size integer, modified integer, digest text) without rowid",
}
_SPARE_SCANS = 2
"""How many scans of former contents are kept for each file, for the branch that is switched back to."""

Files = dict[str, tuple[int, int, str]]


class ScanStore:
    """One small database for each project; every failure of the disk is a miss, never an error."""

    def __init__(self, cache_folder: Path | None, project_folder: Path) -> None:
        name = f"scan-{digest_of(str(project_folder).encode())[:16]}.sqlite"
        self._database = CacheDatabase(cache_folder / name if cache_folder is not None else None, FORMAT, _TABLES)

    def read(self) -> tuple[Files, dict[str, Scan]]:
        """What is kept: for each path its size, time of change and digest; and the scans by digest."""

        def ask(database: sqlite3.Connection) -> tuple[Files, dict[str, Scan]]:
            scans = {row[0]: Scan(*row) for row in database.execute("select digest, heads, details from scan")}
            rows = database.execute("select path, size, modified, digest from file")
            return {path: (size, modified, digest) for path, size, modified, digest in rows}, scans

        nothing: tuple[Files, dict[str, Scan]] = ({}, {})
        return self._database.read(ask, nothing)

    def write(self, files: Iterable[ScannedFile], known: Mapping[str, Scan]) -> None:
        """Keep the files as they are now; the scans in `known` are there already."""
        files = list(files)

        def put(database: sqlite3.Connection) -> None:
            new = {file.scan.digest: file.scan for file in files if file.scan.digest not in known}
            database.executemany("insert or replace into scan values (?, ?, ?)", new.values())
            database.execute("delete from file")
            rows = ((file.path, file.size, file.modified, file.scan.digest) for file in files)
            database.executemany("insert or replace into file values (?, ?, ?, ?)", rows)
            if len(new) + len(known) > (1 + _SPARE_SCANS) * len(files) + 100:
                database.execute("delete from scan where digest not in (select digest from file)")

        self._database.write(put)
