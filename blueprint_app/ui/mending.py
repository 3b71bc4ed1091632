"""The one-line change that mends a drift: shown first, written only over what was read, taken back on demand."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blueprint_app.insight.drift import Drift
from blueprint_app.live.changing import FileChange, planned, write
from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.drift.change_dialog import ChangeDialog
from blueprint_app.ui.notices import Notice, Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.ui.main_window import MainWindow

_TOPIC = "change"


class Mending(QObject):
    """Files are read and written in jobs; what comes of it is told in notices."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def show_change(self, drift: Drift) -> None:
        """Show what would be changed, and offer to apply it."""
        project, edit = self._window.session.project, drift.edit
        if project is None or edit is None:
            return
        blueprint = project.snapshot.blueprint

        def show(change: FileChange) -> None:
            dialog = ChangeDialog(change, drift.message, self._window.theme, self._window)
            dialog.applied.connect(self.apply)
            dialog.open()

        self._window.jobs.start(
            "change", lambda _context: planned(blueprint, edit.file, edit.apply, edit.title), show, self._on_failed
        )

    def apply(self, change: FileChange) -> None:
        """Write a change, then read the project again."""
        self._window.jobs.start(
            "change", lambda _context: write(change), lambda _none: self._on_written(change), self._on_failed
        )

    def _on_written(self, change: FileChange) -> None:
        window = self._window
        undo = Offer("Undo", lambda: self.apply(change.undone))
        window.notices.show_notice(Notice(f"{change.title}: {change.shown} was changed.", (undo,), topic=_TOPIC))
        if not window.lean.following.is_on:
            window.session.reload()

    def _on_failed(self, error: BlueprintError) -> None:
        again = Offer("Read again", self._window.session.reload)
        self._window.notices.show_notice(trouble(str(error), (again,), topic=_TOPIC))
