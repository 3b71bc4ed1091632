"""The real window over a copy of a sample, with the real assistant, the real client and a server that is scripted."""

from dataclasses import replace

import pytest

from blueprint_app.assistant.assistant import Assistant
from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import ModelSettings, Role, RoleModel
from blueprint_app.assistant.endpoints.settings_file import read_model_settings, settings_path, write_model_settings
from blueprint_app.bootstrap.lean_side import lean_side
from blueprint_app.layout import service
from blueprint_app.ui.app import read_project
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.window.main_window import MainWindow

PATIENCE = 30_000


@pytest.fixture(autouse=True)
def no_settings():
    settings_path().unlink(missing_ok=True)
    yield
    settings_path().unlink(missing_ok=True)


@pytest.fixture
def set_up(model_server):
    """A function that sets up the server for every role; `agreed` says that its host was agreed to."""

    def write(*, agreed=True, **rest):
        endpoint = model_server.endpoint("Local", **rest)
        roles = {role: RoleModel("Local", "alpha") for role in Role}
        consented = frozenset({endpoint.host}) if agreed else frozenset()
        write_model_settings(ModelSettings((endpoint,), roles, consented))
        return endpoint

    return write


@pytest.fixture
def client():
    with ModelClient() as made:
        yield made


@pytest.fixture
def window(qtbot, tmp_path, client):
    settings = Settings(tmp_path / "settings.json")
    settings["follow"] = False
    made = MainWindow(
        settings, read_project, service, lean_side, lambda folder: Assistant(folder, client), use_web_engine=False
    )
    made.resize(1300, 850)
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def opened(window, qtbot, sample_copy):
    """The window with the sample of primes open and Lean's side looked at."""
    with qtbot.waitSignals(
        [window.session.opened, window.session.renewed, window.session.searchable], timeout=PATIENCE
    ):
        window.session.open(sample_copy("primes"))
    return window


@pytest.fixture
def compose(opened, qtbot):
    """A function that selects a node, chooses a task in the menu, and waits for what would be sent."""

    def composed(node, entry):
        opened.presenter.go_to(node)
        opened.commands[f"assistant.{entry}"].trigger()
        qtbot.waitUntil(lambda: opened.assistant.assistance is not None, timeout=PATIENCE)
        panel = opened.assistant.assistance.panel
        qtbot.waitUntil(lambda: panel.composer.send.isEnabled() or panel.pages.currentIndex() == 0, timeout=PATIENCE)
        return panel

    return composed


def shown(panel):
    """What the answer's page says, as plain text."""
    return panel.reading.reader.toPlainText() if panel.reading.reader is not None else ""


def change_settings(**rest):
    """Change some of what is set about models."""
    write_model_settings(replace(read_model_settings(), **rest))
