"""How the window looked before the tour, and the way back to that."""

from typing import TYPE_CHECKING

from shiboken6 import isValid

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


class AsFound:
    """Taken before anything is shown; `restore` leaves no trace of what was."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._way_back = window.store.way_back()
        docks = (window.outline_dock, window.page_dock, window.diagnostics_dock)
        self._docks = tuple((dock, dock.isHidden()) for dock in docks)
        self._tabs = tuple((tabs, tabs.currentWidget()) for tabs in (window.right, window.bottom))
        self._focus = window.focusWidget()

    def restore(self, *, with_focus: bool = True) -> None:
        """Bring back the view, the parts and their tabs; the focus not where a person has moved it since."""
        window = self._window
        self._way_back()
        for dock, is_hidden in self._docks:
            dock.setHidden(is_hidden)
        for tabs, page in self._tabs:
            if page is not None and tabs.indexOf(page) >= 0:
                tabs.setCurrentWidget(page)
        window.graph.hold_legend(is_open=False)
        if with_focus:
            # A page that was filled anew meanwhile may have other widgets.
            (self._focus if self._focus is not None and isValid(self._focus) else window.graph).setFocus()
        window.commands.refresh()
