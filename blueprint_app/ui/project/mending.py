"""Changes of the project's own files: shown first, written only over what was read, taken back on demand."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blueprint_app.insight.drift import Drift
from blueprint_app.live.change_set import ChangeSet, write_set
from blueprint_app.live.changing import FileChange, planned, write
from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.drift.change_dialog import ChangeDialog
from blueprint_app.ui.window.notices import Notice, Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

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

        self.review(lambda: planned(blueprint, edit.file, edit.apply, edit.title), drift.message)

    def review(self, plan: Callable[[], FileChange | ChangeSet], reason: str) -> None:
        """Show what `plan`, called in a job, would change, and why; offer to apply it."""
        missing = self._window.deeds.at_hand.no_folder()
        if missing:
            self._window.notices.show_notice(trouble(missing, topic=_TOPIC))
            return

        def show(change: FileChange | ChangeSet) -> None:
            dialog = ChangeDialog(change, reason, self._window.theme, self._window)
            dialog.applied.connect(self.apply)
            dialog.open()

        self._window.jobs.start("change", lambda _context: plan(), show, self._on_failed)

    def apply(self, change: FileChange | ChangeSet) -> None:
        """Write a change, then read the project again."""
        self._window.jobs.start(
            "change",
            lambda _context: write(change) if isinstance(change, FileChange) else write_set(change),
            lambda _none: self._on_written(change),
            self._on_failed,
        )

    def _on_written(self, change: FileChange | ChangeSet) -> None:
        window = self._window
        undo = Offer("Undo", lambda: self.apply(change.undone))
        window.notices.show_notice(Notice(f"{change.title}: {change.shown} was changed.", (undo,), topic=_TOPIC))
        if not window.lean.following.is_on:
            window.session.reload()

    def _on_failed(self, error: BlueprintError) -> None:
        again = Offer("Read again", self._window.session.reload)
        self._window.notices.show_notice(trouble(str(error), (again,), topic=_TOPIC))
