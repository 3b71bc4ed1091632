"""The marks' shapes, drawn here rather than taken from a font so that they look alike everywhere."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from blueprint_app.ui.theme.styles import Mark


@dataclass(frozen=True, slots=True)
class MarkShape:
    """A mark inside the disc of radius 1 around (0, 0), y down: lines to stroke or an area to fill.

    `open_disc`: the disc behind it is outlined only, not filled.
    """

    path: QPainterPath
    filled: bool = False
    open_disc: bool = False


STROKE = 0.26
"""Width of a mark's strokes, in radii of its disc."""


def _strokes(*lines: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for first, *rest in lines:
        path.moveTo(*first)
        for point in rest:
            path.lineTo(*point)
    return path


def _star() -> QPainterPath:
    turns = np.arange(10) * np.pi / 5 - np.pi / 2
    radii = np.where(np.arange(10) % 2 == 0, 0.78, 0.34)
    corners = [(float(x), float(y)) for x, y in zip(radii * np.cos(turns), radii * np.sin(turns), strict=True)]
    path = _strokes((*corners, corners[0]))
    path.closeSubpath()
    return path


def _half_disc() -> QPainterPath:
    path = QPainterPath(QPointF(0, 0.62))
    path.arcTo(QRectF(-0.62, -0.62, 1.24, 1.24), 270, 180)
    path.closeSubpath()
    return path


def _question() -> QPainterPath:
    path = QPainterPath(QPointF(-0.36, -0.3))
    path.cubicTo(-0.36, -0.78, 0.4, -0.78, 0.4, -0.28)
    path.cubicTo(0.4, 0.02, 0.0, 0.0, 0.0, 0.26)
    path.moveTo(0, 0.58)
    path.lineTo(0, 0.62)
    return path


_TICK = ((-0.48, 0.04), (-0.12, 0.42), (0.5, -0.38))


def _neutral_shape(mark: Mark) -> MarkShape:
    """The shapes that say nothing by themselves."""
    match mark:
        case Mark.DISC | Mark.RING:
            path = QPainterPath()
            path.addEllipse(QPointF(0, 0), 0.5, 0.5)
            return MarkShape(path, filled=mark is Mark.DISC, open_disc=True)
        case Mark.SQUARE:
            return MarkShape(_closed((-0.46, -0.46), (0.46, -0.46), (0.46, 0.46), (-0.46, 0.46)), True, True)
        case Mark.TRIANGLE:
            return MarkShape(_closed((0.0, -0.62), (0.58, 0.42), (-0.58, 0.42)), True, True)
        case Mark.DIAMOND:
            return MarkShape(_closed((0.0, -0.66), (0.5, 0.0), (0.0, 0.66), (-0.5, 0.0)), True, True)
        case Mark.PLUS:
            return MarkShape(_strokes(((-0.52, 0.0), (0.52, 0.0)), ((0.0, -0.52), (0.0, 0.52))), open_disc=True)
        case Mark.CROSS:
            return MarkShape(_strokes(((-0.4, -0.4), (0.4, 0.4)), ((0.4, -0.4), (-0.4, 0.4))), open_disc=True)
    return MarkShape(QPainterPath())


@cache
def mark_shape(mark: Mark) -> MarkShape:
    """The shape of a mark; `Mark.NONE` is an empty path."""
    match mark:
        case Mark.BAR:
            return MarkShape(_strokes(((-0.5, 0.0), (0.5, 0.0))))
        case Mark.STAR:
            return MarkShape(_star(), filled=True)
        case Mark.HALF_DISC:
            return MarkShape(_half_disc(), filled=True, open_disc=True)
        case Mark.QUESTION:
            return MarkShape(_question(), open_disc=True)
        case Mark.OUTLINED_TICK:
            return MarkShape(_strokes(_TICK), open_disc=True)
        case Mark.TICK:
            return MarkShape(_strokes(_TICK))
        case Mark.DOUBLE_TICK:
            left, right = [tuple((x * 0.8 + dx, y) for x, y in _TICK) for dx in (-0.24, 0.24)]
            return MarkShape(_strokes(left, right))
        case Mark.MATHLIB:
            return MarkShape(_strokes(((-0.46, 0.44), (-0.46, -0.42), (0.0, 0.14), (0.46, -0.42), (0.46, 0.44))))
        case Mark.EXCLAMATION:
            return MarkShape(_strokes(((0.0, -0.58), (0.0, 0.16)), ((0.0, 0.54), (0.0, 0.58))))
        case Mark.PEN:
            return MarkShape(_strokes(((-0.42, 0.42), (0.42, -0.42))), open_disc=True)
        case Mark.ARROW:
            return MarkShape(_strokes(((-0.28, -0.44), (0.3, 0.0), (-0.28, 0.44))), open_disc=True)
    return _neutral_shape(mark)


def _closed(*corners: tuple[float, float]) -> QPainterPath:
    path = _strokes((*corners, corners[0]))
    path.closeSubpath()
    return path


def mark_elements(mark: Mark) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    """A mark's path as arrays: element types (k,) as `QPainterPath.ElementType`, and points (k, 2)."""
    path = mark_shape(mark).path
    elements = [path.elementAt(index) for index in range(path.elementCount())]
    types = np.array([element.type.value for element in elements], dtype=np.int32)
    return types, np.array([(element.x, element.y) for element in elements], dtype=np.float64).reshape(-1, 2)


def mark_colours(mark: Mark, border: str, ground: str) -> tuple[str, str]:
    """Colours of the disc behind a mark and of the mark's own shape."""
    return (ground, border) if mark_shape(mark).open_disc else (border, ground)


def paint_mark(painter: QPainter, mark: Mark, centre: QPointF, radius: float, border: str, ground: str) -> None:
    """Paint one mark with its disc; for lists, legends and badges (the graph paints them by the hundred)."""
    if mark is Mark.NONE:
        return
    shape, (disc, ink) = mark_shape(mark), mark_colours(mark, border, ground)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.scale(radius, radius)
    painter.setPen(QPen(QColor(border), 0.16))
    painter.setBrush(QColor(disc))
    painter.drawEllipse(QPointF(0, 0), 1, 1)
    pen = QPen(QColor(ink), STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(Qt.PenStyle.NoPen if shape.filled else pen)
    painter.setBrush(QBrush(QColor(ink)) if shape.filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(shape.path)
    painter.restore()
