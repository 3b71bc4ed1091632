"""Vectors that a model made of texts: kept on disk by model and text, and compared. Which model, the caller knows."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from blueprint_app.cache_database import CacheDatabase

LARGEST = 200 * 2**20
"""Bytes of vectors that are kept; one of 1,536 numbers takes 6,144."""

_BATCH = 64
"""Texts that a model is given at a time."""

_DEPTH = 100
_FORMAT = 1
_TABLES = {"vector": "create table vector (model text, sha256 text, data blob, primary key (model, sha256))"}

Vector = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Asks a model for the vectors of some texts, in their order."""


@dataclass(frozen=True, slots=True)
class VectorTable:
    """Vectors of length 1 for numbered texts."""

    numbers: npt.NDArray[np.int32]
    rows: Vector

    @classmethod
    def of(cls, vectors: Mapping[int, Sequence[float] | Vector]) -> "VectorTable | None":
        """None where there are none. Those that are damaged, or of another length than most, are left out."""
        sound = {number: row for number, each in vectors.items() if (row := _unit(each)) is not None}
        lengths = [len(row) for row in sound.values()]
        if not lengths:
            return None
        usual = max(set(lengths), key=lengths.count)
        kept = {number: row for number, row in sound.items() if len(row) == usual}
        return cls(np.array(list(kept), dtype=np.int32), np.stack(list(kept.values())))

    def nearest(self, vector: Sequence[float]) -> list[int]:
        """The texts whose vectors are nearest, best first; none where the vector does not fit."""
        unit = _unit(vector)
        if unit is None or len(unit) != self.rows.shape[1]:
            return []
        likeness = self.rows @ unit
        best = np.argsort(-likeness, kind="stable")[:_DEPTH]
        return [int(self.numbers[place]) for place in best if likeness[place] > 0]


class VectorCache:
    """One small database; every failure of the disk is a miss, never an error. Open a new one in each thread."""

    def __init__(self, folder: Path | None, largest: int = LARGEST) -> None:
        path = folder / "vectors.sqlite" if folder is not None else None
        self._database = CacheDatabase(path, _FORMAT, _TABLES)
        self._largest = largest

    def read(self, model: str, texts: Iterable[str]) -> dict[str, Vector]:
        """The vectors that are kept of these texts by this model, by text."""

        def ask(database: sqlite3.Connection) -> dict[str, Vector]:
            found: dict[str, Vector] = {}
            query = "select data from vector where model = ? and sha256 = ?"
            for text in texts:
                row = database.execute(query, (model, _digest(text))).fetchone()
                if row is not None and row[0] and len(row[0]) % 4 == 0:
                    found[text] = np.frombuffer(row[0], dtype="<f4").astype(np.float32)
            return found

        return self._database.read(ask, {})

    def write(self, model: str, vectors: Mapping[str, Sequence[float]]) -> None:
        """Keep the vectors of texts; the oldest go where there is no room."""
        rows = [(model, _digest(text), np.asarray(each, dtype="<f4").tobytes()) for text, each in vectors.items()]

        def put(database: sqlite3.Connection) -> None:
            database.executemany("insert or replace into vector values (?, ?, ?)", rows)
            self._make_room(database)

        self._database.write(put)

    def _make_room(self, database: sqlite3.Connection) -> None:
        count, size = database.execute("select count(*), coalesce(sum(length(data)), 0) from vector").fetchone()
        if size > self._largest:
            spare = max(1, count - count * self._largest * 9 // (size * 10))
            query = "delete from vector where rowid in (select rowid from vector order by rowid limit ?)"
            database.execute(query, (spare,))


def vectors_of(
    texts: Sequence[str],
    model: str,
    embed: Embed,
    cache: VectorCache,
    check: Callable[[], None] = lambda: None,
    told: Callable[[int, int], None] = lambda done, count: None,
) -> dict[str, Vector]:
    """The vectors of texts: from the cache, else from the model, a batch at a time, kept at once.

    `told` hears how many of the texts that the model is to be given are done, and how many these are.
    """
    found = cache.read(model, texts)
    missing = [text for text in dict.fromkeys(texts) if text not in found]
    for start in range(0, len(missing), _BATCH):
        check()
        told(start, len(missing))
        batch = missing[start : start + _BATCH]
        made = {text: np.asarray(each, dtype=np.float32) for text, each in zip(batch, embed(batch), strict=True)}
        cache.write(model, made)  # type: ignore[arg-type]  # an array is a sequence of numbers
        found |= made
    return found


def _unit(vector: Sequence[float] | Vector) -> Vector | None:
    row = np.asarray(vector, dtype=np.float32)
    length = float(np.linalg.norm(row)) if row.ndim == 1 and row.size else 0.0
    return row / np.float32(length) if np.isfinite(length) and length > 0 else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
