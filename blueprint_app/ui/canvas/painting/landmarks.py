"""Names of the most important nodes where the scale hides all writing, as a map names its larger towns."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from blueprint_app.ui.canvas.links import Indices, Mask
from blueprint_app.ui.canvas.moving.viewport import Viewport
from blueprint_app.ui.canvas.painting.curves import Floats
from blueprint_app.ui.canvas.painting.groups import frame_of
from blueprint_app.ui.canvas.painting.lettering import elided, font_of, metrics_of, width_of
from blueprint_app.ui.canvas.scene import Scene

PIXELS = 11
WIDEST = 150.0
CELL = 4
AREA = 16_000.0
"""One name for so many square pixels, at most."""


def paint_landmarks(
    painter: QPainter,
    scene: Scene,
    view: Viewport,
    visible: Indices,
    rects: Floats,
    *,
    faded: Mask,
    seen: QRectF | None = None,
) -> Iterator[None]:
    """Name visible nodes, the weightiest first, where nothing is in the way.

    `rects` (k, 4) are the outlines of the `visible` (k,) in pixels; no name crosses the border of `seen`.
    """
    frames = [frame_of(group, view).getRect() for group in scene.groups if group.depth == 0]
    # Grouped nodes stand too close for names; their frames have titles.
    room = _Room(view, np.concatenate([rects, np.array(frames, dtype=np.float64).reshape(-1, 4)]))
    if seen is not None:
        room.block_border(seen)
    most = int(view.width * view.height / AREA)
    candidates = np.flatnonzero(~faded[visible])
    candidates = candidates[np.argsort(-scene.weight[visible[candidates]], kind="stable")][: 3 * most]
    painter.setFont(font_of(PIXELS))
    ground = QColor(scene.theme.ground)
    ground.setAlphaF(0.8)
    named = 0
    for tried, candidate in enumerate(candidates.tolist()):
        text = elided(scene.words.titles[int(visible[candidate])], PIXELS, WIDEST)
        place = room.take(rects[candidate].tolist(), width_of(text, PIXELS) + 6, PIXELS + 3.0)
        if place is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(place, 3, 3)
            painter.setPen(QColor(scene.theme.text))
            baseline = place.center().y() + metrics_of(PIXELS).capHeight() / 2
            painter.drawText(QPointF(place.left() + 3, baseline), text)
            named += 1
        if named >= most:
            return
        if tried % 16 == 15:
            yield


class _Room:
    """Which parts of a picture are taken, in cells of a few pixels."""

    def __init__(self, view: Viewport, rects: Floats) -> None:
        self._columns, self._rows = int(view.width / CELL) + 1, int(view.height / CELL) + 1
        corners = np.zeros((self._rows + 1, self._columns + 1), dtype=np.int32)
        limits = (self._columns, self._rows)
        start = np.clip(np.floor(rects[:, :2] / CELL).astype(np.int64), 0, limits)
        end = np.clip(np.ceil((rects[:, :2] + rects[:, 2:]) / CELL).astype(np.int64), 0, limits)
        # Each rectangle leaves a sign at its four corners; sums over rows and columns fill it.
        for xs, ys, sign in ((start, start, 1), (end, start, -1), (start, end, -1), (end, end, 1)):
            np.add.at(corners, (ys[:, 1], xs[:, 0]), sign)
        self._taken = corners.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0

    def block_border(self, rect: QRectF) -> None:
        """Let nothing lie across the border of `rect`."""
        left, right = int(rect.left() / CELL), int(rect.right() / CELL)
        top, bottom = int(rect.top() / CELL), int(rect.bottom() / CELL)
        self._taken[top : bottom + 1, [max(left, 0), min(right, self._columns - 1)]] = True
        self._taken[[max(top, 0), min(bottom, self._rows - 1)], left : right + 1] = True

    def take(self, outline: list[float], width: float, height: float) -> QRectF | None:
        """A free place of that size beside an outline, which is then taken; None where there is none."""
        left, top, outline_width, outline_height = outline
        middle = left + outline_width / 2
        for x, y in (
            (middle - width / 2, top + outline_height + 2),
            (middle - width / 2, top - height - 2),
            (left + outline_width + 2, top + outline_height / 2 - height / 2),
            (left - width - 2, top + outline_height / 2 - height / 2),
        ):
            rows = slice(int(y / CELL), int((y + height) / CELL) + 1)
            columns = slice(int(x / CELL), int((x + width) / CELL) + 1)
            inside = x >= 0 and y >= 0 and rows.stop <= self._rows and columns.stop <= self._columns
            if inside and not self._taken[rows, columns].any():
                self._taken[rows, columns] = True
                return QRectF(x, y, width, height)
        return None
