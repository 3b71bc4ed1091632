"""Keeps a snapshot of a project true while people, editors, git and Lean work on its files."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from watchdog.observers.api import BaseObserver

from blueprint_app.live.changes import Change, changes_between
from blueprint_app.live.coverage import POLL_SECONDS
from blueprint_app.live.notice import Notice, NoticeCode
from blueprint_app.live.scope import Kind
from blueprint_app.live.watches import system_observer
from blueprint_app.live.watching import Changed, Watcher
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot

Read = Callable[[Changed | None, Callable[[], None]], Snapshot]
"""Reads the project after a change (None: all of it anew); calls its second argument often, which may raise to stop."""

UNREADABLE = "file-unreadable"
"""The code of diagnostics about files that are there and cannot be read."""

PATIENCE = 3.0
"""Seconds for which a snapshot is held back while files change under the reading, again and again."""


_BESIDE = frozenset({Kind.GIT, Kind.ATTEMPT, Kind.CLAIM})
"""What is told even where the snapshot stays the same: other commits, failed attempts, and who works on what."""


@dataclass(frozen=True, slots=True)
class Update:
    """A new snapshot: what changed since the one before, and in which files.

    `kinds` tells of more than the snapshot shows: another commit (`Kind.GIT`) matters to a history.
    """

    snapshot: Snapshot
    changes: tuple[Change, ...]
    kinds: frozenset[Kind]
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told; all of these are called in the follower's thread, one at a time.

    `updated` gets an `Update` a burst, `noticed` how far following works, `working` whether
    something is being read, `failed` an exception that is a bug: following goes on after it.
    """

    updated: Callable[[Update], None]
    noticed: Callable[[Notice], None] = lambda notice: None
    working: Callable[[bool], None] = lambda is_working: None
    failed: Callable[[Exception], None] = lambda error: None


class Follower:
    """Follows the project of a snapshot that is open already.

    `read` is called in the follower's thread. Changes made since `snapshot` was read are noticed at
    the start. `make_observer` and `poll` are the watcher's.
    """

    def __init__(
        self,
        read: Read,
        snapshot: Snapshot,
        listener: Listener,
        *,
        make_observer: Callable[[], BaseObserver] = system_observer,
        poll: float = POLL_SECONDS,
    ) -> None:
        self._read, self._listener = read, listener
        self._lock = threading.Lock()
        self._shown = snapshot
        self._is_stopping = threading.Event()
        self._left_over: Changed | None = None
        self._unsteady_since: float | None = None
        self._needs_all = self._is_unreadable = False
        self._watcher = Watcher(
            Path(snapshot.blueprint.folder),
            self._on_changed,
            listener.noticed,
            known=_digests(snapshot),
            make_observer=make_observer,
            poll=poll,
        )

    @property
    def snapshot(self) -> Snapshot:
        """The newest snapshot."""
        with self._lock:
            return self._shown

    @property
    def is_ready(self) -> threading.Event:
        """Set once every change from now on will be noticed."""
        return self._watcher.is_ready

    def start(self) -> None:
        """Begin to follow; returns at once."""
        self._watcher.start()

    def stop(self) -> None:
        """Follow no more: when it returns nothing more is told, unless it was called by a listener."""
        self._is_stopping.set()
        self._watcher.stop()

    def pause(self, paused: bool = True) -> None:
        """Hold back what changes from now on (True), or tell of it (False)."""
        self._watcher.pause(paused)

    def refresh(self) -> None:
        """Read everything again now, whatever seems to have changed."""
        with self._lock:
            self._needs_all = True
        self._watcher.tell_again()

    def show(self, snapshot: Snapshot) -> None:
        """Say that another snapshot of the project is shown now, in another reading say: changes are told from it."""
        with self._lock:
            self._shown = snapshot

    def _on_changed(self, changed: Changed) -> None:
        self._listener.working(True)
        try:
            self._follow(_joined(self._left_over, changed))
        except _StoppedError:
            pass
        except Exception as error:  # noqa: BLE001 - a bug in a reader is reported by the one hook
            self._listener.failed(error)
        finally:
            self._listener.working(False)

    def _follow(self, changed: Changed) -> None:
        self._left_over = changed
        with self._lock:
            needs_all, self._needs_all = self._needs_all, False
        try:
            snapshot = self._read(None if needs_all else changed, self._check)
            self._refuse_loss(snapshot)
        except BlueprintError as error:
            self._watcher.doubt()
            self._note_unreadable(error)
            return
        self._check()
        if not self._watcher.confirm(_digests(snapshot)) and not self._is_out_of_patience():
            return
        self._left_over, self._unsteady_since = None, None
        self._note_readable()
        self._show(snapshot, changed)

    def _refuse_loss(self, snapshot: Snapshot) -> None:
        """Raise BlueprintError where a file can no longer be read, or the entry is gone with all that it held.

        A disk that fails takes nothing away: only who deletes something means it.
        """
        read = {file.path for file in self.snapshot.blueprint.files}
        for each in snapshot.blueprint.diagnostics:
            if each.code == UNREADABLE and each.place is not None and each.place.file in read:
                raise BlueprintError(each.message, "What was read last stays until it can be read again.")
        entry = entry_of(self.snapshot)
        if self.snapshot.nodes and not snapshot.nodes and entry_of(snapshot) != entry and not entry.is_file():
            raise BlueprintError(f"The blueprint's {entry.name} is gone: there is no {entry}.", "Bring it back.")

    def _show(self, snapshot: Snapshot, changed: Changed) -> None:
        with self._lock:
            old, self._shown = self._shown, snapshot
        if snapshot != old or changed.kinds & _BESIDE:
            self._listener.updated(Update(snapshot, changes_between(old, snapshot), changed.kinds, changed.paths))

    def _is_out_of_patience(self) -> bool:
        now = time.monotonic()
        self._unsteady_since = now if self._unsteady_since is None else self._unsteady_since
        return now - self._unsteady_since > PATIENCE

    def _note_unreadable(self, error: BlueprintError) -> None:
        if not self._is_unreadable:
            self._is_unreadable = True
            self._listener.noticed(Notice(NoticeCode.UNREADABLE, error.what_happened, error.what_to_do))

    def _note_readable(self) -> None:
        if self._is_unreadable:
            self._is_unreadable = False
            self._listener.noticed(Notice(NoticeCode.READABLE, "The project can be read again."))

    def _check(self) -> None:
        if self._is_stopping.is_set():
            raise _StoppedError


def entry_of(snapshot: Snapshot) -> Path:
    """The file with which reading a snapshot's blueprint began."""
    blueprint = snapshot.blueprint
    return Path(blueprint.folder, blueprint.files[0].path) if blueprint.files else Path(blueprint.folder)


class _StoppedError(Exception):
    """Raised inside a reading that nobody waits for any more."""


def _digests(snapshot: Snapshot) -> Mapping[str, str]:
    return {file.path: file.sha256 for file in snapshot.blueprint.files}


def _joined(first: Changed | None, second: Changed) -> Changed:
    """Two changes as one; the first was told already, but came to nothing."""
    if first is None:
        return second
    return Changed(first.paths | second.paths, first.kinds | second.kinds)
