"""The tab that tells how the selected node stands: worked out in a job, and only while the tab is in front."""

from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from blueprint_app.export.prose.page import PageContent
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place
from blueprint_app.ui.jobs import JobContext
from blueprint_app.ui.reading.plain import PlainReader

if TYPE_CHECKING:
    from blueprint_app.model.snapshot import Snapshot
    from blueprint_app.ui.window.main_window import MainWindow

_SLOT, _COPY_SLOT = "standing", "standing-text"
_SELECT = "Select a node: here stands what it waits for, what rests on it, and what it takes on trust."
_WAIT = "Looking at all that it rests on…"


class StandingTab(QWidget):
    """A page with a button to copy it; `appeared` says that it has come to the front."""

    appeared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.reader = PlainReader()
        self.reader.setAccessibleName("Standing")
        self.reader.document().setIndentWidth(16)
        self.words = QLabel(_SELECT)
        self.words.setObjectName("faint")
        self.words.setWordWrap(True)
        self.words.setMargin(16)
        self.copy = QPushButton("Copy as text")
        self.copy_trust = QPushButton("Copy trust report")
        self.copy_trust.setToolTip("Every assumption under this node as Markdown, for a referee")
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 8, 8, 8)
        bar.addStretch(1)
        bar.addWidget(self.copy_trust)
        bar.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self.reader, 1)
        column.addLayout(bar)
        column.addStretch(0)
        self.setFocusProxy(self.reader)
        self.say(_SELECT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.appeared.emit()

    def say(self, words: str) -> None:
        """Show words in place of a page; with "" the page is shown."""
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.reader.setVisible(not words)
        for button in (self.copy, self.copy_trust):
            button.setVisible(not words)


class StandingDesk(QObject):
    """Fills the tab for the node that is selected, and again when the project has changed.

    `source_requested` carries the `Place` of an assumption.
    """

    source_requested = Signal(object)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._shown: tuple[Snapshot, NodeId] | None = None
        self.tab = StandingTab()
        window.right.addTab(self.tab, "Standing")
        window.right.setTabToolTip(
            window.right.indexOf(self.tab), "What it waits for, what rests on it, and on what trust"
        )
        self.tab.appeared.connect(self._look)
        window.store.changed.connect(lambda _old, _new: self._look())
        window.session.opened.connect(lambda _project: self._look())
        window.session.renewed.connect(lambda _old, _new: self._look())
        window.session.closed.connect(self._forget)
        window.theme_changed.connect(self.tab.reader.set_theme)
        self.tab.reader.link_activated.connect(self._follow)
        self.tab.copy.clicked.connect(lambda _checked=False: self._copy())
        self.tab.copy_trust.clicked.connect(lambda _checked=False: self._copy(for_referee=True))

    def show_tab(self) -> None:
        """Bring the tab to the front."""
        self._window.page_dock.show()
        self._window.right.setCurrentWidget(self.tab)
        self.tab.reader.setFocus()

    def _look(self) -> None:
        project, node = self._window.session.project, self._window.store.state.node
        if not self.tab.isVisible():
            return
        if project is None or node is None or node not in project.snapshot.nodes:
            self._forget()
            return
        snapshot = project.snapshot
        if self._shown is not None and self._shown[0] is snapshot and self._shown[1] == node:
            return
        self._shown = snapshot, node
        self.tab.say(_WAIT)

        def work(_context: JobContext) -> PageContent:
            from blueprint_app.ui.standing.page import standing_page

            return standing_page(snapshot, node)

        self._window.jobs.start(_SLOT, work, self._on_page, self._on_failed, is_long=True)

    def _on_page(self, page: PageContent) -> None:
        self.tab.say("")
        self.tab.reader.set_theme(self._window.theme)
        self.tab.reader.show_page(page)

    def _on_failed(self, error: BlueprintError) -> None:
        """Say so; whoever selects the node again asks again."""
        self._shown = None
        self.tab.say(str(error))

    def _forget(self) -> None:
        self._window.jobs.cancel(_SLOT)
        self._shown = None
        self.tab.say(_SELECT)

    def _follow(self, address: str) -> None:
        kind, _, name = address.partition(":")
        if kind == "node":
            self._window.presenter.go_to(unquote(name))
        elif kind == "source":
            file, _, line = name.partition("#")
            self.source_requested.emit(Place(unquote(file), int(line) if line.isdecimal() else 0))

    def _copy(self, *, for_referee: bool = False) -> None:
        if self._shown is None:
            return
        snapshot, node = self._shown

        def work(_context: JobContext) -> str:
            from blueprint_app.ui.standing.page import standing_as_text, trust_for_referee

            return trust_for_referee(snapshot, node) if for_referee else standing_as_text(snapshot, node)

        self._window.jobs.start(_COPY_SLOT, work, QGuiApplication.clipboard().setText)
