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


def test_a_chain_that_broadens_and_narrows():
    # One by one along the chain, many at once through the fan, and one by one again.
    chain = [(each, each + 1) for each in range(100)]
    fan = [(100, each) for each in range(101, 141)] + [(each, 141) for each in range(101, 141)]
    links = links_of(150, np.array([*chain, *fan, (141, 142)], dtype=np.int64))
    assert np.flatnonzero(links.impact(0)).tolist() == list(range(1, 143))
    assert np.flatnonzero(links.foundation(142)).tolist() == list(range(142))
    assert np.flatnonzero(links.impact(149)).tolist() == []


def test_ranges():
    assert ranges(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert ranges(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)).tolist() == []
