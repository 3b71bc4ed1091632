"""Nodes like a given one: each reason by itself, and who is left out."""

from blueprint_app.insight.search.full_text import FullTextIndex
from blueprint_app.insight.search.related import Likeness, related
from blueprint_app.model.blueprint import NodeId, Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence
from tests.insight.search.test_full_text import node, snapshot
from tests.model.builders import blueprint


def names(found):
    return [each.node for each in found]


def test_nodes_that_say_the_same_are_related():
    nodes = (
        node("a", "Compact operators on a Hilbert space are limits of finite rank."),
        node("b", "Finite rank operators on a Hilbert space are compact."),
        node("c", "Prime ideals are maximal."),
    )
    found = related(snapshot(nodes), NodeId("a"))
    assert names(found) == ["b"]
    assert found[0].reasons == (Likeness.TEXT,)


def test_shared_prerequisites_and_users_count_and_the_rarer_ones_more():
    made = blueprint(
        """
        common: lemma
        rare: lemma
        a: lemma < common rare
        b: lemma < common rare
        c: lemma < common
        d: lemma < common
        user: theorem proof < / a d
        """
    )
    taken = snapshot_of(made, Reading.LEANBLUEPRINT)
    found = {each.node: each for each in related(taken, NodeId("a"))}
    assert Likeness.PREREQUISITES in found["b"].reasons
    assert Likeness.USERS in found["d"].reasons
    assert Likeness.USERS not in found["b"].reasons
    ranked = names(related(taken, NodeId("a")))
    assert ranked.index("b") < ranked.index("c")


def test_what_lean_rests_on_counts():
    nodes = (
        node("a", "One.", lean=("D.a",)),
        node("b", "Two.", lean=("D.b",)),
        node("c", "Three.", lean=("D.c",)),
    )
    uses = {"D.a": ("D.x", "D.y"), "D.b": ("D.y",), "D.c": ("D.z",)}
    declarations = {
        name: DeclarationEvidence(name, EvidenceLevel.CHECKED, uses=used, axioms=()) for name, used in uses.items()
    }
    found = related(snapshot(nodes, ProjectEvidence(declarations)), NodeId("a"))
    assert Likeness.LEAN in next(each for each in found if each.node == "b").reasons
    assert all(Likeness.LEAN not in each.reasons for each in found if each.node == "c")


def test_itself_and_those_left_out_are_not_told_and_a_limit_holds():
    nodes = tuple(node(f"n{number}", "Compact operators are bounded.") for number in range(6))
    taken = snapshot(nodes)
    found = related(taken, NodeId("n0"), 3, index=FullTextIndex(taken), without={NodeId("n2")})
    assert names(found) == ["n1", "n3", "n4"]


def test_a_node_like_no_other_has_no_relatives():
    nodes = (node("a", "Entropy."), node("b", "Ideals."))
    assert related(snapshot(nodes), NodeId("a")) == ()
