"""The outline panel: Qt agrees with the model, clicks select, the filter speaks, and the numbers are honest."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtTest import QAbstractItemModelTester

from blueprint_app.insight.evidence_progress import evidence_progress_of
from blueprint_app.insight.progress import percent, progress_of
from blueprint_app.insight.search.filtering import NodeFilter
from blueprint_app.model import derive
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence
from blueprint_app.ui.outline.model import OutlineModel
from blueprint_app.ui.outline.panel import OutlinePanel
from blueprint_app.ui.outline.tree import outline_of


@pytest.fixture
def panel(qtbot, make_snapshot):
    made = OutlinePanel()
    qtbot.addWidget(made)
    made.resize(300, 500)
    snapshot = make_snapshot(7)
    made.show_outline(outline_of(snapshot), lambda _node: QIcon(), lambda _node: "claimed", filtered=False)
    made.show()
    return made


def test_qt_finds_no_fault_with_the_model(qtbot, make_snapshot):
    model = OutlineModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for count in (7, 0, 130):
        model.show_tree(outline_of(make_snapshot(count)), lambda _node: QIcon(), lambda _node: "")
        assert model.rowCount() == len(model.tree.roots)
    assert tester.model() is model


def test_a_click_selects_the_node(panel, qtbot):
    index = panel.model.index_of("the:n2")
    with qtbot.waitSignal(panel.node_selected) as signal:
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.view.visualRect(index).center())
    assert signal.args == ["the:n2"]


def test_showing_a_selection_says_nothing(panel, qtbot):
    with qtbot.assertNotEmitted(panel.node_selected):
        panel.view.select("lem:n4")
        panel.view.select(None)
        panel.view.select("lem:n1")
    assert panel.model.node_at(panel.view.currentIndex()) == "lem:n1"


def test_the_filter_speaks_once_typing_rests_and_escape_clears_it(panel, qtbot):
    with qtbot.waitSignal(panel.filter_changed) as signal:
        qtbot.keyClicks(panel.filter_box, "jensen")
    assert signal.args == ["jensen"]
    with qtbot.waitSignal(panel.filter_changed) as signal:
        qtbot.keyClick(panel.filter_box, Qt.Key.Key_Escape)
    assert signal.args == [""]
    assert panel.filter_box.text() == ""


def test_enter_in_the_filter_goes_to_the_first_node(panel, qtbot):
    with qtbot.waitSignal(panel.node_selected) as signal:
        qtbot.keyClick(panel.filter_box, Qt.Key.Key_Return)
    assert signal.args == ["def:n0"]


def test_a_filter_that_nothing_meets_says_so(panel, make_snapshot):
    panel.show_outline(outline_of(make_snapshot(7), ()), lambda _n: QIcon(), lambda _n: "", filtered=True)
    assert not panel.view.isVisible()
    assert panel._empty.text() == "No node meets the filter.\nEsc clears it."


def test_progress_names_numerator_and_total_and_leads_to_the_nodes(panel, qtbot, make_snapshot):
    panel.show_progress(progress_of(make_snapshot(9)), QColor("green"), QColor("lime"))
    assert "6 of 6" in panel.progress.summary.text()
    assert "6 of 9 statements declared done" in panel.progress.details.text()
    with qtbot.waitSignal(panel.filter_changed) as signal:
        panel.progress.details.linkActivated.emit("status:leanok")
    assert signal.args == ["status:leanok"]


@pytest.mark.parametrize(
    ("part", "total", "text"), [(199, 200, "99 %"), (200, 200, "100 %"), (0, 0, "–"), (1, 3, "33 %")]
)
def test_a_share_is_never_rounded_up(part, total, text):
    assert percent(part, total) == text


@pytest.mark.parametrize("level", [EvidenceLevel.SOURCE, EvidenceLevel.CHECKED])
def test_the_numbers_of_evidence_lead_to_the_nodes_that_they_count(panel, make_snapshot, level):
    bare = make_snapshot(9)
    axioms = () if level is EvidenceLevel.CHECKED else None
    known = {
        f"Demo.n{number}": DeclarationEvidence(
            f"Demo.n{number}", level, module="Demo", proof_sorry=number == 4, axioms=axioms
        )
        for number in range(9)
    }
    snapshot = derive.snapshot_of(bare.blueprint, evidence=ProjectEvidence(known))
    evidence = evidence_progress_of(snapshot)
    panel.show_progress(progress_of(snapshot), QColor("green"), QColor("lime"), evidence)
    links = re.findall(r'href="([^"]*)"[^>]*>(?:<b>)?(\d+)', panel.progress.details.text())
    assert any("verified" in query or "without-sorry" in query for query, _count in links)
    for query, count in links:
        assert len(NodeFilter(snapshot).matching(query)) == int(count), query
