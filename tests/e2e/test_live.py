"""A window that follows its project: files are edited beside it, and what is shown turns while everything stays put."""

import shutil

import pytest
from PySide6.QtCore import Qt

from blueprint_app.insight.drift import DriftKind
from blueprint_app.model.headline import Headline
from blueprint_app.ui import app
from blueprint_app.ui.drift.change_dialog import ChangeDialog
from blueprint_app.ui.settings.settings import Settings

PATIENCE = 60_000


@pytest.fixture
def followed(opened, window, qtbot, sample_copy):
    """The window over a copy of the primes that it follows, and the copy."""
    folder = sample_copy("primes")
    with qtbot.waitSignal(window.session.renewed, timeout=PATIENCE):
        opened(folder)
    follower = window.lean.following._follower
    qtbot.waitUntil(follower.is_ready.is_set, timeout=PATIENCE)
    return window, folder


def headline(window, node):
    return window.session.project.snapshot.headlines[node]


def edit(path, old, new):
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def test_a_sorry_added_and_removed_is_seen_at_once(followed, qtbot):
    window, folder = followed
    sums = folder / "Primes" / "Sums.lean"
    before = sums.read_text()
    node = next(
        node.id
        for node in window.session.project.snapshot.blueprint.nodes
        if any(each.place and each.place.file == "Primes/Sums.lean" and each.kind == "theorem"
               for each in window.session.project.snapshot.node_evidence[node.id].declarations)
        and headline(window, node.id) is Headline.FORMALISED and node.proof.is_leanok
    )  # fmt: skip
    declaration = window.session.project.snapshot.node_evidence[node].declarations[0]
    lines = before.splitlines(keepends=True)
    last = declaration.place.end_line or declaration.place.line
    window.presenter.go_to(node)
    rects = window.graph.canvas.scene.rects.copy()
    with qtbot.waitSignal(window.lean.changed, timeout=PATIENCE):
        sums.write_text("".join((*lines[:last], "  sorry\n", *lines[last:])))
    assert headline(window, node) is Headline.CONTRADICTED
    assert window.changed_strip.isVisible()
    assert [turn.node for turn in window.changed_strip.turns] == [node]
    assert window.changed_strip.turns[0].words == "formalised → contradicted"
    assert (window.graph.canvas.scene.rects == rects).all()
    assert window.graph.canvas.selected == node
    with qtbot.waitSignal(window.lean.changed, timeout=PATIENCE):
        sums.write_text(before)
    assert headline(window, node) is Headline.FORMALISED
    assert not window.changed_strip.isVisible()


def test_a_new_lemma_stands_near_what_it_uses_and_nothing_else_moves(followed, qtbot):
    window, folder = followed
    scene = window.graph.canvas.scene
    before = {node: tuple(scene.rects[row]) for node, row in scene.index.items()}
    chapter = folder / "blueprint" / "src" / "chapters" / "sums.tex"
    lemma = "\n\\begin{lemma}\\label{lem:brand-new}\\uses{thm:euclid}New.\\end{lemma}\n"
    with qtbot.waitSignals([window.lean.changed, window.scenes.ready], timeout=PATIENCE):
        chapter.write_text(chapter.read_text() + lemma)
    after = window.graph.canvas.scene
    assert "lem:brand-new" in after.index
    assert {node: tuple(after.rects[after.index[node]]) for node in before} == before
    qtbot.waitUntil(lambda: window.outline.model.index_of("lem:brand-new").isValid(), timeout=PATIENCE)
    strip = window.changed_strip
    assert strip.turns[0].words == "new → informal"
    qtbot.mouseClick(strip.buttons[0], Qt.MouseButton.LeftButton)
    assert window.store.state.node == "lem:brand-new"
    qtbot.mouseClick(strip.close_button, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()


def test_a_project_that_is_deleted_and_comes_back_is_told(followed, qtbot, tmp_path):
    window, folder = followed
    shutil.move(folder, tmp_path / "away")
    qtbot.waitUntil(lambda: any(notice.topic == "folder" for notice in window.notices.notices), timeout=PATIENCE)
    assert window.session.project is not None
    shutil.move(tmp_path / "away", folder)
    qtbot.waitUntil(lambda: any("is back" in notice.text for notice in window.notices.notices), timeout=PATIENCE)


def test_two_windows_on_one_project_show_the_same_and_either_may_close(followed, qtbot, tmp_path):
    window, folder = followed
    other = app.make_window(Settings(tmp_path / "other.json"))
    other.show()
    with qtbot.waitSignal(other.session.renewed, timeout=PATIENCE):
        other.session.open(folder)
    qtbot.waitUntil(other.lean.following._follower.is_ready.is_set, timeout=PATIENCE)
    chapter = folder / "blueprint" / "src" / "chapters" / "sums.tex"
    with qtbot.waitSignals([window.lean.changed, other.lean.changed], timeout=PATIENCE):
        edit(chapter, "  \\lean{Primes.sumTo_congr}\n  \\leanok\n", "  \\lean{Primes.sumTo_congr}\n")
    assert window.session.project.snapshot == other.session.project.snapshot
    other.close()
    other.deleteLater()
    with qtbot.waitSignal(window.lean.changed, timeout=PATIENCE):
        edit(chapter, "  \\lean{Primes.sumTo_congr}\n", "  \\lean{Primes.sumTo_congr}\n  \\leanok\n")
    assert not window.changed_strip.isVisible()


def test_following_ends_with_the_project_and_by_the_setting(followed, qtbot):
    window, _folder = followed
    window.commands["file.follow"].trigger()
    assert not window.lean.following.is_on
    window.commands["file.follow"].trigger()
    assert window.lean.following.is_on
    window.commands["file.close"].trigger()
    assert not window.lean.following.is_on


def drift_row(window, kind):
    return next(row for row, each in enumerate(window.drift.rows.shown) if each.kind is kind)


def shown_dialog(window, qtbot):
    qtbot.waitUntil(lambda: window.findChild(ChangeDialog) is not None, timeout=PATIENCE)
    return window.findChild(ChangeDialog)


def test_a_drift_is_mended_byte_for_byte_and_the_change_is_taken_back(followed, qtbot):
    window, folder = followed
    window.commands["view.drift"].trigger()
    window.drift.table.selectRow(drift_row(window, DriftKind.FALSE_CLAIM))
    chosen = window.drift.rows.at(window.drift.table.currentIndex())
    assert window.store.state.node == chosen.node
    path = folder / chosen.edit.file
    before = path.read_bytes()
    with qtbot.waitSignal(window.drift.change_requested):
        qtbot.keyClick(window.drift.table, Qt.Key.Key_Return)
    dialog = shown_dialog(window, qtbot)
    assert "leanok" in dialog.text.toPlainText()
    assert path.read_bytes() == before
    with qtbot.waitSignal(window.lean.changed, timeout=PATIENCE):
        qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    lines = before.splitlines(keepends=True)
    del lines[chosen.place.line - 1]
    assert path.read_bytes() == b"".join(lines)
    assert headline(window, chosen.node) is not Headline.CONTRADICTED
    assert chosen not in window.drift.rows.shown
    notice = next(notice for notice in window.notices.notices if notice.topic == "change")
    with qtbot.waitSignal(window.lean.changed, timeout=PATIENCE):
        notice.offers[0].run()
    assert path.read_bytes() == before
    assert headline(window, chosen.node) is Headline.CONTRADICTED


def test_a_change_of_what_is_no_longer_there_is_refused(followed, qtbot):
    window, _folder = followed
    window.commands["file.follow"].trigger()
    drift = window.session.project.drift[0]
    path = _folder / drift.edit.file
    path.write_text("% " + path.read_text())
    before = path.read_bytes()
    window.mending.show_change(drift)
    qtbot.waitUntil(lambda: any(notice.topic == "change" for notice in window.notices.notices), timeout=PATIENCE)
    assert "has changed since it was read" in window.notices.notices[0].text
    assert path.read_bytes() == before


def test_escape_leaves_the_file_alone(followed, qtbot):
    window, folder = followed
    drift = window.session.project.drift[0]
    before = (folder / drift.edit.file).read_bytes()
    window.mending.show_change(drift)
    dialog = shown_dialog(window, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(ChangeDialog) is None or not dialog.isVisible(), timeout=PATIENCE)
    assert (folder / drift.edit.file).read_bytes() == before
