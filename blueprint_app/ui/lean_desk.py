"""Lean's side of the open project: read once the graph stands, so that the first picture never waits for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from blueprint_app.model.blueprint import Blueprint, Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import NO_EVIDENCE, ProjectEvidence
from blueprint_app.ui.following import Followable, Following
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.quiet_collector import quiet_collector
from blueprint_app.ui.session import OpenProject, Session
from blueprint_app.ui.settings import Settings

FOLLOW = "follow"
"""The setting that says whether open projects are followed."""


class LeanSide(Followable, Protocol):
    """What can be known of the Lean side of one project; every call but `follower` blocks."""

    reading: Reading

    def evidence(
        self,
        blueprint: Blueprint,
        changed: None = None,
        check: Callable[[], None] = ...,
        report: Callable[[float, str], None] = ...,
    ) -> ProjectEvidence:
        """Look at it without running anything."""


SideOf = Callable[[Path], LeanSide]


class LeanDesk(QObject):
    """Gives the session snapshots with evidence, and newer ones as the project's files change.

    Without `side_of` the Lean side is not looked at and nothing is followed. `changed` carries the `OpenProject` that
    was shown, the one that is shown now, and the `Update` between them; `noticed` a live `Notice`.
    """

    changed = Signal(object, object, object)
    noticed = Signal(object)
    following_changed = Signal()

    def __init__(
        self, session: Session, jobs: Jobs, settings: Settings, side_of: SideOf | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._settings, self._side_of = session, jobs, settings, side_of
        self._side: LeanSide | None = None
        self._folder = ""
        self.following = Following(session, self)
        self.following.arrived.connect(self._on_arrived)
        self.following.noticed.connect(self.noticed)
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)
        settings.changed.connect(self._on_setting_changed)

    def begin(self) -> None:
        """Look at the Lean side of the project that is open now, and follow it from then on."""
        project = self._session.project
        if self._side_of is None or project is None:
            return
        folder = project.snapshot.blueprint.folder
        if self._side is None or folder != self._folder:
            self._side, self._folder = self._side_of(Path(folder)), folder
        self._side.reading = project.snapshot.reading
        if project.snapshot.evidence is NO_EVIDENCE:
            self._read(project, self._side)
        else:
            self._follow()

    def _read(self, project: OpenProject, side: LeanSide) -> None:
        def work(context: JobContext) -> OpenProject:
            with quiet_collector():
                evidence = side.evidence(project.snapshot.blueprint, None, context.check, context.report)
                context.check()
                return project.renewed(snapshot_of(project.snapshot.blueprint, project.snapshot.reading, evidence))

        self._jobs.start("evidence", work, self._on_read, title="Looking at Lean")

    def _on_read(self, project: OpenProject) -> None:
        self._session.renew(project)
        self._follow()

    def _follow(self) -> None:
        if self._side is not None and self._settings[FOLLOW]:
            self.following.start(self._side)
        else:
            self.following.stop()
        self.following_changed.emit()

    def _on_arrived(self, project: OpenProject, update: object) -> None:
        old = self._session.project
        if old is not None:
            self._session.renew(project)
            self.changed.emit(old, project, update)

    def _on_opened(self, project: OpenProject) -> None:
        self._jobs.cancel("evidence")
        if self._side is None or project.snapshot.blueprint.folder != self._folder:
            self._forget()
        else:
            self._side.reading = project.snapshot.reading
            self.following.show(project)

    def _on_closed(self) -> None:
        self._jobs.cancel("evidence")
        self._forget()

    def _forget(self) -> None:
        self.following.stop()
        self._side = None
        self.following_changed.emit()

    def _on_setting_changed(self, key: str) -> None:
        if key == FOLLOW and self._session.project is not None:
            self._follow()
