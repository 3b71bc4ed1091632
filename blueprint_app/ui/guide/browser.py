"""The page of the guide as it is read: no line too long, pictures as wide as the text, and a match marked."""

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QResizeEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from blueprint_app.ui.guide.pages import picture_file
from blueprint_app.ui.theme import Theme, palette_of

_MARGIN, _WIDEST = 24, 720
"""Around a page, and of its lines, in pixels: longer ones are hard to follow."""

_TAKEN_WITH = 1.5
"""How many pixels the pictures have for each that the window had when they were taken."""

_FRAME = QColor(128, 136, 148, 140)
"""Is seen on light and on dark ground."""


class PageBrowser(QTextBrowser):
    """Shows a page; nothing is loaded but the guide's own pictures, and links are only reported."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Page of the guide")
        self._html = ""
        self._fitted = 0
        self._marked: tuple[tuple[int, int, int], ...] = ()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        address = name.toString() if isinstance(name, QUrl) else name
        return fitted_picture(address, self._text_width(), self.devicePixelRatioF())

    def show_html(self, html: str) -> None:
        """Show a page from its beginning."""
        self._html = html
        self._marked = ()
        self.setExtraSelections([])
        self._fitted = self._text_width()
        self.setHtml(html)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Take on a theme's colours; the place in the page stays, and so do the marks."""
        palette = palette_of(theme)
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.ground))
        self.setPalette(palette)
        self.document().setDefaultStyleSheet(_sheet(theme))
        at, marked = self.verticalScrollBar().value(), self._marked
        self.show_html(self._html)
        self._mark(marked)
        self.verticalScrollBar().setValue(at)

    def show_match(self, places: Iterable[tuple[int, int, int]]) -> None:
        """Mark places, each a block, an offset in it and a length, and bring the first into sight."""
        self._mark(tuple(places))
        if self._marked:
            block, offset, _length = self._marked[0]
            cursor = QTextCursor(self._block(block))
            cursor.movePosition(QTextCursor.MoveOperation.Right, n=offset)
            self.setTextCursor(cursor)
            # A third from the top: what stands before the match belongs to it.
            bar, at = self.verticalScrollBar(), self.cursorRect(cursor).top()
            bar.setValue(bar.value() + at - self.viewport().height() // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _mark(self, places: tuple[tuple[int, int, int], ...]) -> None:
        self._marked = places
        role = QPalette.ColorRole
        selections = []
        for block, offset, length in places:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self._block(block))
            mark.cursor.movePosition(QTextCursor.MoveOperation.Right, n=offset)
            mark.cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, length)
            mark.format.setBackground(self.palette().color(role.Highlight))
            mark.format.setForeground(self.palette().color(role.HighlightedText))
            selections.append(mark)
        self.setExtraSelections(selections)

    def _block(self, number: int) -> QTextBlock:
        return self.document().findBlockByNumber(number)

    def _text_width(self) -> int:
        return max(min(_WIDEST, self.viewport().width() - 2 * _MARGIN), 100)

    def _fit(self) -> None:
        """Keep lines readable in a wide window, and pictures as wide as these."""
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        form.setMargin(_MARGIN)
        form.setRightMargin(max(_MARGIN, self.viewport().width() - _MARGIN - _WIDEST))
        if form != frame.frameFormat():
            frame.setFrameFormat(form)
        if self._fitted != self._text_width():
            self._fitted = self._text_width()
            self._fit_pictures()

    def _fit_pictures(self) -> None:
        document = self.document()
        for address in _pictures_in(document):
            picture = self.loadResource(QTextDocument.ResourceType.ImageResource.value, address)
            document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(address), picture)
        document.markContentsDirty(0, document.characterCount())


def fitted_picture(address: str, width: int, ratio: float) -> QImage | None:
    """A picture of the guide for a page whose text is so wide: as large as what it shows, or as wide as the text."""
    file = picture_file(address)
    if file is None:
        return None
    picture = _read(str(file))
    wide = min(width, picture.width() / _TAKEN_WITH) * ratio
    size = QSize(round(wide), round(wide * picture.height() / max(picture.width(), 1)))
    fitted = picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    fitted = fitted.convertToFormat(QImage.Format.Format_RGB32)
    fitted.setDevicePixelRatio(ratio)
    _frame(fitted)
    return fitted


def _frame(picture: QImage) -> None:
    """A picture's ground is often that of the page: a thin line tells where it ends."""
    painter = QPainter(picture)
    painter.setPen(_FRAME)
    size = picture.deviceIndependentSize()
    painter.drawRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1))
    painter.end()


@lru_cache(maxsize=4)
def _read(file: str) -> QImage:
    return QImage(file)


def _pictures_in(document: QTextDocument) -> set[str]:
    return {each.toImageFormat().name() for each in document.allFormats() if each.isImageFormat()}


def _sheet(theme: Theme) -> str:
    return (
        f"* {{ color: {theme.text}; }} a {{ color: {theme.accent}; text-decoration: none; }}"
        f" code, pre {{ font-family: monospace; }} pre {{ background: {theme.panel}; white-space: pre-wrap; }}"
        " h1 { font-size: x-large; font-weight: 600; margin-top: 0; margin-bottom: 12px; }"
        " h2 { font-size: large; font-weight: 600; margin-top: 20px; margin-bottom: 8px; }"
        " p { margin-top: 0; margin-bottom: 10px; line-height: 140%; }"
        " p.picture { margin-top: 4px; margin-bottom: 14px; line-height: 100%; }"
        " li { margin-bottom: 4px; line-height: 140%; }"
        f" table {{ border-collapse: collapse; border: 1px solid {theme.line}; margin-bottom: 12px; }}"
        f" th, td {{ border: 1px solid {theme.line}; padding: 5px 8px; vertical-align: top; }}"
        f" th {{ color: {theme.muted}; text-align: left; background: {theme.panel}; }}"
    )
