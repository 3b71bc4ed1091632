"""Quick open: finds as one types, keys move through what was found, and every empty state says what to do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from blueprint_app.insight.search import SearchIndex
from blueprint_app.ui.quick_open import QuickOpen


@pytest.fixture
def box(qtbot, make_snapshot):
    home = QWidget()
    qtbot.addWidget(home)
    home.resize(900, 700)
    home.show()
    made = QuickOpen(home)
    snapshot = make_snapshot(7)
    made.show_snapshot(snapshot, SearchIndex(snapshot.blueprint.nodes), lambda _node: QIcon())
    made.open()
    made.home = home
    return made


def texts(box):
    return [box.results.item(row).text() for row in range(box.results.count())]


def test_it_begins_with_the_first_nodes(box):
    assert texts(box)[:2] == ["Definition 1.0 (Entropy)", "Lemma 1.1 n1"]
    assert box.field.hasFocus()


def test_it_finds_as_one_types_and_enter_chooses_the_best(box, qtbot):
    qtbot.keyClicks(box.field, "demo.n4")
    assert texts(box) == ["Lemma 2.4 n4"]
    with qtbot.waitSignal(box.node_chosen) as signal:
        qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert signal.args == ["lem:n4"]
    assert box.isHidden()


def test_arrows_go_round_and_pages_stop_at_the_end(box, qtbot):
    qtbot.keyClick(box.field, Qt.Key.Key_Up)
    assert box.results.currentRow() == 6
    qtbot.keyClick(box.field, Qt.Key.Key_Down)
    assert box.results.currentRow() == 0
    qtbot.keyClick(box.field, Qt.Key.Key_PageDown)
    assert box.results.currentRow() == 6


def test_a_click_chooses(box, qtbot):
    item = box.results.item(1)
    with qtbot.waitSignal(box.node_chosen) as signal:
        place = box.results.visualItemRect(item).center()
        qtbot.mouseClick(box.results.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == ["lem:n1"]


def test_escape_leaves_without_choosing(box, qtbot):
    with qtbot.assertNotEmitted(box.node_chosen):
        qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    assert box.isHidden()


def test_nothing_found_and_nothing_ready_say_so(box, qtbot, make_snapshot):
    qtbot.keyClicks(box.field, "zzz")
    assert "Try a part of its label" in box.note.text()
    assert box.note.isVisible()
    box.show_snapshot(make_snapshot(7), None, lambda _node: QIcon())
    assert box.note.text() == "Getting ready to search…"
