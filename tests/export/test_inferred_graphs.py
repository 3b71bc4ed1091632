"""Inferred edges in files: marked in every format, and never read back as what an author wrote."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import networkx
import pytest

from blueprint_app.export.graph_json import graph_as_json
from blueprint_app.export.inferred_words import CAPTION
from blueprint_app.export.pictures import write_graph
from blueprint_app.insight.graph.inferred import inferred_uses
from blueprint_app.model.derive import snapshot_of
from blueprint_app.sources.project import read_project
from tests.insight.graph.test_inferred import with_texts
from tests.model.builders import blueprint

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def snapshot():
    made = blueprint("a: definition\nb: lemma proof\nc: theorem proof\nd: lemma")
    return snapshot_of(with_texts(made, b_proof=r"By \ref{a}.", c=r"As \cref{b}."))


@pytest.fixture
def inferred(snapshot):
    return inferred_uses(snapshot).whole


def test_svg_has_dotted_lines_and_says_so(snapshot, inferred) -> None:
    root = ET.fromstring(write_graph(snapshot, inferred, "svg"))
    assert [path.get("class") for path in root.iter(f"{SVG}path")] == ["edge inferred"] * 2
    caption = next(each for each in root.iter(f"{SVG}text") if each.get("class") == "caption")
    assert caption.text == CAPTION
    assert float(caption.get("y")) < float(root.get("height"))
    written = write_graph(snapshot, snapshot.whole, "svg").decode()
    assert CAPTION not in written


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_pictures_are_painted(snapshot, inferred, form, start) -> None:
    assert write_graph(snapshot, inferred, form).startswith(start)


def test_json_marks_the_graph_and_nothing_else(snapshot, inferred) -> None:
    plain = graph_as_json(snapshot)
    marked = graph_as_json(replace(snapshot, graphs=(*snapshot.graphs, inferred)))
    assert marked["graphs"][-1]["name"] == "inferred"
    assert marked["graphs"][-1]["inferred"] is True
    assert marked["graphs"][-1]["edges"] == [["a", "b", "proof"], ["b", "c", "statement"]]
    marked["graphs"].pop()
    assert marked == plain
    assert all("inferred" not in graph for graph in plain["graphs"])


@pytest.mark.parametrize("form", ["dot", "graphml"])
def test_what_is_written_is_not_read_back_as_the_authors(snapshot, inferred, form, tmp_path: Path) -> None:
    file = tmp_path / f"graph.{form}"
    file.write_bytes(write_graph(snapshot, inferred, form))
    read = read_project(file, lambda: None)
    assert [node.id for node in read.nodes] == ["a", "b", "c", "d"]
    again = snapshot_of(read)
    assert again.whole.edges == ()
    assert any(each.code == "edges-inferred" and each.message.startswith("2 edges") for each in again.diagnostics)


def test_graphml_tells_each_edges_kind(snapshot, inferred, tmp_path: Path) -> None:
    file = tmp_path / "graph.graphml"
    file.write_bytes(write_graph(snapshot, inferred, "graphml"))
    edges = networkx.read_graphml(file).edges(data=True)
    assert [(source, target, data["kind"], data["inferred"]) for source, target, data in edges] == [
        ("a", "b", "proof", True),
        ("b", "c", "statement", True),
    ]
