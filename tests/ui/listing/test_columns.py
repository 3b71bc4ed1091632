"""Which columns are shown: as many as there is room for, or those that a person ticks, which the settings keep."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from blueprint_app.ui.listing.view import ListView
from blueprint_app.ui.node_table.column_menu import ColumnsButton

PATIENCE = 20_000


@pytest.fixture
def view(open_window, qtbot):
    """The list of seven nodes, in front, in a window too narrow for all columns."""
    open_window.resize(900, 600)
    open_window.store.change(view="list")
    found = next(each for each in open_window.views if isinstance(each, ListView))
    qtbot.waitUntil(lambda: len(found.table.rows.rows) == 7, timeout=PATIENCE)
    return found


@pytest.fixture
def menu(view, qtbot):
    """The menu of its columns, open."""
    found = view.columns_button.columns
    found.popup(QPoint(0, 0))
    qtbot.waitUntil(found.isVisible)
    yield found
    found.close()


def ticked(menu):
    return [action.text() for action in menu.actions() if action.isChecked()]


def tick(menu, text):
    action = next(each for each in menu.actions() if each.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_at_first_there_are_as_many_as_there_is_room_for(view, menu):
    shown = view.table.shown_columns
    assert 2 < len(shown) < len(view.table.rows.columns)
    assert ticked(menu) == [*shown, "As many as there is room for"]


def test_no_column_is_cut_off_when_rows_arrive_that_bring_a_scroll_bar(view, qtbot):
    table = view.table
    columns, rows = table.rows.columns, table.rows.rows
    table.rows.show_rows((), ())
    qtbot.waitUntil(lambda: not table.verticalScrollBar().isVisible())
    table.rows.show_rows(columns, rows * 20)
    qtbot.waitUntil(table.verticalScrollBar().isVisible)
    assert table.horizontalHeader().length() == table.viewport().width()


def test_ticked_ones_are_shown_whatever_the_room(view, menu, open_window):
    for title in ("Label", "Lean", "Chapter", "Lean text by"):
        tick(menu, title)
        assert menu.isVisible(), "one ticks several in one go"
    table = view.table
    assert {"Label", "Lean", "Chapter", "Lean text by"} <= set(table.shown_columns)
    assert "As many as there is room for" not in ticked(menu)
    assert table.horizontalHeader().length() > table.viewport().width()
    assert table.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded
    tick(menu, "Label")
    assert "Label" not in table.shown_columns
    tick(menu, "Node")
    assert "Node" in table.shown_columns, "a row without its name says nothing"


def test_the_choice_is_kept_and_taken_back(view, menu, open_window):
    tick(menu, "Label")
    chosen = view.table.shown_columns
    other = ListView(open_window.jobs, open_window.settings)
    other.table.rows.show_rows(view.table.rows.columns, view.table.rows.rows)
    assert other.table.shown_columns == chosen
    other.close()
    tick(menu, "As many as there is room for")
    assert open_window.settings["columns"] == {}
    assert "Label" not in view.table.shown_columns


def test_the_keyboard_ticks_as_well(view, menu):
    menu.setActiveAction(next(each for each in menu.actions() if each.text() == "Label"))
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert "Label" in view.table.shown_columns


def test_a_choice_with_columns_that_are_not_there_now_is_kept_whole(view, open_window):
    # "Claimed by" is there only while something is claimed.
    open_window.settings["columns"] = {"list": "Node\tClaimed by\tLabel"}
    table = ListView(open_window.jobs, open_window.settings).table
    table.rows.show_rows(view.table.rows.columns, view.table.rows.rows)
    assert table.shown_columns == ("Node", "Label")
    assert open_window.settings["columns"] == {"list": "Node\tClaimed by\tLabel"}


def test_a_right_click_on_the_head_offers_the_columns(view, qtbot):
    header = view.table.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(20, 5))
    qtbot.waitUntil(view.columns_button.columns.isVisible)
    view.columns_button.columns.close()


def test_a_right_click_on_a_row_offers_what_can_be_done_with_the_node(view, open_window, qtbot):
    table = view.table
    place = table.visualRect(table.rows.index(4, 1)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, table.viewport().mapToGlobal(place))
    QApplication.sendEvent(table.viewport(), event)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert open_window.commands["file.source"] in menu.actions()
    assert open_window.store.state.node == table.rows.rows[4].node
    menu.close()


def test_each_table_has_a_choice_of_its_own(open_window):
    buttons = open_window.findChildren(ColumnsButton)
    assert len(buttons) == 2
    buttons[0]._table.choose_columns(("Node",))
    assert buttons[1]._table.chosen_columns is None
