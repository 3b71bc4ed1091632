"""The Progress view in the real window: numbers lead to nodes, and nodes to the selection everywhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from blueprint_app.model.headline import Headline
from blueprint_app.ui.progress.project_view import ProgressView
from blueprint_app.ui.progress.view import ProgressPages


@pytest.fixture
def view(open_window, qtbot) -> ProgressPages:
    shell = next(each for each in open_window.views if isinstance(each, ProgressView))
    assert shell.pages is None  # nothing is made before it is looked at
    open_window.store.change(view="progress")
    view = shell.pages
    qtbot.waitUntil(lambda: view.now.figures is not None)
    return view


def listed(view):
    return view.nodes.rows.nodes


def test_a_number_lists_what_is_left_and_on_demand_what_is_done(view, qtbot):
    statements = view.now.declared.buttons[0]
    assert statements.accessibleName() == "4 of 7 statements declared, 57 %"
    qtbot.keyClick(statements, Qt.Key.Key_Space)
    assert listed(view) == ("def:n0", "def:n3", "def:n6")
    qtbot.mouseClick(view.nodes._group.button(1), Qt.MouseButton.LeftButton)
    assert listed(view) == ("lem:n1", "the:n2", "lem:n4", "the:n5")


def test_the_filled_part_of_a_bar_means_what_is_done(view, qtbot):
    statements = view.now.declared.buttons[0]
    bar = statements._bar().toRect()
    qtbot.mouseClick(statements, Qt.MouseButton.LeftButton, pos=bar.bottomLeft())
    assert listed(view) == ("lem:n1", "the:n2", "lem:n4", "the:n5")
    qtbot.mouseClick(statements, Qt.MouseButton.LeftButton, pos=bar.bottomRight())
    assert listed(view) == ("def:n0", "def:n3", "def:n6")


def test_an_entry_selects_its_node_in_the_whole_window(view, open_window, qtbot):
    qtbot.keyClick(view.now.declared.buttons[0], Qt.Key.Key_Space)
    view.nodes.list.setCurrentIndex(view.nodes.rows.index(1, 0))
    assert open_window.store.state.node == "def:n3"
    assert open_window.store.state.view == "progress"
    view.nodes.list.activated.emit(view.nodes.rows.index(2, 0))
    assert (open_window.store.state.node, open_window.store.state.view) == ("def:n6", "graph")


def test_the_cells_of_a_table_are_reached_by_keys(view, qtbot):
    table = view.now.kinds
    table.setCurrentIndex(table.model().index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert view.nodes.heading.text() == "Definition · statements declared"
    assert listed(view) == ("def:n0", "def:n3", "def:n6")
    said = table.model().index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Lemma: 2 of 2 proofs declared"


def test_a_headline_lists_its_nodes(view, qtbot):
    line = next(each for each in view.now.headlines.lines if each.headline is Headline.CLAIMED)
    qtbot.keyClick(line, Qt.Key.Key_Space)
    assert listed(view) == ("lem:n1", "the:n2", "lem:n4", "the:n5")
    assert view.nodes.heading.text() == "Claimed: 4 of 7 nodes"


def test_the_list_takes_room_only_while_something_is_chosen(view, qtbot):
    assert view.nodes.isHidden()
    assert view.hint.isVisible()
    qtbot.keyClick(view.now.declared.buttons[0], Qt.Key.Key_Space)
    assert view.nodes.isVisible()
    assert view.hint.isHidden()
    view.nodes.close_list.click()
    assert view.nodes.isHidden()
    assert view.hint.isVisible()


def test_all_of_it_is_copied_as_text(view, qtbot):
    view.copy.click()
    assert "4 of 7 statements declared (57 %)" in QGuiApplication.clipboard().text()


def test_it_can_be_painted_in_both_themes(view, open_window, qtbot):
    pictures = []
    for theme in ("light", "dark"):
        open_window.settings["theme"] = theme
        qtbot.waitUntil(lambda: not open_window.jobs.is_running("progress"))
        pictures.append(view.grab().toImage())
    grounds = [picture.pixelColor(4, picture.height() // 2).lightness() for picture in pictures]
    assert grounds[0] > 200 > 80 > grounds[1]


def test_in_a_narrow_window_the_list_stands_below(view, open_window, qtbot):
    for width, orientation in ((900, Qt.Orientation.Horizontal), (500, Qt.Orientation.Vertical)):
        view.resize(width, 600)
        assert view.split.orientation() == orientation


def test_a_blueprint_without_nodes_says_so(window, qtbot, tmp_path):
    shell = next(each for each in window.views if isinstance(each, ProgressView))
    with qtbot.waitSignals([window.session.opened, window.scenes.ready]):
        window.session.open(tmp_path / "p0")
    window.store.change(view="progress")
    qtbot.waitUntil(lambda: shell.pages.empty.isVisible())
    assert not shell.pages.split.isVisible()
