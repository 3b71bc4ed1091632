"""The left dock: filter, outline and progress, put together."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from blueprint_app.insight.evidence_progress import EvidenceProgress
from blueprint_app.insight.progress import Progress
from blueprint_app.insight.search.filtering import FIELDS
from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.outline.model import OutlineModel
from blueprint_app.ui.outline.progress_view import ProgressView
from blueprint_app.ui.outline.tree import OutlineTree
from blueprint_app.ui.outline.view import OutlineView

_TYPING_PAUSE_MS = 60
_OPEN_UP_TO = 1500
"""So many rows are opened in full at once; a larger outline begins with its chapters."""


class OutlinePanel(QWidget):
    """`filter_changed` carries the filter's text once typing rests; `node_selected` the chosen node."""

    filter_changed = Signal(str)
    node_selected = Signal(str)
    node_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = OutlineModel(self)
        self.view = OutlineView(self.model)
        self.progress = ProgressView()
        self.filter_box = _filter_box()
        self._empty = QLabel()
        self._empty.setObjectName("faint")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setMargin(16)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._assemble()
        self.filter_box.textEdited.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(lambda: self.filter_changed.emit(self.filter_box.text()))
        self.filter_box.returnPressed.connect(self._on_return)
        self.progress.filter_wanted.connect(self.filter_changed)
        self.view.node_selected.connect(self.node_selected)
        self.view.node_activated.connect(self.node_activated)

    def show_outline(
        self,
        tree: OutlineTree,
        mark_of: Callable[[NodeId], QIcon],
        words_of: Callable[[NodeId], str],
        *,
        filtered: bool,
    ) -> None:
        """Show `tree`; one that is not too long is opened in full, and scrolled as the one before."""
        scrolled = self.view.verticalScrollBar().value()
        if not self.model.show_tree(tree, mark_of, words_of):
            self.view.viewport().update()
            return
        if len(tree.items) <= _OPEN_UP_TO:
            self.view.expandAll()
            self.view.verticalScrollBar().setValue(scrolled)
        self._empty.setText("No node meets the filter.\nEsc clears it." if filtered else "This blueprint has no nodes.")
        self._body.setCurrentWidget(self.view if tree.items else self._empty)

    def show_marks(self, mark_of: Callable[[NodeId], QIcon]) -> None:
        """Show other status marks; what is open and selected stays."""
        self.model.show_marks(mark_of)

    def show_filter(self, text: str) -> None:
        """Show `text` in the filter box without saying that a person typed it."""
        if self.filter_box.text() != text:
            self.filter_box.setText(text)

    def show_progress(
        self, progress: Progress, fully: QColor, proved: QColor, evidence: EvidenceProgress | None = None
    ) -> None:
        """Show the numbers below the outline."""
        self.progress.show_progress(progress, fully, proved, evidence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.filter_box.text():
            self.filter_box.clear()
            self.filter_changed.emit("")
            return
        super().keyPressEvent(event)

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(8, 8, 8, 8)
        above.addWidget(self.filter_box)
        layout.addLayout(above)
        body = QWidget()
        self._body = QStackedLayout(body)
        self._body.addWidget(self.view)
        self._body.addWidget(self._empty)
        layout.addWidget(body, 1)
        layout.addWidget(self.progress)

    def _on_return(self) -> None:
        """Enter in the filter goes to the first node that is left."""
        self._pause.stop()
        self.filter_changed.emit(self.filter_box.text())
        tree = self.model.tree
        if tree is not None and tree.rows:
            self.node_selected.emit(next(iter(tree.rows)))


def _filter_box() -> QLineEdit:
    box = QLineEdit()
    box.setPlaceholderText("Filter nodes")
    box.setClearButtonEnabled(True)
    box.setAccessibleName("Filter nodes")
    fields = ", ".join(f"{field}:" for field in FIELDS)
    box.setToolTip(f"Words, or terms such as status:proved kind:lemma -in:appendix.\nFields: {fields}")
    return box
