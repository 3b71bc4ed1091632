"""The frames of chapters and sections behind their nodes, and their titles, which stay readable from afar."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from blueprint_app.ui.canvas.moving.viewport import Viewport
from blueprint_app.ui.canvas.painting.lettering import elided, font_of, metrics_of, width_of
from blueprint_app.ui.canvas.scene import GroupBox, Scene

LEAST_HEIGHT = 90.0
"""Below so many pixels an inner frame goes without its title, which would cover what it holds."""


def frame_of(group: GroupBox, view: Viewport) -> QRectF:
    """A group's frame in the picture."""
    left, top, right, bottom = group.box
    return QRectF(QPointF(*view.to_picture(left, top)), QPointF(*view.to_picture(right, bottom)))


def paint_group_boxes(painter: QPainter, scene: Scene, view: Viewport) -> None:
    """The frames, outer ones first."""
    # Rectangles far larger than the picture are slow to round.
    near = QRectF(-20, -20, view.width + 40, view.height + 40)
    painter.setPen(QPen(QColor(scene.theme.group_line), 1.0))
    for group in scene.groups:
        frame = frame_of(group, view)
        if frame.intersects(near):
            painter.setBrush(QColor(scene.theme.group_fill if group.depth % 2 == 0 else scene.theme.ground))
            painter.drawRoundedRect(frame.intersected(near), 6, 6)


def paint_group_titles(painter: QPainter, scene: Scene, view: Viewport) -> None:
    """Titles at a size of their own, on the upper edge of their frame; inner ones give way to outer ones.

    Painted for each frame of motion anew: a title stays in sight while any of its frame is.
    """
    taken: list[QRectF] = []
    for group in scene.groups:
        place, text, pixels = _title(group, view)
        if not text or any(place.intersects(other) for other in taken):
            continue
        taken.append(place)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scene.theme.ground))
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(QColor(scene.theme.text if group.depth == 0 else scene.theme.muted))
        painter.setFont(font_of(pixels))
        baseline = place.center().y() + metrics_of(pixels).capHeight() / 2
        painter.drawText(QPointF(place.left() + 4, baseline), text)


def _title(group: GroupBox, view: Viewport) -> tuple[QRectF, str, int]:
    """Where a title goes, what of it, and its size; no text where a stub would say nothing."""
    pixels = 13 if group.depth == 0 else 11
    frame = frame_of(group, view)
    shown = frame.intersected(QRectF(0, 0, view.width, view.height))
    if shown.isEmpty() or (group.depth and frame.height() < LEAST_HEIGHT):
        return QRectF(), "", pixels
    # A frame wider than the picture keeps its title in sight.
    text = elided(group.title, pixels, float(int(shown.width() - 16)))
    if len(text) < min(10, len(group.title)):
        return QRectF(), "", pixels
    top = max(frame.top() - 0.5 * pixels - 3, 2.0) if group.depth == 0 else frame.top() - 0.5 * pixels - 3
    return QRectF(shown.left() + 6, top, width_of(text, pixels) + 8, pixels + 6), text, pixels
