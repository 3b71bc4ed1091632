"""Lean's side of the open project: read once the graph stands, so that the first picture never waits for it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from blueprint_app.model.blueprint import Blueprint, Reading
from blueprint_app.model.derive import with_evidence
from blueprint_app.model.evidence import NO_EVIDENCE, ProjectEvidence
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.project.following import Followable, Following
from blueprint_app.ui.project.session import OpenProject, Session
from blueprint_app.ui.quiet_collector import quiet_collector
from blueprint_app.ui.settings.settings import Settings

if TYPE_CHECKING:
    from blueprint_app.live.changes import Change
    from blueprint_app.live.following import Update

FOLLOW = "follow"
"""The setting that says whether open projects are followed."""

IMPORTED = "imported"
"""The setting that holds, by project folder, the file of evidence that was imported for it."""


class LeanSide(Followable, Protocol):
    """What can be known of the Lean side of one project; every call but `follower` blocks."""

    reading: Reading
    imported: Path | None

    def evidence(
        self,
        blueprint: Blueprint,
        changed: None = None,
        check: Callable[[], None] = ...,
        report: Callable[[float, str], None] = ...,
    ) -> ProjectEvidence:
        """Look at it without running anything."""

    def ask(
        self, blueprint: Blueprint, check: Callable[[], None] = ..., report: Callable[[float, str], None] = ...
    ) -> ProjectEvidence:
        """Look at it and ask Lean, which runs the project's own code."""

    def build(self, on_line: Callable[[str], None], check: Callable[[], None] = ...) -> bool:
        """Build the project; whether that succeeded."""

    def publish(self, blueprint: Blueprint, path: Path, check: Callable[[], None] = ...) -> tuple[int, ProjectEvidence]:
        """Write what is known to a file: of how many declarations, and all that was found."""

    def take(self, path: Path) -> None:
        """Take a file of evidence into account from now on."""


_SLOTS = ("evidence", "ask", "build", "evidence-file")
"""The jobs that are of no use once another project is open."""

SideOf = Callable[[Path], LeanSide]


class LeanDesk(QObject):
    """Gives the session snapshots with evidence, and newer ones as the project's files change.

    Without `side_of` the Lean side is not looked at and nothing is followed. `changed` carries the `OpenProject` that
    is shown now and a tuple of each `Change` since the one before, be it that files changed or that more is known of
    them; `noticed` carries a live `Notice`.
    """

    changed = Signal(object, object)
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
        if self._side_of is None or project is None or project.is_packed:
            return
        folder = project.snapshot.blueprint.folder
        if self._side is None or folder != self._folder:
            self._side, self._folder = self._side_of(Path(folder)), folder
            kept = self._settings[IMPORTED].get(folder)
            self._side.imported = Path(kept) if kept else None
        self._side.reading = project.snapshot.reading
        if project.snapshot.evidence is NO_EVIDENCE:
            self._read(self._side)
        else:
            self._follow()

    @property
    def side(self) -> LeanSide | None:
        """The Lean side of the project that is open, once it is looked at."""
        return self._side

    def look_again(self) -> None:
        """Look at the Lean side once more, without running anything."""
        if self._side is not None and self._session.project is not None:
            self._read(self._side)

    def look(
        self,
        gather: Callable[[Blueprint, JobContext], ProjectEvidence],
        then: Callable[[OpenProject], object],
        slot: str,
        title: str,
    ) -> None:
        """Show the open project with the evidence that `gather` finds in a job, then call `then` with that."""
        project = self._session.project
        if project is None:
            return

        def work(context: JobContext) -> "tuple[OpenProject, tuple[Change, ...]]":
            from blueprint_app.live.changes import changes_between

            with quiet_collector():
                evidence = gather(project.snapshot.blueprint, context)
                context.check()
                # The blueprint may have been read again meanwhile: what was found holds for the newer one too.
                now = self._session.project or project
                shown = now.snapshot
                new = now.renewed(with_evidence(shown, evidence, shown.provenance))
                is_first = now.snapshot.evidence is NO_EVIDENCE
                return new, () if is_first else changes_between(now.snapshot, new.snapshot)

        def done(found: "tuple[OpenProject, tuple[Change, ...]]") -> None:
            new, changes = found
            shown = self._session.project
            if shown is None or shown.snapshot.blueprint is not new.snapshot.blueprint:
                # Files changed in this very moment.
                self.look(lambda _blueprint, _context: new.snapshot.evidence, then, slot, title)
                return
            self._session.renew(new)
            self.following.show(new)
            self.changed.emit(new, changes)
            then(new)

        self._jobs.start(slot, work, done, title=title)

    def _read(self, side: LeanSide) -> None:
        def gather(blueprint: Blueprint, context: JobContext) -> ProjectEvidence:
            self.following.load()
            return side.evidence(blueprint, None, context.check, context.report)

        self.look(
            gather,
            lambda _project: None if self.following.is_on else self._follow(),
            "evidence",
            "Looking at Lean",
        )

    def _follow(self) -> None:
        if self._side is not None and self._settings[FOLLOW]:
            self.following.start(self._side)
        else:
            self.following.stop()
        self.following_changed.emit()

    def _on_arrived(self, project: OpenProject, update: "Update") -> None:
        self._session.renew(project)
        self.changed.emit(project, update.changes)

    def _on_opened(self, project: OpenProject) -> None:
        self._cancel()
        if self._side is None or project.snapshot.blueprint.folder != self._folder:
            self._forget()
        else:
            self._side.reading = project.snapshot.reading
            self.following.show(project)

    def _on_closed(self) -> None:
        self._cancel()
        self._forget()

    def _cancel(self) -> None:
        for slot in _SLOTS:
            self._jobs.cancel(slot)

    def _forget(self) -> None:
        self.following.stop()
        self._side = None
        self.following_changed.emit()

    def _on_setting_changed(self, key: str) -> None:
        if key == FOLLOW and self._session.project is not None:
            self._follow()
