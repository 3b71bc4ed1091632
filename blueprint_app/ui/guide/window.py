"""The window of the guide: contents at the left, the page at the right; it can stay open beside the work."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.guide.browser import PageBrowser
from blueprint_app.ui.guide.pages import INDEX, Entry, contents, linked_page, page_html, page_text
from blueprint_app.ui.guide.search import Hit
from blueprint_app.ui.guide.search_column import SearchColumn
from blueprint_app.ui.look.icons import tool_icon
from blueprint_app.ui.theme import Theme
from blueprint_app.ui.window.notices import trouble

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

_PAGE = Qt.ItemDataRole.UserRole


class GuideWindow(QDialog):
    """`open_link` gets the addresses of the web that a person follows; `entries` are the contents."""

    def __init__(
        self,
        entries: tuple[Entry, ...],
        open_link: Callable[[str], None],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("guide")
        self.setModal(False)
        self.setWindowTitle("Guide")
        self.resize(960, 720)
        self._open_link = open_link
        self._past: list[tuple[str, int]] = []
        self.page = ""
        self.contents, self.browser = _contents_list(entries), PageBrowser()
        self.search = SearchColumn(self.contents, entries)
        self.back = QToolButton()
        self.back.setText("Back")
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.setIconSize(QSize(16, 16))
        self.back.setShortcut("Alt+Left")
        self.back.setToolTip("To the page before (Alt+Left)")
        self._assemble()
        self.contents.currentItemChanged.connect(lambda item, _old: self._on_chosen(item))
        self.browser.anchorClicked.connect(lambda url: self.follow(url.toString()))
        self.back.clicked.connect(self.go_back)
        self.search.hit_chosen.connect(self.show_hit)
        self.search.left.connect(self.browser.setFocus)
        QShortcut(QKeySequence("Ctrl+F"), self, self.search.begin)
        self.set_theme(theme)
        self.show_page(INDEX)

    def set_theme(self, theme: Theme) -> None:
        """Take on a theme's colours."""
        self.browser.set_theme(theme)
        self.back.setIcon(tool_icon("back", theme))
        for row in range(self.contents.count()):
            item = self.contents.item(row)
            if not item.data(_PAGE):
                item.setForeground(QColor(theme.muted))

    def show_page(self, page: str) -> None:
        """Turn to a page; the way back leads to the one before."""
        if page == self.page:
            return
        before = (self.page, self.browser.verticalScrollBar().value())
        if self._show(page) and before[0]:
            self._past.append(before)
        self.back.setEnabled(bool(self._past))

    def show_hit(self, hit: Hit) -> None:
        """Turn to a line that was found, and mark what matches."""
        self.show_page(hit.line.page)
        if self.page == hit.line.page:
            self.browser.show_match(hit.places())

    def go_back(self) -> None:
        """To the page before, where it was left."""
        if self._past:
            page, at = self._past.pop()
            self._show(page)
            self.browser.verticalScrollBar().setValue(at)
        self.back.setEnabled(bool(self._past))

    def follow(self, address: str) -> None:
        """Turn to a page of the guide, or have a web page opened; any other link leads nowhere."""
        page = linked_page(address, self.page or INDEX)
        if page:
            self.show_page(page)
        else:
            self._open_link(address)

    def _show(self, page: str) -> bool:
        """Show a page, or why it cannot be shown; whether it is there."""
        try:
            html = page_html(page_text(page))
        except BlueprintError as error:
            self.browser.setPlainText(str(error))
            return False
        self.page = page
        self.browser.show_html(html)
        self.browser.verticalScrollBar().setValue(0)
        self._mark(page)
        return True

    def _mark(self, page: str) -> None:
        for row in range(self.contents.count()):
            if self.contents.item(row).data(_PAGE) == page:
                self.contents.setCurrentRow(row)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_PAGE):
            self.show_page(item.data(_PAGE))

    def _assemble(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 8, 8, 4)
        bar.addWidget(self.back)
        bar.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.search, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self.browser)
        split.setStretchFactor(1, 1)
        split.setSizes([248, 712])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self.browser.setFocus()


def show_guide(window: "MainWindow") -> None:
    """Open the guide of a window, or bring it to the front."""
    guide = window.findChild(GuideWindow)
    if guide is None:
        try:
            guide = GuideWindow(contents(), window.deeds.places.open_link, window.theme, window)
        except BlueprintError as error:
            window.notices.show_notice(trouble(str(error), topic="guide"))
            return
        window.theme_changed.connect(guide.set_theme)
    guide.show()
    guide.activateWindow()


def _contents_list(entries: tuple[Entry, ...]) -> QListWidget:
    found = QListWidget()
    found.setFrameShape(QFrame.Shape.NoFrame)
    found.setAccessibleName("Contents of the guide")
    found.setMinimumWidth(160)
    for entry in entries:
        item = QListWidgetItem(f"  {entry.title}")
        item.setData(_PAGE, entry.page)
        height = found.fontMetrics().height()
        item.setSizeHint(QSize(0, height + (8 if entry.page else 20)))
        if not entry.page:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setTextAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        found.addItem(item)
    return found
