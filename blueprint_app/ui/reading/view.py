"""The reading pane's widget: made at once, with a web view behind it from the first page on."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from blueprint_app.export.engine_files import engine_folder
from blueprint_app.export.prose.page import PageContent
from blueprint_app.ui.reading.appearance import theme_css
from blueprint_app.ui.reading.plain import PlainReader
from blueprint_app.ui.theme import LIGHT, Theme

if TYPE_CHECKING:
    from blueprint_app.ui.reading.web import WebReader

log = logging.getLogger(__name__)


class ReadingView(QWidget):
    """Shows node pages.

    The web engine is started with the first page, not before; Qt's AA_ShareOpenGLContexts has to
    be set before the application is made. Where the engine is missing, fails or crashes twice,
    pages are shown as rich text with formulas as source, under a notice that says so.
    """

    node_requested = Signal(str)
    """A link to a node was followed: its id."""
    source_requested = Signal(str, int)
    """A link to a source place was followed: the file as in `Place.file`, and the line."""
    link_requested = Signal(str)
    """A web address was clicked; it is opened nowhere by itself."""
    deed_requested = Signal(str)
    """A link to something that the app does was followed: its name."""
    copied = Signal(str)
    """A label or Lean name was put on the clipboard."""
    words_found = Signal(int)
    """How many places on the page hold the words given to `find_words`."""
    rendered = Signal(str, int, int)
    """A page stands with all formulas in sight: node id, formulas on the page, how many were rejected so far."""
    completed = Signal(str, int, int)
    """All formulas of a page are done, those out of sight too; arguments as of `rendered`."""

    def __init__(self, parent: QWidget | None = None, *, use_web_engine: bool = True) -> None:
        super().__init__(parent)
        self._use_web_engine = use_web_engine
        self._theme: Theme = LIGHT
        self._zoom = 1.0
        self._content: PageContent | None = None
        self._is_painted = False
        self._reader: WebReader | PlainReader | None = None
        self._message = QLabel("Select a node to read it.")
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self._notice = QLabel()
        self._notice.setWordWrap(True)
        self._notice.setMargin(8)
        self._notice.hide()
        self._stack = QStackedLayout()
        self._stack.addWidget(self._message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._notice)
        layout.addLayout(self._stack)

    @property
    def node(self) -> str | None:
        """The id of the node on show, or None."""
        return self._content.node if self._content else None

    @property
    def notice(self) -> str:
        """What the notice above the page says; "" while there is none."""
        return self._notice.text() if not self._notice.isHidden() else ""

    @property
    def reader(self) -> WebReader | PlainReader | None:
        """The widget that shows the page; None until the first page."""
        return self._reader

    def show_page(self, content: PageContent, *, grows: bool = False) -> None:
        """Show a node's page: its text at once, its formulas as they are typeset.

        A page that `grows` differs from what is shown by a little: the rest is left standing, and who reads its end
        goes on to see that.
        """
        self._content = content
        self._is_painted = False
        self.start()
        if self._reader is not None:
            self._stack.setCurrentWidget(self._reader)
            self._reader.show_page(content, grows=grows)

    def show_message(self, words: str) -> None:
        """Show a sentence in place of a page, where no node is selected."""
        self._content = None
        self._message.setText(words)
        self._stack.setCurrentWidget(self._message)

    def set_theme(self, theme: Theme) -> None:
        """Take on a theme's colours."""
        self._theme = theme
        self._apply_look()

    def set_zoom(self, factor: float) -> None:
        """Scale the page; 1.0 is the app's own text size, 0.25 to 5.0 are possible."""
        self._zoom = min(max(factor, 0.25), 5.0)
        self._apply_look()

    def find_words(self, words: str, *, backwards: bool = False) -> None:
        """Mark the next place on the page that holds these words; "" takes the mark away."""
        if self._reader is not None:
            self._reader.find_words(words, backwards=backwards)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._apply_look()
        super().changeEvent(event)

    def start(self) -> None:
        """Start the engine if it does not run yet: it is felt less apart from the first page."""
        if self._reader is not None:
            return
        reason = self._start_web() if self._use_web_engine else "it is switched off"
        if reason:
            self._fall_back(reason)
        self._apply_look()

    def _start_web(self) -> str:
        """Start the web engine; why it cannot be, or ""."""
        if engine_folder() is None:
            return "the mathematics engine is not installed"
        try:
            from blueprint_app.ui.reading.web import WebReader, register_scheme
        except ImportError as error:
            return f"the web engine is not installed ({error})"
        if not register_scheme():
            return "the web engine was started before the reading pane"
        reader = WebReader(self)
        reader.failed.connect(self._on_failed)
        self._adopt(reader)
        return ""

    def _adopt(self, reader: WebReader | PlainReader) -> None:
        self._reader = reader
        reader.link_activated.connect(self._on_link_activated)
        reader.rendered.connect(self._on_rendered)
        reader.words_found.connect(self.words_found)
        self._stack.addWidget(reader)

    def _fall_back(self, reason: str) -> None:
        log.warning("formulas are shown as their source: %s", reason)
        self._notice.setText(f"Formulas are shown as their source: {reason}.")
        self._notice.show()
        self._adopt(PlainReader(self))

    def _on_failed(self, reason: str) -> None:
        broken, self._reader = self._reader, None
        if broken is not None:
            self._stack.removeWidget(broken)
            broken.deleteLater()
        self._fall_back(reason)
        self._apply_look()
        if self._content is not None:
            self.show_page(self._content)

    def _apply_look(self) -> None:
        reader = self._reader
        if isinstance(reader, PlainReader):
            reader.set_theme(self._theme)
            reader.set_zoom(self._zoom)
        elif reader is not None:
            reader.set_look(theme_css(self._theme, self.font()), self._theme.is_dark, self._theme.ground)
            reader.setZoomFactor(self._zoom)

    def _on_rendered(self, node: str, formulas: int, rejected: int, is_complete: bool) -> None:
        # The reader tells of the last state only where two come at once.
        if not self._is_painted:
            self._is_painted = True
            self.rendered.emit(node, formulas, rejected)
        if is_complete:
            self.completed.emit(node, formulas, rejected)

    def _on_link_activated(self, address: str) -> None:
        scheme, _, rest = address.partition(":")
        if scheme == "node":
            self.node_requested.emit(unquote(rest))
        elif scheme == "source":
            file, _, line = rest.partition("#")
            self.source_requested.emit(unquote(file), int(line) if line.isdecimal() else 0)
        elif scheme == "copy":
            QGuiApplication.clipboard().setText(unquote(rest))
            self.copied.emit(unquote(rest))
        elif scheme == "app":
            self.deed_requested.emit(unquote(rest))
        elif scheme in ("http", "https", "mailto"):
            self.link_requested.emit(QUrl(address).toString())
