"""The Standing tab in the real window: what a node waits for, what rests on it, and what it takes on trust."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication

from blueprint_app.export.planning.trust_text import trust_as_markdown
from blueprint_app.insight.graph.trust import trust_report
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place
from blueprint_app.ui.standing.page import standing_as_text, standing_page

PATIENCE = 20_000


@pytest.fixture
def tab(open_window):
    """The tab, in front, with no node selected yet."""
    open_window.commands["go.standing"].trigger()
    return open_window.standing.tab


def said(tab):
    return tab.reader.toPlainText()


def test_without_a_node_it_says_what_to_do(tab):
    assert "Select a node" in tab.words.text()
    assert tab.reader.isHidden()
    assert tab.copy.isHidden()


def test_it_tells_of_the_selected_node_and_of_no_other(tab, open_window, qtbot):
    open_window.presenter.go_to("lem:n4")
    qtbot.waitUntil(lambda: "Lemma 2.4 n4" in said(tab), timeout=PATIENCE)
    assert "2 nodes rest on it, 1 of them directly." in said(tab)
    open_window.presenter.go_to("lem:n1")
    assert tab.reader.isHidden(), "what was worked out for another node is not shown for this one"
    qtbot.waitUntil(lambda: "5 nodes rest on it, 1 of them directly." in said(tab), timeout=PATIENCE)


def test_a_link_selects_its_node(tab, open_window, qtbot):
    open_window.presenter.go_to("lem:n4")
    qtbot.waitUntil(lambda: not tab.reader.isHidden(), timeout=PATIENCE)
    tab.reader.anchorClicked.emit(QUrl("node:lem%3An1"))
    assert open_window.store.state.node == "lem:n1"


def test_behind_the_page_nothing_is_worked_out(open_window, qtbot):
    open_window.presenter.go_to("lem:n4")
    assert not open_window.jobs.is_running("standing")


def test_with_the_right_side_hidden_nothing_is_worked_out(tab, open_window, qtbot):
    open_window.commands["view.page"].trigger()
    open_window.presenter.go_to("lem:n4")
    assert not open_window.jobs.is_running("standing")
    open_window.commands["view.page"].trigger()
    qtbot.waitUntil(lambda: "Lemma 2.4 n4" in said(tab), timeout=PATIENCE)


def test_what_fails_is_told_and_asked_again(tab, open_window, qtbot, monkeypatch):
    from blueprint_app.ui.standing import page

    def fail(_snapshot, _node):
        raise BlueprintError("It cannot be told.", "Try again.")

    with monkeypatch.context() as broken:
        broken.setattr(page, "standing_page", fail)
        open_window.presenter.go_to("lem:n4")
        qtbot.waitUntil(lambda: "It cannot be told." in tab.words.text(), timeout=PATIENCE)
    open_window.presenter.go_to("lem:n1")
    open_window.presenter.go_to("lem:n4")
    qtbot.waitUntil(lambda: "Lemma 2.4 n4" in said(tab), timeout=PATIENCE)


def test_it_can_be_copied(tab, open_window, qtbot):
    open_window.presenter.go_to("lem:n4")
    qtbot.waitUntil(lambda: not tab.reader.isHidden(), timeout=PATIENCE)
    tab.copy.click()
    snapshot = open_window.session.project.snapshot
    qtbot.waitUntil(
        lambda: QGuiApplication.clipboard().text() == standing_as_text(snapshot, "lem:n4"), timeout=PATIENCE
    )


def test_the_trust_report_is_copied_for_a_referee(tab, open_window, qtbot):
    open_window.presenter.go_to("lem:n4")
    qtbot.waitUntil(lambda: not tab.reader.isHidden(), timeout=PATIENCE)
    tab.copy_trust.click()
    snapshot = open_window.session.project.snapshot
    report = trust_as_markdown(snapshot, trust_report(snapshot, "lem:n4"))
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == report, timeout=PATIENCE)


def test_an_assumption_leads_to_its_place(tab, open_window, qtbot):
    open_window.presenter.go_to("lem:n4")
    qtbot.waitUntil(lambda: "content.tex:" in said(tab), timeout=PATIENCE)
    with qtbot.waitSignal(open_window.standing.source_requested) as asked:
        tab.reader.anchorClicked.emit(QUrl("source:blueprint/src/content.tex#5"))
    assert asked.args == [Place("blueprint/src/content.tex", 5)]


def test_goals_and_chapters_are_told_of_what_rests_on_it(make_snapshot):
    html = standing_page(make_snapshot(6), "lem:n1").html
    assert "Goal theorems among them (1)" in html
    assert "2 Chapter 2: 3" in html


def test_when_the_project_is_closed_it_is_empty(tab, open_window, qtbot):
    open_window.presenter.go_to("lem:n4")
    qtbot.waitUntil(lambda: not tab.reader.isHidden(), timeout=PATIENCE)
    open_window.session.close()
    assert tab.reader.isHidden()


def test_the_page_names_what_comes_first_and_what_is_taken_on_trust(make_snapshot):
    html = standing_page(make_snapshot(7), "lem:n4").html
    assert html.index("What must be done first") < html.index("If this is wrong") < html.index("What it takes on trust")
    assert 'href="node:lem%3An1"' in html or 'href="node:lem:n1"' in html
