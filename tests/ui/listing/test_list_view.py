"""The list in the real window: every node with what the graph shows of it, sorted, filtered, copied, walked along."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from blueprint_app.ui.listing.listed import as_table, columns, listed_nodes
from blueprint_app.ui.listing.view import ListView
from blueprint_app.ui.node_table.rows import Order, arranged

PATIENCE = 20_000


@pytest.fixture
def view(open_window, qtbot):
    """The list of seven nodes, in front."""
    open_window.store.change(view="list")
    found = next(each for each in open_window.views if isinstance(each, ListView))
    qtbot.waitUntil(lambda: len(found.table.rows.rows) == 7, timeout=PATIENCE)
    return found


def names(view):
    return [row.node for row in view.table.rows.rows]


def test_it_holds_every_node_and_edge_of_the_graph(make_snapshot):
    snapshot = make_snapshot(7)
    rows = listed_nodes(snapshot)
    assert [row.node for row in rows] == [node.id for node in snapshot.blueprint.nodes]
    assert sum(row.uses for row in rows) == sum(row.used_by for row in rows) == len(snapshot.whole.edges)
    assert {row.headline for row in rows} == {headline.value for headline in snapshot.headlines.values()}
    assert rows[4].lean == ("Demo.n4",)
    assert rows[4].chapter == "2 Chapter 2"


def test_every_column_sorts(make_snapshot):
    rows = listed_nodes(make_snapshot(7))
    shown = columns(rows)
    for place, column in enumerate(shown):
        found = arranged(rows, shown, Order(place, descending=True))
        assert [column.key(row) for row in found] == sorted((column.key(row) for row in rows), reverse=True)


def test_a_row_is_copied_as_a_spreadsheet_takes_it(view, qtbot):
    view.table.selectRow(4)
    view.table.setFocus()
    view.window().activateWindow()
    qtbot.waitUntil(view.table.hasFocus)
    QTest.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, row = QGuiApplication.clipboard().text().splitlines()
    cells = dict(zip(head.split("\t"), row.split("\t"), strict=True))
    assert (cells["Label"], cells["Lean"], cells["Uses"]) == ("lem:n4", "Demo.n4", "1")
    view.copy_all.click()
    assert QGuiApplication.clipboard().text() == as_table(view.table.rows.rows)


def test_the_selection_is_shared_with_every_part(view, open_window, qtbot):
    view.table.selectRow(4)
    assert open_window.store.state.node == "lem:n4"
    assert open_window.store.state.view == "list"
    open_window.presenter.go_to("lem:n1")
    assert names(view)[view.table.currentIndex().row()] == "lem:n1"


def test_one_walks_along_the_edges(view, open_window, qtbot):
    view.table.selectRow(4)
    uses, used_by = view.neighbours.uses, view.neighbours.used_by
    assert uses.item(0).text() == "Definition 1.3 (Entropy), in the proof"
    assert used_by.item(0).text() == "Theorem 2.5 (Jensen bound), in its statement"
    used_by.setCurrentRow(0)
    QTest.keyClick(used_by, Qt.Key.Key_Return)
    assert open_window.store.state.node == view.table.rows.rows[5].node
    assert uses.item(0).text().startswith("Lemma 2.4 n4")


def test_enter_leads_to_the_graph(view, open_window):
    view.table.selectRow(3)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert (open_window.store.state.view, open_window.store.state.node) == ("graph", "def:n3")


def test_the_filter_of_the_outline_holds_here_too(view, open_window, qtbot):
    open_window.store.change(filter="n4")
    qtbot.waitUntil(lambda: names(view) == ["lem:n4"], timeout=PATIENCE)
    assert view.count.text() == "1 of 7 nodes meet the filter"
    open_window.store.change(filter="")
    qtbot.waitUntil(lambda: len(names(view)) == 7, timeout=PATIENCE)
    assert view.count.text() == "7 nodes"


def test_a_filter_that_leaves_nothing_says_so(view, open_window, qtbot):
    open_window.store.change(filter="nothing-like-it")
    qtbot.waitUntil(view.empty.isVisible, timeout=PATIENCE)
    assert "meets the filter" in view.empty.text()
    open_window.store.change(filter="")
    qtbot.waitUntil(view.table.isVisible, timeout=PATIENCE)
    assert view.empty.isHidden()


def test_a_filter_that_was_typed_in_another_view_holds(view, open_window, qtbot):
    open_window.store.change(view="graph")
    with qtbot.waitSignal(open_window.session.filtered, timeout=PATIENCE):
        open_window.store.change(filter="n4")
    assert len(names(view)) == 7, "what is not in front is not worked on"
    open_window.store.change(view="list")
    qtbot.waitUntil(lambda: names(view) == ["lem:n4"], timeout=PATIENCE)


def test_each_cell_says_what_it_is(view):
    rows = view.table.rows
    cells = [rows.data(rows.index(4, place), Qt.ItemDataRole.AccessibleTextRole) for place in range(rows.columnCount())]
    assert "Node: Lemma 2.4 n4" in cells
    assert "Used by: 1" in cells
    assert view.table.accessibleName() == "Nodes"


def test_with_nothing_open_it_is_empty(view, open_window):
    open_window.session.close()
    assert names(view) == []
    assert view.neighbours.isHidden()


@pytest.mark.parametrize("width", [700, 1300])
def test_the_selected_row_is_in_sight_however_many_columns_are(view, open_window, qtbot, width):
    open_window.resize(width, 420)
    table = view.table
    last = table.rows.rows[-1].node
    open_window.presenter.go_to(last)

    def is_in_sight():
        row = table.currentIndex().row()
        shown = next(at for at in range(table.rows.columnCount()) if not table.isColumnHidden(at))
        place = table.visualRect(table.rows.index(row, shown))
        return row == 6 and table.viewport().rect().contains(place.center())

    qtbot.waitUntil(is_in_sight, timeout=PATIENCE)


def test_typing_goes_to_the_name(view, open_window):
    view.table.selectRow(0)
    view.table.keyboardSearch("theo")
    assert view.table.rows.rows[view.table.currentIndex().row()].name.startswith("Theorem")
