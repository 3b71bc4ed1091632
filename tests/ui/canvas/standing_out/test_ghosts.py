"""Proposed nodes over the graph: where they stand, that they are seen, and that they go."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRectF

from blueprint_app.layout.problem import problem_of
from blueprint_app.model.graph import EdgeKind
from blueprint_app.ui.canvas.canvas import GraphCanvas
from blueprint_app.ui.canvas.scene import scene_of
from blueprint_app.ui.canvas.standing_out.ghosts import placed_ghosts
from blueprint_app.ui.theme import LIGHT, SCHEMES
from tests.ui.conftest import placement_in_a_column


@dataclass(frozen=True)
class Ghost:
    id: str
    title: str = ""


@dataclass(frozen=True)
class Link:
    source: str
    target: str
    kind: EdgeKind = EdgeKind.PROOF


@dataclass(frozen=True)
class Proposed:
    node: str
    nodes: tuple[Ghost, ...]
    edges: tuple[Link, ...]


@pytest.fixture
def scene(make_snapshot):
    snapshot = make_snapshot(9)
    problem = problem_of(snapshot, snapshot.whole)
    return scene_of(snapshot, snapshot.whole, problem, placement_in_a_column(problem, 100.0), SCHEMES[0], LIGHT)


def proposal(scene, count=4):
    node = scene.ids[4]
    ghosts = tuple(Ghost(f"lem:new-{number}", f"Step {number}") for number in range(count))
    chain = tuple(Link(f"lem:new-{number + 1}", f"lem:new-{number}") for number in range(count - 1))
    return Proposed(node, ghosts, (Link("lem:new-0", node), Link(scene.ids[0], "lem:new-1"), *chain))


def test_ghosts_stand_where_nothing_else_does(scene):
    placed = placed_ghosts(proposal(scene), scene)
    rects = list(placed.rects.values())
    assert len(rects) == 4
    for index, rect in enumerate(rects):
        assert not any(rect.intersects(other) for other in rects[:index])
        assert not any(rect.intersects(QRectF(*node)) for node in scene.rects.tolist())


def test_uses_in_a_circle_do_not_keep_ghosts_from_being_placed(scene):
    ghosts = (Ghost("a"), Ghost("b"))
    circle = Proposed(scene.ids[4], ghosts, (Link("a", "b"), Link("b", "a")))
    assert set(placed_ghosts(circle, scene).rects) == {"a", "b"}


def test_a_graph_without_the_node_shows_none(scene):
    assert placed_ghosts(Proposed("thm:elsewhere", (Ghost("a"),), ()), scene) is None


def test_ghosts_are_painted_and_go(scene, qtbot):
    canvas = GraphCanvas()
    qtbot.addWidget(canvas)
    canvas.set_reduced_motion(True)
    canvas.resize(600, 500)
    canvas.show_scene(scene)
    canvas.show()
    qtbot.waitSignal(canvas.settled).wait()
    canvas.show_ghosts(proposal(scene))
    qtbot.waitUntil(lambda: canvas.pictures.is_idle(canvas.viewport))
    with_ghosts = canvas.grab().toImage()
    assert canvas.viewport.scale >= 0.9
    middle = canvas.viewport.to_picture(canvas.ghosts.bounds.center().x(), canvas.ghosts.bounds.center().y())
    assert 0 < middle[0] < 600
    assert 0 < middle[1] < 500
    canvas.show_ghosts(None)
    assert canvas.ghosts is None
    assert canvas.grab().toImage() != with_ghosts


def test_another_scene_of_the_same_graph_keeps_the_ghosts_at_their_node(scene, qtbot):
    canvas = GraphCanvas()
    qtbot.addWidget(canvas)
    canvas.show_scene(scene)
    canvas.show_ghosts(proposal(scene))
    canvas.show_scene(scene, keep_view=True)
    assert len(canvas.ghosts.rects) == 4
