"""Nearer, further, all: for those who have no wheel."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QToolButton, QVBoxLayout, QWidget

from blueprint_app.ui.canvas.canvas import GraphCanvas

SIDE = 28
_SIGNS = {
    "plus": (((-5, 0), (5, 0)), ((0, -5), (0, 5))),
    "minus": (((-5, 0), (5, 0)),),
    "fit": (
        ((-6, -2), (-6, -6), (-2, -6)), ((2, -6), (6, -6), (6, -2)),
        ((6, 2), (6, 6), (2, 6)), ((-2, 6), (-6, 6), (-6, 2)),
    ),
}  # fmt: skip


class _SignButton(QToolButton):
    """A square button with a sign of strokes in the theme's colours."""

    def __init__(self, sign: str, canvas: GraphCanvas) -> None:
        super().__init__()
        self._sign, self._canvas = sign, canvas
        self.setFixedSize(SIDE, SIDE)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._canvas.scene.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isDown() or self.underMouse()
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 1))
        painter.setBrush(QColor(theme.line if lit else theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.translate(SIDE / 2, SIDE / 2)
        painter.setPen(QPen(QColor(theme.text), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for stroke in _SIGNS[self._sign]:
            painter.drawPolyline([QPointF(x, y) for x, y in stroke])


class ZoomButtons(QWidget):
    """Three buttons for a canvas, one below the other."""

    def __init__(self, canvas: GraphCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for sign, words, deed in (
            ("plus", "Zoom in (+)", canvas.zoom_in),
            ("minus", "Zoom out (−)", canvas.zoom_out),
            ("fit", "Show the whole graph (0)", canvas.fit),
        ):
            button: QAbstractButton = _SignButton(sign, canvas)
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setAutoRepeat(sign != "fit")
            # Without the argument of `clicked`, which would be taken for another.
            button.clicked.connect(lambda _checked=False, deed=deed: deed())
            layout.addWidget(button)
        self.setFixedSize(self.sizeHint())
        canvas.scene_changed.connect(self.update)
