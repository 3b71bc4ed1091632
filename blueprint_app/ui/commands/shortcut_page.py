"""All keys on one page, taken from the command table, so that it cannot be out of date."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QStyle, QVBoxLayout, QWidget

from blueprint_app.ui.commands.command import Command
from blueprint_app.ui.commands.table import KEY_HINTS, MENUS
from blueprint_app.ui.look.page_parts import scrolling

_MOST_COLUMNS = 3
_KEYS_WIDTH, _WORDS_WIDTH, _BETWEEN, _EDGE = 8, 16, 32, 24
"""The first two in heights of a line of text, the others in pixels."""

_LONG = 36
"""So many letters stand on one line; what is longer takes two."""

Section = tuple[str, list[tuple[str, str]]]
"""A title, and rows of (keys, what they do)."""


class ShortcutPage(QDialog):
    """The keys of all commands, and those that the graph and the filter take by themselves."""

    def __init__(self, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(_EDGE, _EDGE, _EDGE, 8)
        columns.setSpacing(_BETWEEN)
        self.ensurePolished()
        line, room = QFontMetrics(self.font()).height(), self.screen().availableSize()
        width = line * (_KEYS_WIDTH + _WORDS_WIDTH) + _BETWEEN
        count = min(max((room.width() - 2 * _EDGE) // width, 1), _MOST_COLUMNS)
        for column in in_columns(sections(commands), count):
            columns.addWidget(_column(column, line), 1, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolling(content), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.accept)
        foot = QVBoxLayout()
        foot.setContentsMargins(_EDGE, 8, _EDGE, 16)
        foot.addWidget(buttons)
        layout.addLayout(foot)
        self._width, self._content, self._foot = count * width + 2 * _EDGE, content, foot

    def showEvent(self, event: QShowEvent) -> None:
        """As large as all keys need, and no larger than the screen."""
        room = self.screen().availableSize()
        width = min(self._width, room.width())
        # The bar at the side, once there, stays as long as it would be needed beside itself.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        height = self._content.heightForWidth(width - bar) + self._foot.sizeHint().height()
        self.resize(width, min(height, room.height() - 64))
        super().showEvent(event)


def in_columns(found: Sequence[Section], count: int) -> list[list[Section]]:
    """The sections in columns of about the same length; in each, and from one to the next, in the order of menus."""
    columns: list[list[int]] = [[] for _ in range(count)]
    lengths = [0] * count
    for number in sorted(range(len(found)), key=lambda number: -_lines(found[number])):
        shortest = lengths.index(min(lengths))
        columns[shortest].append(number)
        lengths[shortest] += _lines(found[number])
    return [[found[number] for number in sorted(column)] for column in sorted(columns, key=min)]


def _lines(section: Section) -> int:
    return 2 + sum(1 + (len(words) > _LONG) for _keys, words in section[1])


def sections(commands: Sequence[Command]) -> list[Section]:
    """The sections, a menu each, then a part of the window each."""
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


def _column(found: Sequence[Section], line: int) -> QWidget:
    """One grid for all sections of a column, so that what the keys do begins on one line."""
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, _KEYS_WIDTH * line)
    grid.setColumnMinimumWidth(1, _WORDS_WIDTH * line - 16)
    for number, (title, rows) in enumerate(found):
        heading = QLabel(title)
        heading.setObjectName("heading")
        heading.setContentsMargins(0, 16 if number else 0, 0, 4)
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        for keys, what in rows:
            faint = QLabel(keys)
            faint.setObjectName("faint")
            text = QLabel(what)
            text.setWordWrap(True)
            row = grid.rowCount()
            grid.addWidget(faint, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(1, 1)
    return widget
