"""Before anything is sent: what the model would be told, a note of one's own, the limits, and where it would go."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from blueprint_app.assistant.context import Context
from blueprint_app.assistant.endpoints.endpoint import Endpoint, RoleModel
from blueprint_app.assistant.tasks import TASKS, AnswerForm, Task
from blueprint_app.ui.assistant.limit_fields import LimitFields
from blueprint_app.ui.assistant.section_list import SectionList

_TYPING_MS = 350


class Composer(QWidget):
    """`note_changed` comes once typing rests; `send_wanted` and `text_wanted` are what a person wishes."""

    note_changed = Signal()
    send_wanted = Signal()
    text_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections = SectionList()
        self.note = QPlainTextEdit()
        self.note.setPlaceholderText("Add a note: what you want to know, what you tried")
        self.note.setAccessibleName("Note")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(3 * self.note.fontMetrics().lineSpacing() + 16)
        self.limits = LimitFields()
        self.remark = QLabel()
        self.remark.setObjectName("remark")
        self.remark.setWordWrap(True)
        self.total = QLabel()
        self.total.setObjectName("faint")
        self.total.setWordWrap(True)
        self.look = QPushButton("Show text…")
        self.send = QPushButton("Send")
        self.send.setObjectName("primary")
        self._where = ""
        self._limit = 0
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.note_changed)
        self._assemble()
        self.sections.changed.connect(self._show_total)
        self.note.textChanged.connect(self._typing.start)
        self.look.clicked.connect(self.text_wanted)
        self.send.clicked.connect(self.send_wanted)

    @property
    def written_note(self) -> str:
        """The note as it is sent."""
        return self.note.toPlainText().strip()

    def show_task(self, task: Task, endpoint: Endpoint | None, chosen: RoleModel | None) -> None:
        """Take on another task, and the model that is set for its role."""
        self.limits.setVisible(TASKS[task].answer is AnswerForm.LEAN)
        self._where = f"to {chosen.model} on {endpoint.host}" if endpoint and chosen else ""
        self._limit = endpoint.context_tokens if endpoint else 0
        self.remark.hide()
        self._show_total()

    def forget(self) -> None:
        """Another node or task: nothing is taken out, and the note was not for this one."""
        self.sections.forget()
        self.note.blockSignals(True)
        self.note.clear()
        self.note.blockSignals(False)
        self._typing.stop()

    def show_context(self, context: Context) -> None:
        """Show what a model would be told."""
        self.sections.show_context(context)
        self._show_total()

    def show_remark(self, words: str) -> None:
        """Say what a person should know before sending; "" takes it away."""
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    def show_ready(self, ready: bool) -> None:
        """Whether it can be sent now."""
        self.send.setEnabled(ready)
        self.look.setEnabled(ready)

    def _assemble(self) -> None:
        head = QLabel("What is sent")
        head.setObjectName("heading")
        unit = QLabel("tokens, estimated")
        unit.setObjectName("faint")
        top = QHBoxLayout()
        top.addWidget(head, 1)
        top.addWidget(unit)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.total, 1)
        foot.addWidget(self.look)
        foot.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.sections, 1)
        column.addWidget(self.note)
        column.addWidget(self.limits)
        column.addWidget(self.remark)
        column.addLayout(foot)
        self.remark.hide()

    def _show_total(self) -> None:
        tokens = self.sections.tokens
        over = f" The model has room for {self._limit:,}." if self._limit and tokens > self._limit else ""
        self.total.setText(f"About {tokens:,} tokens {self._where}.{over}" if self._where else "")
