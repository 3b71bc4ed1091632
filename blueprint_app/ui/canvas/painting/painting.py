"""Paints a view of a scene in small slices, so that the window stays alive however large the graph is."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from blueprint_app.ui.canvas.links import Indices, Mask
from blueprint_app.ui.canvas.moving.viewport import Viewport
from blueprint_app.ui.canvas.painting import paths
from blueprint_app.ui.canvas.painting.curves import Floats, count_pieces, dashes_of, overlapping, segments_of
from blueprint_app.ui.canvas.painting.detail import Detail, Writing, detail_at
from blueprint_app.ui.canvas.painting.groups import paint_group_boxes
from blueprint_app.ui.canvas.painting.landmarks import paint_landmarks
from blueprint_app.ui.canvas.painting.lettering import WrittenLine, font_of, one_line, title_lines
from blueprint_app.ui.canvas.scene import Scene
from blueprint_app.ui.theme.colour import mix
from blueprint_app.ui.theme.marks import STROKE, mark_colours, mark_elements, mark_shape
from blueprint_app.ui.theme.styles import Line, Mark, NodeStyle

Slices = Iterator[None]

DASH, GAP = 5.0, 3.5
DOT, DOT_GAP = 1.6, 3.2
"""Pixels of a dash and of a dot, and of what is left out behind them: inferred edges are dotted."""
MANY = 2500
"""Beyond so many Bézier pieces edges are drawn as separate thin lines, which is several times faster."""
MOST_DASHED = 4000
"""Beyond so many pieces dashes would only be a texture: the lines are drawn whole."""


@dataclass(frozen=True, slots=True, eq=False)
class EdgeInk:
    """Some edges (m,) in one colour; None for the colour that the scale asks for."""

    edges: Mask
    colour: str | None = None
    extra_width: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What of a scene a picture holds: `nodes` (n,), those of them that are `faded` (n,), and edges in their inks.

    `has_names`: the weightiest nodes are named where the scale hides what is written in them.
    """

    nodes: Mask
    faded: Mask
    inks: tuple[EdgeInk, ...]
    has_ground: bool = True
    has_names: bool = True


def whole_content(scene: Scene, faded: Mask | None = None, strong: Mask | None = None) -> Content:
    """Everything, with the `faded` nodes and all their edges stepping back and the `strong` edges (m,) standing out."""
    count = len(scene.ids)
    faded = np.zeros(count, dtype=np.bool_) if faded is None else faded
    pale: Mask = np.asarray(faded[scene.edges[:, 0]] | faded[scene.edges[:, 1]], dtype=np.bool_)
    inks = []
    if pale.any():
        inks.append(EdgeInk(pale, mix(scene.theme.faint_edge, scene.theme.ground, 0.55)))
    inks.append(EdgeInk(np.logical_not(pale)))
    if strong is not None:
        inks.append(EdgeInk(strong, scene.theme.accent, 0.8))
    return Content(np.ones(count, dtype=np.bool_), faded, tuple(inks))


def paint(painter: QPainter, scene: Scene, view: Viewport, content: Content, seen: QRectF | None = None) -> Slices:
    """Paint in logical pixels; hands back control after each slice of about a millisecond.

    `seen` is the part of the picture that is in sight at first: no name is cut by its border.
    """
    detail = detail_at(view.scale)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    if content.has_ground:
        painter.fillRect(QRectF(0, 0, view.width, view.height), QColor(scene.theme.ground))
        paint_group_boxes(painter, scene, view)
    yield
    for ink in content.inks:
        yield from _paint_edges(painter, scene, view, detail, ink)
    visible = np.flatnonzero(overlapping(scene.corners, view.box) & content.nodes)
    rects = scene.rects[visible] * view.scale
    rects[:, :2] += view.offset
    yield from _paint_nodes(painter, scene, detail, content, visible, rects)
    if detail.mark_radius:
        yield from _paint_marks(painter, scene, detail, content, visible, rects)
    if detail.writing is not Writing.NOTHING:
        yield from _paint_words(painter, scene, detail, content, visible, rects)
    elif content.has_names:
        yield from paint_landmarks(painter, scene, view, visible, rects, faded=content.faded, seen=seen)


def _pen(colour: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    return QPen(QColor(colour), width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)


# Edges


def _paint_edges(painter: QPainter, scene: Scene, view: Viewport, detail: Detail, ink: EdgeInk) -> Slices:
    if not ink.edges.any():
        return
    # Dots hold little ink: in the overview they keep more of it than lines do.
    nearness = max(detail.nearness, 0.75) if scene.is_inferred else detail.nearness
    colour = ink.colour or mix(scene.theme.faint_edge, scene.theme.edge, nearness)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = detail.edge_width + ink.extra_width
    pattern = (DOT, DOT_GAP) if scene.is_inferred else (DASH, GAP)
    broken = ink.edges if scene.is_inferred else ink.edges & scene.dashed
    # Dots tell who wrote an edge: they are left out later than dashes are.
    if not (detail.dashes or scene.is_inferred) or count_pieces(scene.curves, view, broken) > MOST_DASHED:
        broken = np.zeros_like(broken)
    solid = ink.edges & ~broken
    painter.setPen(_pen(colour, width))
    for segments in segments_of(scene.curves, view, broken):
        yield
        yield from _paint_separate(painter, dashes_of(segments, *pattern).lines)
    many = count_pieces(scene.curves, view, solid) > MANY
    if many and not ink.extra_width:
        # A thicket of strong lines would bury the nodes.
        painter.setPen(_pen(mix(colour, scene.theme.ground, 0.45 * (1 - detail.nearness)), 1.0))
    else:
        painter.setPen(_pen(colour, width))
    for segments in segments_of(scene.curves, view, solid):
        yield
        yield from _paint_separate(painter, segments.lines) if many else _paint_joined(painter, segments.lines)
    if detail.arrow:
        yield from _paint_arrows(painter, scene, view, detail.arrow + 2 * ink.extra_width, ink.edges, colour)


def _paint_joined(painter: QPainter, lines: Floats) -> Slices:
    for part in paths.slices(len(lines), 100):
        painter.drawPath(paths.polylines(lines[part]))
        yield


def _paint_separate(painter: QPainter, lines: Floats) -> Slices:
    for part in paths.slices(len(lines), 1500):
        paths.draw_lines(painter, lines[part])
        yield


def _paint_arrows(painter: QPainter, scene: Scene, view: Viewport, size: float, wanted: Mask, colour: str) -> Slices:
    tips = scene.curves.ends[:, 1] * view.scale + np.array(view.offset)
    inside = ((tips > -size) & (tips < (view.width + size, view.height + size))).all(axis=1)
    chosen = np.flatnonzero(inside & wanted)
    ahead = scene.curves.arrivals[chosen] * size
    across = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1) * 0.42
    tips = tips[chosen]
    vees = np.stack([tips, tips - ahead + across, tips - 0.66 * ahead, tips - ahead - across], axis=1)
    types = np.array([paths.MOVE, paths.LINE, paths.LINE, paths.LINE], dtype=np.int32)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    for part in paths.slices(len(vees), 48):
        painter.drawPath(paths.repeated(types, vees[part]))
        yield


# Nodes


def _by_style(scene: Scene, content: Content, visible: Indices) -> Iterator[tuple[NodeStyle, Indices]]:
    """The visible nodes of each style, faded ones first; the second is (k,) indices into `visible`."""
    faded, style_of = content.faded[visible], scene.style_of[visible]
    for styles, chosen in ((scene.faded_styles, faded), (scene.styles, ~faded)):
        for number, style in enumerate(styles):
            members = np.flatnonzero(chosen & (style_of == number))
            if len(members):
                yield style, members


def _paint_nodes(
    painter: QPainter, scene: Scene, detail: Detail, content: Content, visible: Indices, rects: Floats
) -> Slices:
    for style, members in _by_style(scene, content, visible):
        if not detail.outlines:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(style.dot))
            for part in paths.slices(len(members), 2000):
                paths.draw_rects(painter, at_least(rects[members[part]], 2.0))
                yield
            continue
        boxes = scene.boxes[visible[members]]
        yield from _paint_outlines(painter, style, detail, rects[members[boxes]], is_box=True)
        yield from _paint_outlines(painter, style, detail, rects[members[~boxes]], is_box=False)


def at_least(rects: Floats, size: float) -> Floats:
    """Rectangles (k, 4: left, top, width, height) grown about their middles to a size that can be seen."""
    grown = np.maximum(rects[:, 2:], size)
    return np.concatenate([rects[:, :2] - (grown - rects[:, 2:]) / 2, grown], axis=1)


def _paint_outlines(painter: QPainter, style: NodeStyle, detail: Detail, rects: Floats, *, is_box: bool) -> Slices:
    width = detail.border * (0.75 if style.line is Line.THIN else 1.0)
    pen = _pen(style.border, width)
    if style.line is Line.DASHED:
        pen.setDashPattern([3.0, 2.0])
    hatch = QColor(style.border)
    hatch.setAlphaF(0.35)
    # The border lies within the outline, so that an edge's tip touches it.
    rects = rects + np.array([width / 2, width / 2, -width, -width])
    for part in paths.slices(len(rects), 24):
        painter.setPen(pen)
        painter.setBrush(QColor(style.fill))
        painter.drawPath(_outlines(rects[part], detail, is_box=is_box))
        if style.hatched:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
            painter.drawPath(_outlines(rects[part], detail, is_box=is_box))
        if style.line is Line.DOUBLE and detail.writing is not Writing.NOTHING:
            gap = 2.2 * width
            painter.setPen(_pen(style.border, 0.6 * width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_outlines(rects[part] + np.array([gap, gap, -2 * gap, -2 * gap]), detail, is_box=is_box))
        yield


def _outlines(rects: Floats, detail: Detail, *, is_box: bool) -> QPainterPath:
    if is_box:
        return paths.repeated(paths.BOX_TYPES, paths.rounded_boxes(rects, 2.0 + 1.2 * detail.border))
    return paths.repeated(paths.ELLIPSE_TYPES, paths.ellipses(rects))


def _paint_marks(
    painter: QPainter, scene: Scene, detail: Detail, content: Content, visible: Indices, rects: Floats
) -> Slices:
    centres = mark_centres(rects, scene.boxes[visible], detail.mark_radius)
    for style, members in _by_style(scene, content, visible):
        if style.mark is not Mark.NONE:
            yield from _paint_mark(painter, style, centres[members], detail.mark_radius, scene.theme.ground)


def mark_centres(rects: Floats, boxes: Mask, radius: float) -> Floats:
    """Where marks sit (k, 2): on the outline's upper right."""
    half = rects[:, 2:] / 2
    corner = np.stack([half[:, 0] - 0.5 * radius, -half[:, 1] + 0.15 * radius], axis=1)
    # Some 40 degrees round an ellipse, as its corner is empty, and a little outside, clear of its text.
    rim = half * np.array([0.77, -0.64]) + radius * np.array([0.4, -0.35])
    return rects[:, :2] + half + np.where(boxes[:, None], corner, rim)


def _paint_mark(painter: QPainter, style: NodeStyle, centres: Floats, radius: float, ground: str) -> Slices:
    disc, ink = mark_colours(style.mark, style.border, style.mark_ground)
    types, points = mark_elements(style.mark)
    discs = np.concatenate([centres - radius, np.full_like(centres, 2 * radius)], axis=1)
    halo = discs + np.array([-1, -1, 2, 2])
    for part in paths.slices(len(centres), 24):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawPath(paths.repeated(paths.ELLIPSE_TYPES, paths.ellipses(halo[part])))
        painter.setPen(_pen(style.border, 0.16 * radius))
        painter.setBrush(QColor(disc))
        painter.drawPath(paths.repeated(paths.ELLIPSE_TYPES, paths.ellipses(discs[part])))
        pen = QPen(
            QColor(ink), STROKE * radius, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        )
        filled = mark_shape(style.mark).filled
        painter.setPen(Qt.PenStyle.NoPen if filled else pen)
        painter.setBrush(QColor(ink) if filled else Qt.BrushStyle.NoBrush)
        painter.drawPath(paths.repeated(types, centres[part, None] + points * radius))
        yield


# Words


def written_on(scene: Scene, detail: Detail, node: int, width: float, height: float) -> tuple[WrittenLine, ...]:
    """The lines of text of a node whose outline has that size in pixels."""
    words, box = scene.words, bool(scene.boxes[node])
    # Whole pixels keep the measurements of one zoom for the next.
    width, height = float(int(width)), float(int(height))
    if detail.writing is Writing.LABEL:
        return one_line(words.labels[node], detail.font_pixels, width, height, box)
    return title_lines(
        words.captions[node], words.titles[node], words.labels[node],
        detail.font_pixels, detail.caption_pixels, width, height, box,
    )  # fmt: skip


def _paint_words(
    painter: QPainter, scene: Scene, detail: Detail, content: Content, visible: Indices, rects: Floats
) -> Slices:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    fonts = {False: font_of(detail.font_pixels), True: font_of(detail.caption_pixels)}
    for style, members in _by_style(scene, content, visible):
        pens = {False: QColor(style.text), True: QColor(mix(style.text, style.fill, 0.22))}
        for number, (node, rect) in enumerate(zip(visible[members].tolist(), rects[members].tolist(), strict=True)):
            left, top, width, height = rect
            for line in written_on(scene, detail, node, width, height):
                painter.setFont(fonts[line.is_caption])
                painter.setPen(pens[line.is_caption])
                painter.drawText(QPointF(left + width / 2 + line.x, top + height / 2 + line.y), line.text)
            if number % 32 == 31:
                yield
        yield
