"""Searching: what is found, in which order, and that no node is listed twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.insight.search.search import SearchIndex, excerpt_of, folded
from blueprint_app.model.blueprint import ListCommand, ListEntry, Node, NodeId, Passage
from blueprint_app.model.place import Place

PLACE = Place("content.tex", 1)


def node(label, *, title="", number="", lean=(), tex="", kind="lemma"):
    commands = (ListCommand(tuple(ListEntry(name, PLACE) for name in lean), PLACE),) if lean else ()
    passage = Passage(tex, PLACE, lean=commands)
    return Node(NodeId(label), (label,), kind, kind.capitalize(), number, title, (), passage)


NODES = (
    node("lem:jensen", title="Jensen bound", number="2.3", tex=r"The entropy of $X$ is at most \(\log |S|\)."),
    node("def:entropy", title="Entropy", number="2.1", lean=("ProbabilityTheory.entropy",), kind="definition"),
    node("lem:conditional-entropy", number="2.10", lean=("ProbabilityTheory.condRho_le",), tex="A bound on\n  groups."),
    node("thm:main", title="Poincaré–Bendixson", number="12.3", tex="Uses the Jensen bound."),
)
INDEX = SearchIndex(NODES)


def found(query):
    return [hit.node for hit in INDEX.find(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("entropy", ["def:entropy", "lem:conditional-entropy", "lem:jensen"]),
        ("2.1", ["def:entropy", "lem:conditional-entropy"]),
        ("lemma 2.3", ["lem:jensen", "thm:main"]),
        ("jensen bound", ["lem:jensen", "thm:main"]),
        ("bound jensen", ["lem:jensen", "thm:main"]),
        ("poincare", ["thm:main"]),
        ("condrho_le", ["lem:conditional-entropy"]),
        ("rho", ["lem:conditional-entropy"]),
        ("bound on groups", ["lem:conditional-entropy"]),
        ("nothing like it", []),
        ("", [each.id for each in NODES]),
    ],
)
def test_finds_in_order_of_how_well_the_name_is_met(query, expected):
    assert found(query) == expected


def test_a_namespace_that_all_nodes_share_does_not_rank_them():
    nodes = (
        node("lem:sum", lean=("Primes.sum",)),
        node("lem:divisor", title="Prime divisor", lean=("Primes.exists_dvd",)),
    )
    index = SearchIndex(nodes)
    assert [hit.node for hit in index.find("prime")] == ["lem:divisor", "lem:sum"]
    assert [hit.node for hit in index.find("Primes.sum")] == ["lem:sum"]


def test_a_statement_hit_shows_where_the_words_stand():
    hits = {hit.node: hit.excerpt for hit in INDEX.find("log")}
    assert hits == {"lem:jensen": r"The entropy of $X$ is at most \(\log |S|\)."}


def test_no_more_than_the_limit():
    assert len(INDEX.find("l", limit=2)) == 2


def test_an_index_of_nothing_finds_nothing():
    assert SearchIndex(()).find("a") == ()


@given(st.text(max_size=12))
def test_any_query_finds_each_node_at_most_once(query):
    nodes = found(query)
    assert len(nodes) == len(set(nodes))


@given(st.sampled_from(NODES), st.data())
def test_every_part_of_a_label_finds_its_node(wanted, data):
    start = data.draw(st.integers(0, len(wanted.id) - 1))
    end = data.draw(st.integers(start + 1, len(wanted.id)))
    assert wanted.id in found(wanted.id[start:end])


def test_a_long_statement_is_cut_around_the_word():
    text = "word " * 60 + "needle " + "word " * 60
    excerpt = excerpt_of(text, "needle")
    assert "needle" in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert len(excerpt) < 110


def test_folding_forgets_case_accents_and_white_space():
    assert folded("  Poincaré\n\tGROSS ß ") == "poincare gross ss"
