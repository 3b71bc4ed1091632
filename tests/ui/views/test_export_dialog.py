"""Exporting from the window: every format is a file that its own readers accept, and failures become notices."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import networkx as nx
import pytest
from PySide6.QtGui import QImage

from blueprint_app.ui.theme import SCHEMES
from blueprint_app.ui.views.export_dialog import FORMS, ExportDialog


@pytest.fixture
def dialog(open_window):
    window = open_window
    snapshot = window.session.project.snapshot
    parts = window.scenes.placer, window.jobs, window
    return ExportDialog(snapshot, snapshot.whole, window.schemes, "headline", *parts)


def test_schemes_that_were_read_from_git_are_offered_too(open_window):
    window = open_window
    snapshot, headline = window.session.project.snapshot, SCHEMES[1]
    window.schemes.offer(replace(headline, id="contributor", title="Contributor"))
    parts = window.scenes.placer, window.jobs, window
    dialog = ExportDialog(snapshot, snapshot.whole, window.schemes, "contributor", *parts)
    assert dialog.schemes.currentText() == "Contributor"
    again = ExportDialog(snapshot, snapshot.whole, window.schemes, "unknown to this version", *parts)
    assert again.schemes.currentText() == SCHEMES[0].title


def save(dialog, qtbot, suffix, folder):
    dialog.forms.setCurrentIndex([form.suffix for form in FORMS].index(suffix))
    path = folder / f"graph.{suffix}"
    with qtbot.waitSignal(dialog.written, timeout=20_000) as signal:
        dialog.save(path)
    assert signal.args == [path]
    assert [entry.name for entry in folder.glob("*graph*")] == [path.name]
    return path


def test_svg_shows_every_node(dialog, qtbot, tmp_path):
    text = save(dialog, qtbot, "svg", tmp_path).read_text()
    ET.fromstring(text)
    assert all(f">n{number}<" in text for number in range(7))


def test_png_is_an_image_with_the_chosen_colours(dialog, qtbot, tmp_path):
    image = QImage(str(save(dialog, qtbot, "png", tmp_path)))
    assert image.width() > 100
    assert image.height() > 300


def test_pdf_is_a_pdf(dialog, qtbot, tmp_path):
    assert save(dialog, qtbot, "pdf", tmp_path).read_bytes().startswith(b"%PDF-")


def test_graphml_has_the_nodes_and_edges(dialog, qtbot, tmp_path):
    graph = nx.read_graphml(save(dialog, qtbot, "graphml", tmp_path))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (7, 6)


def test_dot_names_the_nodes(dialog, qtbot, tmp_path):
    assert "lem:n1" in save(dialog, qtbot, "dot", tmp_path).read_text()


def test_json_holds_the_whole_blueprint(dialog, qtbot, tmp_path):
    found = json.loads(save(dialog, qtbot, "json", tmp_path).read_text())
    assert found["schema"] == "blueprint-graph/1"
    assert len(found["nodes"]) == 7


def test_colours_can_be_chosen_for_pictures_only(dialog):
    for row, form in enumerate(FORMS):
        dialog.forms.setCurrentIndex(row)
        assert dialog.schemes.isEnabled() == form.is_picture


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(dialog, qtbot, tmp_path):
    with qtbot.waitSignal(dialog.failed, timeout=20_000) as signal:
        dialog.save(tmp_path / "nowhere" / "graph.svg")
    assert "could not be written" in signal.args[0].what_happened


def test_the_command_offers_the_graph_that_is_shown(open_window, qtbot, tmp_path):
    window = open_window
    window.commands["file.export"].trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.written, timeout=20_000):
        dialog.save(tmp_path / "out.svg")
    assert window.notices.notices[0].text == f"Written: {tmp_path / 'out.svg'}"
