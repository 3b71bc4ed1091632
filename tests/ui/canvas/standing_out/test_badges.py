"""The badges of what stands out."""

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from blueprint_app.ui.canvas.moving.viewport import fitted
from blueprint_app.ui.canvas.standing_out.badges import MOST, PlacedBadges, paint_badges


def painted(scene, count):
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor(scene.theme.ground))
    painter = QPainter(image)
    view = fitted(scene.bounds, 800, 600)
    paint_badges(painter, scene, view, PlacedBadges(np.arange(count), ("12,345",) * count))
    painter.end()
    return image, view


def pixel(image, view, scene, node, dx=0.0):
    x, y = view.to_picture(*scene.corners[node, :2])
    return image.pixelColor(round(x + dx), round(y)).name().upper()


def test_few_badges_have_words_and_many_are_dots(many, qapp):
    scene = many
    assert len(scene.ids) > MOST
    few, view = painted(scene, 1)
    assert pixel(few, view, scene, 0, dx=20) != scene.theme.ground
    dots, view = painted(scene, MOST + 1)
    assert {pixel(dots, view, scene, node) for node in range(MOST + 1)} == {scene.theme.accent}
