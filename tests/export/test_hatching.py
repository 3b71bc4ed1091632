"""What a model drafted and nobody has vouched for is hatched in every exported picture, and nothing else is."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.export.graph_dot import graph_as_dot
from blueprint_app.export.hatching import hatching
from blueprint_app.export.looks import Look
from blueprint_app.export.pictures import write_graph
from blueprint_app.layout.problem import problem_of
from blueprint_app.layout.service import place
from tests.export.test_pictures import SVG
from tests.fakes.attempts_of_primes import GOLDBACH, UNIQUE, write_attempts

HATCHED = {GOLDBACH, UNIQUE}


@pytest.fixture
def snapshot(sample_copy):
    folder = sample_copy("primes")
    write_attempts(AttemptStore(folder), open_project(folder))
    return open_project(folder)


def test_an_svg_hatches_what_waits_for_a_person(snapshot):
    root = ET.fromstring(write_graph(snapshot, snapshot.whole, "svg"))
    hatched = [group for group in root.iter(f"{SVG}g") if group.find(f"{SVG}path[@class='hatch']") is not None]
    assert {group.find(f"{SVG}title").text.rpartition("[")[2].rstrip("]") for group in hatched} == HATCHED
    # The name stands above the lines.
    assert [child.tag for child in hatched[0]] == [f"{SVG}title", f"{SVG}ellipse", f"{SVG}path", f"{SVG}text"]


def test_dot_gives_them_a_style_of_their_own(snapshot):
    lines = graph_as_dot(snapshot, snapshot.whole).splitlines()
    styled = {line.split('"')[1] for line in lines if "diagonals" in line}
    assert styled == HATCHED


def test_a_png_is_hatched_there_and_plain_elsewhere(snapshot, qapp):
    from PySide6.QtGui import QImage

    problem = problem_of(snapshot, snapshot.whole)
    placement = place(problem)

    def look(node):
        return Look("#ffff00", "#ff0000", "#ffff00", hatched=node in HATCHED)

    data = write_graph(snapshot, snapshot.whole, "png", placed=(problem, placement), look=look)
    image = QImage.fromData(data)
    # Dots a point, and the margin that Graphviz was told to leave.
    scale, pad = 2, 0.17 * 72

    def colours(row):
        """The colours on a line through the middle of a node, away from its outline."""
        size = problem.sizes[row]
        x, y = (placement.centres[row] - placement.bounds[:2] + pad) * scale
        reach = int(size[0] * scale * 0.35)
        return {image.pixelColor(int(x) + step, int(y)).name() for step in range(-reach, reach)}

    for row, name in enumerate(snapshot.whole.nodes):
        found = colours(row)
        assert "#ffff00" in found, name
        assert (len(found) > 1) == (name in HATCHED), name


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_nodes_without_a_fill_are_hatched_too(snapshot, form):
    plain = write_graph(snapshot, snapshot.whole, form, look=lambda node: Look("", "#ff0000"))
    hatched = write_graph(snapshot, snapshot.whole, form, look=lambda node: Look("", "red", hatched=True))
    assert len(hatched) != len(plain)


@given(st.floats(1, 400), st.floats(1, 400), st.booleans())
def test_lines_stay_within_the_outline(width, height, box):
    for x1, y1, x2, y2 in hatching((10.0, 20.0), (width, height), box=box):
        for x, y in ((x1 - 10, y1 - 20), (x2 - 10, y2 - 20)):
            if box:
                assert abs(x) <= width / 2 + 1e-6
                assert abs(y) <= height / 2 + 1e-6
            else:
                assert (2 * x / width) ** 2 + (2 * y / height) ** 2 <= 1 + 1e-6
        assert x2 > x1
        assert abs((x2 - x1) + (y2 - y1)) < 1e-6
