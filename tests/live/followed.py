"""A follower under test, and a record of all that it told."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.live.following import Follower, Update
from blueprint_app.live.notice import Notice, NoticeCode
from blueprint_app.live.watching import Changed
from blueprint_app.model.snapshot import Snapshot

PATIENCE = 20.0
"""Seconds to wait for something that takes a tenth of one, on a machine that is busy with other things."""


@dataclass
class Record:
    """All that was told, in order; waits are on a condition, so that nothing sleeps for a fixed time."""

    updates: list[Update] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    working: list[bool] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    told: threading.Condition = field(default_factory=threading.Condition)

    def adding(self, to: list) -> Callable[[object], None]:
        def add(value: object) -> None:
            with self.told:
                to.append(value)
                self.told.notify_all()

        return add

    def wait(self, until: Callable[[], object], seconds: float = PATIENCE) -> None:
        with self.told:
            assert self.told.wait_for(until, seconds), f"not within {seconds} s; told of: {self}"

    def wait_for_notice(self, code: NoticeCode) -> None:
        self.wait(lambda: any(notice.code is code for notice in self.notices))

    @property
    def codes(self) -> list[NoticeCode]:
        return [notice.code for notice in self.notices]

    def __str__(self) -> str:
        updates = [(sorted(update.paths)[:5], update.changes[:5]) for update in self.updates]
        return f"updates {updates}, changed {self.changed}, notices {self.codes}, failures {self.failures}"


@dataclass
class Followed:
    """A follower with the record of what it told and of how often it read."""

    folder: Path
    follower: Follower
    record: Record
    reads: list[Changed | None]

    @property
    def snapshot(self) -> Snapshot:
        return self.follower.snapshot

    def wait_until_fresh(self, seconds: float = PATIENCE) -> Snapshot:
        """Wait until the follower shows what a fresh opening shows."""
        fresh = open_project(self.folder)
        self.record.wait(lambda: self.follower.snapshot == fresh, seconds)
        return fresh

    def settle(self) -> None:
        """Wait until what happened so far has been told: a file written now is told of after it."""
        mark = self.folder / "blueprint" / "src" / "mark.tex"
        before = len(self.reads)
        mark.write_text(f"{time.monotonic_ns()}\n")
        shown = "blueprint/src/mark.tex"
        self.record.wait(lambda: any(changed and shown in changed.paths for changed in self.reads[before:]))


Follow = Callable[..., Followed]
