"""Nodes glide from an old layout to a new one, and what is below is the new one from the start."""

import numpy as np
import pytest

from blueprint_app.ui.canvas.moving.glide import Glide, can_glide


@pytest.fixture
def moved(open_window, qtbot):
    """The window whose graph is about to be laid out elsewhere."""
    window = open_window
    placer = window.scenes.placer
    plain = placer.place

    def further(problem, folder, check):
        placement = plain(problem, folder, check)
        placement.centres[:, 0] += np.arange(len(placement.centres)) * 20.0
        return placement

    placer.place = further
    return window


def test_a_new_layout_replaces_the_old_and_the_nodes_glide_there(moved, qtbot):
    canvas = moved.graph.canvas
    before, view = canvas.scene, canvas.viewport
    with qtbot.waitSignal(moved.scenes.ready):
        moved.commands["view.new_layout"].trigger()
    after = canvas.scene
    assert can_glide(before, after)
    glides = canvas.findChildren(Glide)
    assert len(glides) == (1 if canvas.can_move else 0)
    glide = Glide(canvas, (before, view), (after, canvas.viewport))
    start, end = glide.frames(0.0), glide.frames(1.0)
    dx, _ = view.offset
    assert np.allclose(start[:, 0], before.rects[:, 0] * view.scale + dx)
    assert np.allclose(end[:, 2], after.rects[:, 2] * canvas.viewport.scale)
    qtbot.waitUntil(lambda: not canvas.findChildren(Glide))


def test_nothing_glides_where_nothing_moves(open_window):
    scene = open_window.graph.canvas.scene
    assert not can_glide(scene, scene)
