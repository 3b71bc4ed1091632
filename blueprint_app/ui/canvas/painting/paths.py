"""Arrays straight into Qt's drawing calls: one call for thousands of shapes instead of one each."""

import struct
from collections.abc import Iterator
from typing import cast

import numpy as np
import numpy.typing as npt
import shiboken6
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QLineF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

Floats = npt.NDArray[np.float64]
Types = npt.NDArray[np.int32]

MOVE, LINE, CURVE, CURVE_DATA = range(4)
"""The element types of `QPainterPath`."""
_ELEMENT = np.dtype([("type", ">i4"), ("x", ">f8"), ("y", ">f8")])

ELLIPSE_TYPES = np.array([MOVE] + [CURVE, CURVE_DATA, CURVE_DATA] * 4, dtype=np.int32)
_K = 0.5522847498307936  # 4/3 (sqrt 2 - 1): the cubic nearest to a quarter circle
_ELLIPSE = np.array(
    [(1, 0), (1, _K), (_K, 1), (0, 1), (-_K, 1), (-1, _K), (-1, 0),
     (-1, -_K), (-_K, -1), (0, -1), (_K, -1), (1, -_K), (1, 0)]
)  # fmt: skip
BOX_TYPES = np.array([MOVE, *([LINE, CURVE, CURVE_DATA, CURVE_DATA] * 4)], dtype=np.int32)


def path_of(types: Types, points: Floats) -> QPainterPath:
    """A painter path from element types (k,) and points (k, 2), through Qt's own serialisation of paths."""
    elements = np.empty(len(types), dtype=_ELEMENT)
    elements["type"], elements["x"], elements["y"] = types, points[:, 0], points[:, 1]
    start_and_winding_fill = struct.pack(">ii", 0, 1)
    # The stream does not keep its buffer alive: the name does.
    buffer = QByteArray(struct.pack(">i", len(types)) + elements.tobytes() + start_and_winding_fill)
    stream = QDataStream(buffer, QIODevice.OpenModeFlag.ReadOnly)
    path = QPainterPath()
    stream >> path
    return path


def repeated(types: Types, points: Floats) -> QPainterPath:
    """One path of many alike shapes: `types` (k,) for each, `points` (n, k, 2)."""
    return path_of(np.tile(types, len(points)), points.reshape(-1, 2))


def ellipses(rects: Floats) -> Floats:
    """Points (n, 13, 2) of the ellipses within rects (n, 4: left, top, width, height); see `ELLIPSE_TYPES`."""
    radii = rects[:, None, 2:] / 2
    return rects[:, None, :2] + radii + _ELLIPSE * radii


def rounded_boxes(rects: Floats, radius: float) -> Floats:
    """Points (n, 17, 2) of rectangles with rounded corners; see `BOX_TYPES`."""
    left, top = rects[:, 0], rects[:, 1]
    right, bottom = left + rects[:, 2], top + rects[:, 3]
    r = np.minimum(radius, np.minimum(rects[:, 2], rects[:, 3]) / 2)
    k = r * (1 - _K)
    corners = [
        (left + r, top),
        (right - r, top), (right - k, top), (right, top + k), (right, top + r),
        (right, bottom - r), (right, bottom - k), (right - k, bottom), (right - r, bottom),
        (left + r, bottom), (left + k, bottom), (left, bottom - k), (left, bottom - r),
        (left, top + r), (left, top + k), (left + k, top), (left + r, top),
    ]  # fmt: skip
    return np.stack([np.stack(corner, axis=-1) for corner in corners], axis=1)


def polylines(lines: Floats) -> QPainterPath:
    """A path through segments (k, 4); a segment that starts where the one before it ended goes on with it."""
    if not len(lines):
        return QPainterPath()
    fresh = np.ones(len(lines), dtype=np.bool_)
    fresh[1:] = np.abs(lines[1:, :2] - lines[:-1, 2:]).max(axis=1) > 1e-6
    ends = np.arange(len(lines)) + np.cumsum(fresh)
    types = np.full(len(lines) + int(fresh.sum()), LINE, dtype=np.int32)
    points = np.empty((len(types), 2))
    points[ends] = lines[:, 2:]
    types[ends[fresh] - 1] = MOVE
    points[ends[fresh] - 1] = lines[fresh, :2]
    return path_of(types, points)


def slices(count: int, size: int) -> Iterator[slice]:
    """`count` things in slices of at most `size`."""
    return (slice(start, min(start + size, count)) for start in range(0, count, size))


def draw_lines(painter: QPainter, lines: Floats) -> None:
    """Draw segments (k, 4) without copying them."""
    if len(lines):
        lines = np.ascontiguousarray(lines)
        painter.drawLines(cast("QLineF", shiboken6.wrapInstance(lines.ctypes.data, QLineF)), len(lines))


def draw_rects(painter: QPainter, rects: Floats) -> None:
    """Draw rectangles (k, 4: left, top, width, height) without copying them."""
    if len(rects):
        rects = np.ascontiguousarray(rects)
        painter.drawRects(cast("QRectF", shiboken6.wrapInstance(rects.ctypes.data, QRectF)), len(rects))
