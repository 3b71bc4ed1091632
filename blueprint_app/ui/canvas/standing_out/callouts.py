"""Names beside nodes that are too small to hold them: the selected node and its neighbours are always legible."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from blueprint_app.ui.canvas.moving.viewport import Viewport
from blueprint_app.ui.canvas.painting.detail import LABEL_SCALE
from blueprint_app.ui.canvas.painting.lettering import elided, font_of, metrics_of, width_of
from blueprint_app.ui.canvas.scene import Scene

PIXELS = 11
MAIN_PIXELS = 12
MOST = 24
WIDEST = 170.0
RINGS = 7


def paint_callouts(painter: QPainter, scene: Scene, view: Viewport, node: int, neighbours: Sequence[int]) -> None:
    """Name a node and its (at most `MOST` weightiest) neighbours, where the scale hides what is written in them.

    A name that finds no room at its node stands further away on a thin leader.
    """
    if view.scale >= LABEL_SCALE:
        return
    ordered = [node, *sorted(neighbours, key=lambda other: -float(scene.weight[other]))[:MOST]]
    picture = QRectF(4, 4, view.width - 8, view.height - 8)
    outlines = {number: outline for number in ordered if picture.intersects(outline := _outline(scene, view, number))}
    taken = [outline.adjusted(-2, -2, 2, 2) for outline in outlines.values()]
    leaders: list[tuple[QPointF, QPointF]] = []
    callouts: list[tuple[QRectF, str, bool]] = []
    for number, outline in outlines.items():
        is_main = number == node
        text, size = _text(scene, number, is_main=is_main)
        place = next(
            (p for p in _places(outline, size) if picture.contains(p) and not any(map(p.intersects, taken))), None
        )
        if place is not None:
            taken.append(place)
            callouts.append((place, text, is_main))
            leaders.append((_nearest(place, outline.center()), _nearest(outline, place.center())))
    _paint_leaders(painter, scene, leaders)
    for place, text, is_main in callouts:
        _paint_callout(painter, scene, place, text, is_main=is_main)


def _outline(scene: Scene, view: Viewport, node: int) -> QRectF:
    left, top, width, height = scene.rects[node].tolist()
    return QRectF(QPointF(*view.to_picture(left, top)), QPointF(*view.to_picture(left + width, top + height)))


def _text(scene: Scene, node: int, *, is_main: bool) -> tuple[str, QRectF]:
    words = scene.words
    pixels = MAIN_PIXELS if is_main else PIXELS
    name = f"{words.captions[node]}  {words.titles[node]}" if is_main else words.titles[node]
    text = elided(name, pixels, 2 * WIDEST if is_main else WIDEST)
    return text, QRectF(0, 0, width_of(text, pixels) + 10, pixels + 7)


def _places(outline: QRectF, size: QRectF) -> Iterator[QRectF]:
    """Where a name may stand: at its node, then in rows further and further away."""
    middle, width, height = outline.center(), size.width(), size.height()
    for ring in range(RINGS):
        gap = 5 + ring * (height + 3)
        for shift in (0.5, 0.1, 0.9):
            x = middle.x() - width * shift
            yield QRectF(x, outline.bottom() + gap, width, height)
            yield QRectF(x, outline.top() - gap - height, width, height)
        if ring < 2:
            y = middle.y() - height / 2
            yield QRectF(outline.right() + 5 + 60 * ring, y, width, height)
            yield QRectF(outline.left() - 5 - width - 60 * ring, y, width, height)


def _nearest(rect: QRectF, point: QPointF) -> QPointF:
    """The point of a rectangle that is nearest to another point."""
    x = min(max(point.x(), rect.left()), rect.right())
    return QPointF(x, min(max(point.y(), rect.top()), rect.bottom()))


def _paint_leaders(painter: QPainter, scene: Scene, leaders: Sequence[tuple[QPointF, QPointF]]) -> None:
    painter.setPen(QPen(QColor(scene.theme.muted), 1))
    for start, end in leaders:
        if (end - start).manhattanLength() > 8:
            painter.drawLine(start, end)


def _paint_callout(painter: QPainter, scene: Scene, place: QRectF, text: str, *, is_main: bool) -> None:
    theme = scene.theme
    painter.setPen(QPen(QColor(theme.accent if is_main else theme.line), 1))
    painter.setBrush(QColor(theme.raised))
    # On half pixels a line of one pixel is sharp.
    painter.drawRoundedRect(QRectF(place.toRect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(QColor(theme.text))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pixels = MAIN_PIXELS if is_main else PIXELS
    painter.setFont(font_of(pixels))
    baseline = place.center().y() + metrics_of(pixels).capHeight() / 2
    painter.drawText(QPointF(place.left() + 5, baseline), text)
