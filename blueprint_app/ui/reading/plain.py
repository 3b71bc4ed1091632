"""The reading pane without a web engine: the same page as rich text, formulas as their source."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QColor, QPalette, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from blueprint_app.export.prose.page import PageContent
from blueprint_app.ui.theme import Theme, palette_of


class PlainReader(QTextBrowser):
    """Shows a page's markup; nothing is loaded, links are only reported."""

    link_activated = Signal(str)
    rendered = Signal(str, int, int, bool)
    """As of the web reader; every formula counts as rejected, as none is typeset."""

    words_found = Signal(int)
    """As of the web reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.anchorClicked.connect(lambda url: self.link_activated.emit(bytes(url.toEncoded().data()).decode()))
        self.document().setDocumentMargin(16)
        self._shown: PageContent | None = None
        self._size = self.font().pointSizeF()

    def loadResource(self, _type: int, _name: QUrl | str) -> object:
        return None

    def show_page(self, content: PageContent, *, grows: bool = False) -> None:
        """Show a node's page; one that `grows` stays where it was scrolled to, or at its end."""
        self._shown = content
        bar = self.verticalScrollBar()
        at, is_at_end = bar.value(), bar.value() == bar.maximum()
        self.setHtml(content.html)
        if grows:
            bar.setValue(bar.maximum() if is_at_end else at)
        formulas = content.html.count('class="formula')
        self.rendered.emit(content.node, formulas, formulas, True)

    def set_theme(self, theme: Theme) -> None:
        """Take on a theme's colours."""
        palette = palette_of(theme)
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.ground))
        self.setPalette(palette)
        self.document().setDefaultStyleSheet(
            f"* {{ color: {theme.text}; }} a {{ color: {theme.accent}; text-decoration: none; }}"
            f" .formula, .unrendered, code, pre {{ font-family: monospace; }} pre {{ white-space: pre-wrap; }}"
            f" h1 {{ font-size: large; }} h2, h3 {{ font-size: medium; }} ol.items {{ list-style-type: none; }}"
            f" ul.items {{ list-style-type: disc; }}"
            f" .meaning, .path, .empty, h3 {{ color: {theme.muted}; }} .unresolved {{ color: {theme.error}; }}"
        )
        if self._shown is not None:
            self.setHtml(self._shown.html)

    def set_zoom(self, factor: float) -> None:
        """Scale all text by `factor`."""
        font = self.font()
        font.setPointSizeF(self._size * factor)
        self.setFont(font)

    def find_words(self, words: str, *, backwards: bool = False) -> None:
        """Mark the next place that holds these words."""
        self.find(words, QTextDocument.FindFlag.FindBackward if backwards else QTextDocument.FindFlag(0))
        self.words_found.emit(self.toPlainText().lower().count(words.lower()) if words else 0)
