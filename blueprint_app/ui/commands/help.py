"""What a window tells of itself: the guide, the keys, the log and the version."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from blueprint_app.ui.window.notices import Notice
from blueprint_app.user_folders import log_folder

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


class Help:
    """The deeds of the menu Help."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def show_guide(self) -> None:
        """Show the guide beside the window."""
        from blueprint_app.ui.guide.window import show_guide

        show_guide(self._window)

    def show_shortcuts(self) -> None:
        """Show all keys."""
        from blueprint_app.ui.commands.shortcut_page import ShortcutPage

        ShortcutPage(self._window.commands.table, self._window).open()

    def open_log(self) -> None:
        """Show the folder of the log file."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))

    def show_about(self) -> None:
        """Say which version this is."""
        from blueprint_app import __version__

        text = (
            f"Blueprint Explorer {__version__}: what a Lean blueprint rests on, how far it is, and how that is known."
        )
        self._window.notices.show_notice(Notice(text, topic="about"))
