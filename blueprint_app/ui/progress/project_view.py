"""The Progress view as the window knows it; its pages are made when it first comes to the front, not at the start."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.jobs import Jobs
from blueprint_app.ui.progress.people.offered import OfferedSchemes
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.theme import Theme
from blueprint_app.ui.views.view import ProjectView

if TYPE_CHECKING:
    from blueprint_app.ui.progress.view import ProgressPages


class ProgressView(ProjectView):
    """`pages` are None until they are `made`."""

    name = "progress"
    title = "Progress"
    hint = "How far the project is, how it came there, and who wrote it"

    made = Signal()

    def __init__(self, jobs: Jobs, settings: Settings, schemes: OfferedSchemes) -> None:
        super().__init__()
        self._parts = jobs, settings, schemes
        self.pages: ProgressPages | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_project(self, project: OpenProject, theme: Theme) -> None:
        self._made().show_project(project, theme)

    def forget(self) -> None:
        if self.pages is not None:
            self.pages.forget()

    def select(self, node: NodeId | None) -> None:
        if self.pages is not None:
            self.pages.select(node)

    def _made(self) -> "ProgressPages":
        if self.pages is None:
            # Imported here as the first window should not wait for it.
            from blueprint_app.ui.progress.view import ProgressPages

            self.pages = ProgressPages(*self._parts, self)
            self.pages.node_selected.connect(self.node_selected)
            self.pages.node_activated.connect(self.node_activated)
            self._column.addWidget(self.pages)
            self.setFocusProxy(self.pages.now)
            self.made.emit()
        return self.pages
