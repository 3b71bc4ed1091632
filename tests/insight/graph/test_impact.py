"""What would be affected if a node were wrong."""

from dataclasses import replace

from blueprint_app.insight.graph.impact import impact_of
from blueprint_app.model.blueprint import Heading, NodeId
from tests.insight.evidence import CHECKED, CLEAN, made, shown
from tests.model.builders import PLACE

TEXT = """
a: definition leanok
b: lemma leanok proof:leanok < a
c: lemma leanok proof < a
d: theorem leanok proof:leanok < b / c
e: theorem leanok proof:leanok
"""


def test_all_that_rests_on_it_nearest_first_with_what_it_would_lose() -> None:
    checked = [shown(name, CHECKED, axioms=CLEAN) for name in "abde"]
    found = impact_of(made(TEXT, *checked, shown("c", proof_sorry=True)), NodeId("a"))
    assert [(each.node, each.steps, each.by_way_of) for each in found.affected] == [
        ("b", 1, "b"), ("c", 1, "c"), ("d", 2, "b"),
    ]  # fmt: skip
    assert [each.node for each in found.verified] == ["b", "d"]
    assert [each.is_fully_verified for each in found.affected] == [True, False, False]
    assert [each.node for each in found.fully_proved] == ["b"]
    assert found.goals == ("d",)


def test_without_evidence_nothing_is_called_verified() -> None:
    found = impact_of(made(TEXT), NodeId("a"))
    assert found.verified == ()
    assert [each.node for each in found.fully_proved] == ["b"]


def test_nothing_rests_on_a_last_node_and_a_cycle_ends() -> None:
    assert impact_of(made(TEXT), NodeId("e")).affected == ()
    cycle = impact_of(made("a: lemma < b\nb: lemma < a\nc: lemma < c"), NodeId("a"))
    assert [each.node for each in cycle.affected] == ["b"]


def test_counts_by_chapter() -> None:
    snapshot = made(TEXT)
    headings = (Heading(0, "chapter", "1", "One", PLACE), Heading(1, "chapter", "2", "Two", PLACE))
    where = {"b": (0,), "c": (1,), "d": (1,)}
    nodes = tuple(replace(each, path=where.get(each.id, ())) for each in snapshot.blueprint.nodes)
    snapshot = replace(snapshot, blueprint=replace(snapshot.blueprint, nodes=nodes, headings=headings))
    assert impact_of(snapshot, NodeId("a")).by_chapter == (("1 One", 1), ("2 Two", 2))
