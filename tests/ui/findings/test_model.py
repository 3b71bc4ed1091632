"""The table of findings: what its rows say, their order, and what a filter leaves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from blueprint_app.model.diagnostic import Severity
from blueprint_app.model.place import Place
from blueprint_app.ui.findings.finding import Finding
from blueprint_app.ui.findings.model import HINT_ROLE, Column, FindingsModel
from blueprint_app.ui.theme import LIGHT

TITLES = {Column.KIND: "Kind", Column.MESSAGE: "What", Column.NODE: "Node", Column.PLACE: "Place"}
FOUND = (
    Finding(Severity.NOTE, "Small", "Nothing much.", "Leave it.", "lem:a", Place("src/b.tex", 10), "trifle"),
    Finding(Severity.ERROR, "Großes", "Poincaré is missing.", "Add it.", "lem:b", Place("src/a.tex", 9)),
    Finding(Severity.WARNING, "Odd", "A cycle.", "", "", None),
)


@pytest.fixture
def described() -> list[Finding]:
    """What was put in words, in order."""
    return []


@pytest.fixture
def model(qapp, described):
    def describe(found: Finding) -> Finding:
        described.append(found)
        return found

    made = FindingsModel(TITLES, describe, lambda found: found.severity)
    made.show_findings(FOUND, LIGHT)
    return made


def test_qt_finds_no_fault_with_it(qtbot, model):
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.sort(3)
    model.show_only("missing")
    model.show_findings((), LIGHT)
    assert tester.model().rowCount() == 0


def test_only_what_is_looked_at_is_put_in_words_and_only_once(model, described):
    assert model.shown == FOUND
    model.sort(0)
    assert described == []
    for _ in range(2):
        assert model.index(0, 1).data() == "Poincaré is missing."
    assert described == [FOUND[1]]


def test_a_row_says_all_that_there_is_to_say(model):
    texts = [model.index(0, column).data() for column in range(model.columnCount())]
    assert texts == ["Small", "Nothing much.", "lem:a", "b.tex:10"]
    assert model.index(0, 1).data(HINT_ROLE) == "Leave it."
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Small Leave it."
    tooltip = model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert tooltip == "Nothing much.\nLeave it.\nlem:a  ·  src/b.tex:10"
    assert model.index(2, 3).data() == ""


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        (0, Qt.SortOrder.AscendingOrder, [1, 2, 0]),
        (0, Qt.SortOrder.DescendingOrder, [0, 2, 1]),
        (1, Qt.SortOrder.AscendingOrder, [2, 0, 1]),
        (3, Qt.SortOrder.AscendingOrder, [2, 1, 0]),
    ],
)
def test_rows_are_sorted(model, column, order, expected):
    model.sort(column, order)
    assert model.shown == tuple(FOUND[number] for number in expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("poincare", [1]), ("GROSSES add", [1]), ("src/b.tex", [0]), ("trifle", [0]), ("lem:", [0, 1]), ("nowhere", [])],
)
def test_the_filter_looks_at_all_columns_and_terms(model, text, expected):
    model.show_only(text)
    assert model.shown == tuple(FOUND[number] for number in expected)


def test_severities_can_be_left_out_and_the_filter_stays(model):
    model.show_only("", frozenset({Severity.ERROR}))
    assert model.shown == FOUND[1:2]
    model.show_findings(FOUND[1:] * 2, LIGHT)
    assert model.shown == (FOUND[1], FOUND[1])
