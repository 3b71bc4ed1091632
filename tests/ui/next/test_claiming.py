"""A claim in the real window: asked who, shown as a diff, written only when accepted, and told at once."""

import subprocess

import pytest

from blueprint_app.sources.claims_file import read_claims
from blueprint_app.ui.drift.change_dialog import ChangeDialog

BEFORE = "# ours\nschema: blueprint-claims/1\nclaims:\n  - node: gone\n    by: Ada   # she knows\n"


@pytest.fixture
def folder(tmp_path):
    project = tmp_path / "p"
    (project / "blueprint").mkdir(parents=True)
    (project / "blueprint" / "claims.yaml").write_text(BEFORE, newline="\n")
    for words in (("init", "-q"), ("config", "user.name", "Emmy Noether")):
        subprocess.run(("git", *words), cwd=project, check=True)
    return project


@pytest.fixture
def view(folder, open_window, qtbot):
    open_window.store.change(view="next")
    view = open_window.next_view
    qtbot.waitUntil(lambda: view.ready.table.rows.rowCount() > 0)
    view.ready.table.setCurrentIndex(view.ready.table.rows.index(0, 0))
    return view


def change_shown(window, qtbot):
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(ChangeDialog)))
    return next(each for each in window.findChildren(ChangeDialog) if each.isVisible())


def test_a_claim_is_shown_first_and_then_written(open_window, view, folder, qtbot):
    node = view.ready.table.rows.rows[0].node
    view.ready.reasons.claim.click()
    qtbot.waitUntil(lambda: open_window.next.dialog is not None)
    dialog = open_window.next.dialog
    assert dialog.person.text() == "Emmy Noether"
    dialog.days.setValue(0)
    dialog.note.setText("with Ada")
    dialog.show_change.click()
    change = change_shown(open_window, qtbot)
    assert "+    by: Emmy Noether" in change.text.toPlainText()
    assert (folder / "blueprint/claims.yaml").read_bytes() == BEFORE.encode()
    change.apply.click()
    qtbot.waitUntil(lambda: len(read_claims(folder).claims) == 2)
    after = (folder / "blueprint/claims.yaml").read_bytes().decode()
    assert after == BEFORE + f"  - node: {node}\n    by: Emmy Noether\n" + after[after.index("    since:") :]
    claim = read_claims(folder).claims[1]
    assert (claim.node, claim.expires, claim.note) == (node, None, "with Ada")
    # It is read again, the node sinks in the ranking, and it can be released.
    qtbot.waitUntil(lambda: view.ready.table.rows.rows[-1].node == node, timeout=10_000)
    qtbot.waitUntil(view.ready.reasons.release.isVisible)
    assert "Claimed by Emmy Noether" in view.ready.reasons.text.text()
    view.ready.filters.unclaimed.setChecked(True)
    qtbot.waitUntil(lambda: view.ready.table.rows.place_of(node) < 0)


def test_what_is_not_accepted_is_not_written(open_window, view, folder, qtbot):
    view.ready.reasons.claim.click()
    qtbot.waitUntil(lambda: open_window.next.dialog is not None)
    open_window.next.dialog.show_change.click()
    change_shown(open_window, qtbot).reject()
    assert (folder / "blueprint/claims.yaml").read_bytes() == BEFORE.encode()


def test_a_release_gives_the_file_back_as_it_was(open_window, view, folder, qtbot):
    node = view.ready.table.rows.rows[0].node
    entry = f"  - node: {node}\n    by: Emmy Noether\n"
    (folder / "blueprint/claims.yaml").write_text(BEFORE + entry, newline="\n")
    view.look_again()
    qtbot.waitUntil(view.ready.reasons.release.isVisible)
    view.ready.reasons.release.click()
    change_shown(open_window, qtbot).apply.click()
    qtbot.waitUntil(lambda: (folder / "blueprint/claims.yaml").read_bytes() == BEFORE.encode())


def test_a_claim_of_somebody_else_is_told(open_window, view, folder, qtbot):
    node = view.ready.table.rows.rows[0].node
    (folder / "blueprint/claims.yaml").write_text(BEFORE + f"  - node: {node}\n    by: Ada\n", newline="\n")
    view.ready.reasons.claim.click()
    qtbot.waitUntil(lambda: open_window.next.dialog is not None)
    open_window.next.dialog.show_change.click()
    qtbot.waitUntil(lambda: any("claimed by Ada" in each.text for each in open_window.notices.notices))


def test_what_is_wrong_in_the_file_is_shown(open_window, view, qtbot):
    assert view.ready.note.isVisible()
    assert "there is no such node" in view.ready.note.text()
