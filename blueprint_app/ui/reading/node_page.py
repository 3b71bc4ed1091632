"""The right side: the page of the selected node, made off the UI thread and shown in the reading view."""

import importlib
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from blueprint_app.export.prose.evidence import evidence_section
from blueprint_app.export.prose.markup import EMPTY, Html, app_href, element, text
from blueprint_app.export.prose.page import PageContent, page_of
from blueprint_app.export.prose.prose import Prose
from blueprint_app.export.prose.provenance import provenance_section
from blueprint_app.insight.graph.inferred import Inferred
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.model.why import explain
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.reading import ReadingView
from blueprint_app.ui.reading.overview_page import overview_of
from blueprint_app.ui.theme import Theme

_ENGINE_MODULES = (
    "PySide6.QtNetwork",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "blueprint_app.ui.reading.web",
)


PAGE_DEEDS = {"assistant.explain": "Explain", "assistant.prove": "Draft"}
"""The commands that the foot of a page offers, and what they are called there."""


class NodePage(QWidget):
    """`node_requested` carries a linked node's id, `source_requested` a `Place`, `link_requested` an address."""

    node_requested = Signal(str)
    source_requested = Signal(object)
    link_requested = Signal(str)
    deed_requested = Signal(str)
    """A link to something that the app does was followed."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None, *, use_web_engine: bool = True) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._use_web_engine = use_web_engine
        self.has_assistant = False
        self._snapshot: Snapshot | None = None
        self._prose: Prose | None = None
        self._content: PageContent | None = None
        self.reading = ReadingView(use_web_engine=use_web_engine)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.reading)
        self.setFocusProxy(self.reading)
        self.reading.node_requested.connect(self.node_requested)
        self.reading.link_requested.connect(self.link_requested)
        self.reading.source_requested.connect(self.tell_source)
        self.reading.deed_requested.connect(self.deed_requested)

    @property
    def uses_web_engine(self) -> bool:
        """Whether formulas are typeset."""
        return self._use_web_engine

    def tell_source(self, file: str, line: int) -> None:
        """Ask for a place of the project to be opened."""
        self.source_requested.emit(Place(file, line))

    def prepare(self, then: Callable[[], object]) -> None:
        """Load the web engine's modules and start it, each in a turn of its own; then call `then`."""
        self._load_next(list(_ENGINE_MODULES) if self._use_web_engine else [], then)

    def _load_next(self, names: list[str], then: Callable[[], object]) -> None:
        if not names:
            self.reading.start()
            QTimer.singleShot(0, then)
            return
        # Where one is missing the reading view says so and shows formulas as their source.
        with suppress(ImportError):
            importlib.import_module(names[0])
        QTimer.singleShot(0, lambda: self._load_next(names[1:], then))

    def show_node(self, snapshot: Snapshot, node: NodeId | None, inferred: Inferred | None = None) -> None:
        """Show the page of `node`, with its `inferred` uses apart; without one, an overview of the whole blueprint."""
        prose = self._prose_of(snapshot)

        def work(_context: JobContext) -> PageContent:
            if node is None:
                return overview_of(snapshot, prose)
            evidence = evidence_section(snapshot, node)
            written = provenance_section(snapshot, node, with_links=self.has_assistant)
            sections = (("Evidence", evidence), ("Provenance", written))
            extra = [(title, content) for title, content in sections if content]
            foot = _deeds_row() if self.has_assistant else EMPTY
            why = explain(snapshot, node)
            return page_of(snapshot, node, why=why, prose=prose, extra=extra, inferred=inferred, foot=foot)

        self._jobs.start("page", work, self._on_page)

    def _on_page(self, content: PageContent) -> None:
        """Show a page, but none that is shown already: each is typeset anew."""
        if content != self._content:
            self._content = content
            self.reading.show_page(content)

    def show_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.reading.set_theme(theme)

    def _prose_of(self, snapshot: Snapshot) -> Prose:
        """The converter of the snapshot's blueprint: its macros and labels are looked through once."""
        if self._prose is None or self._snapshot is None or snapshot.blueprint is not self._snapshot.blueprint:
            self._prose = Prose(snapshot.blueprint)
        self._snapshot = snapshot
        return self._prose


def _deeds_row() -> Html:
    """What the assistant can do with the node of a page."""
    links = [element("a", text(words), href=app_href(deed), class_="deed") for deed, words in PAGE_DEEDS.items()]
    more = element("a", text("More…"), href=app_href("more"), class_="deed")
    return element("nav", *links, more, class_="deeds", aria_label="Assistant")
