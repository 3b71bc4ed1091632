"""Foundation and impact by arrays agree with the model's own search."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.model.graph import reach
from blueprint_app.ui.canvas.links import links_of, ranges

EDGES = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=40)


@given(EDGES, st.integers(0, 14))
def test_foundation_and_impact(edges, node: int):
    links = links_of(15, np.array(edges, dtype=np.int64).reshape(-1, 2))
    users = {source: [b for a, b in edges if a == source] for source in range(15)}
    prerequisites = {target: [a for a, b in edges if b == target] for target in range(15)}
    assert set(np.flatnonzero(links.impact(node)).tolist()) == set(reach(node, users))
    assert set(np.flatnonzero(links.foundation(node)).tolist()) == set(reach(node, prerequisites))
    assert sorted(links.users_of(node).tolist()) == sorted(users[node])
    assert sorted(links.prerequisites_of(node).tolist()) == sorted(prerequisites[node])


def test_ranges():
    assert ranges(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert ranges(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)).tolist() == []
