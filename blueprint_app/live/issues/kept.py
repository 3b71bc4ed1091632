"""The issues that were seen, kept for when there is no net, and for which projects a person lets GitHub be asked."""

import contextlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from blueprint_app.cache_database import CacheDatabase
from blueprint_app.insight.next.issues import Issue, Repository
from blueprint_app.live.issues.asking import Known
from blueprint_app.model.errors import BlueprintError

_TABLES = {
    "issues": "create table issues (repository text, number integer, state text, mark text,"
    " primary key (repository, number))"
}


@dataclass(frozen=True, slots=True)
class KeptIssues:
    """What was seen of the issues of all repositories, in one small database."""

    path: Path | None

    def read(self, repository: Repository) -> dict[int, Known]:
        """What was seen of a repository's issues, by number."""

        def find(database: sqlite3.Connection) -> dict[int, Known]:
            rows = database.execute("select state, mark from issues where repository = ?", (_key(repository),))
            found = [Known(_issue(text), mark) for text, mark in rows]
            return {each.issue.number: each for each in found}

        return self._database.read(find, {})

    def write(self, repository: Repository, known: Iterable[Known], gone: Iterable[int]) -> None:
        """Keep what was seen now; what is gone is kept no longer."""
        key = _key(repository)
        rows = [(key, each.issue.number, _text(each.issue), each.mark) for each in known]

        def put(database: sqlite3.Connection) -> None:
            database.executemany("insert or replace into issues values (?, ?, ?, ?)", rows)
            database.executemany(
                "delete from issues where repository = ? and number = ?", [(key, each) for each in gone]
            )

        self._database.write(put)

    @property
    def _database(self) -> CacheDatabase:
        return CacheDatabase(self.path, 1, _TABLES)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The projects for which a person has agreed that GitHub is asked: a host and a folder each, in a file."""

    path: Path

    def holds(self, repository: Repository, folder: Path) -> bool:
        """Whether that was agreed to for this project and host."""
        return self._entry(repository, folder) in self._entries()

    def add(self, repository: Repository, folder: Path) -> None:
        """Keep that it was. Raises BlueprintError where that cannot be written."""
        entries = [*self._entries(), self._entry(repository, folder)]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".issues-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"allowed": entries}, file, indent=2, ensure_ascii=False)
            os.replace(name, self.path)
        except OSError as error:
            raise BlueprintError(f"{self.path} cannot be written: {error.strerror}.", "Nothing was sent.") from error

    def _entries(self) -> list[str]:
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(self.path.read_text("utf-8"))
            entries = found.get("allowed") if isinstance(found, dict) else None
            return [each for each in entries if isinstance(each, str)] if isinstance(entries, list) else []
        return []

    @staticmethod
    def _entry(repository: Repository, folder: Path) -> str:
        return f"{repository.host}/{repository} {os.path.realpath(folder)}"


def _key(repository: Repository) -> str:
    return f"{repository.host}/{repository}".lower()


def _text(issue: Issue) -> str:
    return json.dumps([issue.number, issue.is_open, issue.assignees, issue.title, issue.seen.isoformat()])


def _issue(text: str) -> Issue:
    number, is_open, assignees, title, seen = json.loads(text)
    return Issue(int(number), bool(is_open), tuple(map(str, assignees)), str(title), datetime.fromisoformat(seen))
