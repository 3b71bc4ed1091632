"""A run of the real engine over the sample, from the window: drafts are kept, and no more is said than is known."""

import pytest

from blueprint_app.assistant.assistant import Assistant
from blueprint_app.assistant.batch.batches import Batches
from blueprint_app.assistant.batch.ledger import Ledger
from blueprint_app.assistant.records.record import Outcome
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.bootstrap.lean_side import lean_side
from blueprint_app.layout import service
from blueprint_app.ui.app import read_project
from blueprint_app.ui.batch.rows_model import NODE, STATE
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.window.main_window import MainWindow
from tests.fakes.model_server import says
from tests.ui.assistant.conftest import PATIENCE
from tests.ui.batch.conftest import shown
from tests.ui.batch.test_batch import begin, column, ended


@pytest.fixture
def window(qtbot, tmp_path, client):
    settings = Settings(tmp_path / "settings.json")
    settings["follow"] = False
    made = MainWindow(
        settings,
        read_project,
        service,
        lean_side,
        lambda folder: Assistant(folder, client),
        lambda side: Batches(side, tmp_path / "runs", Ledger(tmp_path / "spending.jsonl")),
        use_web_engine=False,
    )
    made.resize(1300, 850)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_without_a_build_drafts_are_kept_and_nothing_is_called_verified(
    opened, set_up, model_server, qtbot, monkeypatch, tmp_path
):
    # Wherever the test runs: there is no Lean to judge with.
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setenv("ELAN_HOME", str(tmp_path / "no-elan"))
    set_up()
    model_server.script(lambda call: says("```lean\nby\n  exact List.Perm.refl _\n```"))
    dialog = shown(opened, qtbot)
    begin(dialog, qtbot, "thm:factorisation-unique")
    page = ended(opened, qtbot)
    assert column(page, NODE) == ["thm:factorisation-unique", "planted false statement 1"]
    assert column(page, STATE)[0] == "not judged"
    records = AttemptStore(opened.assistant._side.folder).read()[0]
    assert {(record.node, record.outcome) for record in records} == {("thm:factorisation-unique", Outcome.UNJUDGED)}
    opened.commands["view.attempts"].trigger()
    qtbot.waitUntil(
        lambda: opened.attempts.panel is not None and opened.attempts.panel.rows.rowCount() == len(records),
        timeout=PATIENCE,
    )
