"""Showing and hiding the sides of a window, and the window itself."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDockWidget, QWidget

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


class Panels:
    """The sides of one window; the ``..._shown`` tell what is ticked."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def outline_shown(self) -> bool:
        """Whether the left side is there."""
        return not self._window.outline_dock.isHidden()

    def page_shown(self) -> bool:
        """Whether the right side is there."""
        return not self._window.page_dock.isHidden()

    def diagnostics_shown(self) -> bool:
        """Whether the lower side is there and shows the diagnostics."""
        return self._is_below(self._window.diagnostics)

    def drift_shown(self) -> bool:
        """Whether the lower side is there and shows the drift inbox."""
        return self._is_below(self._window.drift)

    def build_shown(self) -> bool:
        """Whether the lower side is there and shows the output of the build."""
        return self._is_below(self._window.build_panel)

    def _is_below(self, page: QWidget) -> bool:
        return not self._window.diagnostics_dock.isHidden() and self._window.bottom.currentWidget() is page

    def toggle_outline(self) -> None:
        """Show or hide the left side."""
        self._toggle(self._window.outline_dock)

    def toggle_page(self) -> None:
        """Show or hide the right side."""
        self._toggle(self._window.page_dock)

    def toggle_diagnostics(self) -> None:
        """Show the diagnostics, or hide the lower side if it shows them."""
        self.toggle_below(self._window.diagnostics)

    def toggle_drift(self) -> None:
        """Show the drift inbox, or hide the lower side if it shows it."""
        self.toggle_below(self._window.drift)

    def toggle_build(self) -> None:
        """Show the output of the build, or hide the lower side if it shows it."""
        self.toggle_below(self._window.build_panel)

    def toggle_below(self, page: QWidget) -> None:
        """Bring a tab of the lower side to the front, or hide that side if it is there already."""
        window = self._window
        window.diagnostics_dock.setVisible(not self._is_below(page))
        window.bottom.setCurrentWidget(page)
        window.commands.refresh()

    def _toggle(self, dock: QDockWidget) -> None:
        dock.setVisible(dock.isHidden())
        self._window.commands.refresh()

    def is_full_screen(self) -> bool:
        """Whether the window fills the screen."""
        return self._window.isFullScreen()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to a window."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def quit(self) -> None:
        """Close the window."""
        self._window.close()
