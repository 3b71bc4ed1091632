"""Every command in the states that the window can be in: what cannot be done says why, in words of its own."""

import threading
from collections import defaultdict

import pytest

from blueprint_app import cli
from blueprint_app.ui.commands.conditions import NO_PROJECT, SNAPSHOT

PATIENCE = 60_000
GOLDBACH = "thm:goldbach"

UNDO, REDO = "Nothing to undo: the view was not changed.", "Nothing to redo: no change was undone."
BACK, FORWARD = "No other node was shown before this.", "Back was not taken: there is nothing ahead."
NOT_AT_WORK = "The assistant is not at work."
NO_NODE = "No node is selected."
NO_LEAN = "There is no Lean on this machine: install elan, or put lake on PATH."
NOT_IN_FRONT = "The graph is not in front: Alt+1 brings it there."
ALWAYS = {
    REDO: {"edit.redo"},
    FORWARD: {"go.forward"},
    NOT_AT_WORK: {"assistant.stop"},
    "All of the graph is shown already.": {"graph.show_all"},
    "The graph is not focused on a node: focus on one first.": {
        "graph.up", "graph.less_up", "graph.down", "graph.less_down",
    },
    "The blueprint says itself what uses what: nothing has to be inferred.": {"view.inferred"},
    "The history was not read yet: open the Progress view.": {"view.replay"},
}  # fmt: skip
"""In the sample, as it is opened."""

OF_THEIR_OWN = {"view.scheme_contributor", "view.scheme_recency"}
"""What can be done depends on what was read of the past: the tests of the Progress view tell."""

IN_A_FOLDER = {"No evidence was imported for this project.": {"lean.drop"}}
ABOUT_A_NODE = {
    "file.source", "edit.copy_label", "edit.claim", "edit.release", "view.zoom", "graph.focus", "graph.foundation",
    "graph.impact_focus", "graph.path", "graph.impact",
    *(f"assistant.{name}" for name in (
        "explain", "explain_newcomer", "explain_formaliser", "state", "prove", "critique", "counterexample", "split",
        "retell", "related",
    )),
}  # fmt: skip
WITHOUT_PROJECT = {
    "file.open", "file.open_snapshot", "file.follow", "file.settings", "file.quit", "view.outline", "view.page",
    "view.larger", "view.smaller", "view.full", "go.command", "assistant.models",
}  # fmt: skip


def reasons(window) -> dict[str, set[str]]:
    """The commands that cannot be done, by why; what shows a reason is seen to agree."""
    window.commands.refresh()
    found = defaultdict(set)
    for command in window.commands.table:
        action, reason = window.commands[command.id], window.commands.hindrance(command.id)
        assert action.isEnabled() == (not reason), command.id
        if reason:
            assert reason.endswith("."), command.id
            assert action.statusTip() == reason
            assert reason in action.toolTip()
            if command.id not in OF_THEIR_OWN:
                found[reason].add(command.id)
        else:
            assert action.statusTip() == command.hint
    return dict(found)


@pytest.fixture
def with_lean(tmp_path, monkeypatch):
    """There is a `lake` on PATH; nothing calls it."""
    (tmp_path / "lake").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "lake").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))


def test_without_a_project(window):
    found = reasons(window)
    without = found.pop(NO_PROJECT)
    assert found == {
        UNDO: {"edit.undo"},
        REDO: {"edit.redo"},
        BACK: {"go.back"},
        FORWARD: {"go.forward"},
        NOT_AT_WORK: {"assistant.stop"},
    }
    told = without.union(*found.values())
    can = {command.id for command in window.commands.table} - told
    assert {each for each in can if not each.startswith(("help.", "view.theme_", "view.scheme_"))} == WITHOUT_PROJECT


def test_in_a_project(opened, sample_copy, with_lean, qtbot, monkeypatch):
    window = opened(sample_copy("primes"))
    usual = ALWAYS | IN_A_FOLDER
    assert reasons(window) == usual | {NO_NODE: ABOUT_A_NODE, UNDO: {"edit.undo"}, BACK: {"go.back"}}
    window.presenter.go_to(GOLDBACH)
    assert reasons(window) == usual
    window.store.change(view="list")
    assert reasons(window) == usual | {NOT_IN_FRONT: {"view.fit", "view.new_layout"}}
    window.commands["view.zoom"].trigger()
    assert window.store.state.view == "graph"
    window.store.change(view="next")
    window.commands["go.graph"].trigger()
    assert reasons(window) == usual
    monkeypatch.setenv("PATH", "/nowhere")
    assert reasons(window) == usual | {NO_LEAN: {"lean.ask", "lean.build"}}


@pytest.mark.parametrize(
    ("slot", "reason", "commands"),
    [
        ("ask", "Lean is being asked already.", {"ask", "build", "export", "import", "drop"}),
        ("build", "A build is running already.", {"ask", "build", "export", "import", "drop"}),
        ("packages", "The packages are being read already.", {"packages"}),
    ],
)
def test_what_is_under_way_is_not_begun_again(opened, sample_copy, with_lean, qtbot, slot, reason, commands):
    window, gate = opened(sample_copy("primes")), threading.Event()
    window.jobs.start(slot, lambda _context: gate.wait(60), lambda _done: None)
    assert reasons(window)[reason] == {f"lean.{command}" for command in commands}
    gate.set()
    qtbot.waitUntil(lambda: not window.jobs.is_running(slot), timeout=PATIENCE)
    assert reason not in reasons(window)


def test_in_a_snapshot(window, sample_copy, qtbot, tmp_path, with_lean):
    path = tmp_path / "primes.bpsnap"
    assert cli.main(["snapshot", str(sample_copy("primes")), "-o", str(path)]) == 0
    with qtbot.waitSignals([window.session.opened, window.scenes.ready, window.session.filtered], timeout=PATIENCE):
        window.session.open(path)
    window.presenter.go_to(GOLDBACH)
    needs_folder = {each.id for each in window.commands.table if each.needs_folder}
    assert reasons(window) == ALWAYS | {SNAPSHOT: needs_folder}


def test_the_menu_tells_it_beside_the_pointer(window, qtbot):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QApplication, QToolTip

    menu = next(action.menu() for action in window.menuBar().actions() if action.text() == "&File")
    menu.popup(window.pos())
    qtbot.waitUntil(menu.isVisible)
    middle = menu.actionGeometry(window.commands["file.reload"]).center()
    QApplication.sendEvent(menu, QHelpEvent(QEvent.Type.ToolTip, middle, menu.mapToGlobal(middle)))
    assert QToolTip.text() == NO_PROJECT
    menu.close()
