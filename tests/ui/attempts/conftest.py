"""The real window over a copy of the sample of primes that a week's attempts lie beside."""

import pytest

from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.bootstrap.opening import open_project
from tests.fakes.attempts_of_primes import write_attempts
from tests.ui.assistant.conftest import PATIENCE, client, no_settings, window

__all__ = ["client", "no_settings", "window"]


@pytest.fixture
def folder(sample_copy):
    return sample_copy("primes")


@pytest.fixture
def records(folder):
    return write_attempts(AttemptStore(folder), open_project(folder))


@pytest.fixture
def open_here(window, qtbot, folder):
    """A function that opens the sample and waits until its Lean side was looked at."""

    def opened():
        with qtbot.waitSignals([window.session.opened, window.session.renewed], timeout=PATIENCE):
            window.session.open(folder)
        return window

    return opened


@pytest.fixture
def attempts(records, open_here, qtbot):
    """The tab, with all attempts read."""
    opened = open_here()
    opened.commands["view.attempts"].trigger()
    qtbot.waitUntil(lambda: opened.attempts.panel is not None, timeout=PATIENCE)
    panel = opened.attempts.panel
    qtbot.waitUntil(lambda: panel.rows.rowCount() == len(records), timeout=PATIENCE)
    return panel


@pytest.fixture
def read(attempts, qtbot):
    """A function that turns to an attempt and gives its text once that is shown."""

    def shown(record, wanted):
        attempts.choose(record.id)
        qtbot.waitUntil(lambda: wanted in attempts.detail.text.toPlainText(), timeout=PATIENCE)
        return attempts.detail.text.toPlainText()

    return shown
