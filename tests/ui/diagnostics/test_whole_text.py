"""A finding that is longer than its row can be read in full without a mouse."""

import pytest

from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.ui.diagnostics.panel import DiagnosticsPanel
from blueprint_app.ui.theme import LIGHT

LONG = "Lean could not import P.Sums. " + "object file of module P.Sums does not exist; " * 12


@pytest.fixture
def panel(qtbot):
    made = DiagnosticsPanel()
    qtbot.addWidget(made)
    made.resize(700, 220)
    made.show_diagnostics(
        (Diagnostic(Severity.ERROR, "short", "Short.", "Do this."), Diagnostic(Severity.NOTE, "long", LONG, "Build.")),
        LIGHT,
    )
    made.show()
    return made


def test_the_current_row_is_told_in_full_where_it_is_cut(panel):
    assert not panel.whole.isVisible()
    panel.table.selectRow(1)
    assert panel.whole.isVisible()
    assert panel.whole.toPlainText() == f"{LONG}\nBuild."
    lines = panel.whole.height() / panel.fontMetrics().lineSpacing()
    assert 2 < lines < 8
    row = panel.table.visualRect(panel.rows.index(1, 1))
    assert panel.table.viewport().rect().contains(row)
    panel.table.selectRow(0)
    assert not panel.whole.isVisible()


def test_it_goes_with_its_row(panel):
    panel.table.selectRow(1)
    panel.filter_box.setText("short")
    assert not panel.whole.isVisible()
