"""The window of runs: to set one up, or to watch it; closing it ends nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from blueprint_app.ui.batch.run_page import RunPage
from blueprint_app.ui.batch.setup_page import SetupPage


class BatchWindow(QDialog):
    """Beside the main window, not in front of it: the graph and the attempts can be used meanwhile."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Draft many")
        self.setModal(False)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.resize(760, 640)
        self.setup, self.run = SetupPage(), RunPage()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.setup)
        self.pages.addWidget(self.run)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def show_setup(self) -> None:
        """Show what a run is to do."""
        self.pages.setCurrentWidget(self.setup)

    def show_run(self) -> None:
        """Show the run."""
        self.pages.setCurrentWidget(self.run)

    @property
    def is_setup(self) -> bool:
        """Whether a run is being set up."""
        return self.pages.currentWidget() is self.setup
