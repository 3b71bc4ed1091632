"""The text of the current row in full, where the row is too narrow for it: what Lean says can be long."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

_MOST_LINES = 6
"""More are scrolled: the rows need room too."""


class WholeText(QPlainTextEdit):
    """Read, selected and copied, never written; there only while it has more to say than the row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The current finding in full")
        self.document().setDocumentMargin(8)
        self.hide()

    def show_where_cut(self, lines: Sequence[str], width: int) -> None:
        """Show `lines` if one of them is cut short in a row of `width` pixels."""
        metrics = self.fontMetrics()
        is_cut = any("\n" in line or metrics.horizontalAdvance(line) > width for line in lines)
        if is_cut:
            self.setPlainText("\n".join(lines))
        self.setVisible(is_cut)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its lines, up to a few."""
        # A plain text document is measured in lines.
        lines = min(max(round(self.document().size().height()), 1), _MOST_LINES)
        height = lines * self.fontMetrics().lineSpacing() + 2 * round(self.document().documentMargin())
        scrolls = self.document().size().height() > _MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        if height != self.height():
            self.setFixedHeight(height)
