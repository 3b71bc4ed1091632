"""What can be done with a node, offered where the node stands: in the graph, in a list and on its page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication

from blueprint_app.export.prose.provenance import ATTEMPT
from blueprint_app.ui.commands.command import CommandMenu
from blueprint_app.ui.graph_reading.commands import NODE_MENU
from blueprint_app.ui.reading.node_page import PAGE_DEEDS

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


class Nodes:
    """The deeds of one window that concern the selected node."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def copy_label(self) -> None:
        """Put the selected node's label on the clipboard."""
        if self._window.store.state.node is not None:
            QGuiApplication.clipboard().setText(self._window.store.state.node)

    def zoom_to_node(self) -> None:
        """Bring the selected node into the middle, large enough to be read."""
        if self._window.store.state.node is not None:
            self._window.presenter.look_at(self._window.store.state.node)

    def show_node_menu(self, node: str, place: QPoint) -> None:
        """What can be done with a node of the graph, or with the graph itself."""
        names = NODE_MENU if node else ("view.fit", "graph.show_all", "file.export")
        if node:
            self._window.presenter.go_to(node)
        menu = CommandMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in names:
            menu.addAction(self._window.commands[name])
        menu.popup(place)

    def do_on_page(self, deed: str) -> None:
        """Do what a link on a page asks for: a command, an attempt, or "more" for all that the assistant can do."""
        if deed == "more":
            menu = CommandMenu(self._window)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._window.commands.fill_menu(menu, "&Assistant")
            menu.popup(QCursor.pos())
        elif deed.startswith(ATTEMPT):
            self._window.attempts.show(deed.removeprefix(ATTEMPT))
        elif deed in PAGE_DEEDS and self._window.commands[deed].isEnabled():
            self._window.commands[deed].trigger()
