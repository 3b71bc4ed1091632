"""Marks: each has a shape of its own."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from blueprint_app.ui.theme.marks import mark_elements, mark_shape, paint_mark
from blueprint_app.ui.theme.styles import Mark


def painted(mark: Mark) -> QImage:
    image = QImage(24, 24, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint_mark(painter, mark, QPointF(12, 12), 10, "#000000", "#FFFFFF")
    painter.end()
    return image


def different_pixels(one: QImage, other: QImage) -> int:
    return sum(one.pixel(x, y) != other.pixel(x, y) for x in range(24) for y in range(24))


def test_no_two_marks_look_alike(qapp):
    images = {mark: painted(mark) for mark in Mark}
    for one, other in combinations(Mark, 2):
        assert different_pixels(images[one], images[other]) > 25, (one, other)


def test_no_mark_paints_nothing(qapp):
    assert painted(Mark.NONE).allGray()
    assert different_pixels(painted(Mark.NONE), QImage(painted(Mark.NONE))) == 0
    assert painted(Mark.NONE).pixel(12, 2) == 0xFFFFFFFF


@pytest.mark.parametrize("mark", [mark for mark in Mark if mark is not Mark.NONE])
def test_marks_stay_within_their_disc(mark: Mark):
    types, points = mark_elements(mark)
    assert len(types) == len(points) == mark_shape(mark).path.elementCount() > 1
    assert (points**2).sum(axis=1).max() <= 1
