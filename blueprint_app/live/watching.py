"""Watches a project's folder and tells once of each burst of changes, when its files are whole."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from watchdog.observers.api import BaseObserver

from blueprint_app.live.coverage import POLL_SECONDS, Coverage
from blueprint_app.live.fingerprints import Fingerprints, Look
from blueprint_app.live.git_state import git_folders
from blueprint_app.live.notice import Notice, NoticeCode
from blueprint_app.live.scope import Kind, Scope
from blueprint_app.live.survey import stamp_of_folder
from blueprint_app.live.timing import GRACE, LOCK_PATIENCE, Burst
from blueprint_app.live.watches import system_observer

_AGAIN = 0.08
"""Seconds after which files that are not whole, or git's lock, are looked at again."""

_AWAY_POLL = 0.4
"""Seconds between looks for a folder that is gone."""

_LONGEST_REST = 3.0
"""While a build goes on, reading takes half of the time; but it rests no longer than this many seconds."""

_MANY = 200
"""From so many files told of it is quicker and surer to look at all."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a burst changed: the shown paths of files whose content differs now, and of what kinds."""

    paths: frozenset[str]
    kinds: frozenset[Kind]


class Watcher:
    """Follows one project folder in a thread of its own.

    `on_changed` and `on_notice` are called in that thread, one at a time; while `on_changed` works,
    further changes collect. `known` are SHA-256 digests by shown path of files that were read
    already: if they differ by the time watching begins, that is told as a change.
    `make_observer` makes watchdog's observer, `poll` is how often to look without one, in seconds.
    """

    def __init__(
        self,
        folder: Path,
        on_changed: Callable[[Changed], None],
        on_notice: Callable[[Notice], None],
        *,
        known: Mapping[str, str] | None = None,
        make_observer: Callable[[], BaseObserver] = system_observer,
        poll: float = POLL_SECONDS,
    ) -> None:
        self._folder = Path(os.path.realpath(folder))
        self._on_changed, self._on_notice = on_changed, on_notice
        self._prints = Fingerprints(Scope(self._folder, frozenset(known or ())), known)
        self._coverage = Coverage(self._note, on_notice, make_observer, poll)
        self._git = git_folders(self._folder)
        self._head = ""
        self._root: int | None = None
        self._wake = threading.Condition()
        self._burst = Burst()
        self._has_new_folders = self._must_tell = self._stopping = self._paused = self._is_away = False
        self._hold_until = self._rest_until = self._next_sweep = 0.0
        self._suspected_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="blueprint-watcher", daemon=True)
        self.is_ready = threading.Event()
        """Set once every change from now on will be told."""

    @property
    def scope(self) -> Scope:
        """Which files matter."""
        return self._prints.scope

    def start(self) -> None:
        """Begin to watch; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more; waits for the thread unless called in it."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread is not threading.current_thread() and self._thread.ident is not None:
            self._thread.join()

    def pause(self, paused: bool = True) -> None:
        """Hold back what changes from now on (True), or tell of it (False)."""
        with self._wake:
            self._paused = paused
            self._wake.notify_all()

    def look_again(self) -> None:
        """Look at all files now, as if something had happened to them."""
        with self._wake:
            self._burst.note_all(time.monotonic())
            self._wake.notify_all()

    def tell_again(self) -> None:
        """Call `on_changed` soon, whether anything changed or not."""
        with self._wake:
            self._must_tell = True
        self.look_again()

    def confirm(self, files: Mapping[str, str]) -> bool:
        """Say which files were read, with their digests; whether they are still as when the change was told.

        For `on_changed`. Where they are not, the change will be told again.
        """
        concerned = self.scope.read | files.keys()
        self._prints.scope = self.scope.reading(files)
        current = self._prints.digests()
        is_same = all(current.get(shown) == digest for shown, digest in files.items())
        if is_same and not self._prints.moved(concerned):
            return True
        self._prints.doubt(concerned)
        with self._wake:
            for shown in concerned:
                self._burst.note(shown, time.monotonic(), is_complete=True)
        return False

    def doubt(self) -> None:
        """Say that reading did not work: with the next event or sweep all that was read before is told of again."""
        self._prints.doubt(self.scope.read)

    # In the watcher's thread.

    def _run(self) -> None:
        self._begin()
        try:
            while self._wait():
                self._turn(time.monotonic())
        finally:
            self._coverage.close()

    def _begin(self) -> None:
        self._root = stamp_of_folder(str(self._folder))
        self._coverage.renew(self.scope, self._git)
        self._head = self._git.head() if self._git else ""
        begun = time.monotonic()
        look = self._prints.start()
        self._plan_sweep(begun)
        if look.changed:
            self.look_again()
        self.is_ready.set()

    def _wait(self) -> bool:
        """Wait until something is to be done; False when the watcher was stopped."""
        with self._wake:
            while not self._stopping:
                due = self._burst.due()
                rest = 0.0 if self._burst.is_save else self._rest_until
                when = self._next_sweep if due is None else max(due, self._hold_until, rest)
                left = None if self._paused else when - time.monotonic()
                if left is not None and left <= 0:
                    return True
                self._wake.wait(left)
            return False

    def _turn(self, now: float) -> None:
        """Look at what a burst touched, or at everything when it is time to, and tell what changed."""
        if not self._is_there(now):
            return
        burst, has_new_folders = self._take()
        is_sweep = burst.first is None
        if has_new_folders or (is_sweep and self._coverage.is_polling):
            self._coverage.adapt(self.scope, self._git)
        quiet_for = 0.0 if is_sweep else now - burst.last
        if self._git is not None and self._git.is_locked and quiet_for < LOCK_PATIENCE:
            self._postpone(burst, now)
            return
        look = self._look(None if is_sweep or burst.everything or len(burst.paths) > _MANY else burst.paths)
        if is_sweep:
            self._coverage.judge(self._is_news(look), self.scope, self._git)
        if self._may_be_half(look, burst, now):
            self._postpone(burst, now)
            return
        self._suspected_at = None
        self._tell(look)

    def _take(self) -> tuple[Burst, bool]:
        with self._wake:
            burst, self._burst = self._burst, Burst()
            has_new_folders, self._has_new_folders = self._has_new_folders, False
        return burst, has_new_folders

    def _look(self, paths: set[str] | None) -> Look:
        begun = time.monotonic()
        look = self._prints.look(paths)
        if paths is None:
            self._plan_sweep(begun)
        return look

    def _plan_sweep(self, begun: float) -> None:
        now = time.monotonic()
        self._next_sweep = now + self._coverage.pause_between_sweeps(now - begun)

    def _is_news(self, look: Look) -> bool:
        """Whether a sweep found changes that no event has told of until now."""
        with self._wake:
            return bool(look.changed - self._burst.paths) and not self._burst.everything

    def _may_be_half(self, look: Look, burst: Burst, now: float) -> bool:
        """Whether to wait for a writer: not longer than the time of grace."""
        if not look.unsettled and not (burst.writing & look.changed):
            return False
        self._suspected_at = now if self._suspected_at is None else self._suspected_at
        return now - self._suspected_at < GRACE

    def _postpone(self, burst: Burst, now: float) -> None:
        """Put a burst back, to be looked at again soon; a sweep becomes one."""
        if burst.first is None:
            burst.note_all(now)
        with self._wake:
            burst.add(self._burst)
            self._burst = burst
            self._hold_until = now + _AGAIN

    def _tell(self, look: Look) -> None:
        kinds = {self.scope.kind_of(shown) or Kind.BLUEPRINT for shown in look.changed}
        self._prints.accept(look.changed)
        head = self._git.head() if self._git else ""
        if head != self._head:
            self._head = head
            kinds.add(Kind.GIT)
        with self._wake:
            must_tell, self._must_tell = self._must_tell, False
        if kinds or must_tell:
            begun = time.monotonic()
            self._on_changed(Changed(look.changed, frozenset(kinds)))
            now = time.monotonic()
            self._rest_until = now + min(now - begun, _LONGEST_REST)

    def _is_there(self, now: float) -> bool:
        """Whether the folder is there; notes when it goes, comes back, or is another one than before."""
        root = stamp_of_folder(str(self._folder))
        if root is None:
            self._note_absence(now)
            return False
        if self._is_away:
            self._is_away, self._suspected_at = False, None
            self._on_notice(Notice(NoticeCode.FOLDER_BACK, f"The folder {self._folder} is back."))
        if root != self._root:
            self._root = root
            self._git = git_folders(self._folder)
            self._coverage.renew(self.scope, self._git)
            with self._wake:
                self._burst = Burst()
                self._burst.note_all(now)
        return True

    def _note_absence(self, now: float) -> None:
        self._root = None
        self._suspected_at = now if self._suspected_at is None else self._suspected_at
        if not self._is_away and now - self._suspected_at >= GRACE:
            self._is_away = True
            self._on_notice(
                Notice(
                    NoticeCode.FOLDER_GONE,
                    f"The folder {self._folder} is gone.",
                    "What was read last stays; it is read again when the folder is back.",
                )
            )
        with self._wake:
            self._burst.note_all(now)
            self._hold_until = now + (_AWAY_POLL if self._is_away else _AGAIN)

    # In the watches' threads.

    def _note(self, path: str, is_done: bool, is_folder: bool) -> None:
        now = time.monotonic()
        shown = self.scope.relative(path)
        if path == str(self._folder) or (is_folder and shown is not None and not shown.startswith(".git/")):
            with self._wake:
                self._has_new_folders = True
                self._burst.note_all(now)
                self._wake.notify_all()
        elif self._git is not None and (inside := self._git.inside(path)):
            self._note_git(inside, now)
        elif shown is not None and self.scope.kind_of(shown) is not None:
            with self._wake:
                self._burst.note(shown, now, is_complete=is_done)
                self._wake.notify_all()

    def _note_git(self, inside: str, now: float) -> None:
        """Another commit or branch counts; a lock that goes lets what waited for it go on."""
        with self._wake:
            if inside in ("HEAD", "packed-refs") or inside.startswith("refs/"):
                self._burst.note_all(now)
            elif inside == "index.lock":
                self._hold_until = 0.0
            self._wake.notify_all()
