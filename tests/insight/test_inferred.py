"""Edges inferred where nobody wrote any."""

from dataclasses import replace

from blueprint_app.insight.inferred import inferred_graph
from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence
from tests.insight.test_drift import with_names
from tests.model.builders import blueprint


def with_texts(made: Blueprint, **texts: str) -> Blueprint:
    def told(node):
        proof = node.proof and replace(node.proof, tex=texts.get(f"{node.id}_proof", ""))
        return replace(node, statement=replace(node.statement, tex=texts.get(node.id, "")), proof=proof)

    return replace(made, nodes=tuple(map(told, made.nodes)))


def test_references_backwards_are_edges() -> None:
    made = blueprint("a: definition\nb: lemma\nc: theorem proof\nd: lemma")
    made = with_texts(made, b=r"See \ref{a} and later \cref{c}.", c_proof=r"By \Cref{a, b} and \eqref{x}.")
    graph = inferred_graph(snapshot_of(made))
    assert [tuple(edge) for edge in graph.edges] == [
        ("a", "b", "statement"),
        ("a", "c", "proof"),
        ("b", "c", "proof"),
    ]
    assert [tuple(edge[:2]) for edge in graph.drawn_edges] == [("a", "b"), ("b", "c")]


def test_what_lean_uses_is_an_edge() -> None:
    made = with_names(blueprint("a: definition\nb: lemma"))
    used = DeclarationEvidence("P.b", EvidenceLevel.CHECKED, uses=("P.a", "P.other"))
    graph = inferred_graph(snapshot_of(made, evidence=ProjectEvidence({"P.b": used})))
    assert [tuple(edge) for edge in graph.edges] == [("a", "b", "proof")]


def test_nothing_is_inferred_where_the_author_says_it_or_nothing_can_be() -> None:
    assert inferred_graph(snapshot_of(blueprint("a: lemma\nb: lemma < a"))) is None
    assert inferred_graph(snapshot_of(blueprint("a: lemma\nb: lemma"))) is None
