"""A run over many nodes from the window: set up, agreed to, watched, paused, stopped, resumed, halted."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from blueprint_app.assistant.batch.plan import NO_LIMITS, Limits
from blueprint_app.assistant.endpoints.settings_file import read_model_settings
from blueprint_app.ui.assistant.sent_dialog import SentDialog
from blueprint_app.ui.batch.desk import RUN, WISHES
from blueprint_app.ui.batch.rows_model import NODE, STATE
from blueprint_app.ui.batch.wishes import Wishes, wishes_of
from tests.fakes.bench import VERIFIED
from tests.fakes.model_server import says, stalls, wrong_key
from tests.ui.assistant.conftest import PATIENCE
from tests.ui.batch.conftest import shown

GOOD, BAD = "```lean\nby good\n```", "```lean\nby bad\n```"
LABELS = "lem:telescope, thm:gauss thm:euclid"


def begin(dialog, qtbot, labels="thm:zeckendorf-exists thm:factorisation-unique"):
    dialog.setup.labels.setText(labels)
    qtbot.waitUntil(lambda: dialog.setup.start.isEnabled(), timeout=PATIENCE)
    qtbot.mouseClick(dialog.setup.start, Qt.MouseButton.LeftButton)


def honest(call):
    """A model that proves what is true and fails at what is false."""
    return says(BAD if "canary" in call.text else GOOD)


def ended(window, qtbot):
    qtbot.waitUntil(
        lambda: window.batch.running is None and window.batch.dialog.run.results.isVisible(), timeout=PATIENCE
    )
    return window.batch.dialog.run


def column(page, number):
    return [page.rows.index(row, number).data() for row in range(page.rows.rowCount())]


def test_the_nodes_of_each_source_are_counted(dialog, opened, qtbot):
    setup = dialog.setup
    texts = [button.text() for button in setup.sources.buttons()]
    assert texts[0] == "All that are ready (1)"
    assert texts[1] == "Those that meet the outline's filter (0)"
    opened.presenter.go_to("thm:arithmetic")
    title = "The foundation of Theorem 3.10 (Fundamental theorem of arithmetic) (1)"
    qtbot.waitUntil(lambda: setup.sources.button(2).text() == title, timeout=PATIENCE)
    opened.store.change(filter="in:zeckendorf")
    title = "Those that meet the outline's filter (1)"
    qtbot.waitUntil(lambda: setup.sources.button(1).text() == title, timeout=PATIENCE)
    setup.labels.setText("thm:factorisation-unique nonsense")
    qtbot.waitUntil(lambda: "no node called nonsense" in setup.what.text(), timeout=PATIENCE)
    assert not setup.start.isEnabled()
    setup.labels.setText("thm:factorisation-unique")
    qtbot.waitUntil(lambda: setup.what.text() == "1 node, and 1 planted false statement.", timeout=PATIENCE)
    assert setup.start.isEnabled()


def test_statements_have_other_nodes_than_proofs(dialog, qtbot, states):
    dialog.setup.tasks.setCurrentIndex(1)
    wanted = f"All that are ready ({len(states())})"
    qtbot.waitUntil(lambda: dialog.setup.sources.button(0).text() == wanted, timeout=PATIENCE)


def test_without_a_model_it_says_what_to_do(opened, qtbot):
    dialog = shown(opened, qtbot)
    assert dialog.setup.what.text() == "Tick a model, or add one."
    assert dialog.setup.set_up.isVisible()
    dialog.setup.models.entry.setText("nowhere/m")
    dialog.setup.models.add_button.click()
    assert "none is set up yet" in dialog.setup.models.problem.text()
    assert not dialog.setup.start.isEnabled()


def test_a_run_is_watched_to_its_end_and_its_wishes_are_remembered(dialog, opened, qtbot, model_server):
    model_server.script(honest)
    dialog.setup.models.entry.setText("Local/beta")
    qtbot.keyClick(dialog.setup.models.entry, Qt.Key.Key_Return)
    dialog.setup.budgets.fields["run_tokens"].setValue(50_000)
    begin(dialog, qtbot)
    page = ended(opened, qtbot)
    assert page.heading.text() == "All 5 tasks are done."
    assert (
        column(page, NODE)
        == ["thm:zeckendorf-exists"] * 2 + ["planted false statement 1"] + ["thm:factorisation-unique"] * 2
    )
    assert sorted(column(page, STATE)) == ["not proved, as it must be"] + ["verified"] * 4
    assert page.results.rowCount() == 2
    assert [page.results.item(row, 0).text() for row in (0, 1)] == ["alpha (Local)", "beta (Local)"]
    assert "of 50,000 tokens" in page.money.text()
    remembered = wishes_of(opened.settings[WISHES])
    assert [model.model for model in remembered.models] == ["alpha", "beta"]
    assert remembered.limits.run_tokens == 50_000


def test_a_planted_false_statement_that_is_verified_halts_the_run(dialog, opened, qtbot, model_server):
    opened.runs[0].verdicts["by cheat"] = VERIFIED
    model_server.script(lambda call: says("```lean\nby cheat\n```" if "canary" in call.text else BAD))
    dialog.setup.rounds.setValue(1)
    dialog.setup.parallel.setValue(1)
    begin(dialog, qtbot)
    page = ended(opened, qtbot)
    assert "A planted false statement was called verified" in page.trouble.text()
    assert page.trouble.isVisible()
    assert not page.resume.isVisible()
    assert any("planted false statement" in notice.text for notice in opened.notices.notices)
    page.new.click()
    qtbot.waitUntil(lambda: dialog.setup.left.count() == 1, timeout=PATIENCE)


def test_a_run_is_stopped_at_once_and_resumed(dialog, opened, qtbot, model_server):
    model_server.script(lambda call: stalls(GOOD))
    begin(dialog, qtbot)
    qtbot.waitUntil(lambda: "drafting, round 1 of 5" in column(dialog.run, STATE), timeout=PATIENCE)
    assert opened.jobs.is_running(RUN)
    qtbot.mouseClick(dialog.run.stop, Qt.MouseButton.LeftButton)
    page = ended(opened, qtbot)
    assert page.trouble.text().startswith("Stopped: 3 tasks are left.")
    assert set(column(page, STATE)) == {"waiting"}
    model_server.script(honest)
    page.resume.click()
    qtbot.waitUntil(lambda: page.heading.text() == "All 3 tasks are done.", timeout=PATIENCE)
    assert column(page, STATE) == ["verified", "not proved, as it must be", "verified"]


def test_a_run_that_is_out_of_budget_goes_on_with_a_larger_one(dialog, opened, qtbot, model_server):
    usage = {"prompt_tokens": 2000, "completion_tokens": 100}
    model_server.script(lambda call: replace(honest(call), usage=usage))
    dialog.setup.parallel.setValue(1)
    dialog.setup.budgets.fields["run_tokens"].setValue(3500)
    begin(dialog, qtbot)
    page = ended(opened, qtbot)
    assert "the budget of this run has" in page.trouble.text()
    assert page.budgets.isVisible()
    page.budgets.fields["run_tokens"].setValue(0)
    page.resume.click()
    qtbot.waitUntil(lambda: page.heading.text() == "All 3 tasks are done.", timeout=PATIENCE)
    assert not page.budgets.isVisible()


def test_the_status_bar_stops_it_too_and_the_next_window_offers_to_go_on(dialog, opened, qtbot, model_server):
    model_server.script(lambda call: stalls(GOOD))
    begin(dialog, qtbot)
    qtbot.waitUntil(lambda: model_server.count() >= 1, timeout=PATIENCE)
    dialog.close()
    assert opened.jobs.is_running(RUN)
    assert opened.status.note.text().startswith("Drafting for 2 nodes")
    opened.status.stop.click()
    assert opened.batch.running is None
    shown(opened, qtbot)
    qtbot.waitUntil(lambda: dialog.is_setup and dialog.setup.left.count() == 1, timeout=PATIENCE)


def test_a_paused_run_asks_nothing_more(dialog, opened, qtbot, model_server):
    gate, first = threading.Event(), threading.Event()

    def answer(call):
        first.set()
        return replace(honest(call), gate=gate)

    model_server.script(answer)
    dialog.setup.parallel.setValue(1)
    begin(dialog, qtbot)
    qtbot.waitUntil(first.is_set, timeout=PATIENCE)
    dialog.run.pause.click()
    assert dialog.run.pause.text() == "Go on"
    model_server.script(honest)
    gate.set()
    assert dialog.run.heading.text().startswith("Paused:")
    dialog.run.pause.click()
    page = ended(opened, qtbot)
    assert page.results.item(0, 2).text() == "2"


def test_a_host_that_nobody_agreed_to_is_asked_about_first(opened, set_up, qtbot, model_server):
    set_up(agreed=False)
    model_server.script(honest)
    dialog = shown(opened, qtbot)
    begin(dialog, qtbot)
    assert "Before the start you see what would go to 127.0.0.1" in dialog.setup.hosts.text()
    qtbot.waitUntil(lambda: dialog.findChild(SentDialog) is not None, timeout=PATIENCE)
    asked = dialog.findChild(SentDialog)
    assert model_server.count() == 0
    assert "exists_sparse" in asked.text.toPlainText()
    asked.send.click()
    ended(opened, qtbot)
    assert read_model_settings().consented == {model_server.endpoint().host}
    assert model_server.count() > 0


def test_a_model_that_is_taken_out_is_told_with_the_reason(dialog, opened, qtbot, model_server):
    model_server.script(lambda call: wrong_key())
    begin(dialog, qtbot)
    page = ended(opened, qtbot)
    assert page.out.isVisible()
    assert page.out.text().startswith("alpha (Local) was taken out of the run:")
    assert any(state.startswith("not begun: The model was taken out") for state in column(page, STATE))


def test_another_project_stops_the_run(dialog, opened, qtbot, model_server, sample_copy):
    model_server.script(lambda call: stalls(GOOD))
    begin(dialog, qtbot)
    qtbot.waitUntil(lambda: model_server.count() >= 1, timeout=PATIENCE)
    with qtbot.waitSignal(opened.session.opened, timeout=PATIENCE):
        opened.session.open(sample_copy("chapters"))
    assert not opened.jobs.is_running(RUN)
    assert opened.batch.dialog is None
    assert any("can be resumed there" in notice.text for notice in opened.notices.notices)


def test_a_click_on_a_task_selects_its_node(dialog, opened, qtbot, model_server):
    model_server.script(honest)
    begin(dialog, qtbot)
    page = ended(opened, qtbot)
    page.table.selectRow(2)
    assert opened.store.state.node == "thm:factorisation-unique"
    page.table.selectRow(1)
    assert opened.store.state.node == "thm:factorisation-unique"


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {
            "rounds": "x",
            "parallel": "-3",
            "task": "explain",
            "models": "a\n/b",
            "run_cost": "nan",
            "day_tokens": "1e99",
        },
    ],
)
def test_what_cannot_be_read_of_the_last_wishes_counts_as_not_there(texts):
    assert wishes_of(texts) == Wishes()


def test_wishes_are_read_as_they_were_kept():
    wishes = Wishes(rounds=3, parallel=4, first_wins=True, limits=Limits(node_tokens=5, day_cost=0.25))
    assert wishes_of(wishes.as_texts()) == wishes
    assert wishes.limits != NO_LIMITS
