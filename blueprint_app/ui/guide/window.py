"""The window of the guide: contents at the left, the page at the right; it can stay open beside the work."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.guide.pages import INDEX, Entry, contents, linked_page, page_html, page_text
from blueprint_app.ui.icons import tool_icon
from blueprint_app.ui.notices import trouble
from blueprint_app.ui.theme import Theme, palette_of

if TYPE_CHECKING:
    from blueprint_app.ui.main_window import MainWindow

_MARGIN, _WIDEST = 24, 720
"""Around a page, and of its lines, in pixels: longer ones are hard to follow."""

_PAGE = Qt.ItemDataRole.UserRole


class PageBrowser(QTextBrowser):
    """Shows a page; nothing is loaded, and links are only reported."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Page of the guide")
        self._html = ""

    def loadResource(self, _type: int, _name: QUrl | str) -> object:
        return None

    def show_html(self, html: str) -> None:
        """Show a page from its beginning."""
        self._html = html
        self.setHtml(html)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Take on a theme's colours; the place in the page stays."""
        palette = palette_of(theme)
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.ground))
        self.setPalette(palette)
        self.document().setDefaultStyleSheet(_sheet(theme))
        at = self.verticalScrollBar().value()
        self.show_html(self._html)
        self.verticalScrollBar().setValue(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Keep lines readable in a wide window."""
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        form.setMargin(_MARGIN)
        form.setRightMargin(max(_MARGIN, self.viewport().width() - _MARGIN - _WIDEST))
        if form != frame.frameFormat():
            frame.setFrameFormat(form)


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

    def go_back(self) -> None:
        """To the page before, where it was left."""
        if self._past:
            page, at = self._past.pop()
            self._show(page)
            self.browser.verticalScrollBar().setValue(at)
        self.back.setEnabled(bool(self._past))

    def follow(self, address: str) -> None:
        """Turn to a page of the guide, or have a web page opened; any other link leads nowhere."""
        page = linked_page(address)
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
        column.addWidget(self.contents, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self.browser)
        split.setStretchFactor(1, 1)
        split.setSizes([232, 728])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self.browser.setFocus()


def show_guide(window: "MainWindow") -> None:
    """Open the guide of a window, or bring it to the front."""
    guide = window.findChild(GuideWindow)
    if guide is None:
        try:
            guide = GuideWindow(contents(), window.deeds.open_link, window.theme, window)
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


def _sheet(theme: Theme) -> str:
    return (
        f"* {{ color: {theme.text}; }} a {{ color: {theme.accent}; text-decoration: none; }}"
        f" code, pre {{ font-family: monospace; }} pre {{ background: {theme.panel}; white-space: pre-wrap; }}"
        " h1 { font-size: x-large; font-weight: 600; margin-top: 0; margin-bottom: 12px; }"
        " h2 { font-size: large; font-weight: 600; margin-top: 20px; margin-bottom: 8px; }"
        " p { margin-top: 0; margin-bottom: 10px; line-height: 140%; } li { margin-bottom: 4px; line-height: 140%; }"
        f" table {{ border-collapse: collapse; border: 1px solid {theme.line}; margin-bottom: 12px; }}"
        f" th, td {{ border: 1px solid {theme.line}; padding: 5px 8px; vertical-align: top; }}"
        f" th {{ color: {theme.muted}; text-align: left; background: {theme.panel}; }}"
    )
