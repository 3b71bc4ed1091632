"""Shows a change of files before it is made: nothing is written that a person has not seen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from blueprint_app.live.change_set import ChangeSet
from blueprint_app.live.changing import FileChange
from blueprint_app.ui.theme import Theme

_WASH = 34
"""Opacity of the ground of changed lines, of 255."""


class ChangeDialog(QDialog):
    """`applied` carries the change that a person agreed to; it is not written yet."""

    applied = Signal(object)

    def __init__(
        self, change: FileChange | ChangeSet, reason: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(change.title)
        self.resize(720, 360)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        why = QLabel(reason)
        why.setWordWrap(True)
        why.setTextFormat(Qt.TextFormat.PlainText)
        file = QLabel(change.shown)
        file.setObjectName("faint")
        file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(f"Change of {change.shown}")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.apply = buttons.addButton("Apply", QDialogButtonBox.ButtonRole.AcceptRole)
        self.apply.setDefault(True)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        for widget in (why, file, self.text, buttons):
            layout.addWidget(widget)
        self._change = change
        self._write(change.diff(), theme)

    def _write(self, lines: tuple[str, ...], theme: Theme) -> None:
        cursor = QTextCursor(self.text.document())
        for number, line in enumerate(lines):
            block, ink = QTextBlockFormat(), QTextCharFormat()
            colour = {"+": theme.success, "-": theme.error, "@": theme.muted}.get(line[:1])
            ink.setForeground(QColor(colour or theme.text))
            if line[:1] in ("+", "-"):
                ground = QColor(colour or theme.text)
                ground.setAlpha(_WASH)
                block.setBackground(ground)
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(block)
            cursor.insertText(line, ink)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _on_accepted(self) -> None:
        self.applied.emit(self._change)
        self.accept()
