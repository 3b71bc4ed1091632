"""All nodes at a glance: one strip in the colours of the headlines, and a line for each with its number."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.headline import Headline
from blueprint_app.ui.look.icons import node_icon
from blueprint_app.ui.progress.now.bar import paint_piece
from blueprint_app.ui.theme import LIGHT, Theme, headline_style

Found = Mapping[Headline, tuple[NodeId, ...]]

_STRIP = 20
_ICON = 14
_LEAST = 3.0
"""Pixels of a stretch: a single contradicted node must be seen."""


def stretches(counts: Sequence[int], width: float) -> list[tuple[float, float]]:
    """Left side and width for each count, in proportion, but none too small to be seen."""
    total = sum(counts)
    if not total:
        return []
    least = [_LEAST if count and width * count / total < _LEAST else 0.0 for count in counts]
    small = sum(least)
    rest = sum(count for count, low in zip(counts, least, strict=True) if not low) or 1
    found, left = [], 0.0
    for count, low in zip(counts, least, strict=True):
        wide = low or (width - small) * count / rest
        found.append((left, wide))
        left += wide
    return found


class Strip(QWidget):
    """`chosen` carries the headline whose stretch was clicked; the lines below are for keys and screen readers."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Found = {}
        self._theme = LIGHT
        self.setFixedHeight(_STRIP)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_headlines(self, found: Found, theme: Theme) -> None:
        """Show how many nodes have which headline."""
        self._found, self._theme = found, theme
        self.setAccessibleName(", ".join(f"{len(nodes)} {headline.value}" for headline, nodes in found.items()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for headline, (left, width) in self._places():
            place = QRectF(left + 0.5, 0.5, max(width - 1, 1), self.height() - 1)
            paint_piece(painter, place, headline_style(headline, self._theme))
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        headline = self._at(event.position())
        if headline is not None:
            self.chosen.emit(headline)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            headline = self._at(QPointF(event.pos()))
            text = f"{len(self._found[headline])} {headline.value}" if headline is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _places(self) -> list[tuple[Headline, tuple[float, float]]]:
        return list(
            zip(self._found, stretches([len(each) for each in self._found.values()], self.width()), strict=True)
        )

    def _at(self, place: QPointF) -> Headline | None:
        return next((each for each, (left, width) in self._places() if left <= place.x() < left + width), None)


class Line(QAbstractButton):
    """A headline's mark, number and name."""

    def __init__(self, headline: Headline, count: int, total: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline, self._count, self._total, self._theme = headline, count, total, theme
        self._style = headline_style(headline, theme)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{count} of {total} {headline.value}: {self._style.meaning}")
        self.setToolTip(f"{count} of {total} {headline.value}: {self._style.meaning}")

    def sizeHint(self) -> QSize:
        return QSize(176, self.fontMetrics().height() + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 1))
            painter.setBrush(QColor(theme.line) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        node_icon(self._style, box=False).paint(painter, 4, (self.height() - _ICON) // 2, _ICON, _ICON)
        metrics = self.fontMetrics()
        digits = metrics.horizontalAdvance("0" * len(str(self._total)))
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        place = QRectF(_ICON + 12, 0, digits + 4, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self._count))
        painter.setFont(self.font())
        left = place.right() + 8
        words = metrics.elidedText(self.headline.value, Qt.TextElideMode.ElideRight, int(self.width() - left - 4))
        painter.drawText(QRectF(left, 0, self.width() - left, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()


class Headlines(QWidget):
    """`chosen` carries the headline whose nodes a person wants to see."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = Strip()
        self.strip.chosen.connect(self.chosen)
        self.lines: list[Line] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.strip)
        column.addLayout(self._grid)

    def show_headlines(self, found: Found, theme: Theme) -> None:
        """Show how many nodes have which headline, worst news first."""
        self.strip.show_headlines(found, theme)
        for line in self.lines:
            self._grid.removeWidget(line)
            line.hide()
            line.deleteLater()
        total = sum(len(each) for each in found.values())
        self.lines = [Line(headline, len(nodes), total, theme) for headline, nodes in found.items()]
        for number, line in enumerate(self.lines):
            line.clicked.connect(lambda _checked=False, line=line: self.chosen.emit(line.headline))
            self._grid.addWidget(line, number // 3, number % 3)
        for column in range(3):
            self._grid.setColumnStretch(column, 1)
