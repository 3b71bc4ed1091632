"""The loop in the window: rounds as they happen, the real Lean as the judge, and nothing written without a click."""

import pytest
from PySide6.QtWidgets import QDialogButtonBox

from blueprint_app.assistant.assistant import Assistant
from blueprint_app.assistant.records.record import Outcome
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.ui.drift.change_dialog import ChangeDialog
from blueprint_app.verify.sandbox import NoSandbox, find_sandbox
from tests.fakes.model_server import drops, says
from tests.ui.assistant.conftest import PATIENCE, shown

LEAN_PATIENCE = 240_000
WRONG = "```lean\nby\n  unfold half\n  exact Or.inl rfl\n```"
RIGHT = "It is arithmetic once `half` is unfolded.\n\n```lean\nby\n  unfold half\n  omega\n```"


@pytest.fixture
def halves(window, qtbot, sample_copy):
    """The window with a small sample that needs no build open, and its folder."""
    folder = sample_copy("comments")
    session = window.session
    with qtbot.waitSignals([session.opened, session.renewed, session.searchable], timeout=PATIENCE):
        session.open(folder)
    return folder


@pytest.fixture
def compose_halves(halves, window, qtbot, set_up):
    """A function that composes a task on the theorem of that sample."""
    set_up()

    def composed(entry, node="thm:half-loses"):
        window.presenter.go_to(node)
        window.commands[f"assistant.{entry}"].trigger()
        qtbot.waitUntil(lambda: window.assistant.assistance is not None, timeout=PATIENCE)
        panel = window.assistant.assistance.panel
        qtbot.waitUntil(lambda: panel.composer.send.isEnabled() or panel.pages.currentIndex() == 0, timeout=PATIENCE)
        return panel

    return composed


@pytest.fixture
def judging(lake):
    """Skips where drafts cannot be judged."""
    found = find_sandbox()
    if isinstance(found, NoSandbox):
        pytest.skip(f"no sandbox: {found.reason}")


def files_of(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "attempts" not in path.parts and ".lake" not in path.parts
    }


def test_without_lean_it_says_so_before_and_after_and_nothing_looks_verified(
    compose_halves, window, model_server, qtbot, monkeypatch, tmp_path, halves
):
    monkeypatch.setenv("PATH", str(tmp_path))
    model_server.then(says(RIGHT))
    panel = compose_halves("prove")
    qtbot.waitUntil(lambda: panel.composer.remark.isVisible(), timeout=PATIENCE)
    assert panel.composer.remark.text().startswith("Nothing can be verified here.")
    assert panel.composer.limits.isVisible()
    before = files_of(halves)
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Accept…" in panel.buttons and "Not judged" in shown(panel), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Nothing can be verified here." in shown(panel), timeout=PATIENCE)
    html = panel.reading._content.html
    assert 'class="step good' not in html
    assert "reached" not in html
    qtbot.waitUntil(lambda: "unfold half" in shown(panel), timeout=PATIENCE)
    assert files_of(halves) == before
    (record,) = AttemptStore(halves).of("thm:half-loses")
    assert record.outcome is Outcome.UNJUDGED


def test_limits_go_with_the_run(compose_halves, model_server, qtbot, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    panel = compose_halves("prove")
    panel.composer.limits.tokens.setValue(10)
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Out of budget" in shown(panel), timeout=PATIENCE)
    assert model_server.count() == 0


def test_a_fault_on_the_way_is_told_and_can_be_tried_again(compose_halves, model_server, qtbot, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    panel = compose_halves("prove")
    model_server.then(drops(), says(RIGHT))
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Could not go on" in shown(panel), timeout=PATIENCE)
    panel.buttons["Try again"].click()
    qtbot.waitUntil(lambda: "Not judged" in shown(panel), timeout=PATIENCE)


@pytest.mark.slow
def test_lean_rejects_round_1_and_verifies_round_2_and_a_click_accepts(
    judging, compose_halves, window, model_server, qtbot, halves
):
    before = files_of(halves)
    model_server.then(says(WRONG), says(RIGHT))
    panel = compose_halves("prove")
    qtbot.waitUntil(lambda: not window.jobs.is_running("assistant-caution"), timeout=LEAN_PATIENCE)
    assert not panel.composer.remark.isVisible()
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Lean is judging" in shown(panel) or "Verified" in shown(panel), timeout=LEAN_PATIENCE)
    qtbot.waitUntil(lambda: "Accept…" in panel.buttons and "Verified" in shown(panel), timeout=LEAN_PATIENCE)
    assert model_server.count() == 2
    qtbot.waitUntil(lambda: "The draft, and 1 error" in shown(panel), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "statement matched, axioms allowed" in shown(panel), timeout=PATIENCE)
    assert files_of(halves) == before

    panel.buttons["Accept…"].click()
    qtbot.waitUntil(lambda: window.findChild(ChangeDialog) is not None, timeout=PATIENCE)
    dialog = window.findChild(ChangeDialog)
    assert "+  unfold half" in dialog.text.toPlainText()
    assert "-  sorry" in dialog.text.toPlainText()
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel).click()
    assert files_of(halves) == before

    qtbot.waitUntil(lambda: window.findChild(ChangeDialog) is None)
    panel.buttons["Accept…"].click()
    qtbot.waitUntil(lambda: window.findChild(ChangeDialog) is not None, timeout=PATIENCE)
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
        window.findChild(ChangeDialog).apply.click()
    assert "unfold half\n  omega" in (halves / "Halves.lean").read_text().rpartition("half_loses")[2]
    assert AttemptStore(halves).of("thm:half-loses")[-1].is_accepted
    offers = {offer.text: offer for notice in window.notices.notices for offer in notice.offers}
    assert "Build" in offers
    offers["Undo"].run()
    qtbot.waitUntil(lambda: files_of(halves) == before, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not AttemptStore(halves).of("thm:half-loses")[-1].is_accepted, timeout=PATIENCE)


@pytest.mark.slow
def test_the_same_obstacle_three_times_offers_to_split(judging, compose_halves, model_server, qtbot):
    model_server.script(lambda _call: says(WRONG))
    panel = compose_halves("prove")
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Split into smaller lemmas" in panel.buttons, timeout=LEAN_PATIENCE)
    assert model_server.count() == 3
    # The page is drawn a moment after the buttons are there.
    qtbot.waitUntil(lambda: "Stuck" in shown(panel), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "for the third time" in shown(panel), timeout=PATIENCE)


@pytest.mark.slow
def test_a_drafted_statement_waits_for_a_persons_word(judging, compose_halves, model_server, qtbot, halves):
    statement = "theorem half_le_self (n : Nat) : half n ≤ n"
    model_server.then(says(f"```lean\n{statement}\n```"))
    panel = compose_halves("state")
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Faithful" in panel.buttons, timeout=LEAN_PATIENCE)
    qtbot.waitUntil(lambda: "The blueprint says" in shown(panel), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Compiled; not verified" in shown(panel), timeout=PATIENCE)
    assert 'class="step good' not in panel.reading._content.html
    panel.buttons["Faithful"].click()
    qtbot.waitUntil(
        lambda: [each.verdict for each in AttemptStore(halves).of("thm:half-loses")[-1].verdicts] == ["faithful"],
        timeout=PATIENCE,
    )


def test_reject_is_kept_with_the_attempt(compose_halves, model_server, qtbot, monkeypatch, tmp_path, halves):
    monkeypatch.setenv("PATH", str(tmp_path))
    model_server.then(says(RIGHT))
    panel = compose_halves("prove")
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Reject" in panel.buttons, timeout=PATIENCE)
    panel.buttons["Reject"].click()
    qtbot.waitUntil(lambda: AttemptStore(halves).of("thm:half-loses")[-1].is_rejected, timeout=PATIENCE)


def test_the_real_assistant_keeps_to_the_agreed_signatures():
    from blueprint_app.ui.assistant.side import AssistantSide

    wanted = {name for name in vars(AssistantSide) if not name.startswith("_")}
    assert wanted <= {*dir(Assistant), "folder", "store"}
