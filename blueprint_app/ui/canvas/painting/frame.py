"""One frame of the canvas: its pictures, and in their order all things that are painted fresh over them."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from blueprint_app.ui.canvas.moving.viewport import Viewport
from blueprint_app.ui.canvas.painting.groups import paint_group_titles
from blueprint_app.ui.canvas.painting.painting import Content, paint
from blueprint_app.ui.canvas.painting.pictures import Pictures
from blueprint_app.ui.canvas.scene import Scene
from blueprint_app.ui.canvas.standing_out.badges import PlacedBadges, paint_badges
from blueprint_app.ui.canvas.standing_out.callouts import paint_callouts
from blueprint_app.ui.canvas.standing_out.ghosts import PlacedGhosts, paint_ghosts
from blueprint_app.ui.canvas.standing_out.overlay import paint_focus, paint_ring


@dataclass(frozen=True, slots=True, eq=False)
class Over:
    """What a frame shows over the pictures; `has_focus` where the keyboard works on the canvas."""

    selected: int | None = None
    hovered: int | None = None
    badges: PlacedBadges | None = None
    ghosts: PlacedGhosts | None = None
    has_focus: bool = False


def paint_frame(painter: QPainter, pictures: Pictures, view: Viewport, over: Over) -> None:
    """Paint what the view sees of a scene that is not empty."""
    scene = pictures.scene
    pictures.draw(painter, view)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    paint_group_titles(painter, scene, view)
    _paint_rings(painter, scene, view, over)
    if pictures.highlight is not None:
        paint_callouts(painter, scene, view, pictures.highlight.node, pictures.highlight.neighbours.tolist())
    if over.badges is not None:
        paint_badges(painter, scene, view, over.badges)
    if over.ghosts is not None:
        paint_ghosts(painter, over.ghosts, scene, view)
    if over.has_focus:
        paint_focus(painter, scene.theme, QRectF(0, 0, view.width, view.height))


def _paint_rings(painter: QPainter, scene: Scene, view: Viewport, over: Over) -> None:
    if over.hovered is not None and over.hovered != over.selected:
        paint_ring(painter, scene, view, over.hovered, 1.5)
    if over.selected is not None:
        paint_ring(painter, scene, view, over.selected, 3.0)


def still_image(scene: Scene, content: Content, view: Viewport, ratio: float) -> QImage:
    """A crisp image of a view, with nothing over it but the groups' titles; `ratio` is device pixels per pixel."""
    image = QImage(round(view.width * ratio), round(view.height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    for _ in paint(painter, scene, view, content):
        pass
    paint_group_titles(painter, scene, view)
    painter.end()
    return image
