"""The right side: the page of the selected node, and beside it the assistant, as tabs."""

from PySide6.QtWidgets import QTabWidget, QWidget


class RightPanel(QTabWidget):
    """Its tabs show only where there are two of them."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setTabBarAutoHide(True)
        self.addTab(page, "Page")
        self.setFocusProxy(page)
