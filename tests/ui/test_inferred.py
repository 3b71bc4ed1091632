"""Inferred edges in the window: offered once, shown on a person's word, told apart everywhere, and taken back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from blueprint_app.export.prose.page import page_of
from blueprint_app.model import derive
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence
from blueprint_app.ui.canvas.beside.legend import legend_rows


def without_uses(snapshot, refers=True):
    """The same nodes, each now referring to the one before it instead of using it."""

    def told(number, node):
        tex = f"As in \\ref{{{snapshot.blueprint.nodes[number - 1].id}}}." if number and refers else ""
        proof = node.proof and replace(node.proof, uses=())
        return replace(node, statement=replace(node.statement, tex=tex, uses=()), proof=proof)

    nodes = tuple(told(number, node) for number, node in enumerate(snapshot.blueprint.nodes))
    return derive.snapshot_of(replace(snapshot.blueprint, nodes=nodes), snapshot.reading)


@pytest.fixture
def unlinked(window, qtbot, make_snapshot, tmp_path):
    """The window with seven nodes that only refer to each other, in two chapters."""
    window.session._opener = lambda path, reading, _context: without_uses(make_snapshot(7, str(path), reading))
    open_project(window, qtbot, tmp_path / "unlinked")
    return window


def open_project(window, qtbot, path):
    with qtbot.waitSignals([window.session.opened, window.scenes.ready, window.session.searchable], timeout=20_000):
        window.session.open(path)


def offers(window):
    return [notice for notice in window.notices.notices if notice.topic == "inferred"]


def switch(window, qtbot, command="view.inferred"):
    with qtbot.waitSignal(window.scenes.ready):
        window.commands[command].trigger()


def test_they_are_offered_once_and_not_shown_unasked(unlinked, qtbot, tmp_path):
    window = unlinked
    assert not window.graph.scene.is_inferred
    assert len(window.graph.scene.edges) == 0
    (offer,) = offers(window)
    assert "6 uses can be inferred from references" in offer.text
    window.notices.dismiss(offer)
    window.session.close()
    open_project(window, qtbot, tmp_path / "unlinked")
    assert not offers(window)
    open_project(window, qtbot, tmp_path / "another")
    assert len(offers(window)) == 1


def test_the_offer_shows_them_and_goes(unlinked, qtbot):
    window = unlinked
    with qtbot.waitSignal(window.scenes.ready):
        offers(window)[0].offers[0].run()
    assert window.graph.scene.is_inferred
    assert len(window.graph.scene.edges) == 6
    assert not offers(window)


def test_the_legend_and_the_mark_say_what_they_are(unlinked, qtbot):
    window = unlinked
    assert not window.graph.inferred_mark.isVisible()
    switch(window, qtbot)
    rows = {row.text: row.count for row in legend_rows(window.graph.scene)}
    assert rows["inferred, not written by the author"] == 6
    assert not {"used in the statement", "used in the proof"} & set(rows)
    assert "6 inferred edges" in window.graph.canvas.accessibleDescription()
    assert window.graph.inferred_mark.isVisible()
    with qtbot.waitSignal(window.scenes.ready):
        qtbot.mouseClick(window.graph.inferred_mark, Qt.MouseButton.LeftButton)
    assert not window.graph.scene.is_inferred
    assert not window.graph.inferred_mark.isVisible()


def test_undo_takes_them_back_and_the_view_with_them(unlinked, qtbot):
    window = unlinked
    canvas = window.graph.canvas
    canvas.zoom(3.0, animated=False)
    window.store.change(viewport=canvas.view_state())
    before = canvas.view_state()
    switch(window, qtbot)
    assert canvas.view_state() != before
    assert window.commands["view.inferred"].isChecked()
    switch(window, qtbot, "edit.undo")
    assert not window.graph.scene.is_inferred
    assert canvas.view_state() == before
    switch(window, qtbot, "edit.redo")
    assert window.graph.scene.is_inferred


def test_each_chapter_has_its_own(unlinked, qtbot):
    window = unlinked
    switch(window, qtbot)
    with qtbot.waitSignal(window.scenes.ready):
        window.store.change(graph="chapter_2", viewport=None)
    assert (window.graph.scene.name, len(window.graph.scene.edges)) == ("inferred_chapter_2", 2)
    assert window.view_bar.graphs.currentText().startswith("Chapter 2")
    switch(window, qtbot)
    assert (window.graph.scene.name, len(window.graph.scene.edges)) == ("chapter_2", 0)


def test_the_choice_is_remembered_for_other_projects(unlinked, qtbot, tmp_path):
    window = unlinked
    switch(window, qtbot)
    assert window.settings["inferred"] is True
    window.session.close()
    open_project(window, qtbot, tmp_path / "another")
    assert window.graph.scene.is_inferred
    assert not offers(window)


def test_back_keeps_them_and_shows_the_whole_of_a_layout_it_does_not_know(unlinked, qtbot):
    window = unlinked
    window.presenter.go_to("def:n0")
    window.presenter.go_to("lem:n1")
    switch(window, qtbot)
    window.presenter.go_to("the:n2")
    window.store.back()
    window.store.back()
    assert window.store.state.node == "def:n0"
    assert window.store.state.inferred
    assert window.store.state.viewport is None


def test_a_blueprint_with_uses_of_its_own_never_shows_any(open_window, qtbot):
    window = open_window
    assert not window.commands["view.inferred"].isEnabled()
    window.store.change(inferred=True)
    qtbot.waitUntil(lambda: not window.jobs.is_running("scene"))
    assert not window.graph.scene.is_inferred
    assert not window.commands["view.inferred"].isChecked()
    assert not offers(window)


def test_they_come_anew_with_what_lean_says(unlinked, qtbot):
    window = unlinked
    switch(window, qtbot)
    project = window.session.project
    used = DeclarationEvidence("Demo.n6", EvidenceLevel.CHECKED, axioms=(), uses=("Demo.n2",))
    snapshot = derive.snapshot_of(
        project.snapshot.blueprint, project.snapshot.reading, ProjectEvidence({"Demo.n6": used})
    )
    rects = window.graph.scene.rects.copy()
    with qtbot.waitSignal(window.scenes.ready):
        window.session.renew(project.renewed(snapshot))
    assert len(window.session.project.inferred.whole.edges) == 7
    # What stood somewhere stands there still.
    assert (window.graph.scene.rects == rects).all()
    assert window.graph.scene.is_inferred


def test_they_are_offered_when_lean_is_the_first_to_tell_of_any(window, qtbot, make_snapshot, tmp_path):
    window.session._opener = lambda path, reading, _context: without_uses(make_snapshot(7, str(path), reading), False)
    open_project(window, qtbot, tmp_path / "silent")
    assert not offers(window)
    assert not window.commands["view.inferred"].isEnabled()
    project = window.session.project
    used = DeclarationEvidence("Demo.n6", EvidenceLevel.CHECKED, axioms=(), uses=("Demo.n2",))
    evidence = ProjectEvidence({"Demo.n6": used})
    snapshot = derive.snapshot_of(project.snapshot.blueprint, project.snapshot.reading, evidence)
    window.session.renew(project.renewed(snapshot))
    assert "1 use can be inferred from Lean." in offers(window)[0].text
    assert window.commands["view.inferred"].isEnabled()


def test_the_page_lists_them_apart(unlinked, qtbot):
    window = unlinked
    project = window.session.project
    plain = page_of(project.snapshot, "lem:n1").html
    assert "inferred" not in plain
    assert "The blueprint says nowhere what uses what." in plain
    html = page_of(project.snapshot, "lem:n1", inferred=project.inferred).html
    uses, _, used_by = html.partition("Used by ")
    for part, other in ((uses, "def:n0"), (used_by, "the:n2")):
        listed = part.rpartition('<div class="inferred">')[2] if part is uses else part.partition("inferred")[2]
        assert "inferred from references, not written by the author" in part
        assert other in listed
    # The counts are of what was written.
    assert html.count('<span class="count">0</span>') == 2
    with qtbot.waitSignal(
        window.page.reading.rendered, check_params_cb=lambda node, *_counts: node == "lem:n1", timeout=10_000
    ):
        window.presenter.go_to("lem:n1")
    assert "inferred" not in window.page.reading._content.html
    window.commands["view.inferred"].trigger()
    qtbot.waitUntil(lambda: "inferred from references" in window.page.reading._content.html)
