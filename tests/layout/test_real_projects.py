"""Real blueprints: what their graphs look like as a whole."""

import numpy as np
import pytest

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.layout.problem import problem_of
from blueprint_app.layout.service import place


@pytest.mark.slow
def test_every_project_is_placed_without_overlap_and_not_in_one_row(corpus_folder, corpus_name):
    snapshot = open_project(corpus_folder / corpus_name)
    asked = problem_of(snapshot, snapshot.whole)
    if not len(asked.sizes):
        pytest.skip("this project's blueprint has no nodes in its TeX")
    placed = place(asked)
    lows, highs = placed.centres - asked.sizes / 2, placed.centres + asked.sizes / 2
    by_top = np.argsort(lows[:, 1])
    for place_in_order, node in enumerate(by_top):
        below = by_top[place_in_order + 1 :]
        near = below[lows[below, 1] < highs[node, 1] - 1e-3]
        assert ((lows[near, 0] > highs[node, 0] - 1e-3) | (highs[near, 0] < lows[node, 0] + 1e-3)).all()
    width, height = placed.bounds[2], placed.bounds[3]
    assert width < 10 * height
    assert np.isfinite(placed.points).all()
    for edge, (source, target) in enumerate(asked.edges):
        start, end = placed.points[placed.offsets[edge]], placed.points[placed.offsets[edge + 1] - 1]
        assert (np.abs(start - placed.centres[source]) < asked.sizes[source] / 2 + 2).all()
        assert (np.abs(end - placed.centres[target]) < asked.sizes[target] / 2 + 2).all()
