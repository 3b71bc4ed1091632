"""What the Progress view needs of the window, and what can be done with its numbers beyond it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker

from blueprint_app.ui.progress.saving import Saving
from blueprint_app.ui.progress.schemes import CONTRIBUTOR, RECENCY
from blueprint_app.ui.progress.view import ProgressView
from blueprint_app.ui.progress.visits import visited
from blueprint_app.ui.session import OpenProject
from blueprint_app.ui.theme import SCHEMES
from blueprint_app.ui.views.view import GRAPH

if TYPE_CHECKING:
    from blueprint_app.ui.main_window import MainWindow

_READ_SCHEMES = (CONTRIBUTOR, RECENCY)


class ProgressDesk(QObject):
    """Remembers when each project was visited, offers the colour schemes that were read, and saves report and badge."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._folder = ""
        self.saving = Saving(window)
        self.view = next(view for view in window.views if isinstance(view, ProgressView))
        self.view.people.scheme_wanted.connect(self.colour_by)
        window.schemes.changed.connect(self._on_offered)
        window.session.opened.connect(self._on_opened)
        window.session.closed.connect(self._on_closed)
        store = window.store
        if store.state.scheme not in [each.id for each in SCHEMES]:
            # It was chosen when the window was last closed; its data have to be read again first.
            store.reset(replace(store.state, scheme=SCHEMES[0].id))

    def can_colour_by(self, scheme: str) -> bool:
        """Whether the data of a scheme have been read."""
        return any(each.id == scheme for each in self._window.schemes.more)

    def colour_by(self, scheme: str) -> None:
        """Show the graph in the colours of a scheme."""
        self._window.store.change(view=GRAPH, scheme=scheme)

    def _on_opened(self, project: OpenProject) -> None:
        settings, folder = self._window.settings, project.snapshot.blueprint.folder
        settings["visits"] = visited(settings["visits"], folder, datetime.now(UTC))
        if folder != self._folder:
            self.view.forget()
        self._folder = folder

    def _on_closed(self) -> None:
        self._folder = ""

    def _on_offered(self) -> None:
        """Let the toolbar and the menu offer what can be chosen now."""
        window, offered = self._window, self._window.schemes.more
        choice, chosen = window.view_bar.schemes, window.store.state.scheme
        if chosen in _READ_SCHEMES:
            if self.can_colour_by(chosen):
                window.schemes.repainted.emit()
            else:
                window.store.change(scheme=SCHEMES[0].id)
        with QSignalBlocker(choice):
            for name in _READ_SCHEMES:
                if choice.findData(name) >= 0:
                    choice.removeItem(choice.findData(name))
            for scheme in offered:
                choice.addItem(scheme.title, scheme.id)
            choice.setCurrentIndex(choice.findData(window.store.state.scheme))
        window.commands.refresh()
