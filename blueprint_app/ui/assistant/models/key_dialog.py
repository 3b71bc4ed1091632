"""Asks for a key and hands it to the system keyring: the field forgets it as soon as the dialog goes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget


class KeyDialog(QDialog):
    """`entered` carries the entry's name and the key."""

    entered = Signal(str, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Store key")
        self.setMinimumWidth(440)
        what = QLabel(f"The system keyring keeps it as “{name}”. The app writes it nowhere else.")
        what.setTextFormat(Qt.TextFormat.PlainText)
        what.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("Key")
        self.field.setPlaceholderText("Paste the key")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.keep = buttons.addButton("Store", QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setEnabled(False)
        self.field.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        buttons.accepted.connect(lambda: self._on_accepted(name))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        for widget in (what, self.field, buttons):
            layout.addWidget(widget)

    def _on_accepted(self, name: str) -> None:
        key = self.field.text().strip()
        self.field.clear()
        self.entered.emit(name, key)
        self.accept()
