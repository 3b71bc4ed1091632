"""The layered engine's steps against slow and obvious counterparts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.layout.layered.crossings import crossings, inversions
from blueprint_app.layout.layered.levels import levels_of
from blueprint_app.layout.layered.ordering import order_levels
from blueprint_app.layout.layered.ranks import forward_edges, longest_paths, ranks_of
from tests.layout.problems import problems


@given(st.lists(st.integers(0, 40), max_size=60))
def test_inversions_are_counted_as_by_hand(values):
    pairs = sum(values[i] > values[j] for i in range(len(values)) for j in range(i + 1, len(values)))
    assert inversions(np.array(values, np.int64)) == pairs


@given(problems())
def test_turned_edges_leave_no_cycle_and_nothing_is_turned_without_one(asked):
    proper = asked.edges[asked.edges[:, 0] != asked.edges[:, 1]]
    forward, turned = forward_edges(proper, len(asked.sizes))
    ranks = longest_paths(forward, len(asked.sizes))
    assert (ranks[forward[:, 1]] > ranks[forward[:, 0]]).all()
    assert (np.where(turned[:, None], forward[:, ::-1], forward) == proper).all()


@given(problems(acyclic=True))
def test_nothing_is_turned_in_an_acyclic_graph(asked):
    assert not forward_edges(asked.edges, len(asked.sizes))[1].any()


@given(problems(acyclic=True, largest=10))
def test_ranks_are_valid_and_no_longer_than_by_longest_paths(asked):
    count = len(asked.sizes)
    ranks, simple = ranks_of(asked.edges, count), longest_paths(asked.edges, count)
    span = ranks[asked.edges[:, 1]] - ranks[asked.edges[:, 0]]
    assert (span >= 1).all()
    assert span.sum() <= (simple[asked.edges[:, 1]] - simple[asked.edges[:, 0]]).sum()
    assert ranks.min() == 0


def test_ranks_shorten_what_longest_paths_stretch():
    # 3 -> 4 hangs on the end of a chain: its source belongs right above, not at the top.
    edges = np.array([(0, 1), (1, 2), (2, 4), (3, 4)])
    assert longest_paths(edges, 5)[3] == 0
    assert ranks_of(edges, 5).tolist() == [0, 1, 2, 2, 3]


@given(problems(acyclic=True))
def test_crossings_are_counted_as_by_hand(asked):
    levels = levels_of(ranks_of(asked.edges, len(asked.sizes)), asked.edges)
    assert (levels.rank[levels.lower] == levels.rank[levels.upper] + 1).all()
    found = 0
    ends = list(zip(levels.upper.tolist(), levels.lower.tolist(), strict=True))
    for index, (a, b) in enumerate(ends):
        for c, d in ends[index + 1 :]:
            if levels.rank[a] == levels.rank[c]:
                sides = (levels.position[a] - levels.position[c]) * (levels.position[b] - levels.position[d])
                found += sides < 0
    assert crossings(levels) == found


@given(problems(acyclic=True))
def test_ordering_never_makes_more_crossings_and_keeps_all_vertices(asked):
    levels = levels_of(ranks_of(asked.edges, len(asked.sizes)), asked.edges)
    before = crossings(levels)
    held = [sorted(layer.tolist()) for layer in levels.layers]
    assert order_levels(levels) == crossings(levels)
    assert [sorted(layer.tolist()) for layer in levels.layers] == held
    for layer in levels.layers:
        assert levels.position[layer].tolist() == list(range(len(layer)))
    assert crossings(levels) <= before


@pytest.mark.parametrize(("rows", "width"), [(6, 5), (3, 9)])
def test_a_shuffled_grid_is_untangled(rows, width):
    """Columns of a grid, each a chain: they can be drawn without any crossing."""
    shuffled = np.random.default_rng(5).permutation(rows * width)
    number = shuffled.reshape(rows, width)
    edges = np.concatenate([np.column_stack((number[row], number[row + 1])) for row in range(rows - 1)])
    levels = levels_of(ranks_of(edges, rows * width), edges)
    assert crossings(levels) > 0
    assert order_levels(levels) == 0
