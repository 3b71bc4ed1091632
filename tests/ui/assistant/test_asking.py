"""From a node to an answer: what is shown before it is sent, what comes back, and what happens when it does not."""

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox

from blueprint_app.assistant.endpoints.settings_file import read_model_settings, settings_path
from blueprint_app.assistant.tasks import TASKS, Audience, Task
from blueprint_app.ui.assistant.menu import TASK_ENTRIES
from blueprint_app.ui.assistant.models.dialog import ModelsDialog
from blueprint_app.ui.assistant.sent_dialog import SentDialog
from tests.fakes.model_server import Answer, context_too_long, cut, says, wrong_key
from tests.ui.assistant.conftest import PATIENCE, shown

ANSWER = "Take $N = n! + 1$; see [[lem:prime-divisor]] and [[lem:nowhere]].\n\n\\[ p \\mid N \\]"


def test_the_menu_has_every_task_in_the_assistants_own_words():
    assert {entry.task for entry in TASK_ENTRIES} == set(Task)
    assert {entry.audience for entry in TASK_ENTRIES} == set(Audience)
    for entry in TASK_ENTRIES:
        assert entry.title.replace("&", "").startswith(TASKS[Task(entry.task)].title)


def test_without_a_model_the_panel_says_what_to_do_and_opens_the_dialog(compose, opened, qtbot):
    panel = compose("thm:euclid", "explain")
    assert panel.message.text().startswith("No model is set up.\nAdd an endpoint")
    panel.buttons["Models…"].click()
    dialog = opened.findChild(ModelsDialog)
    assert dialog is not None
    dialog.reject()


def test_what_is_sent_is_listed_and_required_pieces_stay(compose, set_up):
    set_up()
    panel = compose("thm:euclid", "explain")
    sections = panel.composer.sections
    rows = [sections.topLevelItem(row) for row in range(sections.topLevelItemCount())]
    assert any("Statement" in row.text(0) or "statement" in row.text(0).lower() for row in rows)
    fixed = [row for row in rows if not row.flags() & Qt.ItemFlag.ItemIsUserCheckable]
    free = [row for row in rows if row.flags() & Qt.ItemFlag.ItemIsUserCheckable]
    assert fixed
    assert free
    before = sections.tokens
    free[0].setCheckState(0, Qt.CheckState.Unchecked)
    assert sections.tokens < before
    assert f"About {sections.tokens:,} tokens to alpha on 127.0.0.1" in panel.composer.total.text()
    assert panel.heading.text() == "Theorem 3.5 (Euclid)"


def test_an_answer_comes_with_formulas_links_and_marks(compose, set_up, model_server, opened, qtbot):
    set_up()
    model_server.then(says(ANSWER, thinking="Let me see."))
    panel = compose("thm:euclid", "explain")
    panel.composer.note.setPlainText("Mind the case n = 0.")
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Copy answer" in panel.buttons and "n! + 1" in shown(panel), timeout=PATIENCE)
    assert "Mind the case n = 0." in model_server.questions[0].text
    qtbot.waitUntil(lambda: "lem:nowhere" in shown(panel), timeout=PATIENCE)
    html = panel.reading._content.html
    assert 'class="unresolved' in html or "unresolved" in html
    assert "Let me see." in html
    panel.reading.node_requested.emit("lem:prime-divisor")
    assert opened.store.state.node == "lem:prime-divisor"
    panel.buttons["Copy answer"].click()
    assert QGuiApplication.clipboard().text() == ANSWER
    assert "11 + 7 tokens" in panel.status.text()


def test_a_piece_that_is_taken_out_is_not_sent(compose, set_up, model_server, qtbot):
    set_up()
    panel = compose("thm:euclid", "explain")
    sections = panel.composer.sections
    proof = next(
        row
        for row in map(sections.topLevelItem, range(sections.topLevelItemCount()))
        if row.text(0).startswith("Proof of")
    )
    proof.setCheckState(0, Qt.CheckState.Unchecked)
    panel.composer.send.click()
    qtbot.waitUntil(lambda: model_server.count() == 1, timeout=PATIENCE)
    assert "Let $p$ be a prime divisor" not in model_server.questions[0].text
    qtbot.waitUntil(lambda: "Copy answer" in panel.buttons, timeout=PATIENCE)


def test_the_conversation_goes_on(compose, set_up, model_server, qtbot):
    set_up()
    model_server.then(says("First."), says("Second."))
    panel = compose("thm:euclid", "explain")
    panel.composer.send.click()
    qtbot.waitUntil(lambda: panel.further.isVisible() and panel.further.isEnabled(), timeout=PATIENCE)
    qtbot.keyClicks(panel.further, "And why?")
    qtbot.keyClick(panel.further, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Second." in shown(panel), timeout=PATIENCE)
    assert [role for role, _ in model_server.questions[1].messages][-3:] == ["user", "assistant", "user"]
    assert model_server.questions[1].messages[-1][1] == "And why?"
    qtbot.waitUntil(lambda: "First." in shown(panel), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "And why?" in shown(panel), timeout=PATIENCE)


def test_stop_takes_effect_at_once_and_what_came_stays(compose, set_up, model_server, qtbot, opened):
    set_up()
    gate = threading.Event()
    model_server.then(Answer("Half of an answer, and the rest of it", gate=gate, pieces=2))
    panel = compose("thm:euclid", "explain")
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Half" in shown(panel), timeout=PATIENCE)
    assert panel.stop.isVisible()
    assert not opened.commands["assistant.explain"].isEnabled()
    opened.commands["assistant.stop"].trigger()
    assert not opened.assistant.is_busy()
    assert panel.stop.isHidden()
    qtbot.waitUntil(lambda: "Incomplete. The answer was stopped." in shown(panel), timeout=PATIENCE)
    assert model_server.questions[0].closed.wait(10)
    assert "Try again" in panel.buttons
    gate.set()


def test_an_answer_that_is_cut_is_marked_and_takes_no_further_question(compose, set_up, model_server, qtbot):
    set_up()
    model_server.then(cut("The beginning"))
    panel = compose("thm:euclid", "explain")
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Incomplete. The answer was cut off" in shown(panel), timeout=PATIENCE)
    assert not panel.further.isVisible()
    model_server.then(says("The whole."))
    panel.buttons["Try again"].click()
    qtbot.waitUntil(lambda: "The whole." in shown(panel), timeout=PATIENCE)
    assert "The beginning" not in shown(panel)


@pytest.mark.parametrize(("answer", "offer"), [(wrong_key(), "Models…"), (context_too_long(), "Trim the context")])
def test_a_trouble_is_told_with_a_way_out(compose, set_up, model_server, qtbot, answer, offer):
    set_up()
    model_server.then(answer)
    panel = compose("thm:euclid", "explain_formaliser")
    everything = panel.composer.sections.tokens
    panel.composer.send.click()
    qtbot.waitUntil(lambda: offer in panel.buttons, timeout=PATIENCE)
    if offer == "Trim the context":
        panel.buttons[offer].click()
        qtbot.waitUntil(lambda: panel.composer.send.isEnabled(), timeout=PATIENCE)
        assert panel.pages.currentWidget() is panel.composer
        assert panel.composer.sections.tokens < everything


def test_before_the_first_call_to_a_host_all_of_the_text_is_shown(compose, set_up, model_server, opened, qtbot):
    endpoint = set_up(agreed=False)
    panel = compose("thm:euclid", "explain")
    panel.composer.send.click()
    qtbot.waitUntil(lambda: opened.findChild(SentDialog) is not None, timeout=PATIENCE)
    dialog = opened.findChild(SentDialog)
    cancel = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel)
    assert cancel.isDefault()
    assert not dialog.send.isDefault()
    assert dialog.send.text() == f"Send to {endpoint.host}"
    told = dialog.text.toPlainText()
    cancel.click()
    assert model_server.count() == 0
    qtbot.waitUntil(lambda: opened.findChild(SentDialog) is None)
    panel.composer.send.click()
    qtbot.waitUntil(lambda: opened.findChild(SentDialog) is not None, timeout=PATIENCE)
    opened.findChild(SentDialog).send.click()
    qtbot.waitUntil(lambda: model_server.count() == 1, timeout=PATIENCE)
    for _role, content in model_server.questions[0].messages:
        assert content in told
    assert endpoint.host in read_model_settings(settings_path()).consented
    qtbot.waitUntil(lambda: "Copy answer" in panel.buttons, timeout=PATIENCE)
    panel.buttons["New question"].click()
    qtbot.waitUntil(lambda: panel.composer.send.isEnabled(), timeout=PATIENCE)
    panel.composer.send.click()
    qtbot.waitUntil(lambda: model_server.count() == 2, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Copy answer" in panel.buttons, timeout=PATIENCE)


def test_what_would_be_sent_can_be_read_without_sending(compose, set_up, model_server, opened, qtbot):
    set_up()
    panel = compose("thm:euclid", "explain")
    panel.composer.look.click()
    qtbot.waitUntil(lambda: opened.findChild(SentDialog) is not None, timeout=PATIENCE)
    dialog = opened.findChild(SentDialog)
    assert "For every $n$ there is a prime" in dialog.text.toPlainText()
    dialog.reject()
    assert model_server.count() == 0


def test_composing_follows_the_selection_and_a_conversation_does_not(compose, set_up, opened, qtbot):
    set_up()
    panel = compose("thm:euclid", "explain")
    opened.presenter.go_to("lem:prime-divisor")
    qtbot.waitUntil(lambda: panel.label.text() == "lem:prime-divisor" and panel.composer.send.isEnabled())
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Copy answer" in panel.buttons, timeout=PATIENCE)
    opened.presenter.go_to("thm:euclid")
    assert panel.label.text() == "lem:prime-divisor"
    panel.buttons["New question"].click()
    assert panel.label.text() == "thm:euclid"


def test_a_task_that_cannot_be_done_says_why(compose, set_up):
    set_up()
    panel = compose("def:prime", "counterexample")
    assert "definition" in panel.message.text()


def test_another_project_takes_its_own_assistant(compose, set_up, opened, qtbot, sample_copy):
    set_up()
    compose("thm:euclid", "explain")
    first = opened.assistant.assistance
    with qtbot.waitSignals([opened.session.opened, opened.session.renewed], timeout=PATIENCE):
        opened.session.open(sample_copy("cycle"))
    assert opened.assistant.assistance is not first
    assert opened.right.currentWidget() is opened.page


def test_the_page_of_a_node_offers_the_assistant(opened, set_up, qtbot):
    set_up()
    opened.presenter.go_to("thm:euclid")
    qtbot.waitUntil(lambda: opened.page.reading.node == "thm:euclid", timeout=PATIENCE)
    assert "app:assistant.explain" in opened.page.reading._content.html
    opened.page.reading.deed_requested.emit("assistant.explain")
    qtbot.waitUntil(lambda: opened.assistant.assistance is not None, timeout=PATIENCE)
    assert opened.right.currentWidget() is opened.assistant.tab


def test_a_page_cannot_do_anything_else(opened):
    opened.page.reading.deed_requested.emit("file.quit")
    assert opened.isVisible()


def test_a_note_is_for_one_question_only(compose, set_up, opened, qtbot):
    set_up()
    panel = compose("thm:euclid", "explain")
    panel.composer.note.setPlainText("Only for Euclid.")
    opened.presenter.go_to("lem:prime-divisor")
    qtbot.waitUntil(lambda: panel.label.text() == "lem:prime-divisor" and panel.composer.send.isEnabled())
    assert panel.composer.written_note == ""


def test_a_node_without_a_lean_statement_offers_to_draft_that_first(compose, set_up, qtbot):
    set_up()
    panel = compose("thm:arithmetic", "prove")
    panel.buttons["Draft the Lean statement"].click()
    assert panel.task is Task.STATE
    qtbot.waitUntil(lambda: panel.composer.send.isEnabled(), timeout=PATIENCE)


def test_nothing_of_the_assistant_is_loaded_before_it_is_wanted():
    script = (
        "import sys\n"
        "import blueprint_app.ui.app, blueprint_app.ui.window.main_window\n"
        "heavy = ('blueprint_app.assistant', 'blueprint_app.verify', 'openai', 'keyring', 'markdown_it')\n"
        "print([name for name in sys.modules if name.startswith(heavy)])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
