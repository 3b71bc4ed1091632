"""Narrowing the graph in a real window: keys, bar, boxes, undo."""

from dataclasses import replace
from time import sleep

import networkx as nx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from blueprint_app.insight.graph.graph_view import EVERYTHING, Focus, Level, Narrowing
from blueprint_app.model import derive
from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.views.export_dialog import FORMS, ExportDialog
from tests.ui.conftest import label_of


@pytest.fixture
def graph(open_window, qtbot):
    """What is shown after a deed, once it is laid out."""

    def shown(deed, *arguments, **named):
        with qtbot.waitSignal(open_window.scenes.ready, timeout=10_000):
            deed(*arguments, **named)
        return open_window.graph.scene.ids

    return shown


def words(window):
    return [" ".join(chip.parts_in_words) for chip in window.graph.bar.chips]


def press(window, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.graph.canvas, key, modifier)


def test_focus_by_key_deeper_by_key_and_out_again(open_window, graph):
    window = open_window
    assert window.graph.bar.isHidden()
    window.presenter.go_to(label_of(3))
    assert graph(press, window, Qt.Key.Key_F) == tuple(label_of(number) for number in (1, 2, 3, 4))
    assert window.graph.bar.isVisible()
    assert words(window)[0].startswith("Focus: Definition 1.3 n3 − up 2 + − down 1 +")
    assert "4 of 7 nodes" in words(window)
    assert len(graph(press, window, Qt.Key.Key_U)) == 5
    assert len(graph(press, window, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)) == 4
    press(window, Qt.Key.Key_Escape)
    assert window.store.state.node is None
    assert len(graph(press, window, Qt.Key.Key_Escape)) == 7
    assert window.graph.bar.isHidden()


def test_undo_and_back_bring_back_what_was_shown(open_window, graph):
    window = open_window
    window.presenter.go_to(label_of(3))
    graph(window.reading.focus)
    graph(window.reading.reach, up=-1)
    assert window.store.state.narrowing.focus == Focus(label_of(3), 1, 1)
    assert len(graph(window.store.undo)) == 4
    assert len(graph(window.store.back)) == 7
    assert window.store.state.narrowing == EVERYTHING
    assert len(graph(window.store.forward)) == 4


def test_the_same_choice_is_not_laid_out_twice(open_window, graph, monkeypatch):
    window = open_window
    window.presenter.go_to(label_of(3))
    graph(window.reading.focus)
    asked = []
    real = window.scenes.placer.place
    monkeypatch.setattr(window.scenes.placer, "place", lambda *args: asked.append(1) or real(*args))
    graph(window.reading.step_out)
    graph(window.reading.focus)
    assert asked == []
    graph(window.reading.toggle_done)
    assert asked == [1]


def test_another_part_is_shown_whole_even_if_its_layout_takes_long(open_window, graph, qtbot, monkeypatch):
    window = open_window
    real = window.scenes.placer.place
    monkeypatch.setattr(window.scenes.placer, "place", lambda *args: sleep(0.7) or real(*args))
    qtbot.waitUntil(lambda: window.store.state.viewport is not None, timeout=10_000)
    window.presenter.go_to(label_of(3))
    graph(window.reading.focus)
    canvas = window.graph.canvas
    left, top = canvas.viewport.to_picture(*window.graph.scene.bounds[:2])
    right, bottom = canvas.viewport.to_picture(*window.graph.scene.bounds[2:])
    assert abs((left + right) - canvas.width()) < 4
    assert abs((top + bottom) - canvas.height()) < 40


def test_done_is_hidden_and_told(open_window, graph):
    window = open_window
    left = graph(press, window, Qt.Key.Key_H)
    assert left == tuple(label_of(number) for number in (0, 3, 6))
    assert words(window)[:2] == ["Done hidden: 4 ×", "3 of 7 nodes"]
    assert window.commands["graph.hide_done"].isChecked()


def test_chapters_as_boxes_open_one_by_one(open_window, graph, qtbot):
    window = open_window
    boxes = graph(press, window, Qt.Key.Key_C)
    scene = window.graph.scene
    assert [box.counts for box in scene.collapsed] == ["4 nodes, 2 done", "3 nodes, 2 done"]
    assert scene.words.captions == ("4 nodes, 2 done", "3 nodes, 2 done")
    assert len(scene.edges) == 1
    # What is selected elsewhere shows as its box; a box itself is no node of the window.
    window.presenter.go_to(label_of(5))
    assert window.graph.canvas.selected == boxes[1]
    press(window, Qt.Key.Key_Up)
    assert window.graph.canvas.selected == boxes[0]
    assert window.store.state.node is None
    assert len(graph(press, window, Qt.Key.Key_Return)) == 5
    assert "1 opened ×" in words(window)
    assert graph(window.reading.close_boxes) == boxes
    assert len(graph(window.reading.show_all)) == 7


def test_a_double_click_opens_a_box(open_window, graph):
    window = open_window
    graph(window.reading.toggle_boxes, Level.CHAPTER)
    x, y = window.graph.canvas.viewport.to_picture(*window.graph.scene.centre(0))
    from PySide6.QtCore import QPoint

    def double_click():
        QTest.mouseDClick(window.graph.canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))

    assert len(graph(double_click)) == 5


def test_paths_to_a_node_that_is_clicked_or_searched(open_window, graph, qtbot):
    window = open_window
    window.graph.canvas.node_joined.emit(label_of(1))
    assert window.store.state.node == label_of(1)
    assert graph(window.graph.canvas.node_joined.emit, label_of(3)) == tuple(label_of(n) for n in (1, 2, 3))
    assert words(window)[0].startswith("Paths: Lemma 1.1 n1 – Definition 1.3 n3")
    window.quick_open.field.setText("typed before")
    window.reading.choose_path()
    assert (window.quick_open.field.text(), window.quick_open.field.placeholderText()) == ("", "Paths to which node?")
    window.quick_open.field.setText("n6")
    assert len(graph(QTest.keyClick, window.quick_open.field, Qt.Key.Key_Return)) == 6
    assert window.store.state.narrowing.path == (label_of(1), label_of(6))
    # The next search is for looking again.
    window.deeds.looking.search_nodes()
    assert window.quick_open.purpose == ""


def test_a_selected_node_that_is_not_shown_is_told_and_can_be_shown(open_window, graph):
    window = open_window
    window.presenter.go_to(label_of(1))
    graph(window.reading.focus)
    window.presenter.go_to(label_of(6))
    assert "The selected node is not among them Show it" in words(window)
    assert label_of(6) in graph(window.reading.show_selected)
    assert not any("not among" in text for text in words(window))


def test_a_chip_is_taken_away_with_its_button(open_window, graph):
    window = open_window
    graph(window.reading.toggle_done)
    button = next(b for b in window.graph.bar.findChildren(QToolButton) if b.toolTip() == "Show what is done")
    assert len(graph(button.click)) == 7


def test_a_focus_elsewhere_waits_until_its_graph_is_shown(open_window, graph):
    window = open_window
    window.presenter.go_to(label_of(1))
    graph(window.reading.focus)
    other = window.session.project.graphs[1]
    assert label_of(1) not in other.nodes
    assert graph(window.store.change, graph=other.name) == other.nodes
    assert window.reading.narrowing == EVERYTHING


def test_the_exported_graph_is_what_is_shown_without_boxes(open_window, graph, tmp_path, qtbot):
    window = open_window

    def exported():
        window.commands["file.export"].trigger()
        dialog = window.findChild(ExportDialog)
        dialog.forms.setCurrentIndex([form.suffix for form in FORMS].index("graphml"))
        with qtbot.waitSignal(dialog.written, timeout=20_000):
            dialog.save(tmp_path / "graph.graphml")
        dialog.deleteLater()
        qtbot.waitUntil(lambda: window.findChild(ExportDialog) is None)
        return set(nx.read_graphml(tmp_path / "graph.graphml"))

    window.presenter.go_to(label_of(3))
    shown = graph(window.reading.focus)
    graph(window.reading.toggle_boxes, Level.CHAPTER)
    assert exported() == set(shown)
    window.reading.show_all()
    assert exported() == set(window.session.project.snapshot.nodes)


def test_a_focus_stays_where_it_is_as_the_project_changes(open_window, graph, make_snapshot):
    window = open_window
    window.presenter.go_to(label_of(3))
    graph(window.reading.focus)
    before = window.graph.scene
    project = window.session.project
    newer = project.renewed(make_snapshot(8, project.snapshot.blueprint.folder))
    assert graph(window.session.renew, newer) == before.ids
    assert window.store.state.narrowing == Narrowing(focus=Focus(label_of(3), 2, 1))
    assert (window.graph.scene.rects == before.rects).all()


def test_what_is_looked_at_follows_a_node_that_is_renamed(open_window, graph, make_snapshot):
    window = open_window
    window.presenter.go_to(label_of(2))
    window.presenter.go_to(label_of(3))
    graph(window.reading.focus)
    before, project = window.graph.scene, window.session.project
    same = make_snapshot(7, project.snapshot.blueprint.folder).blueprint
    called = {label_of(2): NodeId("the:renamed"), label_of(3): NodeId("def:renamed")}
    nodes = [
        replace(node, id=called.get(node.id, node.id), labels=(called.get(node.id, node.id),)) for node in same.nodes
    ]
    texts = {was: str(now) for was, now in called.items()}

    def rewritten(passage):
        if passage is None:
            return None
        uses = tuple(
            replace(command, entries=tuple(replace(e, text=texts.get(e.text, e.text)) for e in command.entries))
            for command in passage.uses
        )
        return replace(passage, uses=uses)

    nodes = tuple(replace(n, statement=rewritten(n.statement), proof=rewritten(n.proof)) for n in nodes)
    newer = project.renewed(derive.snapshot_of(replace(same, nodes=nodes, labels={n.id: n.id for n in nodes})))
    assert newer.renamed[label_of(3)] == "def:renamed"
    shown = graph(window.session.renew, newer)
    assert shown == tuple(called.get(node, node) for node in before.ids)
    assert window.store.state.node == "def:renamed"
    assert window.store.state.narrowing == Narrowing(focus=Focus(NodeId("def:renamed"), 2, 1))
    # A longer name takes more width; nothing went up or down.
    assert (window.graph.scene.rects[:, 1] == before.rects[:, 1]).all()
    assert window.graph.canvas.selected == "def:renamed"
    window.reading.show_all()
    window.store.back()
    window.store.back()
    window.store.back()
    assert window.store.state.node == "the:renamed"
