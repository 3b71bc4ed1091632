"""Work off the UI thread: a slot holds one job, a newer one supersedes it, and only finished values come back."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui import error_hook

log = logging.getLogger(__name__)


class JobCancelledError(Exception):
    """Raised inside a job's work by `JobContext.check` once nobody waits for its value."""


class JobContext:
    """What a job's work may ask of the outside: it runs in another thread and touches no widget."""

    def __init__(self, report: Callable[[float, str], None], pool: QThreadPool) -> None:
        self._report, self._pool = report, pool
        self._cancelled = threading.Event()

    def report(self, fraction: float, note: str = "") -> None:
        """Say how far the work is, from 0 to 1 (below 0: not known), and what it is doing."""
        self.check()
        self._report(fraction, note)

    def check(self) -> None:
        """Raise `JobCancelledError` when the job was cancelled or superseded."""
        if self._cancelled.is_set():
            raise JobCancelledError

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let another job begin meanwhile: inside another process works for this one."""
        self._pool.releaseThread()
        try:
            yield
        finally:
            self._pool.reserveThread()

    def cancel(self) -> None:
        """Make the next `check` raise."""
        self._cancelled.set()


Work = Callable[[JobContext], Any]


@dataclass(frozen=True, slots=True)
class Activity:
    """What a running job says of itself; `title` is for people, `fraction` below 0 means not known."""

    slot: str
    title: str
    fraction: float = -1.0
    note: str = ""


@dataclass(eq=False, slots=True)
class _Job:
    slot: str
    title: str
    context: JobContext
    done: Callable[[Any], None]
    failed: Callable[[BlueprintError], None]
    activity: Activity = field(init=False)

    def __post_init__(self) -> None:
        self.activity = Activity(self.slot, self.title)


class _Runner(QRunnable):
    """Runs one job's work in a pool thread and posts what came of it."""

    def __init__(self, job: _Job, work: Work, post: Callable[[_Job, str, Any], None]) -> None:
        super().__init__()
        self._job, self._work, self._post = job, work, post

    def run(self) -> None:
        try:
            self._job.context.check()
            value = self._work(self._job.context)
            self._job.context.check()
        except JobCancelledError:
            self._post(self._job, "cancelled", None)
        except BlueprintError as error:
            self._post(self._job, "failed", error)
        except Exception as error:  # noqa: BLE001 - a bug in a job is reported by the one hook
            self._post(self._job, "broken", error)
        else:
            self._post(self._job, "done", value)


class Jobs(QObject):
    """Starts jobs and delivers their values on the UI thread.

    `activities_changed` carries the tuple of `Activity` of the titled jobs that run now.
    """

    activities_changed = Signal(object)
    _posted = Signal(object, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current: dict[str, _Job] = {}
        self._told: tuple[Activity, ...] = ()
        self._is_stopped = False
        # Each thread that computes makes the window's own wait longer for the interpreter: what is quick goes in turn.
        self._quick, self._long = QThreadPool(self), QThreadPool(self)
        self._quick.setMaxThreadCount(1)
        # A superseded job may still be on its way to its next check: it must not keep its successor waiting.
        self._long.setMaxThreadCount(8)
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        slot: str,
        work: Work,
        done: Callable[[Any], None],
        failed: Callable[[BlueprintError], None] | None = None,
        *,
        title: str = "",
        is_long: bool = False,
    ) -> None:
        """Run `work(context)` in another thread; then, on the UI thread, `done(value)` or `failed(error)`.

        A job that runs in the same slot is cancelled and delivers nothing. `title` shows the job
        to people while it runs ("" keeps it quiet). Quiet jobs run one after another, but for those that
        take `is_long`. An error that is no `BlueprintError` is a bug and goes to the error hook.
        """
        if self._is_stopped:
            return
        self.cancel(slot)
        post = self._posted.emit

        def report(fraction: float, note: str) -> None:
            post(job, "reported", (fraction, note))

        pool = self._long if title or is_long else self._quick
        job = _Job(slot, title, JobContext(report, pool), done, failed or error_hook.report)
        self._current[slot] = job
        pool.start(_Runner(job, work, post))
        self._tell()

    def cancel(self, slot: str) -> None:
        """End the slot's job, if one runs; it delivers nothing."""
        job = self._current.pop(slot, None)
        if job is not None:
            job.context.cancel()
            self._tell()

    def is_running(self, slot: str) -> bool:
        """Whether a value of this slot is still to come."""
        return slot in self._current

    def stop(self, wait_ms: int = 3000) -> bool:
        """Cancel everything and wait for the threads; whether they ended in time. Nothing is started after it."""
        self._is_stopped = True
        for slot in tuple(self._current):
            self.cancel(slot)
        return all([pool.waitForDone(wait_ms) for pool in (self._quick, self._long)])

    def _on_posted(self, job: _Job, outcome: str, value: Any) -> None:  # noqa: ANN401 - the job's own type
        if self._current.get(job.slot) is not job:
            return
        if outcome == "reported":
            job.activity = Activity(job.slot, job.title, *value)
            self._tell()
            return
        del self._current[job.slot]
        self._tell()
        if outcome == "done":
            job.done(value)
        elif outcome == "failed":
            job.failed(value)
        elif outcome == "broken":
            job.failed(error_hook.as_blueprint_error(value))
            error_hook.report(value)

    def _tell(self) -> None:
        activities = tuple(job.activity for job in self._current.values() if job.title)
        if activities != self._told:
            self._told = activities
            self.activities_changed.emit(activities)
