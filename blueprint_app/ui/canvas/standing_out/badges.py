"""What stands out on command: which nodes, the edges that join them, and a few characters at some of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.canvas.links import Indices, Mask
from blueprint_app.ui.canvas.moving.viewport import Viewport
from blueprint_app.ui.canvas.painting import paths
from blueprint_app.ui.canvas.painting.curves import overlapping
from blueprint_app.ui.canvas.painting.lettering import font_of, metrics_of, width_of
from blueprint_app.ui.canvas.scene import Scene

PIXELS, HEIGHT, PADDING = 11, 16, 5
DOT = 6.0
MOST = 200
"""Where more badges are in sight than this, each is a dot: their words would cover the graph."""


@dataclass(frozen=True, slots=True)
class Emphasised:
    """The nodes that stand out, each of `badges` with its characters, and nodes whose edges in a row do so too."""

    nodes: frozenset[NodeId]
    badges: Mapping[NodeId, str] = field(default_factory=dict)
    chain: tuple[NodeId, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PlacedBadges:
    """The places (k,) in a scene's arrays of what has a badge, and the texts."""

    numbers: Indices
    texts: tuple[str, ...]


def nodes_among(scene: Scene, nodes: Collection[str]) -> Mask:
    """Which of a scene's nodes (n,) are among these; a box is, as soon as one of its nodes is."""
    wanted = set(nodes)
    wanted |= {box.id for box in scene.collapsed if not wanted.isdisjoint(box.members)}
    return np.array([node in wanted for node in scene.ids], dtype=np.bool_)


def chain_edges(scene: Scene, chain: tuple[NodeId, ...]) -> Mask | None:
    """The drawn edges (m,) between each node of a chain and the next; None where there are none."""
    if len(chain) < 2:
        return None
    places = [scene.standing_for(node) for node in chain]
    pairs = {(one, other) for one, other in pairwise(places) if one is not None}
    found = np.array([tuple(edge) in pairs for edge in scene.edges.tolist()], dtype=np.bool_)
    return found if found.any() else None


def placed_badges(scene: Scene, badges: Mapping[NodeId, str]) -> PlacedBadges:
    """The badges of what is shown; a box has the number of those in it, with a times sign."""
    texts: dict[int, list[str]] = {}
    for node, text in badges.items():
        number = scene.standing_for(node)
        if number is not None:
            texts.setdefault(number, []).append(text)
    ordered = sorted(texts)
    words = tuple(texts[number][0] if len(texts[number]) == 1 else f"{len(texts[number])}×" for number in ordered)
    return PlacedBadges(np.array(ordered, dtype=np.int64), words)


def paint_badges(painter: QPainter, scene: Scene, view: Viewport, badges: PlacedBadges) -> None:
    """Paint each on its node's upper left, at the same size at any scale."""
    corners = scene.corners[badges.numbers]
    visible = np.flatnonzero(overlapping(corners, view.box))
    if not len(visible):
        return
    theme = scene.theme
    places = corners[visible, :2] * view.scale + np.array(view.offset)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    if len(visible) > MOST:
        paths.draw_rects(painter, np.concatenate([places - DOT / 2, np.full_like(places, DOT)], axis=1))
        return
    painter.setFont(font_of(PIXELS, semibold=True))
    baseline = metrics_of(PIXELS, semibold=True).capHeight() / 2
    for number, (x, y) in zip(visible.tolist(), places.tolist(), strict=True):
        text = badges.texts[number]
        wide = max(width_of(text, PIXELS, semibold=True) + 2 * PADDING, HEIGHT)
        badge = QRectF(x - 0.35 * wide, y - 0.6 * HEIGHT, wide, HEIGHT)
        painter.setPen(QColor(theme.ground))
        painter.drawRoundedRect(badge, HEIGHT / 2, HEIGHT / 2)
        painter.setPen(QColor(theme.accent_text))
        written = width_of(text, PIXELS, semibold=True)
        painter.drawText(QPointF(badge.center().x() - written / 2, badge.center().y() + baseline), text)
