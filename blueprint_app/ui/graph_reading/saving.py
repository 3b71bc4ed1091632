"""Gives the present view a name, comes back to it by the menu, and forgets it."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu

from blueprint_app.ui.graph_reading.saved_views import SavedView, read, saved_view, written
from blueprint_app.ui.views.view import GRAPH
from blueprint_app.ui.window.notices import Notice, Offer

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

SETTING = "saved_views"


class SavedViews(QObject):
    """The named views of the open project; the settings keep those of every project by its folder."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    @property
    def views(self) -> tuple[SavedView, ...]:
        """The named views of the open project, by name."""
        return read(self._window.settings[SETTING].get(self._folder(), "[]"))

    def can_save(self) -> bool:
        """Whether a project is open."""
        return self._window.session.project is not None

    def ask_name(self) -> None:
        """Ask what the present view is to be called, and keep it."""
        dialog = QInputDialog(self._window)
        dialog.setObjectName("save_view")
        dialog.setWindowTitle("Save view")
        dialog.setLabelText("What the graph shows, its colours, filter and what stands out, under the name")
        dialog.textValueSelected.connect(self.save)
        dialog.open()

    def save(self, name: str) -> None:
        """Keep the present view under a name; a view of that name is replaced."""
        view = saved_view(name, self._window.store.state)
        if view.name and self.can_save():
            others = [each for each in self.views if each.name != view.name]
            self._keep(sorted((*others, view), key=lambda each: each.name.casefold()))

    def show(self, view: SavedView) -> None:
        """Show what is kept under a name; one step of Undo leads back."""
        # A scheme that is not there any more, or a node, is left out where it is shown.
        self._window.store.change(**view.values, viewport=None, view=GRAPH)

    def delete(self, view: SavedView) -> None:
        """Forget a view; a notice offers to take that back."""
        before = self.views
        self._keep(each for each in before if each.name != view.name)
        offer = Offer("Undo", lambda: self._keep(before))
        self._window.notices.show_notice(Notice(f"The view “{view.name}” is deleted.", (offer,), topic="saved view"))

    def add_menu(self, menu: QMenu, before: QAction) -> None:
        """Put the menu of saved views in front of a command of `menu`."""
        saved = QMenu("Saved &views", menu)
        saved.aboutToShow.connect(lambda: self.fill(saved))
        menu.insertMenu(before, saved)

    def fill(self, menu: QMenu) -> None:
        """One entry for each view, and a menu to delete them."""
        menu.clear()
        views = self.views
        for view in views:
            menu.addAction(_escaped(view.name), partial(self.show, view))
        if not views:
            menu.addAction("No view of this project has a name yet").setEnabled(False)
            return
        menu.addSeparator()
        delete = menu.addMenu("&Delete")
        for view in views:
            delete.addAction(_escaped(view.name), partial(self.delete, view))

    def _folder(self) -> str:
        project = self._window.session.project
        return "" if project is None else project.snapshot.blueprint.folder

    def _keep(self, views: Iterable[SavedView]) -> None:
        kept = {each: text for each, text in self._window.settings[SETTING].items() if each != self._folder()}
        views = tuple(views)
        self._window.settings[SETTING] = kept | ({self._folder(): written(views)} if views else {})


def _escaped(name: str) -> str:
    return name.replace("&", "&&")
