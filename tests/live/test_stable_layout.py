"""A changed graph keeps its picture: what stays stays where it is, what is new stands beside what it belongs to."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.graphs import blueprint_like
from blueprint_app.layout.arrange import arrange
from blueprint_app.layout.placement import Group, LayoutProblem
from blueprint_app.layout.worker import engine_named
from blueprint_app.live.stable_layout import DrawnGraph, adapted
from tests.layout.problems import distance_to_outline, problem, problems


def drawn(asked: LayoutProblem, names=None) -> DrawnGraph:
    nodes = [f"n{index}" for index in range(len(asked.sizes))] if names is None else names
    return DrawnGraph(nodes, asked, arrange(asked, engine_named("plain"), "layered"))


def without(asked: LayoutProblem, gone: set[int]) -> tuple[list[str], LayoutProblem]:
    """The problem without some nodes, and the names of those that stay."""
    kept = [node for node in range(len(asked.sizes)) if node not in gone]
    number = {node: index for index, node in enumerate(kept)}
    edges = [(number[a], number[b]) for a, b in asked.edges.tolist() if a in number and b in number]
    groups = tuple(
        Group(group.title, group.parent, tuple(number[node] for node in group.members if node in number))
        for group in asked.groups
    )
    smaller = LayoutProblem(asked.sizes[kept], np.array(edges, np.int64).reshape(-1, 2), asked.boxes[kept], groups)
    return [f"n{node}" for node in kept], smaller


def rectangles(centres, sizes):
    return centres - sizes / 2, centres + sizes / 2


def overlaps_of(node, centres, sizes):
    lows, highs = rectangles(centres, sizes)
    meets = ((lows[node] < highs - 1e-3) & (highs[node] > lows + 1e-3)).all(axis=1)
    meets[node] = False
    return np.flatnonzero(meets).tolist()


@given(asked=problems(), data=st.data())
def test_what_stays_stays_and_the_rest_is_in_order(asked, data) -> None:
    count = len(asked.sizes)
    node = st.integers(0, max(count - 1, 0))
    before = data.draw(st.sets(node, max_size=6)) if count else set()
    after = data.draw(st.sets(node, max_size=4)) if count else set()
    old_names, old_problem = without(asked, before)
    names, new_problem = without(asked, after)
    old = drawn(old_problem, old_names)
    placement = adapted(old, names, new_problem).placement
    assert placement is not None
    for index, name in enumerate(names):
        if name in old_names:
            assert placement.centres[index].tolist() == old.placement.centres[old_names.index(name)].tolist()
        else:
            assert overlaps_of(index, placement.centres, new_problem.sizes) == []
    assert_whole(new_problem, placement)


def assert_whole(asked, placement) -> None:
    left, top, right, bottom = placement.bounds
    for points in (*rectangles(placement.centres, asked.sizes), placement.points):
        assert (points >= np.array([left, top]) - 1e-6).all()
        assert (points <= np.array([right, bottom]) + 1e-6).all()
    assert len(placement.offsets) == len(asked.edges) + 1
    for edge, (source, target) in enumerate(asked.edges.tolist()):
        curve = placement.points[placement.offsets[edge] : placement.offsets[edge + 1]]
        assert len(curve) % 3 == 1
        for point, node in ((curve[0], source), (curve[-1], target)):
            assert distance_to_outline(point, placement.centres[node], asked.sizes[node], asked.boxes[node]) < 1.5


def test_nothing_changed_gives_the_same_placement() -> None:
    asked = blueprint_like(200)
    old = drawn(asked)
    again = adapted(old, old.nodes, asked)
    assert not again.wants_new_layout
    assert again.placement is not None
    for name in ("centres", "points", "offsets", "group_boxes"):
        assert np.array_equal(getattr(again.placement, name), getattr(old.placement, name), equal_nan=True), name
    assert np.allclose(again.placement.bounds, old.placement.bounds)


def test_a_new_lemma_stands_between_what_it_uses_and_what_uses_it() -> None:
    old = drawn(problem(3, [(0, 1), (1, 2)]))
    placement = adapted(old, ["n0", "n1", "n2", "new"], problem(4, [(0, 1), (1, 2), (0, 3), (3, 2)])).placement
    assert placement is not None
    y = placement.centres[:, 1]
    assert y[0] < y[3] < y[2]
    assert abs(placement.centres[3, 0] - placement.centres[1, 0]) < 2 * 90 + 32


def test_a_renamed_node_stays_and_keeps_its_curves() -> None:
    asked = problem(3, [(0, 1), (1, 2)])
    old = drawn(asked)
    placement = adapted(old, ["n0", "other", "n2"], asked, {"other": "n1"}).placement
    assert placement is not None
    assert np.array_equal(placement.points, old.placement.points)


def test_a_loose_node_goes_into_its_chapters_box() -> None:
    def chapters(first: int, second: int) -> LayoutProblem:
        groups = (Group("1 One", -1, tuple(range(first))), Group("2 Two", -1, tuple(range(first, first + second))))
        return problem(first + second, groups=groups)

    old = drawn(chapters(20, 20))
    assert not np.isnan(old.placement.group_boxes).any()
    names = [*old.nodes[:20], "new", *old.nodes[20:]]
    placement = adapted(old, names, chapters(21, 20)).placement
    assert placement is not None
    left, top, right, bottom = placement.group_boxes[0]
    x, y = placement.centres[20]
    assert left < x - 45
    assert x + 45 < right
    assert top < y - 18
    assert y + 18 < bottom
    assert_whole(chapters(21, 20), placement)


def test_a_grown_node_makes_way() -> None:
    asked = problem(12)
    old = drawn(asked)
    sizes = asked.sizes.copy()
    sizes[5, 0] += 60
    placement = adapted(old, old.nodes, LayoutProblem(sizes, asked.edges, asked.boxes)).placement
    assert placement is not None
    assert overlaps_of(5, placement.centres, sizes) == []
    moved = (placement.centres != old.placement.centres).any(axis=1)
    assert set(np.flatnonzero(moved).tolist()) <= {5}


def test_another_graph_wants_a_layout_of_its_own() -> None:
    asked = blueprint_like(100)
    old = drawn(asked)
    nothing_left = adapted(old, [f"m{index}" for index in range(100)], asked)
    assert nothing_left.placement is None
    assert nothing_left.wants_new_layout
    names, half = without(asked, set(range(40)))
    assert adapted(old, names, half).wants_new_layout
    names, most = without(asked, {50})
    assert not adapted(old, names, most).wants_new_layout


def test_new_edges_against_the_picture_want_a_new_layout() -> None:
    asked = problem(30, [(index, index + 1) for index in range(29)])
    old = drawn(asked)
    turned = problem(30, [*asked.edges.tolist(), *((index, index - 20) for index in range(20, 30))])
    assert adapted(old, old.nodes, turned).wants_new_layout
