"""The diagnostics table: order, filters, and what a click does."""

import pytest
from PySide6.QtCore import Qt

from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.ui.diagnostics.panel import DiagnosticsPanel
from blueprint_app.ui.theme import LIGHT

SEVERITY, MESSAGE, PLACE = 0, 1, 2
ROWS = (
    Diagnostic(Severity.NOTE, "unlabelled", "A lemma has no label.", "Add one.", Place("src/b.tex", 10), "lem:a"),
    Diagnostic(Severity.ERROR, "missing-file", "c.tex is missing.", "Add it.", Place("src/a.tex", 9)),
    Diagnostic(
        Severity.WARNING, "uses-unresolved", "lem:zeta is used.", "Correct it.", Place("src/a.tex", 10), "lem:b"
    ),
    Diagnostic(Severity.WARNING, "cycle", "A cycle.", "Break it.", None, "lem:c"),
)


@pytest.fixture
def panel(qtbot):
    made = DiagnosticsPanel()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show_diagnostics(ROWS, LIGHT)
    made.show()
    return made


def shown(panel, column=MESSAGE):
    return [panel.rows.index(row, column).data() for row in range(panel.rows.rowCount())]


def test_the_worst_stands_first(panel):
    assert shown(panel, SEVERITY) == ["Error", "Warning", "Warning", "Note"]


def test_places_are_sorted_by_file_and_line_number(panel):
    panel.table.sortByColumn(PLACE, Qt.SortOrder.AscendingOrder)
    assert shown(panel, PLACE) == ["", "a.tex:9", "a.tex:10", "b.tex:10"]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("zeta", ["lem:zeta is used."]),
        ("src/a.tex", ["c.tex is missing.", "lem:zeta is used."]),
        ("cycle", ["A cycle."]),
    ],
)
def test_the_filter_looks_at_all_columns_and_the_code(panel, qtbot, text, messages):
    qtbot.keyClicks(panel.filter_box, text)
    assert shown(panel) == messages


def test_a_severity_can_be_left_out_and_is_counted(panel, qtbot):
    assert panel.buttons[Severity.WARNING].text() == "2 warnings"
    assert panel.buttons[Severity.ERROR].text() == "1 error"
    qtbot.mouseClick(panel.buttons[Severity.WARNING], Qt.MouseButton.LeftButton)
    assert shown(panel, SEVERITY) == ["Error", "Note"]


def test_a_filter_that_leaves_nothing_says_so(panel, qtbot):
    qtbot.keyClicks(panel.filter_box, "nothing like it")
    assert panel.empty.isVisible()
    assert "meets the filter" in panel.empty.text()
    panel.filter_box.clear()
    assert panel.empty.isHidden()
    assert panel.table.isVisible()


def test_without_any_it_does_not_blame_the_filter(panel):
    panel.show_diagnostics((), LIGHT)
    assert panel.empty.isVisible()
    assert panel.empty.text().startswith("Nothing is wrong")
    assert panel.filter_box.isHidden()


def test_a_click_selects_the_node_and_a_double_click_opens_the_place(panel, qtbot):
    index = panel.rows.index(1, MESSAGE)
    place = panel.table.visualRect(index).center()
    with qtbot.waitSignal(panel.node_selected) as selected:
        qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert selected.args == ["lem:b"]
    with qtbot.waitSignal(panel.source_requested) as opened:
        qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [Place("src/a.tex", 10)]
