"""From a blueprint to a layout problem."""

import pytest

from blueprint_app.layout.label_size import FONT_SIZE, HEIGHT, outline_size, text_width
from blueprint_app.layout.problem import problem_of
from blueprint_app.model.blueprint import Blueprint, Heading, ListCommand, ListEntry, Node, NodeId, Passage
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.place import Place

HERE = Place("a.tex", 1)


def node(name, kind="lemma", path=(), uses=()):
    commands = (ListCommand(tuple(ListEntry(label, HERE) for label in uses), HERE),) if uses else ()
    return Node(NodeId(name), (name,), kind, kind.title(), "", "", path, Passage("", HERE, commands))


@pytest.fixture
def snapshot():
    headings = (
        Heading(1, "chapter", "1", "One", HERE),
        Heading(2, "section", "1.1", "Inner", HERE, 1),
        Heading(3, "chapter", "2", "Empty", HERE),
        Heading(4, "chapter", "", "Last", HERE),
    )
    nodes = (
        node("free"),
        node("def:short", "definition", (1,)),
        node("lem:a_very_long_name", path=(1, 2), uses=("def:short",)),
        node("thm", path=(4,), uses=("lem:a_very_long_name", "def:short")),
    )
    return snapshot_of(Blueprint("/x", "", nodes, headings, {n.id: n.id for n in nodes}))


def test_rows_follow_the_graph(snapshot):
    asked = problem_of(snapshot, snapshot.whole)
    assert snapshot.whole.nodes == ("free", "def:short", "lem:a_very_long_name", "thm")
    assert asked.boxes.tolist() == [False, True, False, False]
    # def:short -> thm is left out by the reduction.
    assert asked.edges.tolist() == [[1, 2], [2, 3]]
    assert asked.sizes[2, 0] > text_width("a_very_long_name")
    assert (asked.sizes[:, 1] == HEIGHT).all()


def test_groups_are_the_headings_that_hold_something(snapshot):
    groups = problem_of(snapshot, snapshot.whole).groups
    assert [(group.title, group.parent, group.members) for group in groups] == [
        ("1 One", -1, (1,)),
        ("1.1 Inner", 0, (2,)),
        ("Last", -1, (3,)),
    ]


def test_sizes_may_be_measured_otherwise(snapshot):
    asked = problem_of(snapshot, snapshot.whole, lambda node, box: (len(node.id), 7.0 if box else 5.0))
    assert asked.sizes[1].tolist() == [9.0, 7.0]
    assert asked.sizes[3].tolist() == [3.0, 5.0]


def test_the_table_of_widths_is_on_the_generous_side(qapp):
    from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

    families = [
        family for family in ("DejaVu Sans", "Noto Sans", "Liberation Sans") if family in QFontDatabase.families()
    ]
    if not families:
        pytest.skip("none of the usual sans serif fonts is installed")
    for family in families:
        font = QFont(family)
        font.setPixelSize(int(FONT_SIZE))
        real = QFontMetricsF(font)
        for text in ("entropy-def", "IsPreLocalizing_iff", "WWMM", "α_βγ ≤ ∃", "illicit", "Étale'"):
            assert text_width(text) >= 0.97 * real.horizontalAdvance(text)


def test_an_ellipse_is_wider_than_a_box_and_none_is_tiny():
    assert outline_size("a_label_of_some_length", box=False) > outline_size("a_label_of_some_length", box=True)
    assert outline_size("", box=True)[0] > HEIGHT
