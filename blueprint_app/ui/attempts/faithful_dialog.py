"""Asks whether a drafted Lean statement means what the text says: the two side by side, as Lean cannot tell."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.assistant.records.record import Judgement
from blueprint_app.export.prose.page import PageContent
from blueprint_app.ui.reading import ReadingView
from blueprint_app.ui.theme import Theme

_QUESTION = (
    "Does the Lean statement mean what the text says? Look for what is quantified, for what is assumed, and for "
    "numbers that behave otherwise in Lean (subtraction and division of natural numbers)."
)


class FaithfulDialog(QDialog):
    """`said` carries the `Judgement` and the note."""

    said = Signal(object, str)

    def __init__(
        self, statement: PageContent, lean: str, theme: Theme, parent: QWidget, *, use_web_engine: bool
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Is the Lean statement of {statement.node} faithful?")
        self.resize(880, 480)
        question = QLabel(_QUESTION)
        question.setWordWrap(True)
        self.reading = ReadingView(use_web_engine=use_web_engine)
        self.reading.set_theme(theme)
        self.reading.show_page(statement)
        self.lean = QPlainTextEdit(lean)
        self.lean.setReadOnly(True)
        self.lean.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.lean.setAccessibleName("Lean statement")
        self.note = QLineEdit()
        self.note.setPlaceholderText("A note, if there is something to be said of it")
        self.note.setAccessibleName("Note")
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(_titled("The text", self.reading))
        both.addWidget(_titled("In Lean", self.lean))
        both.setSizes([440, 440])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        for widget in (question, both, self.note, self._buttons()):
            layout.addWidget(widget, 1 if widget is both else 0)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.yes = box.addButton("Faithful", role)
        self.no = box.addButton("Not faithful", role)
        for button, judgement in ((self.yes, Judgement.FAITHFUL), (self.no, Judgement.UNFAITHFUL)):
            # Enter says neither: a word like this is not given by the way.
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, judgement=judgement: self._say(judgement))
        box.button(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        box.rejected.connect(self.reject)
        return box

    def _say(self, judgement: Judgement) -> None:
        self.said.emit(judgement, self.note.text().strip())
        self.accept()


def _titled(title: str, widget: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    label = QLabel(title)
    label.setObjectName("faint")
    column.addWidget(label)
    column.addWidget(widget, 1)
    return made
