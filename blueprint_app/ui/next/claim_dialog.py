"""Asks who claims a node, and for how long; the change of the file is shown afterwards."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from blueprint_app.live.claiming import DAYS

_MOST_DAYS = 3650


class ClaimDialog(QDialog):
    """`agreed` carries who, the days (None: with no end) and a note."""

    agreed = Signal(str, object, str)

    def __init__(self, heading: str, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Claim")
        self.setMinimumWidth(400)
        self.person = QLineEdit(person)
        self.person.setPlaceholderText("Your name, as the others know you")
        self.days = QSpinBox()
        self.days.setRange(0, _MOST_DAYS)
        self.days.setSpecialValueText("with no end")
        self.days.setSuffix(" days")
        self.days.setValue(DAYS)
        self.note = QLineEdit()
        self.note.setPlaceholderText("A remark for the others (optional)")
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("Who", self.person)
        form.addRow("For", self.days)
        form.addRow("Note", self.note)
        name = QLabel(heading)
        name.setObjectName("heading")
        name.setWordWrap(True)
        where = QLabel("It is written into blueprint/claims.yaml, which you commit as any other file.")
        where.setObjectName("faint")
        where.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.show_change = buttons.addButton("Show the change…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.show_change.setDefault(True)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self.person.textChanged.connect(lambda text: self.show_change.setEnabled(bool(text.strip())))
        self.show_change.setEnabled(bool(person.strip()))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(name)
        column.addLayout(form)
        column.addWidget(where)
        column.addWidget(buttons)

    def _on_accepted(self) -> None:
        self.accept()
        self.agreed.emit(self.person.text(), self.days.value() or None, self.note.text())
