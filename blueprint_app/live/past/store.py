"""Keeps what was read of a project's past, by what it was read from: the second time only new commits are looked at."""

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from blueprint_app.insight.history.moments import Moment, NodeThen
from blueprint_app.model.headline import Headline

FORMAT = 1
"""To be raised whenever the form of what is kept changes."""

_TABLE = "create table if not exists kept (key text primary key, data blob not null) without rowid;"
_AT_ONCE = 500


class PastStore:
    """One small database for each first commit; every failure of the disk is a miss, never an error.

    Nothing in it is ever out of date, as keys name contents; clones of one project share it.
    """

    def __init__(self, folder: Path | None, root: str) -> None:
        self._path = folder / f"history-{root[:16]}.sqlite" if folder is not None and root else None

    def read(self, keys: Iterable[str]) -> dict[str, Any]:
        """What is kept under some keys."""
        wanted = list(dict.fromkeys(keys))
        if self._path is None or not self._path.is_file():
            return {}
        found: dict[str, Any] = {}
        try:
            with contextlib.closing(self._open(self._path)) as database:
                for start in range(0, len(wanted), _AT_ONCE):
                    some = wanted[start : start + _AT_ONCE]
                    marks = ",".join("?" * len(some))
                    rows = database.execute(f"select key, data from kept where key in ({marks})", some)
                    found |= {key: json.loads(zlib.decompress(data)) for key, data in rows}
        except (sqlite3.Error, OSError, ValueError, zlib.error):
            self._remove()
            return {}
        return found

    def write(self, values: Mapping[str, Any]) -> None:
        """Keep more."""
        if self._path is None or not values:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(self._open(self._path)) as database, database:
                rows = ((key, _packed(value)) for key, value in values.items())
                database.executemany("insert or replace into kept values (?, ?)", rows)
        except (sqlite3.Error, OSError):
            self._remove()

    def _open(self, path: Path) -> sqlite3.Connection:
        database = sqlite3.connect(path, timeout=2)
        try:
            (version,) = database.execute("pragma user_version").fetchone()
            database.execute("pragma synchronous = off")
            if version != FORMAT:
                database.executescript(f"drop table if exists kept; {_TABLE}")
                database.execute(f"pragma user_version = {FORMAT}")
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _remove(self) -> None:
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode(), 6)


def packed_moment(moment: Moment) -> list[Any]:
    """A moment as lists of plain values."""
    nodes = [
        [
            node.id,
            node.labels,
            node.kind,
            node.heading,
            node.headline.value,
            node.is_stated,
            node.is_proved,
            node.is_fully_proved,
            node.border,
            node.fill,
            node.names,
            node.statement,
            node.proof,
        ]
        for node in moment.nodes
    ]
    return [moment.problem, moment.damage, nodes]


def unpacked_moment(data: object) -> Moment | None:
    """The moment that such lists stand for, None if they stand for none."""
    try:
        problem, damage, rows = _items(data)
        return Moment(tuple(_node(_items(row)) for row in _items(rows)), str(problem), str(damage))
    except (TypeError, ValueError):
        return None


def _node(row: Sequence[Any]) -> NodeThen:
    name, labels, kind, heading, headline, stated, proved, fully, border, fill, names, statement, proof = row
    return NodeThen(
        name,
        tuple(labels),
        kind,
        heading,
        Headline(headline),
        stated,
        proved,
        fully,
        border,
        fill,
        tuple(names),
        statement,
        proof,
    )


def _items(data: object) -> Sequence[Any]:
    if not isinstance(data, list):
        raise TypeError
    return data
