"""Where an endpoint's key is kept: an environment variable or the system keyring, and nowhere else."""

import os

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from blueprint_app.assistant.endpoints.keys import is_key_source, looks_like_a_key

_PLACES = (("", "No key is needed"), ("env", "Environment variable"), ("keyring", "System keyring"))
_NAMES = {"env": "Name of the variable", "keyring": "Name of the entry"}


class KeyField(QWidget):
    """`changed` says that the place was edited, `key_wanted` carries the entry of the keyring that a key is for."""

    changed = Signal()
    key_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = QComboBox()
        self.place.setAccessibleName("Where the key is kept")
        for value, title in _PLACES:
            self.place.addItem(title, value)
        self.name = QLineEdit()
        self.store = QPushButton("Store key…")
        self.state = QLabel()
        self.state.setObjectName("faint")
        self.state.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.place)
        row.addWidget(self.name, 1)
        row.addWidget(self.store)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.state)
        self.place.activated.connect(lambda _row: self._on_place())
        self.name.textEdited.connect(lambda _text: self._on_edited())
        self.store.clicked.connect(lambda: self.key_wanted.emit(self.name.text().strip()))
        self._show()

    @property
    def source(self) -> str:
        """The place as `Endpoint.key` has it; "" for no key, also while its name is still missing."""
        place, name = self.place.currentData(), self.name.text().strip()
        return f"{place}:{name}" if place and name else ""

    @property
    def problem(self) -> str:
        """What is wrong with the place, in words; "" if nothing is."""
        if not self.place.currentData():
            return ""
        name = self.name.text().strip()
        if not name:
            return "Name where the key is kept."
        if looks_like_a_key(name):
            return "This looks like a key. Enter the name of the place that keeps it, not the key itself."
        return "" if is_key_source(self.source) else "This is no name that such a place can have."

    def show_source(self, source: str, suggested: str) -> None:
        """Show a place as `Endpoint.key` has it; `suggested` is the name of an entry of the keyring to begin from."""
        place, _, name = source.partition(":")
        self.place.setCurrentIndex(max(self.place.findData(place), 0))
        self.name.setText(name)
        self._suggested = suggested
        self._show()

    def say(self, words: str) -> None:
        """Say what came of storing a key."""
        self.state.setText(words)
        self.state.show()

    def _on_place(self) -> None:
        self.name.setText(getattr(self, "_suggested", "") if self.place.currentData() == "keyring" else "")
        self._on_edited()

    def _on_edited(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        place = self.place.currentData()
        self.name.setVisible(bool(place))
        self.name.setPlaceholderText(_NAMES.get(place, ""))
        self.name.setAccessibleName(_NAMES.get(place, "Name"))
        self.store.setVisible(place == "keyring")
        self.store.setEnabled(not self.problem)
        words = self.problem if self.name.text().strip() else ""
        if place == "env" and self.source and not words:
            is_set = bool(os.environ.get(self.name.text().strip()))
            words = "It is set." if is_set else "It is not set where this app was started."
        self.state.setText(words)
        self.state.setVisible(bool(words))
