"""Edges inferred where nobody wrote any."""

from dataclasses import replace

from blueprint_app.insight.graph.inferred import Ground, inferred_uses
from blueprint_app.model.blueprint import Blueprint, Landmark
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence
from blueprint_app.model.graph import focused
from blueprint_app.model.place import Place
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
    inferred = inferred_uses(snapshot_of(made))
    graph = inferred.whole
    assert [tuple(edge) for edge in graph.edges] == [
        ("a", "b", "statement"),
        ("a", "c", "proof"),
        ("b", "c", "proof"),
    ]
    assert [tuple(edge[:2]) for edge in graph.drawn_edges] == [("a", "b"), ("b", "c")]
    assert graph.is_inferred
    assert focused(graph, made.nodes[1].id).is_inferred
    assert set(inferred.grounds.values()) == {Ground.REFERENCE}
    assert inferred.uses == {"b": ("a",), "c": ("a", "b")}
    assert inferred.used_by == {"a": ("b", "c"), "b": ("c",)}


def test_a_reference_to_an_equation_is_one_to_the_node_that_holds_it() -> None:
    made = with_texts(blueprint("a: lemma\nb: lemma"), b=r"By \eqref{eq:in-a} and \eqref{eq:outside}.")
    place = Place("a.tex", 1)
    landmarks = {
        "eq:in-a": Landmark("eq:in-a", "eq:in-a", "equation", "1", place, inside="a"),
        "eq:outside": Landmark("eq:outside", "eq:outside", "equation", "2", place),
    }
    inferred = inferred_uses(snapshot_of(replace(made, landmarks=landmarks)))
    assert [tuple(edge) for edge in inferred.whole.edges] == [("a", "b", "statement")]


def test_what_lean_uses_is_an_edge_and_goes_before_references() -> None:
    made = with_names(blueprint("a: definition\nb: lemma\nc: lemma\nd: definition"))
    made = with_texts(made, c=r"As in \ref{b}.")
    evidence = ProjectEvidence(
        {
            "P.b": DeclarationEvidence("P.b", EvidenceLevel.CHECKED, uses=("P.a", "P.other"), statement_uses=("P.a",)),
            "P.c": DeclarationEvidence("P.c", EvidenceLevel.CHECKED, uses=("P.b",), statement_uses=()),
            "P.d": DeclarationEvidence("P.d", EvidenceLevel.CHECKED, uses=("P.a",), statement_uses=()),
        }
    )
    inferred = inferred_uses(snapshot_of(made, evidence=evidence))
    assert [tuple(edge) for edge in inferred.whole.edges] == [
        ("a", "b", "statement"),
        ("b", "c", "proof"),
        ("a", "d", "statement"),
    ]
    assert set(inferred.grounds.values()) == {Ground.LEAN}


def test_a_chapter_gets_the_edges_among_its_own_nodes() -> None:
    made = with_texts(blueprint("a: lemma\nb: lemma\nc: lemma"), b=r"\ref{a}", c=r"\ref{a} \ref{b}")
    snapshot = snapshot_of(made)
    inferred = inferred_uses(snapshot)
    chapter = replace(snapshot.whole, name="chapter_1", title="Sums", nodes=("a", "c"))
    graph = inferred.within(chapter)
    assert (graph.name, graph.title, graph.nodes) == ("inferred_chapter_1", "Sums, inferred", ("a", "c"))
    # Within the chapter no longer way stands for the edge that the whole graph leaves out.
    assert [tuple(edge[:2]) for edge in graph.drawn_edges] == [("a", "c")]
    assert graph.is_inferred
    assert inferred.within(snapshot.whole) is inferred.whole


def test_nothing_is_inferred_where_the_author_says_it_or_nothing_can_be() -> None:
    assert inferred_uses(snapshot_of(blueprint("a: lemma\nb: lemma < a"))) is None
    assert inferred_uses(snapshot_of(blueprint("a: lemma\nb: lemma"))) is None
