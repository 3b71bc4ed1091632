"""The row of the settings for the editor: those that are known, which of them are here, or a command of one's own."""

import shutil

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place
from blueprint_app.ui.editor.known import EDITORS, SYSTEM, Editor, Which, editor_named, terminal
from blueprint_app.ui.editor.opening import EXAMPLE, automatic, open_place, problem_of
from blueprint_app.ui.look.page_parts import note

Sample = tuple[str, Place]
"""A project's folder and a place in it, to open for a try."""

_OWN = "\0own"
_NOTHING_TO_OPEN = "Open a project's folder first: one of its files is opened to try the editor."


def offered(which: Which = shutil.which) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The names of the editors with what is to be said of each: those that can be used here, and the others."""
    here: list[tuple[str, str]] = []
    away: list[tuple[str, str]] = []
    for editor in (*EDITORS, SYSTEM):
        words = _state(editor, which)
        (here if words.startswith("found") else away).append((editor.name, words))
    return here, away


def _state(editor: Editor, which: Which) -> str:
    if editor.program(which) is None:
        return "not found"
    if not editor.needs_terminal:
        return "found"
    before = terminal(which)
    return "no terminal found for it" if before is None else f"found, in {before[0]}"


class EditorChoice(QWidget):
    """`changed` carries the setting: "", the name of an editor, or a command."""

    changed = Signal(str)

    def __init__(self, value: str, sample: Sample | None) -> None:
        super().__init__()
        self._sample = sample
        self.choice = QComboBox()
        self._fill()
        self.command = QLineEdit()
        self.command.setPlaceholderText(EXAMPLE)
        self.command.setAccessibleName("Command that opens a file")
        self.trial = QPushButton("Try it")
        self.told = note("")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choice, 1)
        row.addWidget(self.trial)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.command)
        column.addWidget(self.told)
        self.setFocusProxy(self.choice)
        self.show_value(value)
        self.choice.activated.connect(lambda _row: self._on_chosen())
        self.command.textEdited.connect(lambda _text: self._check())
        self.command.editingFinished.connect(self._on_written)
        self.trial.clicked.connect(self._try)

    @property
    def value(self) -> str:
        """The setting as it is chosen."""
        chosen: str = self.choice.currentData()
        return self.command.text().strip() if chosen == _OWN else chosen

    def show_value(self, value: str) -> None:
        """Show a setting, without a word to others."""
        is_own = bool(value.strip()) and editor_named(value) is None
        self.choice.setCurrentIndex(self.choice.findData(_OWN if is_own else value))
        self.command.setText(value if is_own else "")
        self._check()

    def setAccessibleName(self, name: str) -> None:
        """The list is what bears the name."""
        self.choice.setAccessibleName(name)

    def _fill(self) -> None:
        here, away = offered()
        self.choice.addItem(f"Automatic: {automatic() or 'nothing found'}", "")
        for name, words in here:
            self.choice.addItem(f"{name} ({words})", name)
        self.choice.addItem("A command of your own", _OWN)
        self.choice.insertSeparator(self.choice.count())
        for name, words in away:
            self.choice.addItem(f"{name} ({words})", name)

    def _on_chosen(self) -> None:
        self._check()
        if self.choice.currentData() == _OWN:
            self.command.setFocus()
        else:
            self.changed.emit(self.value)

    def _on_written(self) -> None:
        if self.choice.currentData() == _OWN:
            self.changed.emit(self.value)

    def _check(self) -> None:
        """Say at once what is wrong with what is chosen, before anybody needs it."""
        is_own = self.choice.currentData() == _OWN
        self.command.setVisible(is_own)
        problem = problem_of(self.value, is_own=is_own)
        fine = "{file}, {line} and {column} are put in, each within its word." if is_own else ""
        self._tell(problem or fine, is_trouble=bool(problem))
        self.trial.setEnabled(not problem and self._sample is not None)
        self.trial.setToolTip("" if self._sample is not None else _NOTHING_TO_OPEN)

    def _try(self) -> None:
        assert self._sample is not None
        folder, place = self._sample
        self._on_written()
        try:
            command = open_place(folder, place, self.value)
        except BlueprintError as error:
            self._tell(str(error), is_trouble=True)
            return
        self._tell(f"{command[0]} was started with {place}.")

    def _tell(self, words: str, *, is_trouble: bool = False) -> None:
        self.told.setText(words)
        self.told.setProperty("tone", "trouble" if is_trouble else "")
        # A sheet looks at properties when it is applied.
        self.told.style().polish(self.told)
        self.told.setVisible(bool(words))
