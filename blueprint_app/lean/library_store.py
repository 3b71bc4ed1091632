"""One Lean package's declarations in a file of its own that can be searched, kept in the user's cache folder."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

FORMAT = 1
"""To be raised whenever the form of the file, or what the words of a text are, changes."""

LARGEST = 1500 * 2**20
"""Bytes that the files of all packages may take; a hundred thousand declarations take about 100 MB."""

_SUFFIX = ".library"
_COLUMNS = "name, kind, module, path, line, statement, doc"
_TABLES = """
create table declaration (name text, kind text, module text, path text, line integer, statement text, doc text);
create virtual table words using fts5(name, doc, statement, content='', tokenize='porter unicode61');
"""
_WEIGHTS = "3.0, 2.0, 1.0"
"""Of a word in the name, in the docstring, in the statement."""


class LibraryRow(NamedTuple):
    """A declaration of a package, and the words of its name, docstring and statement."""

    name: str
    kind: str
    module: str
    path: str
    line: int
    statement: str
    doc: str
    name_words: str
    doc_words: str
    statement_words: str


class FoundRow(NamedTuple):
    """A declaration as it is told, and how well it fits (more is better)."""

    name: str
    kind: str
    module: str
    path: str
    line: int
    statement: str
    doc: str
    score: float


class LibraryStore:
    """A folder of searchable files, bounded in size; what the disk refuses is not there."""

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self._folder = folder
        self._largest = largest

    def has(self, key: str) -> bool:
        """Whether the file of this key was written to its end."""
        return self._path(key).is_file()

    def write(self, key: str, rows: Iterable[LibraryRow]) -> int:
        """Write the file of a package, which nobody ever sees half of; of how many declarations. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._folder, suffix=".part")
        os.close(handle)
        try:
            with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as database:
                count = _fill(database, rows)
            os.replace(temporary, self._path(key))
        except sqlite3.Error as error:
            raise OSError(f"{self._folder}: {error}") from error
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
        self._make_room(keep=self._path(key))
        return count

    def find(self, key: str, words: Sequence[str], limit: int) -> list[FoundRow]:
        """The declarations of a package that fit the words best; none where its file is damaged or gone."""
        path = self._path(key)
        if not words or not path.is_file():
            return []
        query = " OR ".join('"' + word.replace('"', '""') + '"' for word in words)
        try:
            with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
                rows = database.execute(
                    "select declaration.*, -score from declaration join (select rowid as number, "
                    f"bm25(words, {_WEIGHTS}) as score from words where words match ? order by score limit ?) "
                    "on declaration.rowid = number order by score, name",
                    (query, limit),
                ).fetchall()
            # The oldest are removed first: one that is used is young again.
            os.utime(path)
        except (sqlite3.Error, OSError):
            # Damaged: the next build makes it anew.
            with contextlib.suppress(OSError):
                path.unlink()
            return []
        return [FoundRow(*row) for row in rows]

    def _make_room(self, keep: Path) -> None:
        files = sorted(self._files(), key=lambda file: file[1].st_mtime)
        total = sum(status.st_size for _, status in files)
        for path, status in files:
            if total <= self._largest:
                break
            if path != keep:
                with contextlib.suppress(OSError):
                    path.unlink()
                    total -= status.st_size

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self._folder.iterdir():
            if path.suffix in (_SUFFIX, ".part"):
                with contextlib.suppress(OSError):
                    yield path, path.stat()

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"


def _fill(database: sqlite3.Connection, rows: Iterable[LibraryRow]) -> int:
    database.executescript("pragma journal_mode = off; pragma synchronous = off;" + _TABLES)
    database.execute("begin")
    count = 0
    for count, row in enumerate(rows, 1):
        database.execute(
            f"insert into declaration (rowid, {_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)", (count, *row[:7])
        )
        database.execute("insert into words (rowid, name, doc, statement) values (?, ?, ?, ?)", (count, *row[7:]))
    database.execute("commit")
    return count
