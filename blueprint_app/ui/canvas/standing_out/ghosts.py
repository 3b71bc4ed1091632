"""Nodes that somebody proposes, pale and dashed over the graph as it stands, near the node that they would serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from blueprint_app.export.titles import plain_title
from blueprint_app.model.graph import EdgeKind
from blueprint_app.ui.canvas.moving.viewport import Viewport
from blueprint_app.ui.canvas.painting.curves import Floats
from blueprint_app.ui.canvas.painting.lettering import elided, font_of, metrics_of
from blueprint_app.ui.canvas.scene import Scene

WIDTH, HEIGHT, GAP = 150.0, 34.0, 22.0
"""The size of a ghost and the room around it, in scene units."""
_RINGS, _STEPS = 14, 9
_LEAST = 0.45
"""Below this scale the words of a ghost cannot be read, and are left out."""
_QUIET = 110
"""Opacity of a quiet line, of 255."""
MARK = "proposed"


class Ghost(Protocol):
    """A proposed node."""

    @property
    def id(self) -> str:
        """Its label."""

    @property
    def title(self) -> str:
        """Its title as TeX, "" for none."""


class GhostLink(Protocol):
    """A proposed use; either end is the id of a node or of a ghost."""

    @property
    def source(self) -> str:
        """What is used."""

    @property
    def target(self) -> str:
        """What uses it."""

    @property
    def kind(self) -> EdgeKind:
        """Whether in the statement or in the proof."""


class Proposed(Protocol):
    """All that a proposal would add around a node."""

    @property
    def node(self) -> str:
        """The node."""

    @property
    def nodes(self) -> Sequence[Ghost]:
        """What is new."""

    @property
    def edges(self) -> Sequence[GhostLink]:
        """What would use what."""


@dataclass(frozen=True, eq=False)
class PlacedGhosts:
    """Ghosts with their places in a scene: `rects` by id, left, top, width, height."""

    proposed: Proposed
    rects: dict[str, QRectF]

    @property
    def bounds(self) -> QRectF:
        """What all ghosts take together."""
        found = QRectF()
        for rect in self.rects.values():
            found = found.united(rect)
        return found


def placed_ghosts(proposed: Proposed, scene: Scene) -> PlacedGhosts | None:
    """Places for the ghosts, above their node and where nothing else is drawn; None where the scene lacks the node."""
    number = scene.index.get(proposed.node)
    if number is None:
        return None
    x, y = scene.centre(number)
    taken = scene.rects.copy()
    rects: dict[str, QRectF] = {}
    depth = _depths(proposed)
    # What the node would use directly stands next to it, what that rests on further above.
    for ghost in sorted(proposed.nodes, key=lambda each: depth[each.id]):
        above = y - scene.rects[number, 3] / 2 - (HEIGHT / 2 + GAP) - (depth[ghost.id] - 1) * (HEIGHT + GAP)
        left, top = _free_place(taken, x, above)
        rects[ghost.id] = QRectF(left, top, WIDTH, HEIGHT)
        taken = np.concatenate([taken, [[left, top, WIDTH, HEIGHT]]])
    return PlacedGhosts(proposed, rects)


def _depths(proposed: Proposed) -> dict[str, int]:
    """How many steps each ghost lies below the node: 1 for what it would use itself."""
    depth = {ghost.id: 1 for ghost in proposed.nodes}
    for _ in proposed.nodes:
        for edge in proposed.edges:
            if edge.source in depth and edge.target in depth:
                depth[edge.source] = max(depth[edge.source], depth[edge.target] + 1)
    return {ghost: min(steps, len(depth)) for ghost, steps in depth.items()}


def _free_place(taken: Floats, x: float, y: float) -> tuple[float, float]:
    """The free place whose middle is nearest to a point; upwards and sideways are tried, never far below."""
    places = [
        (x + side * (WIDTH + GAP) / 2, y + rise * (HEIGHT + GAP) / 2)
        for rise in range(-_RINGS, 3)
        for side in range(-_STEPS, _STEPS + 1)
    ]
    places.sort(key=lambda place: (place[0] - x) ** 2 + 2.5 * (place[1] - y) ** 2)
    for middle_x, middle_y in places:
        left, top = middle_x - WIDTH / 2, middle_y - HEIGHT / 2
        if not _meets(taken, left, top):
            return left, top
    return x - WIDTH / 2, y - HEIGHT / 2


def _meets(taken: Floats, left: float, top: float) -> bool:
    room = GAP / 2
    apart = (
        (taken[:, 0] >= left + WIDTH + room)
        | (taken[:, 0] + taken[:, 2] <= left - room)
        | (taken[:, 1] >= top + HEIGHT + room)
        | (taken[:, 1] + taken[:, 3] <= top - room)
    )
    return not bool(apart.all())


def paint_ghosts(painter: QPainter, ghosts: PlacedGhosts, scene: Scene, view: Viewport) -> None:
    """The ghosts with the uses that they would bring."""
    places = {ghost: _in_picture(rect, view) for ghost, rect in ghosts.rects.items()}
    ink = QColor(scene.theme.accent)
    for edge in ghosts.proposed.edges:
        start, end = (_place_of(each, places, scene, view) for each in (edge.source, edge.target))
        if start is not None and end is not None:
            # What a new lemma would use of what is there is told quietly: these lines go across the graph.
            _paint_use(painter, start, end, ink, is_quiet=edge.source not in places)
    for ghost in ghosts.proposed.nodes:
        _paint_ghost(painter, ghost, places[ghost.id], scene, view, ink)


def _paint_ghost(painter: QPainter, ghost: Ghost, place: QRectF, scene: Scene, view: Viewport, ink: QColor) -> None:
    if not place.intersects(QRectF(0, 0, view.width, view.height)):
        return
    ground = QColor(scene.theme.ground)
    ground.setAlpha(225)
    painter.setBrush(ground)
    painter.setPen(QPen(ink, 1.3, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(place, 8 * view.scale, 8 * view.scale)
    if view.scale < _LEAST:
        return
    pixels = max(8, round(11 * view.scale))
    small = max(7, round(8.5 * view.scale))
    words = elided(plain_title(ghost.title) or ghost.id.rpartition(":")[2], pixels, place.width() - 12)
    middle = place.center()
    painter.setPen(QColor(scene.theme.text))
    painter.setFont(font_of(pixels))
    line = metrics_of(pixels).height()
    upper = QRectF(place.left(), middle.y() - line * 0.95, place.width(), line)
    painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, words)
    painter.setPen(ink)
    painter.setFont(font_of(small))
    painter.drawText(QRectF(place.left(), middle.y(), place.width(), line), Qt.AlignmentFlag.AlignCenter, MARK)


def _paint_use(painter: QPainter, start: QRectF, end: QRectF, ink: QColor, *, is_quiet: bool) -> None:
    """A dashed arrow from what is used to what uses it; a quiet one is a faint line."""
    first, last = _nearest_sides(start, end)
    path = QPainterPath(first)
    bend = (last.y() - first.y()) / 2
    path.cubicTo(QPointF(first.x(), first.y() + bend), QPointF(last.x(), last.y() - bend), last)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    faint = QColor(ink)
    faint.setAlpha(_QUIET)
    painter.setPen(QPen(faint, 1.0, Qt.PenStyle.DotLine) if is_quiet else QPen(ink, 1.4, Qt.PenStyle.DashLine))
    painter.drawPath(path)
    if is_quiet:
        return
    way = 1.0 if last.y() >= first.y() else -1.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon([last, last + QPointF(-3.5, -7 * way), last + QPointF(3.5, -7 * way)])


def _nearest_sides(start: QRectF, end: QRectF) -> tuple[QPointF, QPointF]:
    if end.center().y() >= start.center().y():
        return QPointF(start.center().x(), start.bottom()), QPointF(end.center().x(), end.top())
    return QPointF(start.center().x(), start.top()), QPointF(end.center().x(), end.bottom())


def _place_of(node: str, places: dict[str, QRectF], scene: Scene, view: Viewport) -> QRectF | None:
    if node in places:
        return places[node]
    number = scene.index.get(node)
    if number is None:
        return None
    left, top, width, height = scene.rects[number].tolist()
    return _in_picture(QRectF(left, top, width, height), view)


def _in_picture(rect: QRectF, view: Viewport) -> QRectF:
    x, y = view.to_picture(rect.left(), rect.top())
    return QRectF(x, y, rect.width() * view.scale, rect.height() * view.scale)
