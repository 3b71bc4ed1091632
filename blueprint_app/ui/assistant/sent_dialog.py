"""Exactly what would go to which host: to read, or to agree to before the first call."""

from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from blueprint_app.assistant.endpoints.endpoint import Endpoint, RoleModel


class Sendable(Protocol):
    """What would be sent: a question, or the texts that a search wants vectors of."""

    @property
    def endpoint(self) -> Endpoint:
        """The server that it would go to."""

    @property
    def chosen(self) -> RoleModel:
        """The model that it is for."""

    @property
    def host(self) -> str:
        """What is agreed to."""

    @property
    def text(self) -> str:
        """All of it."""

    @property
    def tokens(self) -> int:
        """About how many tokens it takes."""


class SentDialog(QDialog):
    """`agreed` says that a person wants the text sent to this host, now and from now on."""

    agreed = Signal()

    def __init__(self, question: Sendable, parent: QWidget | None = None, *, asks: bool = True, more: int = 0) -> None:
        """`more` texts like this one would follow."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Send to {question.host}?" if asks else "What is sent")
        self.setObjectName("consent" if asks else "sent")
        self.resize(720, 560)
        title = QLabel(f"This text would go to {question.host}." if asks else f"This text goes to {question.host}.")
        title.setObjectName("heading")
        what = QLabel(_explained(question, asks, more))
        what.setObjectName("faint")
        what.setWordWrap(True)
        self.text = QPlainTextEdit(question.text)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName("What is sent")
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Cancel if asks else standard.Close)
        buttons.rejected.connect(self.reject)
        if asks:
            self.send = buttons.addButton(f"Send to {question.host}", QDialogButtonBox.ButtonRole.AcceptRole)
            self.send.setAutoDefault(False)
            self.send.clicked.connect(self._on_agreed)
            cancel = buttons.button(standard.Cancel)
            cancel.setDefault(True)
            cancel.setFocus()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        for widget in (title, what, self.text, buttons):
            layout.addWidget(widget)

    def _on_agreed(self) -> None:
        self.agreed.emit()
        self.accept()


def _explained(question: Sendable, asks: bool, more: int) -> str:
    endpoint = question.endpoint
    here = "The host is this machine. " if endpoint.is_loopback else ""
    size = f"About {question.tokens:,} tokens for {question.chosen.model} ({endpoint.name})."
    if not asks:
        return f"{here}{size}"
    like = f"The like would go there for {more} more node{'' if more == 1 else 's'}. " if more else ""
    return (
        f"{here}{size} {like}Whoever runs the server can read and keep it. "
        "You will not be asked again for this host; Models… takes that back."
    )
