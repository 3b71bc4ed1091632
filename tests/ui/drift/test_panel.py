"""The drift inbox: what its rows say, what a click, a double click and Enter do, and what its emptiness means."""

import dataclasses

import pytest
from PySide6.QtCore import Qt

from blueprint_app.insight.drift import Drift, DriftKind, TexEdit
from blueprint_app.insight.evidence_progress import EvidenceProgress
from blueprint_app.model.place import Place
from blueprint_app.ui.drift.panel import DriftPanel
from blueprint_app.ui.drift.words import WORDS, severity_of
from blueprint_app.ui.findings.model import HINT_ROLE
from blueprint_app.ui.theme import LIGHT

KIND, MESSAGE = 0, 1
EDIT = TexEdit("Remove \\leanok", "src/a.tex", lambda text: text)
ROWS = (
    Drift(DriftKind.FALSE_CLAIM, "lem:a", "A.a holds a sorry.", Place("src/a.tex", 3), ("A.a", "A.b"), EDIT),
    Drift(DriftKind.CYCLE, "lem:b", "lem:b → lem:c → lem:b", Place("src/b.tex", 9)),
)
READ = EvidenceProgress(
    is_known=True, named=5, asked=0, to_prove=5, without_sorry=3, verified=0, contradicted=1, stale=0
)


@pytest.fixture
def panel(qtbot):
    made = DriftPanel()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show_drift(ROWS, READ, LIGHT)
    made.show()
    return made


def test_a_row_says_what_drifted_and_what_would_mend_it(panel):
    index = panel.rows.index(0, MESSAGE)
    assert index.data() == "A.a holds a sorry."
    assert index.data(HINT_ROLE) == "Remove \\leanok.  (A.a → A.b)"
    assert panel.rows.index(1, MESSAGE).data(HINT_ROLE) == "Take one \\uses out of the circle."
    assert panel.rows.index(0, KIND).data() == "False claim"


def test_every_kind_has_words_and_a_severity():
    assert set(WORDS) == set(DriftKind)
    assert all(severity_of(kind) for kind in DriftKind)


def test_a_click_selects_the_node_and_a_double_click_opens_the_source(panel, qtbot):
    place = panel.table.visualRect(panel.rows.index(1, MESSAGE)).center()
    with qtbot.waitSignal(panel.node_selected) as signal:
        qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == ["lem:b"]
    assert not panel.change_button.isEnabled()
    with qtbot.waitSignal(panel.source_requested) as signal:
        qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == [Place("src/b.tex", 9)]


@pytest.mark.parametrize("how", ["key", "button"])
def test_enter_and_the_button_ask_for_the_change(panel, qtbot, how):
    panel.table.selectRow(0)
    with qtbot.waitSignal(panel.change_requested) as signal:
        if how == "key":
            qtbot.keyClick(panel.table, Qt.Key.Key_Return)
        else:
            qtbot.mouseClick(panel.change_button, Qt.MouseButton.LeftButton)
    assert signal.args == [ROWS[0]]


def test_enter_opens_the_source_where_no_line_would_mend_it(panel, qtbot):
    panel.table.selectRow(1)
    with qtbot.waitSignal(panel.source_requested):
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)


def test_the_filter_looks_at_all_that_is_shown(panel, qtbot):
    qtbot.keyClicks(panel.filter_box, "remove lem:a")
    assert panel.rows.shown == ROWS[:1]


def test_the_current_row_stays_when_the_inbox_comes_anew_and_selects_nothing(panel, qtbot):
    panel.table.selectRow(1)
    with qtbot.assertNotEmitted(panel.node_selected):
        panel.show_drift(ROWS[1:], READ, LIGHT)
    assert panel.rows.at(panel.table.currentIndex()) == ROWS[1]


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (dataclasses.replace(READ, is_known=False), "No Lean side was looked at"),
        (READ, "Lean was not asked"),
        (dataclasses.replace(READ, asked=READ.named), "what Lean itself says"),
        (dataclasses.replace(READ, asked=1), "Lean was asked about 1 of"),
    ],
)
def test_an_empty_inbox_says_what_was_compared(panel, evidence, words):
    panel.show_drift((), evidence, LIGHT)
    assert panel.empty.isVisible()
    assert panel.empty.text().startswith("Nothing drifted")
    assert words in panel.empty.text()


def test_a_filter_that_leaves_nothing_says_so(panel, qtbot):
    qtbot.keyClicks(panel.filter_box, "nothing like it")
    assert panel.empty.isVisible()
    assert "meets the filter" in panel.empty.text()
    assert panel.filter_box.isVisible(), "it has to be cleared there"
    panel.filter_box.clear()
    assert panel.empty.isHidden()
    assert panel.rows.rowCount() == len(ROWS)


@pytest.mark.parametrize("width", [560, 900, 1400])
def test_what_drifted_has_the_most_room(panel, qtbot, width):
    panel.resize(width, 300)
    widths = [panel.table.columnWidth(column) for column in range(panel.rows.columnCount())]
    qtbot.waitUntil(lambda: panel.table.columnWidth(MESSAGE) > panel.table.columnWidth(MESSAGE + 1) > 0)
    assert sum(widths) <= panel.table.viewport().width()
