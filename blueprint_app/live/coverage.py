"""Whether the system tells of changes in a project, or its files must be looked at again and again."""

import time
from collections.abc import Callable

from watchdog.observers.api import BaseObserver

from blueprint_app.live.git_state import GitFolders
from blueprint_app.live.notice import Notice, NoticeCode
from blueprint_app.live.scope import Scope
from blueprint_app.live.survey import Watch, watches_for
from blueprint_app.live.watches import Tell, Watches, is_remote

POLL_SECONDS = 1.0
SWEEP_SECONDS = 10.0
"""How often all files are looked at where the system tells of changes, in case it lost some."""

RETRY_SECONDS = 60.0
"""How long after a failure watching is tried again; twice as long after each further one."""

_MISSES = 3
"""So many sweeps in a row that find what was not told mean that watches do not work here."""

_TRIALS = 5
"""How often folders that appeared while others came to be watched are taken in at once."""

_SWEEP_SHARE = 20
"""A sweep may take a twentieth of the time, no more."""


class Coverage:
    """The watches on a project's folders, or none where they do not work; used in one thread.

    `tell` hears of events; `on_notice` of turns to polling and back.
    """

    def __init__(
        self,
        tell: Tell,
        on_notice: Callable[[Notice], None],
        make_observer: Callable[[], BaseObserver],
        poll: float = POLL_SECONDS,
    ) -> None:
        self._tell, self._on_notice = tell, on_notice
        self._make_observer, self._poll = make_observer, poll
        self._watches: Watches | None = None
        self._missed = 0
        self._retry, self._next_try = RETRY_SECONDS, 0.0
        self.is_polling = False

    def pause_between_sweeps(self, sweep_took: float) -> float:
        """Seconds until all files should be looked at again, after a look that took so long."""
        return max(self._poll if self.is_polling else SWEEP_SECONDS, sweep_took * _SWEEP_SHARE)

    def renew(self, scope: Scope, git: GitFolders | None) -> None:
        """Watch with a new observer what there is now."""
        self.close()
        self._cover(scope, git)

    def adapt(self, scope: Scope, git: GitFolders | None) -> None:
        """Watch what there is now, after folders came or went; try again to watch where that failed a while ago."""
        if not self.is_polling or time.monotonic() >= self._next_try:
            self._cover(scope, git)

    def judge(self, found_news: bool, scope: Scope, git: GitFolders | None) -> None:
        """Take in whether a sweep found changes that no watch told of."""
        if self.is_polling:
            return
        self._missed = self._missed + 1 if found_news else 0
        if self._missed >= _MISSES:
            self._poll_instead("The system does not tell of all changes in this folder")
        elif self._missed:
            self.renew(scope, git)

    def close(self) -> None:
        """Watch nothing any more."""
        watches, self._watches = self._watches, None
        if watches is not None:
            watches.close()

    def _cover(self, scope: Scope, git: GitFolders | None) -> None:
        if is_remote(scope.folder):
            self._poll_instead("The project lies on a network disk, which does not tell of changes")
            return
        try:
            if self._watches is None:
                self._watches = Watches(self._tell, self._make_observer)
            # The system does not tell a folder's own watch that it was renamed: its parent's hears of it.
            others = [Watch(str(scope.folder.parent), False), *_git_watches(git)]
            wanted = watches_for(scope)
            for _ in range(_TRIALS):
                self._watches.cover([*others, *wanted])
                covered, wanted = wanted, watches_for(scope)
                if wanted == covered:
                    break
        except OSError as error:
            self._poll_instead(f"The system gives no more watches on folders ({error.strerror or error})")
            return
        if self.is_polling:
            self.is_polling = False
            self._missed = 0
            self._on_notice(Notice(NoticeCode.WATCHING, "Changes are seen at once again."))

    def _poll_instead(self, why: str) -> None:
        self.close()
        self._next_try = time.monotonic() + self._retry
        self._retry *= 2
        if not self.is_polling:
            self.is_polling = True
            message = f"{why}; the files are looked at every {self._poll:g} s instead."
            self._on_notice(Notice(NoticeCode.POLLING, message, "Changes may show a little later."))


def _git_watches(git: GitFolders | None) -> list[Watch]:
    if git is None:
        return []
    folders = [Watch(str(path), False) for path in dict.fromkeys((git.own, git.common))]
    return [*folders, Watch(str(git.common / "refs" / "heads"), True)]
