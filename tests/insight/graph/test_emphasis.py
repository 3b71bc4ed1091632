"""What stands out, on hand-made graphs with known answers."""

from blueprint_app.insight.graph.emphasis import Emphasis, EmphasisKind, StandingOut, standing_out
from blueprint_app.model.blueprint import NodeId
from tests.insight.evidence import CHECKED, CLEAN, made, shown

TEXT = """
a: definition leanok
b: lemma leanok proof:leanok < a
c: lemma leanok proof < a
d: theorem proof < c
e: theorem leanok proof:leanok < b
f: lemma
"""


def of(kind: EmphasisKind, node: str | None = None, *declarations) -> StandingOut:
    return standing_out(made(TEXT, *declarations), Emphasis(kind, None if node is None else NodeId(node)))


def test_impact_tells_who_loses_what() -> None:
    found = of(EmphasisKind.IMPACT, "a", *(shown(n, CHECKED, axioms=CLEAN) for n in "ab"), shown("e"))
    assert found.nodes == {"a", "b", "c", "d", "e"}
    assert found.text == "4 nodes in doubt if Definition 1 a is wrong"
    assert found.badges == {"b": "!!", "e": "!"}
    assert found.key == "lost: !! 1 Lean-verified · ! 1 proved throughout, as declared"


def test_the_impact_of_what_nothing_rests_on_is_itself() -> None:
    found = of(EmphasisKind.IMPACT, "f")
    assert (found.nodes, found.badges, found.key) == ({"f"}, {}, "")
    assert found.text.startswith("0 nodes in doubt")


def test_the_critical_path_is_numbered_in_its_order() -> None:
    found = of(EmphasisKind.CRITICAL_PATH)
    assert (found.chain, found.badges) == (("c", "d"), {"c": "1", "d": "2"})
    assert found.text == "Critical path to Theorem 4 d: 3 steps at 2 nodes"
    assert found.key.endswith("2 nodes unfinished under it")
    assert found.goals == ("d",)


def test_a_goal_that_is_finished_says_so() -> None:
    found = of(EmphasisKind.CRITICAL_PATH, "e")
    assert (found.text, found.nodes) == ("Nothing is left to do for Theorem 5 e", {"e"})
    assert found.goals == ("d",)


def test_without_a_goal_a_node_is_asked_for() -> None:
    found = standing_out(made("a: definition"), Emphasis(EmphasisKind.CRITICAL_PATH))
    assert found == StandingOut("There is no goal theorem: select the node to which the path should lead")


def test_bottlenecks_carry_how_much_rests_on_them() -> None:
    found = of(EmphasisKind.BOTTLENECKS)
    assert found.badges == {"c": "1"}
    assert found.text == "Bottlenecks: the 1 of 1 that hold back most"
    done = standing_out(made("a: lemma leanok proof:leanok"), Emphasis(EmphasisKind.BOTTLENECKS))
    assert (done.nodes, done.text[:15]) == (frozenset(), "No bottlenecks:")


def test_a_node_that_is_gone_is_not_asked_about() -> None:
    assert of(EmphasisKind.IMPACT, "gone").nodes == frozenset()
    assert of(EmphasisKind.CRITICAL_PATH, "gone").chain == ("c", "d")
