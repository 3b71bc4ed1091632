"""Follows the open project: brings what its follower tells from its thread to the window's."""

import importlib
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui import error_hook
from blueprint_app.ui.project.session import OpenProject, Session
from blueprint_app.ui.quiet_collector import quiet_collector

if TYPE_CHECKING:
    from blueprint_app.live.following import Follower, Listener, Update


class Followable(Protocol):
    """Whose follower is asked for."""

    def follower(self, snapshot: Snapshot, listener: "Listener") -> "Follower":
        """Who follows the project from `snapshot` on; not started yet."""


class Following(QObject):
    """At most one follower at a time. `arrived` carries an `OpenProject` and its `Update`, `noticed` a live `Notice`.

    `is_reading_changed` tells whether files are being read again.
    """

    arrived = Signal(object, object)
    noticed = Signal(object)
    is_reading_changed = Signal(bool)
    _told = Signal(object, str, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._follower: Follower | None = None
        self._token = object()
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    @staticmethod
    def load() -> None:
        """Import what following takes: call it in a job, as it is felt in the window's thread."""
        importlib.import_module("blueprint_app.live.following")
        importlib.import_module("blueprint_app.live.rereading")

    @property
    def is_on(self) -> bool:
        """Whether a project is followed."""
        return self._follower is not None

    def start(self, side: Followable) -> None:
        """Follow the project that is open, from the snapshot that is shown."""
        from blueprint_app.live.following import Listener

        self.stop()
        project = self._session.project
        if project is None:
            return
        token = self._token = object()

        def updated(update: "Update") -> None:
            # Still in the follower's thread: the window gets what it can show at once.
            self._told.emit(token, "arrived", (project.renewed(update.snapshot), update))

        quiet = ExitStack()

        def working(is_reading: bool) -> None:
            if is_reading:
                quiet.enter_context(quiet_collector())
            else:
                quiet.close()
            self._told.emit(token, "reading", is_reading)

        listener = Listener(
            updated,
            lambda notice: self._told.emit(token, "noticed", notice),
            working,
            lambda error: self._told.emit(token, "failed", error),
        )
        self._follower = side.follower(project.snapshot, listener)
        self._follower.start()

    def show(self, project: OpenProject) -> None:
        """Say that another snapshot is shown now."""
        if self._follower is not None:
            self._follower.show(project.snapshot)

    def refresh(self) -> None:
        """Read everything again soon, whatever seems to have changed."""
        if self._follower is not None:
            self._follower.refresh()

    def stop(self, wait: bool = False) -> None:
        """Follow no more. A reading that is under way may take a moment to end; only with `wait` that is waited for."""
        follower, self._follower = self._follower, None
        self._token = object()
        if follower is None:
            return
        if wait:
            follower.stop()
        else:
            threading.Thread(target=follower.stop, name="follower-ends", daemon=True).start()

    def _on_told(self, token: object, what: str, value: object) -> None:
        if token is not self._token:
            return
        tell: dict[str, Callable[[], object]] = {
            "arrived": lambda: self.arrived.emit(*value),  # type: ignore[misc]
            "noticed": lambda: self.noticed.emit(value),
            "reading": lambda: self.is_reading_changed.emit(value),
            "failed": lambda: error_hook.report(value),  # type: ignore[arg-type]
        }
        tell[what]()
