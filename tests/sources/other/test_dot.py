"""DOT is read as Graphviz reads it, and what is no DOT is reported."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.export.graph_dot import graph_as_dot
from blueprint_app.export.graph_ml import graph_as_graphml
from blueprint_app.sources.other.dot import DotError, parse_dot
from blueprint_app.sources.project import read_project
from tests.sources.readings import by_id, codes, lean_of, proof_uses_of, uses_of, write_files


def test_the_language() -> None:
    graph = parse_dot(
        'strict digraph "G" { // one\n graph [label="T"]; node [shape=box] edge [style=dashed]\n'
        '/* two */ a -> b:port:n -> {c d} [color=red]; "x \\"y\\" z" [label=<<b>B</b> &amp; C>, width=-.5]\n# three\n'
        "subgraph cluster_1 { label=L; node [shape=ellipse]; e; a }\n k=v; a--f; 12 }"
    )
    assert (graph.name, graph.attributes["label"], graph.attributes["k"]) == ("G", "T", "v")
    assert list(graph.nodes) == ["a", "b", "c", "d", 'x "y" z', "e", "f", "12"]
    assert [(edge.tail, edge.head) for edge in graph.edges] == [("a", "b"), ("b", "c"), ("b", "d"), ("a", "f")]
    assert graph.edges[0].attributes == {"style": "dashed", "color": "red"}
    assert graph.nodes['x "y" z'].attributes["label"] == "B & C"
    assert graph.nodes["e"].attributes["shape"] == "ellipse"
    assert (graph.nodes["a"].cluster, graph.nodes["b"].cluster) == ("L", "")


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", 0),
        ("digraph", 7),
        ("digraph { a -> }", 15),
        ("digraph { a [b=] }", 15),
        ("digraph { <a }", 10),
        ("x {}", 0),
    ],
)
def test_faults_have_a_place(text: str, offset: int) -> None:
    with pytest.raises(DotError) as caught:
        parse_dot(text)
    assert caught.value.offset == offset


@given(st.text(st.sampled_from('digraph {}[]->;=,"<>ab\n\\/*:'), max_size=60))
def test_any_text_is_dot_or_refused(text: str) -> None:
    for candidate in (text, "digraph {" + text + "}"):
        try:
            graph = parse_dot(candidate)
        except DotError as refused:
            offset = refused.offset
        else:
            offset = max((node.offset for node in graph.nodes.values()), default=0)
        assert 0 <= offset <= len(candidate)


def test_subgraphs_in_subgraphs_have_a_limit() -> None:
    with pytest.raises(DotError, match="too deeply"):
        parse_dot("digraph " + "{" * 5000)


def test_sample(samples_folder: Path) -> None:
    blueprint = read_project(samples_folder / "lists" / "sieve.dot")
    nodes = by_id(blueprint)
    assert {name: node.kind for name, node in nodes.items()} == {
        "def:sieve": "definition",
        "lem:struck": "theorem",
        "thm:linear": "theorem",
        "thm:left": "theorem",
    }
    assert nodes["thm:left"].title == "What is left"
    assert (uses_of(nodes["thm:left"]), proof_uses_of(nodes["thm:left"])) == (("def:sieve",), ("lem:struck",))
    assert lean_of(nodes["lem:struck"]) == ("Sieve.struck",)
    assert nodes["lem:struck"].proof is not None
    assert nodes["lem:struck"].proof.leanok
    assert nodes["thm:linear"].statement.notready
    assert [heading.title for heading in blueprint.headings] == ["Speed"]
    assert str(nodes["thm:left"].statement.place) == "sieve.dot:10"


@pytest.mark.parametrize("name", ["primes", "chapters", "cycle"])
def test_what_the_app_writes_it_reads_again(samples_folder: Path, tmp_path: Path, name: str) -> None:
    written = open_project(samples_folder / name)
    (tmp_path / "g.dot").write_text(graph_as_dot(written, written.whole), encoding="utf-8")
    (tmp_path / "g.graphml").write_bytes(graph_as_graphml(written, written.whole))
    for file in ("g.dot", "g.graphml"):
        read = open_project(tmp_path / file)
        assert list(read.nodes) == list(written.nodes)
        edges = written.whole.drawn_edges if file == "g.dot" else written.whole.edges
        found = {(edge.source, edge.target, edge.kind) for edge in read.whole.edges}
        assert found == {(edge.source, edge.target, edge.kind) for edge in edges}
        for node, status in written.status.items():
            assert read.status[node].shape == status.shape
            assert read.nodes[node].statement.is_leanok == written.nodes[node].statement.is_leanok, node


def test_graphml_sample_and_faults(samples_folder: Path, tmp_path: Path) -> None:
    nodes = by_id(read_project(samples_folder / "lists" / "sieve.graphml"))
    assert [node.kind for node in nodes.values()] == ["definition", "lemma", "theorem"]
    assert (uses_of(nodes["thm:left"]), proof_uses_of(nodes["thm:left"])) == (("def:sieve",), ("lem:struck",))
    assert str(nodes["lem:struck"].statement.place) == "sieve.graphml:10"
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><graphml><graph><node id="&b;"/></graph></graphml>'
    for number, text in enumerate(("<graphml>", "", bomb, "<graphml><graph><node/><edge/></graph></graphml>")):
        blueprint = read_project(write_files(tmp_path, {f"{number}.graphml": text}) / f"{number}.graphml")
        assert blueprint.nodes == ()
        assert text == "" or codes(blueprint)[0] in ("graphml-damaged", "node-unnamed")
