"""What is painted fresh over the pictures in every frame: rings, the focus frame, and what an empty canvas says."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from blueprint_app.ui.canvas.moving.viewport import Viewport
from blueprint_app.ui.canvas.painting.lettering import font_of
from blueprint_app.ui.canvas.scene import Scene
from blueprint_app.ui.theme.themes import Theme


def paint_ring(painter: QPainter, scene: Scene, view: Viewport, node: int, width: float) -> None:
    """A ring in the accent's colour around a node's outline."""
    left, top, node_width, height = scene.rects[node].tolist()
    x, y = view.to_picture(left, top)
    ring = QRectF(x, y, node_width * view.scale, height * view.scale).adjusted(-3, -3, 3, 3)
    if not ring.intersects(QRectF(0, 0, view.width, view.height)):
        return
    painter.setPen(QPen(QColor(scene.theme.accent), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if scene.boxes[node]:
        painter.drawRoundedRect(ring, 6, 6)
    else:
        painter.drawEllipse(ring)


def paint_focus(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """The frame of a canvas that the keyboard works on."""
    painter.setPen(QPen(QColor(theme.accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -1, -1))


def paint_message(painter: QPainter, theme: Theme, rect: QRectF, message: str) -> None:
    """The first line large, what follows small below it."""
    painter.fillRect(rect, QColor(theme.ground))
    first, _, rest = message.partition("\n")
    middle = rect.adjusted(24, 0, -24, 0)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    for text, colour, pixels, shift in ((first, theme.text, 17, -14), (rest, theme.muted, 13, 14)):
        painter.setPen(QColor(colour))
        painter.setFont(font_of(pixels))
        painter.drawText(middle.translated(0, shift), flags, text)


def spoken(scene: Scene, node: int | None) -> str:
    """What a screen reader says of a scene and its selected node."""
    text = f"{len(scene.ids)} nodes, {len(scene.edges)} {'inferred ' if scene.is_inferred else ''}edges."
    if node is not None:
        uses, users = scene.links.prerequisites_of(node), scene.links.users_of(node)
        title = scene.words.tooltips[node].replace("\n", ", ")
        text += f" Selected: {title}; prerequisites: {len(uses)}, users: {len(users)}."
    return text
