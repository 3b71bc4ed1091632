"""What the Progress view needs of the window, and what can be done with its numbers beyond it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blueprint_app.ui.progress.saving import Saving
from blueprint_app.ui.progress.visits import visited
from blueprint_app.ui.session import OpenProject

if TYPE_CHECKING:
    from blueprint_app.ui.main_window import MainWindow


class ProgressDesk(QObject):
    """Remembers when each project was visited; `saving` writes the report and the badge."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.saving = Saving(window)
        window.session.opened.connect(self._on_opened)

    def _on_opened(self, project: OpenProject) -> None:
        settings, folder = self._window.settings, project.snapshot.blueprint.folder
        settings["visits"] = visited(settings["visits"], folder, datetime.now(UTC))
