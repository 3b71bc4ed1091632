"""The one bar of this view: how much of a total, never drawn full before all of it is there."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from blueprint_app.ui.theme import NodeStyle, Theme

_LEAST = 2.0
"""Pixels: of what there is something, something is seen; and of what is missing, too."""


def filled_width(part: int, total: int, width: float) -> float:
    """How far a bar of a width is filled: all of it only if all is there, nothing only if nothing is."""
    if total <= 0 or part <= 0:
        return 0.0
    if part >= total:
        return width
    return min(max(width * part / total, _LEAST), width - _LEAST)


def paint_bar(painter: QPainter, place: QRectF, part: int, total: int, colour: str, theme: Theme) -> None:
    """Paint a bar on its track."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.line))
    painter.drawRect(place)
    painter.setBrush(QColor(colour))
    painter.drawRect(QRectF(place.left(), place.top(), filled_width(part, total, place.width()), place.height()))
    painter.restore()


def paint_piece(painter: QPainter, place: QRectF, style: NodeStyle) -> None:
    """Paint a stretch in a headline's colours, hatched where nodes are."""
    painter.save()
    painter.setPen(QColor(style.border))
    painter.setBrush(QColor(style.fill))
    painter.drawRect(place)
    if style.hatched:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(style.border), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(place)
    painter.restore()
