"""Graph queries, held against networkx and against hand-made graphs."""

from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.graph import (
    Edge,
    EdgeKind,
    adjacency,
    find_cycles,
    focused,
    reach,
    strong_components,
    transitive_reduction,
)
from tests.model.builders import blueprint

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), unique=True, max_size=40)


def edges_of(pairs: list[tuple[int, int]]) -> list[Edge]:
    return [Edge(NodeId(str(a)), NodeId(str(b)), EdgeKind.PROOF) for a, b in pairs]


NODES = [NodeId(str(number)) for number in range(10)]


@given(PAIRS)
def test_reduction_of_acyclic_graphs_is_networkx_s(pairs: list[tuple[int, int]]) -> None:
    forward = [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
    edges = edges_of(list(dict.fromkeys(forward)))
    graph = nx.DiGraph([(edge.source, edge.target) for edge in edges])
    expected = set(nx.transitive_reduction(graph).edges) if edges else set()
    assert {(edge.source, edge.target) for edge in transitive_reduction(NODES, edges)} == expected


@given(PAIRS)
def test_reduction_keeps_what_can_be_reached(pairs: list[tuple[int, int]]) -> None:
    edges = edges_of(pairs)
    before, after = adjacency(edges), adjacency(transitive_reduction(NODES, edges))
    for node in NODES:
        assert set(reach(node, before)) == set(reach(node, after))


@given(PAIRS)
def test_components_and_cycles_are_networkx_s(pairs: list[tuple[int, int]]) -> None:
    edges = edges_of(pairs)
    graph = nx.DiGraph([(edge.source, edge.target) for edge in edges])
    graph.add_nodes_from(NODES)
    components = strong_components(NODES, adjacency(edges))
    assert {frozenset(each) for each in components} == {
        frozenset(each) for each in nx.strongly_connected_components(graph)
    }
    loops = {frozenset([node]) for node, _ in nx.selfloop_edges(graph)}
    assert {frozenset(each) for each in find_cycles(NODES, edges)} == loops | {
        frozenset(each) for each in components if len(each) > 1
    }


def test_chains_of_ten_thousand_are_no_trouble() -> None:
    nodes = [NodeId(str(number)) for number in range(10_000)]
    edges = [Edge(a, b, EdgeKind.PROOF) for a, b in pairwise(nodes)]
    assert len(transitive_reduction(nodes, edges)) == len(edges)
    assert len(strong_components(nodes, adjacency(edges))) == len(nodes)
    assert reach(nodes[0], adjacency(edges), 3) == {nodes[1]: 1, nodes[2]: 2, nodes[3]: 3}


def test_focus_keeps_steps_in_both_directions() -> None:
    graph = snapshot_of(blueprint("a: lemma\nb: lemma < a\nc: lemma < b a\nd: lemma < c\ne: lemma < d\nx: lemma")).whole
    assert focused(graph, NodeId("c")).nodes == ("a", "b", "c", "d", "e")
    near = focused(graph, NodeId("c"), 1, 1)
    assert near.nodes == ("a", "b", "c", "d")
    assert [edge[:2] for edge in near.drawn_edges] == [("a", "b"), ("b", "c"), ("c", "d")]
    assert focused(graph, NodeId("c"), 0, 0).edges == ()
