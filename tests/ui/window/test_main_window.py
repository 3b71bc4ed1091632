"""The window as a whole, over a made-up project: its parts share one selection, and nothing gets stuck."""

import threading

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from blueprint_app.insight.graph.graph_view import EVERYTHING
from blueprint_app.model.blueprint import Reading
from blueprint_app.model.place import Place
from blueprint_app.ui.canvas import CanvasView


def test_the_first_window_says_how_to_begin(window):
    assert window.centre.currentWidget() is window.start_page
    assert window.outline_dock.isHidden()
    assert not window.commands["file.export"].isEnabled()
    assert not window.commands["go.search"].isEnabled()


def test_an_opened_project_fills_all_parts(open_window):
    window = open_window
    assert window.windowTitle() == "Demo – Blueprint Explorer"
    assert window.centre.currentWidget() is window.graph
    assert window.outline.model.rowCount() == 2
    assert window.graph.canvas.scene.name == "document"
    assert window.diagnostics.rows.rowCount() == len(window.session.project.snapshot.diagnostics) >= 3
    assert not window.diagnostics_dock.isHidden()
    assert "7 nodes · 1 file" in window.status.facts.text()
    titles = [window.view_bar.graphs.itemText(row) for row in range(window.view_bar.graphs.count())]
    assert titles == ["Chapter 1  (4)", "Chapter 2  (3)", "Whole document  (7)"]


def test_all_parts_share_one_selection(open_window, qtbot):
    window = open_window
    window.outline.node_selected.emit("lem:n1")
    assert window.graph.canvas.selected == "lem:n1"
    window.graph.node_selected.emit("the:n2")
    assert window.outline.model.node_at(window.outline.view.currentIndex()) == "the:n2"
    window.diagnostics.node_selected.emit("def:n0")
    assert window.store.state.node == "def:n0"
    assert window.graph.canvas.selected == "def:n0"


def test_a_node_of_another_graph_brings_its_graph(open_window, qtbot):
    window = open_window
    with qtbot.waitSignal(window.scenes.ready):
        window.store.change(graph="chapter_1")
    with qtbot.waitSignal(window.scenes.ready):
        window.presenter.go_to("lem:n4")
    assert window.store.state.graph == "chapter_2"
    assert window.view_bar.graphs.currentText().startswith("Chapter 2")
    assert window.graph.canvas.selected == "lem:n4"


def test_back_and_forward(open_window, qtbot):
    window = open_window
    window.presenter.go_to("def:n0")
    window.presenter.go_to("lem:n1")
    window.commands["go.back"].trigger()
    assert window.graph.canvas.selected == "def:n0"
    assert window.commands["go.forward"].isEnabled()
    window.commands["go.forward"].trigger()
    assert window.graph.canvas.selected == "lem:n1"


def test_a_filter_leaves_its_nodes_in_outline_and_graph(open_window, qtbot):
    window = open_window
    qtbot.keyClicks(window.outline.filter_box, "kind:definition")
    qtbot.waitUntil(lambda: set(window.outline.model.tree.rows) == {"def:n0", "def:n3", "def:n6"})
    assert window.store.state.filter == "kind:definition"
    window.commands["edit.undo"].trigger()
    assert window.outline.filter_box.text() == ""
    qtbot.waitUntil(lambda: len(window.outline.model.tree.rows) == 7)


def test_moving_the_graph_does_not_disturb_who_types_a_filter(open_window, qtbot):
    window = open_window
    qtbot.keyClicks(window.outline.filter_box, "ent")
    window.store.change(viewport=window.graph.canvas.view_state())
    assert window.outline.filter_box.text() == "ent"


def test_the_other_reading_is_read_and_the_selection_stays(open_window, qtbot):
    window = open_window
    window.presenter.go_to("lem:n1")
    with qtbot.waitSignal(window.session.opened):
        window.store.change(reading=Reading.STRICT)
    assert window.session.project.snapshot.reading is Reading.STRICT
    assert window.store.state.node == "lem:n1"


def test_a_folder_without_a_blueprint_says_so_and_offers_ways_on(window, qtbot, tmp_path):
    with qtbot.waitSignal(window.session.failed):
        window.session.open(tmp_path / "bad")
    assert window.centre.currentWidget() is window.start_page
    texts = [label.text() for label in window.start_page.findChildren(type(window.status.note))]
    assert "There is no blueprint here." in texts
    assert "Choose a folder that holds blueprint/src." in texts


def test_a_failed_opening_leaves_the_open_project_and_tells_in_a_notice(open_window, qtbot, tmp_path):
    window = open_window
    with qtbot.waitSignal(window.session.failed):
        window.session.open(tmp_path / "bad")
    assert window.centre.currentWidget() is window.graph
    assert window.notices.notices[0].text.startswith("bad: There is no blueprint here.")


def test_an_opening_can_be_stopped(qtbot, window, tmp_path):
    started, ended = threading.Event(), threading.Event()

    def endless(_path, _reading, context):
        started.set()
        try:
            while True:
                context.check()
        finally:
            ended.set()

    window.session._opener = endless
    window.session.open(tmp_path / "endless")
    assert started.wait(5)
    qtbot.waitUntil(lambda: window.status.stop.isVisible())
    qtbot.mouseClick(window.status.stop, Qt.MouseButton.LeftButton)
    assert ended.wait(5)
    assert not window.status.stop.isVisible()
    assert window.centre.currentWidget() is window.start_page


def test_a_dropped_folder_is_opened(window, qtbot, tmp_path):
    folder = tmp_path / "p5"
    folder.mkdir()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(window.session.opened):
        window.dropEvent(event)
    assert window.status.project.text() == str(folder)
    assert window.settings["recent"] == (str(folder),)


def test_closing_the_project_leads_back_to_the_start(open_window):
    window = open_window
    window.commands["file.close"].trigger()
    assert window.centre.currentWidget() is window.start_page
    assert window.page_dock.isHidden()
    assert not window.commands["file.close"].isEnabled()


def test_the_theme_changes_the_scene_and_the_panels(open_window, qtbot):
    window = open_window
    with qtbot.waitSignal(window.scenes.ready):
        window.commands["view.theme_dark"].trigger()
    assert window.graph.canvas.scene.theme.is_dark
    assert window.palette().window().color().lightness() < 60
    window.settings["theme"] = "light"


def test_a_source_that_is_gone_becomes_a_notice(open_window):
    window = open_window
    window.diagnostics.source_requested.emit(Place("gone.tex", 3))
    assert "gone.tex" in window.notices.notices[0].text


def test_a_better_layout_takes_the_place_of_the_first_when_it_comes(window, qtbot, tmp_path):
    window.scenes.placer.improves = True
    with qtbot.waitSignal(window.scenes.ready):
        window.session.open(tmp_path / "p")
    first = window.graph.canvas.scene
    with qtbot.waitSignal(window.scenes.ready):
        pass
    second = window.graph.canvas.scene
    assert (second.rects[:, 0] - first.rects[:, 0] == 200.0).all()
    assert window.scenes._kept[id(window.session.project.snapshot.whole), EVERYTHING][1].scene is second


def test_a_recoloured_graph_keeps_its_place(open_window, qtbot):
    window = open_window
    canvas = window.graph.canvas
    canvas.zoom(3.0, animated=False)
    before = canvas.view_state()
    with qtbot.waitSignal(window.scenes.ready):
        window.commands["view.scheme_headline"].trigger()
    assert canvas.scene.scheme.id == "headline"
    assert canvas.view_state() == before


def test_a_search_goes_on_while_the_window_gets_another_size(window, qtbot):
    window.deeds.looking.search_nodes()
    qtbot.keyClicks(window.quick_open.field, "twin")
    window.resize(window.width() - 200, window.height())
    qtbot.waitUntil(lambda: abs(window.quick_open.geometry().center().x() - window.width() // 2) < 3)
    assert window.quick_open.field.text() == "twin"
    assert not window.quick_open.isHidden()


def test_what_waits_for_the_painted_graph_does_not_wait_behind_another_view(window, qtbot, tmp_path):
    begun = []
    window.lean.begin = lambda: begun.append(window.store.state.view)
    # The scene comes while its view is in the background, so that nothing of it is ever painted.
    window.session.opened.connect(lambda _project: window.store.change(view=window.views[0].name))
    with qtbot.waitSignal(window.scenes.ready, timeout=20_000):
        window.session.open(tmp_path / "p")
    qtbot.waitUntil(lambda: begun == [window.views[0].name], timeout=20_000)


def test_the_map_is_there_where_more_than_is_seen_and_room_for_it(open_window, qtbot):
    open_window.resize(1400, 900)
    canvas, minimap = open_window.graph.canvas, open_window.graph.minimap
    open_window.graph.fit()
    qtbot.waitUntil(minimap.isHidden)
    canvas.restore_view(CanvasView(0, 0, 6.0), animated=False)
    qtbot.waitUntil(lambda: not minimap.isHidden())
    open_window.resize(1400, 420)
    qtbot.waitUntil(lambda: canvas.height() < 320)
    qtbot.waitUntil(minimap.isHidden)
