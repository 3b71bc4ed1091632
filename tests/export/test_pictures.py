"""Graph files: what they say, and that no text of a blueprint breaks them."""

import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import networkx
import numpy as np
import pygraphviz
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blueprint_app.export import plain_text
from blueprint_app.export.drawn_graph import behind_arrow
from blueprint_app.export.graph_dot import graph_as_dot
from blueprint_app.export.looks import Look, safe_colour
from blueprint_app.export.pictures import FORMATS, write_graph
from blueprint_app.layout.placement import LayoutProblem
from blueprint_app.layout.problem import problem_of
from blueprint_app.layout.service import place
from blueprint_app.model.blueprint import (
    LEANBLUEPRINT_COLOURS,
    Blueprint,
    GraphColour,
    Heading,
    ListCommand,
    ListEntry,
    Node,
    NodeId,
    Passage,
)
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place

HERE = Place("a.tex", 1)
NASTY = [
    'quote " and \\" more',
    "back\\",
    "two\\\\",
    "\\N \\G \\n \\l",
    "<b>bold</b>",
    "<<table>>",
    "&lt;script&gt; &amp; &#65; & alone",
    "]]> --> <!-- ?>",
    "]; x [label=oops",
    "bell \x07 and escape \x1b",
    "line\nbreak",
    "//comment /* # ; {",
    "σ-algebra ∃ 证明 🙂",
    "\ud800 surrogate",
    " ",
    "' onload='x",
    "node",
    "x %s %(x)s {0}",
]
SVG = "{http://www.w3.org/2000/svg}"


def uses(*labels):
    return (ListCommand(tuple(ListEntry(label, HERE) for label in labels), HERE),) if labels else ()


def snapshot_with(names, colours=LEANBLUEPRINT_COLOURS):
    """A chain of lemmas with these ids and titles, the first a definition; all under one heading."""
    nodes = []
    for index, name in enumerate(names):
        before = names[index - 1 : index] if index else ()
        kind = "lemma" if index else "definition"
        statement = Passage("", HERE, uses(*before) if index % 2 else (), leanok=HERE if index < 2 else None)
        proof = None if index % 2 else Passage("", HERE, uses(*before))
        nodes.append(Node(NodeId(name), (name,), kind, kind.title(), str(index), name, (1,), statement, proof))
    heading = Heading(1, "chapter", "1", names[0], HERE)
    labels = {name: NodeId(name) for name in names}
    return snapshot_of(Blueprint("/x", names[0], tuple(nodes), (heading,), labels, colours=colours))


@pytest.fixture(scope="module")
def plain():
    return snapshot_with(["def:a", "lem:b", "lem:c", "lem:d"])


@pytest.fixture(scope="module")
def nasty():
    return snapshot_with(NASTY)


def read_dot(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", io.StringIO())
        return pygraphviz.AGraph(string=text)


def test_dot_says_what_leanblueprint_says(plain):
    graph = read_dot(graph_as_dot(plain, plain.whole))
    assert sorted(graph.nodes()) == ["def:a", "lem:b", "lem:c", "lem:d"]
    assert graph.edges() == [("def:a", "lem:b"), ("lem:b", "lem:c"), ("lem:c", "lem:d")]
    first, second, third = graph.get_node("def:a"), graph.get_node("lem:b"), graph.get_node("lem:c")
    assert (first.attr["shape"], first.attr["style"], first.attr["color"]) == ("box", "filled", "green")
    assert (first.attr["label"], first.attr["fillcolor"]) == ("a", "#B0ECA3")
    assert (second.attr["shape"], second.attr["color"]) == ("ellipse", "green")
    assert (third.attr["color"], third.attr["fillcolor"]) == ("blue", "#A3D6FF")
    assert [graph.get_edge(*edge).attr["style"] for edge in graph.edges()] == ["dashed", "", "dashed"]
    assert graph.graph_attr["bgcolor"] == "transparent"


def test_nasty_names_come_through_dot(nasty):
    graph = read_dot(graph_as_dot(nasty, nasty.whole))
    assert len(graph.nodes()) == len(NASTY)
    assert len(graph.edges()) == len(NASTY) - 1
    assert "<b>bold</b>" in graph.nodes()
    # As a quoted string and not as HTML: Graphviz must print the brackets.
    assert b"&lt;b&gt;bold&lt;/b&gt;" in graph.draw(format="svg", prog="dot")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_label_is_one_node_in_dot(name):
    # pygraphviz takes these two for nodes without a name; TeX labels are neither.
    assume(plain_text.xml_characters(name) and not plain_text.xml_characters(name).startswith("%"))
    shown = name.rsplit(":", 1)[-1]
    snapshot = snapshot_with([name, "other:" + name])
    graph = read_dot(graph_as_dot(snapshot, snapshot.whole))
    assert len(graph.nodes()) == 2
    (label, _) = [graph.get_node(node).attr["label"] or "" for node in graph.nodes()]
    kept = re.sub("[^\t\n\r\x20-\ufffd\U00010000-\U0010ffff]", "", shown).replace("\ufffe", "").replace("\uffff", "")
    assert label.replace("\\\\", "\\").replace("&amp;", "&") == kept


def test_graphml_holds_all_uses(nasty, plain):
    graph = networkx.read_graphml(io.BytesIO(write_graph(plain, plain.whole, "graphml")))
    assert graph.nodes["lem:c"]["can_prove"] is True
    assert graph.nodes["def:a"]["shape"] == "box"
    assert graph.edges["def:a", "lem:b"] == {"kind": "statement", "drawn": True}
    assert len(networkx.read_graphml(io.BytesIO(write_graph(nasty, nasty.whole, "graphml")))) == len(NASTY)


def test_graphml_tells_the_edges_that_pictures_leave_out():
    names = ["a", "b", "c"]
    nodes = tuple(
        Node(NodeId(name), (name,), "lemma", "Lemma", "", "", (), Passage("", HERE, uses(*names[:index])))
        for index, name in enumerate(names)
    )
    snapshot = snapshot_of(Blueprint("/x", "", nodes, (), {name: NodeId(name) for name in names}))
    graph = networkx.read_graphml(io.BytesIO(write_graph(snapshot, snapshot.whole, "graphml")))
    assert {edge: values["drawn"] for edge, values in graph.edges.items()} == {
        ("a", "b"): True, ("b", "c"): True, ("a", "c"): False,
    }  # fmt: skip


def test_svg_shows_every_node_and_edge_and_nothing_foreign(nasty):
    data = write_graph(nasty, nasty.whole, "svg")
    root = ET.fromstring(data)
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert "<b>bold</b>" in texts
    assert "bell  and escape " in texts
    assert len(root.findall(f".//{SVG}g[@class='node']")) == len(NASTY)
    assert len(root.findall(f".//{SVG}path")) == len(NASTY) - 1
    assert len(root.findall(f".//{SVG}rect")) == 1
    allowed = {"svg", "title", "style", "g", "rect", "ellipse", "path", "polygon", "text"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not any(name.startswith("on") or "href" in name for name in attributes)
    titles = [element.text for element in root.findall(f".//{SVG}g/{SVG}title")]
    assert titles[4] == "Lemma 4 (<b>bold</b>) [<b>bold</b>]"


def test_svg_distinguishes_uses_in_statements(plain):
    root = ET.fromstring(write_graph(plain, plain.whole, "svg"))
    assert [path.get("class") for path in root.iter(f"{SVG}path")] == ["edge statement", "edge", "edge statement"]


def test_hostile_colours_are_not_taken_over():
    hostile = {**LEANBLUEPRINT_COLOURS, "stated": GraphColour('url(http://example.org/x.svg#a)"/><x', "x")}
    snapshot = snapshot_with(["a", "b"], hostile)
    assert b"example.org" not in write_graph(snapshot, snapshot.whole, "svg")
    assert write_graph(snapshot, snapshot.whole, "png").startswith(b"\x89PNG")
    assert safe_colour("#9CEC8B") == "#9CEC8B"
    assert safe_colour("darkgreen") == "darkgreen"
    assert [safe_colour(colour) for colour in ("red;x", "/svg/red", "#12345g", "red\n", "")] == [""] * 5


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_painted_files_take_nasty_texts(nasty, form):
    data = write_graph(nasty, nasty.whole, form)
    assert data.startswith({"png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}[form])
    assert len(data) > 5000


def test_a_png_has_the_colours_where_the_nodes_are(plain, qapp):
    from PySide6.QtGui import QImage

    problem = problem_of(plain, plain.whole)
    placement = place(problem)
    colours = ("#ff0000", "#008000", "#0000ff", "#ffff00")
    look = {name: Look(colour, colour, colour) for name, colour in zip(plain.whole.nodes, colours, strict=True)}
    data = write_graph(plain, plain.whole, "png", placed=(problem, placement), look=look.__getitem__)
    image = QImage.fromData(data)
    width, height = placement.bounds[2], placement.bounds[3]
    scale = image.height() / (height + 24 + 24)
    assert image.height() > height * 1.8
    for centre, name in zip(placement.centres, plain.whole.nodes, strict=True):
        # Whatever margin Graphviz leaves, it is the same on both sides.
        x = image.width() / 2 + (centre[0] - width / 2) * scale
        y = image.height() / 2 + (centre[1] - height / 2) * scale
        assert image.pixelColor(int(x), int(y)).name() == look[name].fill
    assert image.pixelColor(2, 2).name() == "#ffffff"


def test_a_named_colour_is_the_one_of_the_web(plain, qapp):
    from PySide6.QtGui import QImage

    look = {name: Look("green", "green", "green") for name in plain.whole.nodes}
    image = QImage.fromData(write_graph(plain, plain.whole, "png", look=look.__getitem__))
    colours = {image.pixelColor(image.width() // 2, y).name() for y in range(image.height())}
    assert "#008000" in colours
    assert "#00ff00" not in colours


def test_an_enormous_graph_still_makes_a_picture(plain):
    problem = problem_of(plain, plain.whole)
    placement = place(problem)
    wide = LayoutProblem(problem.sizes, problem.edges, problem.boxes, problem.groups)
    from dataclasses import replace

    stretch = np.array((400.0, 1.0))
    left, top, _, bottom = placement.bounds
    spread = replace(
        placement,
        centres=placement.centres * stretch + np.arange(4)[:, None] * (30_000.0, 0.0),
        points=placement.points * stretch,
        bounds=(left, top, 150_000.0, bottom),
    )
    png = write_graph(plain, plain.whole, "png", placed=(wide, spread))
    assert int.from_bytes(png[16:20]) <= 21_000
    pdf = write_graph(plain, plain.whole, "pdf", placed=(wide, spread))
    (box,) = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ", pdf) or re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+)", pdf)
    assert float(box) <= 14_500


def test_an_empty_graph_makes_every_file():
    snapshot = snapshot_of(Blueprint("/x", "", ()))
    for form in FORMATS:
        assert write_graph(snapshot, snapshot.whole, form)


def test_an_unknown_format_is_refused(plain):
    with pytest.raises(BlueprintError, match="called bmp"):
        write_graph(plain, plain.whole, "bmp")


def test_an_arrow_takes_its_length_from_the_end_of_the_curve():
    curve = np.array([(0.0, 0.0), (0.0, 10.0), (0.0, 20.0), (0.0, 60.0)])
    assert behind_arrow(curve)[-1].tolist() == [0.0, 51.0]
    assert curve[-1].tolist() == [0.0, 60.0]
    point = np.zeros((4, 2))
    assert behind_arrow(point).tolist() == point.tolist()


def test_no_format_needs_a_window_system():
    script = (
        "import sys\n"
        "from blueprint_app.export.pictures import write_graph\n"
        "from blueprint_app.model.blueprint import Blueprint\n"
        "from blueprint_app.model.derive import snapshot_of\n"
        "snapshot = snapshot_of(Blueprint('/x', '', ()))\n"
        "write_graph(snapshot, snapshot.whole, 'png')\n"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))\n"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=60, check=False).returncode == 0
