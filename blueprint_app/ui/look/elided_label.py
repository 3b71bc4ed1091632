"""A line of text that is cut with an ellipsis where there is no room for all of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

_UNBOUNDED = 1 << 16


class ElidedLabel(QLabel):
    """A text in one line; where it is cut it has all of it as its tip.

    It asks for no more than `widest` pixels, and for at least `narrowest` of those that it needs.
    """

    def __init__(
        self, text: str = "", widest: int = _UNBOUNDED, narrowest: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._widest, self._narrowest = widest, narrowest
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def sizeHint(self) -> QSize:
        return super().sizeHint().boundedTo(QSize(self._widest, _UNBOUNDED))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._narrowest, super().sizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        self.style().drawItemText(
            painter, self.rect(), int(self.alignment()), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )
        painter.end()
