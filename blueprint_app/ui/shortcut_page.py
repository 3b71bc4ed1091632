"""All keys on one page, taken from the command table, so that it cannot be out of date."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from blueprint_app.ui.command_table import KEY_HINTS, MENUS
from blueprint_app.ui.commands import Command

_COLUMNS = 3


class ShortcutPage(QDialog):
    """The keys of all commands, and those that the graph and the filter take by themselves."""

    def __init__(self, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        columns = QHBoxLayout()
        columns.setSpacing(40)
        stacks = [QVBoxLayout() for _ in range(_COLUMNS)]
        for stack in stacks:
            stack.setSpacing(20)
            columns.addLayout(stack)
        lengths = [0] * _COLUMNS
        for title, rows in sections(commands):
            shortest = lengths.index(min(lengths))
            stacks[shortest].addWidget(_section(title, rows))
            lengths[shortest] += len(rows) + 3
        for stack in stacks:
            stack.addStretch(1)
        layout.addLayout(columns)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.accept)
        layout.addWidget(buttons)


def sections(commands: Sequence[Command]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each section's title and rows of (keys, what they do)."""
    found = []
    for menu in MENUS:
        rows = [(_keys(command), command.plain_title) for command in commands if command.menu == menu]
        found.append((menu.replace("&", ""), [row for row in rows if row[0]]))
    places = dict.fromkeys(hint.menu for hint in KEY_HINTS)
    found += [(place, [(hint.keys, hint.title) for hint in KEY_HINTS if hint.menu == place]) for place in places]
    return [(title, rows) for title, rows in found if rows]


def _keys(command: Command) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return " or ".join(QKeySequence(text).toString(native) for text in command.shortcuts)


def _section(title: str, rows: Sequence[tuple[str, str]]) -> QWidget:
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    heading = QLabel(title)
    heading.setObjectName("heading")
    grid.addWidget(heading, 0, 0, 1, 2)
    for number, (keys, what) in enumerate(rows, start=1):
        faint = QLabel(keys)
        faint.setObjectName("faint")
        grid.addWidget(faint, number, 0, Qt.AlignmentFlag.AlignTop)
        text = QLabel(what)
        text.setWordWrap(True)
        text.setMinimumWidth(180)
        grid.addWidget(text, number, 1)
    grid.setColumnStretch(1, 1)
    return widget
