"""Going from the window to what stands elsewhere: a place in the sources, or an address."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place
from blueprint_app.ui.editor.opening import open_place
from blueprint_app.ui.settings.settings import EDITOR
from blueprint_app.ui.window.notices import Notice, Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


class Places:
    """Opens places in the editor and addresses in the browser."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def open_source(self) -> None:
        """Open the selected node's statement in the editor."""
        node = self._window.store.state.node
        if node is not None:
            self.open_source_of(node)

    def open_source_of(self, node: str) -> None:
        """Open the statement of `node` in the editor."""
        project = self._window.session.project
        if project is not None:
            self.open_place(project.snapshot.nodes[NodeId(node)].statement.place)

    def open_place(self, place: Place) -> None:
        """Open a place of the project in the editor; a notice says why that cannot be."""
        project = self._window.session.project
        if project is None:
            return
        if project.is_packed:
            self._tell_place(place)
            return
        try:
            open_place(project.snapshot.blueprint.folder, place, self._window.settings[EDITOR])
        except BlueprintError as error:
            offers = (_copying(place), Offer("Settings…", self._window.deeds.setting_up.show_settings))
            self._window.notices.show_notice(trouble(str(error), offers, topic="editor"))

    def _tell_place(self, place: Place) -> None:
        """Where something stands in the sources, which are not in a snapshot."""
        text = f"It stands in {place} of the project. A snapshot carries no sources."
        self._window.notices.show_notice(Notice(text, (_copying(place),), topic="editor"))

    def open_link(self, address: str) -> None:
        """Open a web address in the browser; pages choose addresses, so only the web's own kinds are followed."""
        url = QUrl(address)
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)


def _copying(place: Place) -> Offer:
    return Offer("Copy the place", lambda: QGuiApplication.clipboard().setText(str(place)))
