"""Layout problems to test with, drawn at random or written by hand."""

import numpy as np
from hypothesis import strategies as st

from blueprint_app.layout.placement import Group, LayoutProblem


def problem(count, edges=(), groups=(), boxes=None, size=(90.0, 36.0)):
    """`count` equal nodes with these edges and groups."""
    return LayoutProblem(
        np.tile(np.array(size), (count, 1)),
        np.array(list(edges), np.int64).reshape(-1, 2),
        np.array(boxes if boxes is not None else [index % 2 == 0 for index in range(count)], np.bool_),
        tuple(groups),
    )


@st.composite
def problems(draw, acyclic=False, largest=24):
    """Any graph: cyclic unless `acyclic`, disconnected, with repeated edges and self-loops, in any groups."""
    count = draw(st.integers(0 if not acyclic else 1, largest))
    edges = []
    if count:
        node = st.integers(0, count - 1)
        edges = draw(st.lists(st.tuples(node, node), max_size=2 * count))
    if acyclic:
        edges = sorted({(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]})
    sizes = draw(st.lists(st.tuples(st.integers(20, 300), st.integers(20, 60)), min_size=count, max_size=count))
    boxes = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    return LayoutProblem(
        np.array(sizes, np.float64).reshape(-1, 2),
        np.array(edges, np.int64).reshape(-1, 2),
        np.array(boxes, np.bool_),
        draw(groups_of(count)),
    )


@st.composite
def groups_of(draw, count):
    """A tree of groups, each node in one of them or in none."""
    number = draw(st.integers(0, 5))
    parents = [draw(st.integers(-1, index - 1)) for index in range(number)]
    homes = draw(st.lists(st.integers(-1, number - 1), min_size=count, max_size=count))
    return tuple(
        Group(f"{index} A title", parent, tuple(node for node, home in enumerate(homes) if home == index))
        for index, parent in enumerate(parents)
    )


def distance_to_outline(point, centre, size, box):
    """About how far a point is from a node's outline, in points."""
    half = np.asarray(size) / 2
    share = np.abs(np.asarray(point) - centre) / half
    reach = share.max() if box else np.hypot(*share)
    return abs(reach - 1) * half.min()
