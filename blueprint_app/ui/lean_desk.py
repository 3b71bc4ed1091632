"""Lean's side of the open project: read once the graph stands, so that the first picture never waits for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import NO_EVIDENCE, ProjectEvidence
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.quiet_collector import quiet_collector
from blueprint_app.ui.session import OpenProject, Session


class LeanSide(Protocol):
    """What can be known of the Lean side of one project; every call blocks."""

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
    """Gives the session snapshots with evidence. Without `side_of` the Lean side is not looked at."""

    def __init__(self, session: Session, jobs: Jobs, side_of: SideOf | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._side_of = session, jobs, side_of
        self._side: LeanSide | None = None
        self._folder = ""
        session.opened.connect(lambda _project: jobs.cancel("evidence"))
        session.closed.connect(self._on_closed)

    def begin(self) -> None:
        """Look at the Lean side of the project that is open now, unless its snapshot holds evidence already."""
        project = self._session.project
        if self._side_of is None or project is None or project.snapshot.evidence is not NO_EVIDENCE:
            return
        folder = project.snapshot.blueprint.folder
        if self._side is None or folder != self._folder:
            self._side, self._folder = self._side_of(Path(folder)), folder
        self._read(project, self._side)

    def _read(self, project: OpenProject, side: LeanSide) -> None:
        def work(context: JobContext) -> OpenProject:
            with quiet_collector():
                evidence = side.evidence(project.snapshot.blueprint, None, context.check, context.report)
                context.check()
                return project.renewed(snapshot_of(project.snapshot.blueprint, project.snapshot.reading, evidence))

        self._jobs.start("evidence", work, self._on_read, title="Looking at Lean")

    def _on_read(self, project: OpenProject) -> None:
        self._session.renew(project)

    def _on_closed(self) -> None:
        self._jobs.cancel("evidence")
        self._side = None
