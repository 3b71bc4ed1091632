"""The right side of the attempts: one attempt to read, and what a person can do with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QTextEdit, QVBoxLayout, QWidget

from blueprint_app.export.prose.page import PageContent
from blueprint_app.ui.attempts.telling import Line, Tone
from blueprint_app.ui.reading import ReadingView
from blueprint_app.ui.theme import LIGHT, Theme

_WASH = 30
"""Opacity of the ground of marked lines, of 255."""
_MONO = frozenset({Tone.CODE, Tone.WRONG, Tone.SAID, Tone.ADDED, Tone.REMOVED})
ACTIONS = {
    "accept": ("Accept…", "Show the change of the project that takes the draft over; nothing is written before"),
    "reject": ("Reject", "Turn the draft down; it stays among the attempts"),
    "faithful": ("Faithful?…", "Compare the Lean statement with the text, and say whether it means the same"),
    "note": ("Note…", "Say something about this attempt, for others to read"),
    "copy": ("Copy draft", "Put the draft or the answer on the clipboard"),
}
"""The buttons by what they do."""


class AttemptDetail(QWidget):
    """`wanted` carries the key of `ACTIONS` that a person wants done."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, use_web_engine: bool = True) -> None:
        super().__init__(parent)
        self._theme, self._lines = LIGHT, tuple[Line, ...]()
        self.heading, self.outcome = QLabel(), QLabel()
        self.text = QTextEdit()
        # Its web view is only made for the first answer in words.
        self.reading = ReadingView(use_web_engine=use_web_engine)
        self.pages = QStackedWidget()
        self.buttons = {key: QPushButton(title) for key, (title, _hint) in ACTIONS.items()}
        self._assemble()

    def show_head(self, heading: str, outcome: str) -> None:
        """Say which attempt it is and what came of it."""
        self.heading.setText(heading)
        self.outcome.setText(outcome)
        self.outcome.setToolTip(outcome)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show an attempt as lines; the place in it is kept where nothing changed."""
        self.pages.setCurrentWidget(self.text)
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._write()

    def show_page(self, content: PageContent) -> None:
        """Show an attempt that is an answer in words."""
        self.pages.setCurrentWidget(self.reading)
        self.reading.show_page(content)

    def show_actions(self, shown: Sequence[str], *, is_lean: bool) -> None:
        """Offer what can be done; `is_lean` tells that there is a draft to copy and not an answer."""
        self.buttons["copy"].setText("Copy draft" if is_lean else "Copy answer")
        for key, button in self.buttons.items():
            button.setVisible(key in shown)

    def show_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self.reading.set_theme(theme)
        self._write()

    # Building

    def _assemble(self) -> None:
        self.heading.setObjectName("heading")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.outcome.setObjectName("faint")
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self.outcome.setMinimumWidth(40)
        self.text.setReadOnly(True)
        self.text.setFrameShape(QTextEdit.Shape.NoFrame)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.setAccessibleName("Attempt")
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(8)
        self.pages.addWidget(self.text)
        self.pages.addWidget(self.reading)
        head = QVBoxLayout()
        head.setContentsMargins(8, 4, 8, 4)
        head.setSpacing(2)
        head.addWidget(self.heading)
        head.addWidget(self.outcome)
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 8)
        row.setSpacing(8)
        for key, button in self.buttons.items():
            button.setToolTip(ACTIONS[key][1])
            button.clicked.connect(lambda _checked=False, key=key: self.wanted.emit(key))
            row.addWidget(button)
        self.buttons["accept"].setObjectName("accent")
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        column.addLayout(row)

    # Writing

    def _write(self) -> None:
        self.text.clear()
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mono.setPointSizeF(self.text.font().pointSizeF())
        for number, line in enumerate(self._lines):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(self._block(line, mono, is_first=not number))
            self._insert(cursor, line, mono)
        cursor.endEditBlock()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _insert(self, cursor: QTextCursor, line: Line, mono: QFont) -> None:
        before, ink = QTextCharFormat(), QTextCharFormat()
        before.setForeground(QColor(self._theme.error if line.tone is Tone.WRONG else self._theme.muted))
        ink.setForeground(QColor(self._colour(line.tone)))
        if line.tone is Tone.HEADING:
            ink.setFontWeight(QFont.Weight.DemiBold)
        if line.tone in _MONO:
            before.setFont(mono)
            ink.setFont(mono)
        if line.tone in (Tone.CODE, Tone.WRONG) and line.name:
            cursor.insertText(f"{'✗' if line.tone is Tone.WRONG else ' '}{line.name:>4}  ", before)
        elif line.tone is Tone.SAID or (line.tone is Tone.FACT and line.name):
            cursor.insertText(f"{line.name}\t", before)
        # An empty insertion would leave the block in the look of the one before.
        cursor.insertText(line.text or " ", ink)

    def _block(self, line: Line, mono: QFont, *, is_first: bool) -> QTextBlockFormat:
        block, letter = QTextBlockFormat(), QFontMetricsF(mono).horizontalAdvance("0")
        if line.tone is Tone.HEADING and not is_first:
            block.setTopMargin(10)
        hanging = {Tone.CODE: 7, Tone.WRONG: 7, Tone.SAID: 7, Tone.FACT: 12}.get(line.tone, 0)
        if line.tone in (Tone.CODE, Tone.WRONG) and not line.name:
            hanging = 0
        if hanging:
            block.setLeftMargin(hanging * letter)
            block.setTextIndent(-hanging * letter)
            block.setTabPositions([QTextOption.Tab(hanging * letter, QTextOption.TabType.LeftTab)])
        if line.tone in (Tone.WRONG, Tone.ADDED, Tone.REMOVED):
            ground = QColor(self._colour(line.tone) if line.tone is not Tone.WRONG else self._theme.error)
            ground.setAlpha(_WASH)
            block.setBackground(ground)
        return block

    def _colour(self, tone: Tone) -> str:
        theme = self._theme
        return {
            Tone.FAINT: theme.muted,
            Tone.SAID: theme.error,
            Tone.ADDED: theme.success,
            Tone.REMOVED: theme.error,
        }.get(tone, theme.text)
