"""Small scenes with known positions: a kite of four nodes and one apart, and rows of many."""

import numpy as np
import pytest

from blueprint_app.layout.placement import Group, LayoutProblem, Placement
from blueprint_app.model import derive
from blueprint_app.model.blueprint import Blueprint, ListCommand, ListEntry, Node, NodeId, Passage
from blueprint_app.model.place import Place
from blueprint_app.ui.canvas import GraphCanvas, scene_of
from blueprint_app.ui.theme import HEADLINE_SCHEME, LIGHT

SIZE = (100.0, 36.0)
KITE = {
    "def:a": ("definition", "Entropy", (0, 0), (), (), "stated"),
    "lem:b": ("lemma", "Chain rule", (-120, 120), ("def:a",), (), "proved"),
    "lem:c": ("lemma", "", (120, 120), (), ("def:a",), "stated"),
    "thm:d": ("theorem", "A <b>bold</b> $\\rho$ bound", (0, 240), (), ("lem:b", "lem:c"), "open"),
    "lem:e": ("lemma", "Apart", (400, 240), (), (), "not ready"),
}


def passage(uses, line, *, done=False, notready=False) -> Passage:
    place = Place("content.tex", line)
    listed = (ListCommand(tuple(ListEntry(label, place) for label in uses), place),) if uses else ()
    return Passage("text", place, listed, leanok=place if done else None, notready=place if notready else None)


def blueprint_of(entries) -> Blueprint:
    nodes = []
    for line, (label, (kind, title, _, statement_uses, proof_uses, state)) in enumerate(entries.items(), 1):
        statement = passage(statement_uses, line, done=state in ("stated", "proved"), notready=state == "not ready")
        proof = None if kind == "definition" else passage(proof_uses, line, done=state == "proved")
        name = NodeId(label)
        nodes.append(Node(name, (name,), kind, kind.capitalize(), f"1.{line}", title, (), statement, proof))
    return Blueprint("/nowhere", "Kite", tuple(nodes), labels={node.id: node.id for node in nodes})


def placement_of(centres, edges, group_boxes=()) -> Placement:
    """Straight curves from the lower middle of the prerequisite to the upper middle of its user."""
    centres = np.array(centres, dtype=np.float64).reshape(-1, 2)
    half = np.array([0, SIZE[1] / 2])
    shares = np.array([0, 1 / 3, 2 / 3, 1])[:, None]
    curves = [(centres[a] + half) * (1 - shares) + (centres[b] - half) * shares for a, b in edges]
    points = np.concatenate(curves) if curves else np.zeros((0, 2))
    low, high = centres.min(axis=0) - np.array(SIZE) / 2, centres.max(axis=0) + np.array(SIZE) / 2
    boxes = np.array(group_boxes, dtype=np.float64).reshape(-1, 4)
    return Placement(centres, points, 4 * np.arange(len(edges) + 1), boxes, (*low.tolist(), *high.tolist()), "dot")


def scene_of_entries(entries, scheme=HEADLINE_SCHEME, theme=LIGHT, groups=(), group_boxes=()):
    snapshot = derive.snapshot_of(blueprint_of(entries))
    graph = snapshot.whole
    position = {node: number for number, node in enumerate(graph.nodes)}
    edges = np.array([(position[e.source], position[e.target]) for e in graph.drawn_edges]).reshape(-1, 2)
    problem = LayoutProblem(
        np.tile(SIZE, (len(entries), 1)), edges, np.array([e[0] == "definition" for e in entries.values()]), groups
    )
    placement = placement_of([entry[2] for entry in entries.values()], edges.tolist(), group_boxes)
    return snapshot, scene_of(snapshot, graph, problem, placement, scheme, theme)


@pytest.fixture
def kite():
    """The kite's scene, coloured by headline, light."""
    return scene_of_entries(KITE)[1]


@pytest.fixture
def kite_in():
    """Makes the kite's scene in a scheme and a theme: ``kite_in(scheme, theme)``."""
    return lambda scheme, theme: scene_of_entries(KITE, scheme, theme)[1]


@pytest.fixture
def kite_snapshot():
    return scene_of_entries(KITE)[0]


@pytest.fixture
def grouped():
    """The kite with its first four nodes in a chapter's frame, and a frame too small for its title."""
    groups = (Group("1 Everything of use", -1, (0, 1, 2, 3)), Group("1.1 Nothing to speak of", 0, ()))
    return scene_of_entries(KITE, groups=groups, group_boxes=[(-200, -40, 200, 280), (150, 200, 190, 240)])[1]


@pytest.fixture
def many():
    """1,200 nodes in 30 rows, each using one to three of the row above."""
    entries = {}
    for number in range(1200):
        row, column = divmod(number, 40)
        above = [f"lem:n{number - 40 + d}" for d in (-1, 0, 1) if row and 0 <= column + d < 40 and (number + d) % 3]
        state = ("open", "stated", "proved")[number % 3]
        entries[f"lem:n{number}"] = ("lemma", f"Lemma {number}", (column * 140, row * 90), (), tuple(above), state)
    return scene_of_entries(entries)[1]


@pytest.fixture
def canvas(qtbot, kite):
    """A canvas of 800 x 600 that shows the kite fitted, painted crisp, with nothing gliding."""
    widget = GraphCanvas()
    qtbot.addWidget(widget)
    widget.set_reduced_motion(True)
    widget.resize(800, 600)
    widget.show_scene(kite)
    with qtbot.waitSignal(widget.settled, timeout=5000):
        widget.show()
    return widget


@pytest.fixture
def point_of(canvas):
    """Where a node's middle lies in the canvas."""
    from PySide6.QtCore import QPoint

    def find(node: str) -> QPoint:
        x, y = canvas.viewport.to_picture(*canvas.scene.centre(canvas.scene.index[node]))
        return QPoint(round(x), round(y))

    return find
