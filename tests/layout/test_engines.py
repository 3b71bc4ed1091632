"""What holds of every placement, whichever engine made it."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.graphs import blueprint_like
from blueprint_app.layout.child import Children
from blueprint_app.layout.placement import Group
from blueprint_app.layout.service import never
from blueprint_app.layout.wire import placement_bytes
from tests.layout.problems import distance_to_outline, problem, problems

ENGINES = ("dot", "layered", "plain")
any_engine = pytest.mark.parametrize("engine", ENGINES)
with_shared_worker = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def corners(centres, sizes):
    return centres - sizes / 2, centres + sizes / 2


def overlapping(lows, highs):
    """Pairs of rectangles that share more than an edge."""
    apart = (lows[:, None] >= highs[None] - 1e-3).any(axis=2)
    meet = ~(apart | apart.T)
    return np.argwhere(np.triu(meet, 1)).tolist()


@any_engine
@given(asked=problems())
@with_shared_worker
def test_nodes_do_not_overlap_and_all_is_within_the_bounds(children, engine, asked):
    placed = children.place(engine, asked, never, 60)
    lows, highs = corners(placed.centres, asked.sizes)
    assert overlapping(lows, highs) == []
    left, top, right, bottom = placed.bounds
    for points in (lows, highs, placed.points):
        assert (points >= np.array([left, top]) - 1e-6).all()
        assert (points <= np.array([right, bottom]) + 1e-6).all()


@any_engine
@given(asked=problems())
@with_shared_worker
def test_curves_run_from_outline_to_outline(children, engine, asked):
    placed = children.place(engine, asked, never, 60)
    assert len(placed.offsets) == len(asked.edges) + 1
    for edge, (source, target) in enumerate(asked.edges):
        curve = placed.points[placed.offsets[edge] : placed.offsets[edge + 1]]
        assert len(curve) >= 4
        assert len(curve) % 3 == 1
        for point, node in ((curve[0], source), (curve[-1], target)):
            assert distance_to_outline(point, placed.centres[node], asked.sizes[node], asked.boxes[node]) < 1.5


@any_engine
@given(asked=problems(acyclic=True))
@with_shared_worker
def test_prerequisites_stand_above_their_users(children, engine, asked):
    placed = children.place(engine, asked, never, 60)
    bottoms = placed.centres[:, 1] + asked.sizes[:, 1] / 2
    tops = placed.centres[:, 1] - asked.sizes[:, 1] / 2
    assert (bottoms[asked.edges[:, 0]] < tops[asked.edges[:, 1]] + 1e-3).all()


@any_engine
@given(asked=problems())
@with_shared_worker
def test_boxes_of_groups_hold_their_nodes_and_keep_apart(children, engine, asked):
    placed = children.place(engine, asked, never, 60)
    assert placed.group_boxes.shape == (len(asked.groups), 4)
    drawn = [index for index in range(len(asked.groups)) if not np.isnan(placed.group_boxes[index]).any()]
    lows, highs = placed.group_boxes[:, :2], placed.group_boxes[:, 2:]
    inside = {index: enclosing(asked.groups, index) for index in drawn}
    for one, other in overlapping(lows[drawn], highs[drawn]):
        one, other = drawn[one], drawn[other]
        assert one in inside[other] or other in inside[one]
    for index in drawn:
        for outer in inside[index] & set(drawn):
            assert (lows[index] >= lows[outer]).all()
            assert (highs[index] <= highs[outer]).all()


def enclosing(groups, index):
    found = set()
    while (index := groups[index].parent) >= 0:
        found.add(index)
    return found


@any_engine
def test_every_process_gives_the_same_answer(engine):
    asked = blueprint_like(120)
    answers = []
    for _ in range(2):
        own = Children()
        own.place(engine, blueprint_like(30), never, 60)
        answers.append(placement_bytes(own.place(engine, asked, never, 60)))
        own.close()
    fresh = Children()
    answers.append(placement_bytes(fresh.place(engine, asked, never, 60)))
    fresh.close()
    assert len(set(answers)) == 1


@pytest.mark.parametrize("engine", ["dot", "layered"])
def test_ends_are_on_outlines_in_wide_drawings_too(children, engine):
    asked = blueprint_like(700, seed=3)
    placed = children.place(engine, asked, never, 60)
    assert placed.bounds[2] > 3000
    for edge, (source, target) in enumerate(asked.edges):
        for place, node in ((placed.offsets[edge], source), (placed.offsets[edge + 1] - 1, target)):
            point = placed.points[place]
            assert distance_to_outline(point, placed.centres[node], asked.sizes[node], asked.boxes[node]) < 2


def test_nodes_without_edges_fill_a_screen_and_not_a_row(children):
    groups = [Group(f"{chapter}", -1, tuple(range(40 * chapter, 40 * chapter + 40))) for chapter in range(10)]
    placed = children.place("dot", problem(400, groups=groups), never, 60)
    width, height = placed.bounds[2], placed.bounds[3]
    assert 0.8 < width / height < 2.6
    assert 0.3 * width * height < 400 * 90 * 36
    assert not np.isnan(placed.group_boxes).any()
    assert placed.engine == "grouped"
    for group, (left, top, right, bottom) in zip(groups, placed.group_boxes, strict=True):
        held = placed.centres[list(group.members)]
        assert ((held > (left, top)) & (held < (right, bottom))).all()


def test_loose_nodes_stand_beside_or_below_the_main_part(children):
    chain = [(node, node + 1) for node in range(59)]
    asked = problem(100, chain, [Group("1 One", -1, tuple(range(80))), Group("2 Two", -1, tuple(range(80, 100)))])
    placed = children.place("dot", asked, never, 60)
    assert placed.engine == "dot"
    assert not np.isnan(placed.group_boxes).any()
    loose, main = placed.centres[60:], placed.centres[:60]
    assert loose[:, 0].min() > main[:, 0].max() or loose[:, 1].min() > main[:, 1].max()


def test_an_empty_graph_has_an_empty_placement(children):
    placed = children.place("dot", problem(0), never, 60)
    assert placed.bounds == (0, 0, 0, 0)
    assert placed.offsets.tolist() == [0]
