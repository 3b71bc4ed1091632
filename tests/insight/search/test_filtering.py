"""The filter language: words, fields, quotes, negation."""

import pytest

from blueprint_app.insight.search.filtering import NodeFilter, Term, parse_filter
from blueprint_app.model.blueprint import Blueprint, Heading, ListCommand, ListEntry, Node, NodeId, Passage, Reading
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.model.headline import Headline
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.model.status import BlueprintStatus

PLACE = Place("content.tex", 1)


def status(**states):
    given = dict.fromkeys(("can_state", "can_prove", "proved", "fully_proved"), False) | states
    return BlueprintStatus(**given, border="", fill="", shape="ellipse")


def node(label, kind, title="", *, lean="", proof=False, leanok=False):
    commands = (ListCommand((ListEntry(lean, PLACE),), PLACE),) if lean else ()
    passage = Passage("", PLACE, lean=commands, leanok=PLACE if leanok else None)
    proof_passage = Passage("", PLACE) if proof else None
    return Node(NodeId(label), (label,), kind, kind.capitalize(), "1.1", title, (1,), passage, proof_passage)


NODES = (
    node("def:group", "definition", "Finite group", lean="Group.finite", leanok=True),
    node("lem:order", "lemma", "Order of a group", proof=True, leanok=True),
    node("thm:big", "theorem", proof=True),
)
GRAPH = DependencyGraph("document", "", tuple(n.id for n in NODES), (), ())
SNAPSHOT = Snapshot(
    Blueprint("/nowhere", "Groups", NODES, (Heading(1, "chapter", "1", "Groups at last", PLACE),)),
    Reading.LEANBLUEPRINT,
    {"def:group": status(), "lem:order": status(proved=True, can_prove=True), "thm:big": status(can_prove=True)},
    dict(zip((n.id for n in NODES), (Headline.CLAIMED, Headline.NOT_READY, Headline.INFORMAL), strict=True)),
    {}, {}, {}, (), GRAPH, (),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("group", {"def:group", "lem:order"}),
        ("GROUP finite", {"def:group"}),
        ("kind:theorem", {"thm:big"}),
        ("-kind:theorem", {"def:group", "lem:order"}),
        ("status:claimed", {"def:group"}),
        ('status:"not ready"', {"lem:order"}),
        ("status:proved", {"lem:order"}),
        ("status:unproved", {"thm:big"}),
        ("status:ready-to-prove", {"thm:big"}),
        ("lean:group.fin", {"def:group"}),
        ("in:last", {"def:group", "lem:order", "thm:big"}),
        ("thm:big", {"thm:big"}),
        ("kind:lemma status:claimed", set()),
    ],
)
def test_the_nodes_that_meet_a_filter(text, expected):
    assert NodeFilter(SNAPSHOT).matching(text) == expected


@pytest.mark.parametrize("text", ["", "  ", '""', "-", "kind:"])
def test_a_filter_that_asks_nothing_is_no_filter(text):
    assert NodeFilter(SNAPSHOT).matching(text) is None


def test_terms():
    assert parse_filter('a -kind:"b c" odd:x') == (Term("a"), Term("b c", "kind", True), Term("odd:x"))
