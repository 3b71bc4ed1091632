"""A small database in a cache folder: of one format, made anew where it is of another, and removed where damaged."""

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class CacheDatabase:
    """The database at `path`, or none for None; `tables` makes its tables by name, `form` numbers what they hold.

    All that it holds can be computed again, so that a failure of the disk is a miss and never an error.
    """

    path: Path | None
    form: int
    tables: dict[str, str]

    def read(self, ask: Callable[[sqlite3.Connection], Answer], otherwise: Answer) -> Answer:
        """What `ask` returns; `otherwise` where there is no database, or one that is damaged.

        `ask` tells of what it cannot make sense of by a ValueError.
        """
        if self.path is None or not self.path.is_file():
            return otherwise
        try:
            with contextlib.closing(self._open(self.path)) as database:
                return ask(database)
        except (sqlite3.Error, OSError, ValueError):
            self._remove(self.path)
            return otherwise

    def write(self, put: Callable[[sqlite3.Connection], None]) -> None:
        """Let `put` write in one transaction."""
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(self._open(self.path)) as database, database:
                put(database)
        except (sqlite3.Error, OSError):
            self._remove(self.path)

    def _open(self, path: Path) -> sqlite3.Connection:
        database = sqlite3.connect(path, timeout=2)
        try:
            (version,) = database.execute("pragma user_version").fetchone()
            database.execute("pragma synchronous = off")
            if version != self.form:
                dropped = "".join(f"drop table if exists {name};" for name in self.tables)
                database.executescript(dropped + "".join(f"{table};" for table in self.tables.values()))
                database.execute(f"pragma user_version = {self.form}")
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _remove(self, path: Path) -> None:
        """A damaged one is of no use; one that another process holds is written the next time."""
        with contextlib.suppress(OSError):
            path.unlink()
