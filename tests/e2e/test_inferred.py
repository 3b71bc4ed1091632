"""Inferred edges as a person sees them: dotted where written ones are whole, and marked in the node page."""

import numpy as np
import pytest

from blueprint_app.ui.canvas.painting.painting import DOT, DOT_GAP
from tests.e2e.test_sample import crisp, in_page, read

PATIENCE = 60_000
TEXT = r"""\documentclass{report}
\usepackage{amsthm}
\usepackage[dep_graph]{blueprint}
\newtheorem{lemma}{Lemma}
\begin{document}
\begin{lemma}\label{lem:first} One. \end{lemma}
\begin{lemma}\label{lem:second} Two. \end{lemma}
\begin{proof} %s \end{proof}
\end{document}
"""


@pytest.fixture
def project(tmp_path):
    """A function that writes the project with a proof, which is all that its two forms differ in."""

    def write(proof):
        folder = tmp_path / "two" / "blueprint" / "src"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "web.tex").write_text(TEXT % proof, encoding="utf-8")
        return tmp_path / "two"

    return write


def along_the_edge(window, qtbot):
    """Close up, the darkness of the picture along the only edge, pixel by pixel; 0 is the ground."""
    canvas = window.graph.canvas
    canvas.zoom(1.0 / canvas.viewport.scale, animated=False)
    image = crisp(window, qtbot)
    start, end = (np.array(canvas.viewport.to_picture(*point)) for point in canvas.scene.curves.ends[0])
    assert abs(end[0] - start[0]) < 1, "the edge of two nodes runs straight down"
    ground = image.pixelColor(4, 4).lightness()
    # Clear of the outline above and of the arrow below.
    rows = range(round(start[1]) + 4, round(end[1]) - 14)
    column = round(start[0])
    return np.array([max(abs(image.pixelColor(x, y).lightness() - ground) for x in (column - 1, column)) for y in rows])


def test_dots_where_written_edges_are_whole(opened, window, qtbot, project):
    opened(project(r"\uses{lem:first} By \ref{lem:first}."))
    written = along_the_edge(window, qtbot)
    assert (written > 40).all()
    assert not window.commands["view.inferred"].isEnabled()

    opened(project(r"By \ref{lem:first}."))
    assert len(window.graph.scene.edges) == 0
    with qtbot.waitSignal(window.scenes.ready, timeout=PATIENCE):
        window.commands["view.inferred"].trigger()
    inferred = along_the_edge(window, qtbot)
    dark = inferred > 0.5 * inferred.max()
    assert 0 < dark.mean() < 0.7
    dots = int((dark[1:] & ~dark[:-1]).sum())
    assert dots == pytest.approx(len(dark) / (DOT + DOT_GAP), rel=0.35)
    assert (inferred < 0.25 * inferred.max()).any(), "there is nothing between the dots"
    assert inferred.max() > 40


def test_the_page_marks_them(opened, window, qtbot, project):
    opened(project(r"By \ref{lem:first}."))
    with qtbot.waitSignal(window.scenes.ready, timeout=PATIENCE):
        window.commands["view.inferred"].trigger()
    read(window, qtbot, "lem:second", lambda: window.presenter.go_to("lem:second"))
    words = in_page(window, "document.querySelector('.inferred').innerText")
    assert "inferred from references, not written by the author" in words
    assert "Lemma 1" in words
    style = "getComputedStyle(document.querySelector('.inferred')).borderLeftStyle"
    assert in_page(window, style) == "dotted"
