"""One number of the first row: what it counts, of how many, and a bar; a click shows the nodes behind it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from blueprint_app.ui.progress.now.bar import filled_width, paint_bar
from blueprint_app.ui.progress.now.figures import Tally
from blueprint_app.ui.theme import LIGHT, Theme

_BAR, _PADDING = 6, 8


class FigureButton(QAbstractButton):
    """`chosen` carries the tally, and whether its part that is left was meant (None: whichever is there)."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tally: Tally | None = None
        self._theme, self._colour = LIGHT, ""
        self._meant: bool | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def show_tally(self, tally: Tally, colour: str, theme: Theme) -> None:
        """Show the numbers of a tally with a bar of a colour."""
        self.tally, self._colour, self._theme = tally, colour, theme
        words = f"{tally.text} {tally.words}, {tally.percent}"
        self.setAccessibleName(words)
        self.setToolTip(f"{words}. A click lists what is left; a click on the bar's filled part what is done.")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(168, 2 * _PADDING + self._large_height() + line + 4 + _BAR)

    def minimumSizeHint(self) -> QSize:
        return QSize(112, self.sizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        bar = self._bar()
        if self.tally is not None and event.position().y() >= bar.top() - 4:
            done = filled_width(len(self.tally.done), self.tally.total, bar.width())
            self._meant = event.position().x() - bar.left() > done
        super().mouseReleaseEvent(event)
        self._meant = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        tally, theme = self.tally, self._theme
        if tally is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(QColor(theme.accent if lit else theme.line), 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(ground, 4, 4)
        large = self._large_font()
        painter.setFont(large)
        painter.setPen(QColor(theme.text))
        width = self.width() - 2 * _PADDING
        text = f"{len(tally.done)}"
        painter.drawText(_PADDING, _PADDING, width, self._large_height(), Qt.AlignmentFlag.AlignLeft, text)
        left = painter.fontMetrics().horizontalAdvance(text)
        baseline = _PADDING + painter.fontMetrics().ascent()
        painter.setFont(self.font())
        painter.setPen(QColor(theme.muted))
        painter.drawText(_PADDING + left + 4, baseline, f" of {tally.total}")
        right = painter.fontMetrics().horizontalAdvance(tally.percent)
        painter.drawText(_PADDING + width - right, baseline, tally.percent)
        metrics = painter.fontMetrics()
        painter.drawText(
            _PADDING,
            _PADDING + self._large_height() + metrics.ascent(),
            metrics.elidedText(tally.words, Qt.TextElideMode.ElideRight, width),
        )
        paint_bar(painter, self._bar(), len(tally.done), tally.total, self._colour, theme)
        painter.end()

    def _bar(self) -> QRectF:
        return QRectF(_PADDING, self.height() - _PADDING - _BAR, self.width() - 2 * _PADDING, _BAR)

    def _large_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(1.6 * font.pointSizeF())
        font.setBold(True)
        return font

    def _large_height(self) -> int:
        return int(1.7 * self.fontMetrics().height())

    def _on_clicked(self) -> None:
        if self.tally is not None:
            self.chosen.emit(self.tally, self._meant)
