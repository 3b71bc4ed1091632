"""Images are painted in slices, the most urgent first, and are the same as if painted in one go."""

import gc

import numpy as np
from PySide6.QtGui import QImage, QPainter

from blueprint_app.ui.canvas.moving.viewport import Viewport, fitted
from blueprint_app.ui.canvas.painting.layers import Layer
from blueprint_app.ui.canvas.painting.painting import paint, whole_content
from blueprint_app.ui.canvas.painting.pictures import Pictures
from blueprint_app.ui.canvas.standing_out.highlight import highlight_of


def finish(pictures: Pictures, view: Viewport, *, moving: bool = False) -> int:
    """How many turns of a tiny budget it takes until nothing is missing."""
    turns = 0
    while not (pictures.is_content(view) if moving else pictures.is_idle(view)):
        pictures.advance(view, 1.0, 0.0005, moving=moving)
        turns += 1
        assert turns < 20_000
    return turns


def drawn(pictures: Pictures, view: Viewport) -> QImage:
    image = QImage(int(view.width), int(view.height), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    pictures.draw(painter, view)
    painter.end()
    return image


def test_many_slices_make_the_same_image_as_one(qapp, many):
    view = fitted(many.bounds, 640, 480)
    pictures = Pictures(many)
    assert finish(pictures, view) > 10
    whole = QImage(640, 480, QImage.Format.Format_RGB32)
    painter = QPainter(whole)
    for _ in paint(painter, many, view, whole_content(many)):
        pass
    painter.end()
    sliced = drawn(pictures, view)
    # Names differ: those of the wider image may lie where the narrow one ends.
    different = sum(whole.pixel(x, y) != sliced.pixel(x, y) for x in range(0, 640, 2) for y in range(0, 480, 2))
    assert different < 0.05 * 640 * 480 / 4


def test_a_moving_view_keeps_its_images_and_a_resting_one_gets_new(qapp, many):
    view = fitted(many.bounds, 640, 480)
    pictures = Pictures(many)
    finish(pictures, view)
    aside = view.moved(40, 20)
    assert pictures.is_crisp(aside), "the margin holds it"
    nearer = view.zoomed(1.3, 100, 100)
    assert pictures.is_content(nearer)
    assert not pictures.is_crisp(nearer)
    far = view.zoomed(4, 100, 100)
    assert not pictures.is_content(far)
    finish(pictures, far, moving=True)
    assert not pictures.is_idle(nearer)
    finish(pictures, nearer)
    assert pictures.is_crisp(nearer)


def test_what_lies_beyond_the_image_is_shown_from_the_overview(qapp, many):
    view = fitted(many.bounds, 640, 480).zoomed(6, 320, 240)
    pictures = Pictures(many)
    finish(pictures, view)
    away = view.moved(900, 0)
    shown = drawn(pictures, away)
    ground = many.theme.ground.lower()
    assert any(shown.pixelColor(x, 240 + dy).name() != ground for x in range(100, 640, 3) for dy in range(0, 60, 3))


def test_highlights_are_painted_over_a_pale_rest(qapp, kite):
    view = Viewport(0, 120, 1.0, 640, 480)
    pictures = Pictures(kite)
    finish(pictures, view)
    plain = drawn(pictures, view)
    pictures.stand_out(highlight_of(kite, kite.index["def:a"]))
    finish(pictures, view)
    lit = drawn(pictures, view)
    x, y = map(round, view.to_picture(-49, 0))
    assert lit.pixelColor(x, y) == plain.pixelColor(x, y), "the node itself is as it was"
    pictures.stand_out(None)
    assert drawn(pictures, view) == plain


def test_a_filter_also_holds_within_a_highlight(qapp, kite):
    view = Viewport(0, 120, 1.0, 640, 480)
    pictures = Pictures(kite)
    pictures.stand_out(highlight_of(kite, kite.index["def:a"]))
    finish(pictures, view)
    lit = drawn(pictures, view)
    pictures.fade(np.ones(5, dtype=np.bool_))
    finish(pictures, view)
    filtered = drawn(pictures, view)
    a, c = (tuple(map(round, view.to_picture(x, y))) for x, y in ((-48, 0), (73, 120)))
    assert filtered.pixelColor(*a) == lit.pixelColor(*a), "the node itself stays"
    other = [lit.pixelColor(x, c[1]) != filtered.pixelColor(x, c[1]) for x in range(c[0] - 6, c[0] + 6)]
    assert any(other)


def test_nothing_steps_back_before_the_highlight_is_painted(qapp, kite):
    view = Viewport(0, 120, 1.0, 640, 480)
    pictures = Pictures(kite)
    finish(pictures, view)
    plain = drawn(pictures, view)
    pictures.stand_out(highlight_of(kite, kite.index["def:a"]))
    assert drawn(pictures, view) == plain
    finish(pictures, view)
    lit = drawn(pictures, view)
    assert lit != plain
    pictures.stand_out(highlight_of(kite, kite.index["lem:b"]))
    assert drawn(pictures, view) == lit
    finish(pictures, view)
    assert drawn(pictures, view) != lit


def test_a_highlight_holds_foundation_and_impact(kite):
    highlight = highlight_of(kite, kite.index["lem:b"])
    assert {kite.ids[i] for i in highlight.content.nodes.nonzero()[0]} == {"def:a", "lem:b", "thm:d"}
    assert (highlight.foundation_size, highlight.impact_size) == (1, 1)
    assert {kite.ids[i] for i in highlight.neighbours} == {"def:a", "thm:d"}
    assert sum(int(ink.edges.sum()) for ink in highlight.content.inks) == 2


def test_an_unfinished_image_can_be_dropped(qapp, many):
    for _ in range(20):
        layer = Layer()
        content = whole_content(many)
        view = fitted(many.bounds, 640, 480)
        layer.start(content, view, 1.0, lambda painter, into, c=content: paint(painter, many, into, c), opaque=True)
        assert not layer.advance(0.0)
        assert layer.is_working
        del layer
    gc.collect()


def test_former_images_are_shown_until_there_are_others(qapp, many):
    view = fitted(many.bounds, 640, 480)
    former = Pictures(many)
    finish(former, view)
    pictures = Pictures(many, former)
    assert pictures.has_base()
    assert not pictures.is_crisp(view), "they are of something else"
    assert drawn(pictures, view) == drawn(former, view)
    finish(pictures, view)
    assert pictures.is_crisp(view)
