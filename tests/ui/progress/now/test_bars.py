"""The lengths of bars: only all is full, only nothing is empty."""

import pytest

from blueprint_app.ui.progress.now.bar import filled_width
from blueprint_app.ui.progress.now.headlines import stretches


@pytest.mark.parametrize(("part", "total"), [(9_999, 10_000), (1, 10_000), (1, 2)])
def test_what_is_missing_and_what_is_there_are_both_seen(part, total):
    assert 0 < filled_width(part, total, 100) < 100


def test_all_and_nothing_are_full_and_empty():
    assert filled_width(3, 3, 100) == 100
    assert filled_width(0, 3, 100) == filled_width(0, 0, 100) == 0


def test_one_node_of_thousands_has_a_stretch_that_can_be_hit():
    found = stretches([1, 20_000, 0, 4_000], 600)
    assert found[0] == (0, 3)
    assert found[2][1] == 0
    assert found[-1][0] + found[-1][1] == pytest.approx(600)
    assert found[1][1] / found[3][1] == pytest.approx(5)
