"""Edges become segments near their curve, within the picture, and dashes that stay put."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.ui.canvas.moving.viewport import Viewport
from blueprint_app.ui.canvas.painting import curves as module
from blueprint_app.ui.canvas.painting.curves import Curves, curves_of, dashes_of, segments_of

coordinates = st.floats(-500, 500)
POINTS = st.lists(st.tuples(coordinates, coordinates), min_size=7, max_size=7)


def everything(curves: Curves) -> np.ndarray:
    return np.ones(len(curves.ends), dtype=np.bool_)


def lines_of(curves: Curves, view: Viewport) -> np.ndarray:
    return np.concatenate([s.lines for s in segments_of(curves, view, everything(curves))] or [np.zeros((0, 4))])


def distance_to(lines: np.ndarray, point: np.ndarray) -> float:
    start, step = lines[:, :2], lines[:, 2:] - lines[:, :2]
    share = (((point - start) * step).sum(axis=1) / np.maximum((step**2).sum(axis=1), 1e-12)).clip(0, 1)
    return float(np.hypot(*(start + step * share[:, None] - point).T).min())


def on_curve(piece: np.ndarray, t: float) -> np.ndarray:
    u = 1 - t
    return u**3 * piece[0] + 3 * u * u * t * piece[1] + 3 * u * t * t * piece[2] + t**3 * piece[3]


@given(POINTS, st.floats(0.1, 3))
def test_segments_follow_the_curve(points, scale: float):
    curves = curves_of(np.array(points), np.array([0, 7]))
    view = Viewport(0, 0, scale, 4000, 4000)
    lines = lines_of(curves, view)
    if np.ptp(curves.pieces) * scale < 0.01:
        return
    for piece in curves.pieces:
        for t in np.linspace(0, 1, 9):
            assert distance_to(lines, np.array(view.to_picture(*on_curve(piece, t)))) < module.TOLERANCE + 1e-6


@given(POINTS, st.floats(0.05, 5), coordinates, coordinates)
def test_nothing_lies_outside_the_picture(points, scale: float, x: float, y: float):
    view = Viewport(x, y, scale, 300, 200)
    lines = lines_of(curves_of(np.array(points), np.array([0, 7])), view)
    assert (lines >= -4.001).all()
    assert (lines[:, ::2] <= 304.001).all()
    assert (lines[:, 1::2] <= 204.001).all()


def straight(length: float) -> Curves:
    shares = np.linspace(0, 1, 4)
    return curves_of(np.stack([shares * length, shares * 0], axis=1), np.array([0, 4]))


def dashes(curves: Curves, view: Viewport) -> np.ndarray:
    parts = [dashes_of(s, 5, 3).lines for s in segments_of(curves, view, everything(curves))]
    return np.concatenate(parts)


def test_dashes_have_their_length_and_gap():
    lines = dashes(straight(80), Viewport(40, 0, 1, 200, 100))
    assert len(lines) == 10
    assert np.hypot(*(lines[:, 2:] - lines[:, :2]).T) == pytest.approx(np.full(10, 5.0))
    assert np.diff(lines[:, 0]) == pytest.approx(np.full(9, 8.0))


@given(st.floats(-300, 300))
def test_dashes_do_not_crawl_when_the_view_pans(shift: float):
    curves = straight(1000)
    still, moved = (dashes(curves, Viewport(500 + dx, 0, 1, 400, 100)) for dx in (0, shift))
    # Compared in the scene, away from the borders where dashes are cut.
    starts = {round(x - 200 + 500, 3) for x in still[2:-2, 0]}
    others = {round(x - 200 + 500 + shift, 3) for x in moved[2:-2, 0]}
    low, high = max(min(starts), min(others)), min(max(starts), max(others))
    assert {x for x in starts if low <= x <= high} == {x for x in others if low <= x <= high}


def test_far_too_many_pieces_become_straight_lines(monkeypatch: pytest.MonkeyPatch):
    bent = np.array([(0, 0), (0, 90), (100, 90), (100, 0), (100, 50), (60, 60), (50, 50)], dtype=np.float64)
    curves = curves_of(bent, np.array([0, 7]))
    view = Viewport(50, 50, 1, 400, 400)
    assert len(lines_of(curves, view)) > 10
    monkeypatch.setattr(module, "MOST_PIECES", 1)
    assert lines_of(curves, view) == pytest.approx(np.array([[150, 150, 200, 200]]))


def test_edges_without_a_curve_are_left_out():
    curves = curves_of(np.zeros((1, 2)), np.array([0, 0, 1]))
    assert len(curves.pieces) == 0
    assert np.isnan(curves.ends).all()
    assert len(lines_of(curves, Viewport(0, 0, 1, 100, 100))) == 0


def test_arrivals_point_along_the_end_of_the_curve():
    points = np.array([(0, 0), (0, 10), (10, 20), (10, 30), (0, 0), (5, 5), (9, 9), (9, 9)], dtype=np.float64)
    arrivals = curves_of(points, np.array([0, 4, 8])).arrivals
    assert arrivals[0] == pytest.approx((0, 1))
    assert arrivals[1] == pytest.approx((0.5**0.5, 0.5**0.5))
