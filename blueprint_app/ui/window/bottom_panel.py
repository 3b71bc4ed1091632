"""The lower side: diagnostics, drift and the build's output as tabs with their numbers."""

from PySide6.QtWidgets import QTabWidget, QWidget


class BottomPanel(QTabWidget):
    """Tabs with a count behind their name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self._titles: dict[QWidget, str] = {}

    def add(self, page: QWidget, title: str) -> None:
        """Add a tab."""
        self._titles[page] = title
        self.addTab(page, title)

    def show_count(self, page: QWidget, count: int) -> None:
        """Say how much a tab holds."""
        title = self._titles[page]
        self.setTabText(self.indexOf(page), f"{title} {count}" if count else title)
