"""Names beside nodes that are too small to hold them: the selected node and its neighbours are always legible."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from blueprint_app.ui.canvas.detail import LABEL_SCALE
from blueprint_app.ui.canvas.lettering import elided, font_of, metrics_of, width_of
from blueprint_app.ui.canvas.scene import Scene
from blueprint_app.ui.canvas.viewport import Viewport

PIXELS = 12
MOST = 24
WIDEST = 230.0


def paint_callouts(painter: QPainter, scene: Scene, view: Viewport, node: int, neighbours: Sequence[int]) -> None:
    """Name a node and as many of its neighbours as find room, where the scale hides what is written in them."""
    if view.scale >= LABEL_SCALE:
        return
    taken: list[QRectF] = []
    picture = QRectF(4, 4, view.width - 8, view.height - 8)
    ordered = sorted(neighbours, key=lambda other: -float(scene.weight[other]))
    for number in (node, *ordered[:MOST]):
        left, top, width, height = scene.rects[number].tolist()
        x, y = view.to_picture(left, top)
        outline = QRectF(x, y, width * view.scale, height * view.scale)
        if not picture.intersects(outline):
            continue
        words = scene.words
        name = f"{words.captions[number]}  {words.titles[number]}" if number == node else words.titles[number]
        text = elided(name, PIXELS, WIDEST * (1.5 if number == node else 1))
        size = QRectF(0, 0, width_of(text, PIXELS) + 12, PIXELS + 9)
        place = next(
            (p for p in _places(outline, size) if picture.contains(p) and not any(map(p.intersects, taken))), None
        )
        if place is not None:
            taken.append(place)
            _paint_callout(painter, scene, place, text, is_main=number == node)


def _places(outline: QRectF, size: QRectF) -> Iterator[QRectF]:
    """Where a name may stand, nearest and likeliest first."""
    middle, width, height = outline.center(), size.width(), size.height()
    for step in range(4):
        gap = 4 + step * (height + 2)
        for shift in (0.5, 0.15, 0.85):
            x = middle.x() - width * shift
            yield QRectF(x, outline.bottom() + gap, width, height)
            yield QRectF(x, outline.top() - gap - height, width, height)
        y = middle.y() - height / 2 + (step // 2) * (height + 2)
        yield QRectF(outline.right() + 4, y, width, height)
        yield QRectF(outline.left() - 4 - width, y, width, height)


def _paint_callout(painter: QPainter, scene: Scene, place: QRectF, text: str, *, is_main: bool) -> None:
    theme = scene.theme
    painter.setPen(QPen(QColor(theme.accent if is_main else theme.line), 1))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(place, 4, 4)
    painter.setPen(QColor(theme.text))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(font_of(PIXELS))
    baseline = place.center().y() + metrics_of(PIXELS).capHeight() / 2
    painter.drawText(QPointF(place.left() + 6, baseline), text)
