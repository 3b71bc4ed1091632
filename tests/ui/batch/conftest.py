"""The real window with a real model server behind it; what Lean says of a draft is scripted."""

from dataclasses import replace

import pytest

from blueprint_app.assistant.assistant import Assistant
from blueprint_app.assistant.batch.batches import choosable
from blueprint_app.assistant.batch.journal import Journal, runs_left
from blueprint_app.assistant.batch.ledger import Ledger
from blueprint_app.assistant.batch.runner import BatchRun
from blueprint_app.assistant.tasks import Task
from blueprint_app.bootstrap.lean_side import lean_side
from blueprint_app.layout import service
from blueprint_app.ui.app import read_project
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.window.main_window import MainWindow
from tests.fakes.batch_maker import GOOD, ScriptedMaker
from tests.ui.assistant.conftest import PATIENCE, client, no_settings, set_up

__all__ = ["client", "no_settings", "set_up"]


class ScriptedBatches:
    """Runs with a judge that is told beforehand what each proof comes to; `verdicts` may be changed by a test."""

    def __init__(self, assistant, client, folder):
        self.assistant, self.client, self.folder = assistant, client, folder
        self.ledger = Ledger(folder / "ledger.jsonl")
        self.verdicts = dict(GOOD)
        self.canary_every = 20

    def begin(self, snapshot, plan, on_event=lambda event: None):
        self.assistant.refuse_without_consent(plan.task, plan.models)
        plan = replace(plan, canary_every=self.canary_every)
        return self._run(Journal(self.folder / f"{plan.run}.jsonl", plan, self.assistant.folder), on_event)

    def left(self):
        found = [Journal.found(path) for path in runs_left(self.folder, self.assistant.folder)]
        return tuple(journal for journal in found if not journal.is_finished)

    def go_on(self, snapshot, journal, limits=None, on_event=lambda event: None):
        if limits is not None:
            journal.plan = replace(journal.plan, limits=limits)
        return self._run(journal, on_event)

    def spent_today(self):
        return self.ledger.spent_today()

    def _run(self, journal, on_event):
        endpoint = self.assistant.model_for(Task.PROVE, journal.plan.models[0])[0]
        maker = ScriptedMaker(self.client, endpoint, journal.plan, self.assistant.folder, self.verdicts)
        return BatchRun(maker, journal, self.ledger, on_event)


@pytest.fixture
def window(qtbot, tmp_path, client):
    settings = Settings(tmp_path / "settings.json")
    settings["follow"] = False
    runs = []

    def batches_of(side):
        runs.append(ScriptedBatches(side, client, tmp_path / "state"))
        return runs[-1]

    made = MainWindow(
        settings,
        read_project,
        service,
        lean_side,
        lambda folder: Assistant(folder, client),
        batches_of,
        use_web_engine=False,
    )
    made.runs = runs
    made.resize(1300, 850)
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def opened(window, qtbot, sample_copy):
    with qtbot.waitSignals([window.session.opened, window.session.renewed], timeout=PATIENCE):
        window.session.open(sample_copy("primes"))
    return window


@pytest.fixture
def dialog(opened, qtbot, set_up):
    """The window of runs, with one model set and agreed to."""
    set_up()
    return shown(opened, qtbot)


def shown(window, qtbot):
    window.commands["assistant.batch"].trigger()
    qtbot.waitUntil(lambda: window.batch.dialog is not None and window.batch.dialog.isVisible(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "(" in window.batch.dialog.setup.sources.button(0).text(), timeout=PATIENCE)
    return window.batch.dialog


@pytest.fixture
def states(opened):
    """A function from a snapshot to the nodes whose statements can be drafted."""
    return lambda: choosable(opened.session.project.snapshot, Task.STATE)
