"""The tab of attempts in the real window: what is listed, read, chosen, judged and copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QInputDialog

from blueprint_app.assistant.records.places import ATTEMPTS, folder_name
from blueprint_app.assistant.records.record import Judgement, Outcome
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.model.provenance import statement_hash
from blueprint_app.ui.attempts.faithful_dialog import FaithfulDialog
from blueprint_app.ui.attempts.model import BY, NODE, OUTCOME, AttemptsModel
from blueprint_app.ui.drift.change_dialog import ChangeDialog
from blueprint_app.ui.findings.model import HINT_ROLE
from blueprint_app.ui.theme import LIGHT
from tests.assistant.records.attempts import full
from tests.fakes.attempts_of_primes import EXISTS, GOLDBACH, LARGE, UNIQUE, UNIQUE_3
from tests.ui.assistant.conftest import PATIENCE


def find(records, outcome, task="prove"):
    return next(record for record in records if record.outcome is outcome and record.task == task)


def test_qt_finds_no_fault_with_the_model(qtbot):
    model = AttemptsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_attempts((full(), full("lem:b", round=0)), LIGHT)
    assert tester.model().rowCount() == 2


def test_an_empty_project_says_what_to_do(open_here, qtbot):
    window = open_here()
    window.commands["view.attempts"].trigger()
    qtbot.waitUntil(
        lambda: window.attempts.panel is not None and window.attempts.panel.empty.isVisible(), timeout=PATIENCE
    )
    panel = window.attempts.panel
    assert panel.empty.text().startswith("Nothing was tried yet.\nSelect a node and choose a task under Assistant")
    assert not panel.filter_box.isVisible()


def test_attempts_are_listed_newest_first_with_all_that_counts(attempts, records):
    assert [record.id for record in attempts.rows.shown] == [record.id for record in records[::-1]]
    row = attempts.rows.row_of(lambda record: record.outcome is Outcome.VERIFIED)
    cells = [attempts.rows.index(row, column) for column in (OUTCOME, NODE, BY)]
    assert [cell.data() for cell in cells] == ["verified", UNIQUE, LARGE]
    assert [cell.data(HINT_ROLE) for cell in cells][:2] == ["statement matched, axioms allowed", "proof, round 3"]
    assert "2026-11-03" in cells[0].data(Qt.ItemDataRole.ToolTipRole)
    assert attempts.summary.text().startswith("8 attempts")


def test_a_click_on_an_attempt_selects_its_node_and_the_other_way_round(attempts, records, window, qtbot):
    row = attempts.rows.row_of(lambda record: record.node == EXISTS)
    attempts.table.scrollTo(attempts.rows.index(row, NODE))
    place = attempts.table.visualRect(attempts.rows.index(row, NODE)).center()
    qtbot.mouseClick(attempts.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.store.state.node == EXISTS
    window.presenter.go_to(GOLDBACH)
    assert attempts.current.node == GOLDBACH
    window.presenter.go_to("thm:euclid")
    assert attempts.current.node == GOLDBACH
    qtbot.keyClick(attempts.table, Qt.Key.Key_Down)
    assert window.store.state.node == attempts.current.node != "thm:euclid"


def test_the_switch_keeps_the_attempts_of_the_selected_node(attempts, window, qtbot):
    window.presenter.go_to(UNIQUE)
    attempts.scopes.button(1).click()
    assert {record.node for record in attempts.rows.shown} == {UNIQUE}
    window.presenter.go_to(EXISTS)
    assert {record.node for record in attempts.rows.shown} == {EXISTS}
    window.presenter.go_to("thm:euclid")
    assert attempts.empty.text() == "Nothing was tried at this node yet."
    attempts.offer.click()
    assert attempts.rows.rowCount() == 8


def test_the_filter_looks_at_models_obstacles_and_peoples_words(attempts):
    attempts.filter_box.setText("qwen findgreat")
    assert attempts.rows.rowCount() == 0
    assert attempts.empty.text() == "No attempt meets the filter."
    attempts.filter_box.setText("noether faithful")
    assert [record.node for record in attempts.rows.shown] == [GOLDBACH]


def test_an_attempt_is_read_with_its_errors_and_what_changed(read, records):
    failed = next(record for record in records if record.node == UNIQUE and record.round == 2)
    text = read(failed, "unknown identifier 'exists_mem_dvd'")
    assert "error: unknown identifier 'exists_mem_dvd'" in text
    assert "✗   8" in text
    assert "Lean, compared with round 1" in text
    assert "-unknown constant 'Factorisation.tail'" in text
    assert "prover.example.org" in text


def test_an_answer_in_words_is_shown_as_a_page(attempts, records, qtbot):
    explained = next(record for record in records if record.task == "explain")
    attempts.choose(explained.id)
    qtbot.waitUntil(lambda: attempts.detail.pages.currentWidget() is attempts.detail.reading, timeout=PATIENCE)
    shown = attempts.detail.reading.reader.toPlainText()
    assert "Two lists of primes with the same product" in shown
    assert "About this attempt" in shown
    assert attempts.detail.buttons["copy"].text() == "Copy answer"
    assert attempts.detail.buttons["accept"].isHidden()


def test_a_reply_that_was_changed_is_told_and_the_rest_is_shown(attempts, records, folder, read):
    verified = find(records, Outcome.VERIFIED)
    (folder / verified.file).with_name(verified.draft.file).write_text("by sorry")
    text = read(verified, "is not what the model wrote")
    assert "statement matched, axioms allowed" in text


def test_a_verified_draft_is_accepted_once_its_change_was_seen(attempts, records, read, window, folder, qtbot):
    verified = find(records, Outcome.VERIFIED)
    read(verified, "exists_mem_dvd")
    attempts.detail.buttons["accept"].click()
    qtbot.waitUntil(lambda: window.findChild(ChangeDialog) is not None, timeout=PATIENCE)
    dialog = window.findChild(ChangeDialog)
    assert "exists_mem_dvd" not in (folder / "Primes/Prime.lean").read_text()
    assert "+theorem exists_mem_dvd" in dialog.text.toPlainText()
    dialog.apply.click()
    qtbot.waitUntil(lambda: attempts.rows.shown and attempts.current.is_accepted, timeout=PATIENCE)
    assert "theorem exists_mem_dvd" in (folder / "Primes/Prime.lean").read_text()
    assert attempts.rows.index(attempts.table.currentIndex().row(), OUTCOME).data() == "accepted"
    qtbot.waitUntil(lambda: attempts.detail.buttons["accept"].isHidden(), timeout=PATIENCE)
    window.commands["assistant.trailer"].trigger()
    trailer = f"Assisted-by: blueprint-explorer:{LARGE} [prover.example.org]"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == trailer, timeout=PATIENCE)


def test_what_lean_rejects_cannot_be_accepted(read, records, attempts):
    read(next(record for record in records if record.node == EXISTS), "find_greatest")
    assert attempts.detail.buttons["accept"].isHidden()
    assert attempts.detail.buttons["faithful"].isHidden()
    assert not attempts.detail.buttons["note"].isHidden()


def test_a_draft_is_turned_down(attempts, records, read, qtbot):
    read(find(records, Outcome.VERIFIED), "exists_mem_dvd")
    attempts.detail.buttons["reject"].click()
    qtbot.waitUntil(lambda: attempts.current.is_rejected, timeout=PATIENCE)


def test_a_statement_is_compared_with_its_text_and_judged(attempts, records, read, window, folder, qtbot):
    drafted = find(records, Outcome.COMPILED, "state")
    read(drafted, "exists_primes_le_fermat")
    attempts.detail.buttons["faithful"].click()
    qtbot.waitUntil(lambda: window.findChild(FaithfulDialog) is not None, timeout=PATIENCE)
    dialog = window.findChild(FaithfulDialog)
    assert "There are at least" in dialog.reading.reader.toPlainText()
    assert "ps.Nodup" in dialog.lean.toPlainText()
    dialog.note.setText("Bounded by the wrong number?")
    dialog.no.click()
    qtbot.waitUntil(lambda: len(attempts.current.verdicts) == 2, timeout=PATIENCE)
    said = attempts.current.verdicts[-1]
    assert (said.verdict, said.note) == (Judgement.UNFAITHFUL, "Bounded by the wrong number?")
    node = window.session.project.snapshot.nodes[GOLDBACH]
    assert said.statement_sha256 == statement_hash(node)


def test_a_note_is_kept_beside_the_attempt(attempts, records, read, window, qtbot):
    record = records[0]
    read(record, "find_greatest")
    attempts.detail.buttons["note"].click()
    dialog = window.findChild(QInputDialog)
    dialog.setTextValue("Try the greedy choice.")
    dialog.accept()
    qtbot.waitUntil(lambda: "Try the greedy choice." in attempts.detail.text.toPlainText(), timeout=PATIENCE)


def test_a_draft_is_copied_as_it_is(attempts, records, read, qtbot):
    read(find(records, Outcome.VERIFIED), "exists_mem_dvd")
    attempts.detail.buttons["copy"].click()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == UNIQUE_3, timeout=PATIENCE)


def test_a_recurring_obstacle_leads_to_its_attempts(attempts, qtbot):
    attempts.views.button(1).click()
    table = attempts.insights.blockers
    assert table.item(0, 0).text() == "unknown identifier 'Nat.find_greatest'"
    place = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [record.node for record in attempts.rows.shown] == [EXISTS] * 2
    models = attempts.insights.models
    assert models.item(0, 0).text() == LARGE
    assert models.item(0, 2).text() == "1 of 2 proved"


def test_new_attempts_are_shown_and_what_is_read_stays(attempts, records, window, folder, qtbot):
    attempts.choose(records[2].id)
    AttemptStore(folder).write(full(EXISTS, start="2026-11-05T08:00:00+00:00"), "by simp", ".lean")
    window.lean.look_again()
    qtbot.waitUntil(lambda: attempts.rows.rowCount() == 9, timeout=PATIENCE)
    assert attempts.current.id == records[2].id
    assert window.bottom.tabText(window.bottom.indexOf(window.attempts.tab)) == "Attempts 9"


def test_a_damaged_record_is_passed_over_and_told_in_the_diagnostics(records, open_here, folder, qtbot):
    (folder / ATTEMPTS / folder_name(UNIQUE) / "hand-edited.yaml").write_text("schema: blueprint-attempt/1\nid: [\n")
    window = open_here()
    assert any(each.code == "attempt-damaged" for each in window.diagnostics.rows.shown)
    window.commands["view.attempts"].trigger()
    qtbot.waitUntil(
        lambda: window.attempts.panel is not None and window.attempts.panel.rows.rowCount() == 8, timeout=PATIENCE
    )


def test_another_project_has_other_attempts(attempts, window, sample_copy, qtbot):
    with qtbot.waitSignals([window.session.opened, window.session.renewed], timeout=PATIENCE):
        window.session.open(sample_copy("chapters"))
    qtbot.waitUntil(
        lambda: window.attempts.panel is not None and window.attempts.panel is not attempts, timeout=PATIENCE
    )
    assert window.attempts.panel.rows.rowCount() == 0


def test_the_disclosure_list_is_copied_and_none_is_said_to_be_none(records, open_here, qtbot):
    window = open_here()
    window.commands["assistant.trailer"].trigger()
    qtbot.waitUntil(
        lambda: any("nothing to attribute" in notice.text for notice in window.notices.notices), timeout=PATIENCE
    )
    window.commands["assistant.disclosure"].trigger()
    qtbot.waitUntil(lambda: f"| prove | {LARGE}" in QGuiApplication.clipboard().text(), timeout=PATIENCE)


def test_the_node_page_leads_to_the_attempt(records, open_here, qtbot):
    window = open_here()
    verified = find(records, Outcome.VERIFIED)
    window.presenter.go_to(UNIQUE)
    qtbot.waitUntil(
        lambda: (
            window.page.reading.reader is not None and "waits for a person" in window.page.reading.reader.toPlainText()
        ),
        timeout=PATIENCE,
    )
    window.page.deed_requested.emit(f"attempt.{verified.id}")
    qtbot.waitUntil(
        lambda: window.attempts.panel is not None and window.attempts.panel.current is not None, timeout=PATIENCE
    )
    assert window.attempts.is_shown()
    assert window.attempts.panel.current.id == verified.id
