"""Panning and zooming are arithmetic; these are its laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.ui.canvas.moving.viewport import LARGEST_SCALE, SMALLEST_SCALE, Viewport, fitted

numbers = st.floats(-1e4, 1e4)
views = st.builds(Viewport, numbers, numbers, st.floats(0.01, 4), st.floats(50, 3000), st.floats(50, 3000))


@given(views, numbers, numbers)
def test_there_and_back(view: Viewport, x: float, y: float):
    assert view.to_scene(*view.to_picture(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(views, st.floats(0.1, 10), st.floats(0, 3000), st.floats(0, 3000))
def test_zooming_keeps_the_point_under_the_pointer(view: Viewport, factor: float, px: float, py: float):
    zoomed = view.zoomed(factor, px, py)
    assert zoomed.to_scene(px, py) == pytest.approx(view.to_scene(px, py), abs=1e-3)
    assert SMALLEST_SCALE <= zoomed.scale <= LARGEST_SCALE


@given(views, numbers, numbers)
def test_panning_moves_by_pixels(view: Viewport, dx: float, dy: float):
    x, y = view.to_picture(3, 4)
    assert view.moved(dx, dy).to_picture(3, 4) == pytest.approx((x + dx, y + dy), abs=1e-5)


@given(views, st.floats(0.2, 5), st.floats(0, 2000), st.floats(0, 2000), st.floats(0, 1))
def test_on_the_way_of_a_zoom_its_fixed_point_rests(view: Viewport, factor: float, px: float, py: float, share: float):
    end = view.zoomed(factor, px, py)
    on_the_way = view.between(end, share)
    x, y = on_the_way.to_picture(*view.to_scene(px, py))
    assert (x, y) == pytest.approx((px, py), abs=0.5 + 1e-3 * (abs(px) + abs(py)))


@given(views, views)
def test_journeys_end_where_they_should(start: Viewport, end: Viewport):
    assert start.between(end, 1).box == pytest.approx(end.box, rel=1e-6, abs=1e-3)


@given(st.tuples(numbers, numbers), st.floats(1, 1e5), st.floats(1, 1e5), st.floats(100, 3000), st.floats(100, 3000))
def test_fitted_shows_everything(corner, width: float, height: float, wide: float, high: float):
    bounds = (corner[0], corner[1], corner[0] + width, corner[1] + height)
    view = fitted(bounds, wide, high)
    left, top, right, bottom = view.box
    if view.scale > SMALLEST_SCALE:
        slack = 1e-6 * (abs(left) + abs(right) + abs(top) + abs(bottom))
        assert left <= bounds[0] + slack
        assert right >= bounds[2] - slack
        assert top <= bounds[1] + slack
        assert bottom >= bounds[3] - slack
