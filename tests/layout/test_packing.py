"""Rectangles side by side."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.layout.packing import grid, pack

rectangles = st.lists(st.tuples(st.floats(1, 500), st.floats(1, 500)), min_size=1, max_size=25)


def meet(places, sizes, gap):
    lows, highs = places, places + sizes
    apart = (lows[:, None] >= highs[None] + gap - 1e-3).any(axis=2)
    return np.triu(~(apart | apart.T), 1).any()


@given(rectangles, st.one_of(st.none(), st.floats(10, 3000)))
def test_packed_rectangles_keep_their_gap_and_the_width(sizes, within):
    places, width, height = pack(sizes, 10.0, within)
    array = np.array(sizes)
    assert not meet(places, array, 10.0)
    assert (places >= 0).all()
    assert np.allclose((places + array).max(axis=0), (width, height))
    if within is not None:
        assert width <= max(within, array[:, 0].max()) + 1e-3


@given(rectangles)
def test_a_grid_keeps_its_gap(sizes):
    array = np.array(sizes)
    centres, width, height = grid(array, 10.0)
    assert not meet(centres - array / 2, array, 10.0)
    assert (centres - array / 2 >= -1e-6).all()
    assert ((centres + array / 2).max(axis=0) <= np.array((width, height)) + 1e-6).all()


def test_equal_rectangles_make_a_screen():
    places, width, height = pack([(100.0, 40.0)] * 200, 10.0)
    assert 1.0 < width / height < 2.6
    assert 0.6 * width * height < 200 * 100 * 40
    # In reading order where that costs no room.
    assert sorted(range(200), key=lambda index: (places[index][1], places[index][0])) == list(range(200))


def test_nothing_takes_no_room():
    assert pack([], 10.0)[1:] == (0.0, 0.0)
