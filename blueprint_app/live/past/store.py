"""Keeps what was read of a project's past, by what it was read from: the second time only new commits are looked at."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from blueprint_app.cache_database import CacheDatabase
from blueprint_app.insight.history.moments import Moment, NodeThen
from blueprint_app.model.headline import Headline

FORMAT = 1
"""To be raised whenever the form of what is kept changes."""

_TABLES = {"kept": "create table kept (key text primary key, data blob not null) without rowid"}
_AT_ONCE = 500


class PastStore:
    """One small database for each first commit; every failure of the disk is a miss, never an error.

    Nothing in it is ever out of date, as keys name contents; clones of one project share it.
    """

    def __init__(self, folder: Path | None, root: str) -> None:
        path = folder / f"history-{root[:16]}.sqlite" if folder is not None and root else None
        self._database = CacheDatabase(path, FORMAT, _TABLES)

    def read(self, keys: Iterable[str]) -> dict[str, Any]:
        """What is kept under some keys."""
        wanted = list(dict.fromkeys(keys))

        def ask(database: sqlite3.Connection) -> dict[str, Any]:
            found: dict[str, Any] = {}
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                rows = database.execute(f"select key, data from kept where key in ({marks})", some)
                found |= {key: _unpacked(data) for key, data in rows}
            return found

        return self._database.read(ask, {})

    def write(self, values: Mapping[str, Any]) -> None:
        """Keep more."""

        def put(database: sqlite3.Connection) -> None:
            rows = ((key, _packed(value)) for key, value in values.items())
            database.executemany("insert or replace into kept values (?, ?)", rows)

        if values:
            self._database.write(put)


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode(), 6)


def _unpacked(data: bytes) -> object:
    try:
        return json.loads(zlib.decompress(data))
    except zlib.error as error:
        raise ValueError(str(error)) from error


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
