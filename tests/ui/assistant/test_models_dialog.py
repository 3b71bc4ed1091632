"""Models…: how a server is added, tested and chosen, what is written, and that no key ever gets into a file."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from shiboken6 import isValid

from blueprint_app.assistant.endpoints.endpoint import Endpoint, ModelSettings, Price, Role, RoleModel
from blueprint_app.assistant.endpoints.settings_file import read_model_settings, settings_path, write_model_settings
from blueprint_app.ui.assistant.models.dialog import ModelsDialog, model_names
from blueprint_app.ui.jobs import Jobs

KEY = "sk-test-0123456789abcdef0123456789"


class MemoryKeyring(KeyringBackend):
    """A keyring that is as good as the system's, and forgets."""

    priority = 9

    def __init__(self):
        super().__init__()
        self.held = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        del self.held[service, username]


@pytest.fixture
def system_keyring(monkeypatch):
    backend, before = MemoryKeyring(), keyring.get_keyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def no_settings():
    settings_path().unlink(missing_ok=True)
    yield
    settings_path().unlink(missing_ok=True)


@pytest.fixture
def jobs():
    made = Jobs()
    yield made
    made.stop()


@pytest.fixture
def dialog(qtbot, jobs):
    made = ModelsDialog(jobs, model_names)
    made.open()
    yield made
    if isValid(made):
        made.close()


def fill(dialog, server):
    dialog.presets["Ollama"].click()
    dialog.form.name.setText("Mine")
    dialog.form.url.setText(server.url)
    dialog.form.url.textEdited.emit(server.url)


def test_an_empty_dialog_says_what_to_do(dialog):
    assert dialog.pages.currentIndex() == 0
    assert dialog.settings == ModelSettings()
    assert {"OpenAI", "Ollama", "vLLM"} <= set(dialog.presets)


def test_a_preset_is_tested_chosen_and_saved(dialog, model_server, qtbot):
    fill(dialog, model_server)
    dialog.form.test.click()
    qtbot.waitUntil(lambda: "alpha, beta" in dialog.form.result.text(), timeout=40_000)
    row = dialog.roles.rows[Role.EXPLAINER]
    row.endpoint.setCurrentText("Mine")
    row.endpoint.activated.emit(1)
    assert [row.model.itemText(index) for index in range(row.model.count())] == ["alpha", "beta"]
    row.model.setEditText("beta")
    row.temperature.setValue(0.3)
    dialog.roles.for_all.click()
    with qtbot.waitSignal(dialog.saved) as signal:
        dialog.save.click()
    written = read_model_settings()
    assert written == signal.args[0]
    assert written.endpoints[0].base_url == model_server.url
    assert dict(written.roles) == dict.fromkeys(Role, RoleModel("Mine", "beta", temperature=0.3))
    assert model_server.count() == 0


def test_a_server_that_cannot_be_asked_is_told_in_plain_words(dialog, model_server, qtbot):
    fill(dialog, model_server)
    model_server.key = "another"
    dialog.form.test.click()
    qtbot.waitUntil(lambda: dialog.form.result.property("tone") == "trouble")
    assert "key" in dialog.form.result.text().lower()
    assert "another" not in dialog.form.result.text()


def test_what_is_saved_comes_back_and_advanced_values_too(qtbot, jobs):
    endpoint = Endpoint(
        "Far", "https://models.example.org/v1", "env:FAR_KEY", read_seconds=30.0, retries=5, context_tokens=8192,
        prices={"big": Price(2.5, 10.0)}, parallel=7,
    )  # fmt: skip
    settings = ModelSettings((endpoint,), {Role.PROVER: RoleModel("Far", "big", 0.5, 4096, "high")})
    write_model_settings(settings)
    dialog = ModelsDialog(jobs, model_names)
    dialog.open()
    assert dialog.settings == settings
    dialog.close()


def test_a_model_for_the_search_by_meaning_is_off_until_it_is_chosen(dialog, model_server, qtbot):
    fill(dialog, model_server)
    row = dialog.roles.searching
    assert dialog.settings.embedder is None
    assert not row.model.isEnabled()
    row.endpoint.setCurrentIndex(row.endpoint.findText("Mine"))
    row.endpoint.activated.emit(row.endpoint.currentIndex())
    qtbot.waitUntil(lambda: row.model.count() == 2)
    row.model.setEditText("beta")
    # It is no role: what the explainer has is not for it, nor the other way round.
    assert dialog.settings.roles == {}
    with qtbot.waitSignal(dialog.saved):
        dialog.save.click()
    assert read_model_settings().embedder == RoleModel("Mine", "beta")
    assert {call.path for call in model_server.calls} == {"/v1/models"}


def test_the_model_for_the_search_by_meaning_comes_back_and_goes_with_its_endpoint(qtbot, jobs):
    settings = ModelSettings((Endpoint("Far", "https://a.example.org/v1"),), embedder=RoleModel("Far", "small"))
    write_model_settings(settings)
    dialog = ModelsDialog(jobs, model_names)
    dialog.open()
    assert dialog.settings == settings
    assert not dialog.save.isEnabled()
    dialog.remove.click()
    assert dialog.settings.embedder is None
    dialog.close()


def test_a_renamed_endpoint_keeps_its_roles_and_a_removed_one_loses_them(qtbot, jobs):
    write_model_settings(
        ModelSettings((Endpoint("Far", "https://a.example.org/v1"),), {Role.CRITIC: RoleModel("Far", "big")})
    )
    dialog = ModelsDialog(jobs, model_names)
    dialog.open()
    dialog.form.name.setText("Near")
    dialog.form.name.textEdited.emit("Near")
    assert dialog.settings.roles[Role.CRITIC].endpoint == "Near"
    dialog.remove.click()
    assert dialog.settings == ModelSettings()
    assert dialog.pages.currentIndex() == 0
    dialog.close()


@pytest.mark.parametrize(
    ("url", "words"), [("ollama", "http://"), ("https://me:secret@host/v1", "password"), ("", "needs the address")]
)
def test_an_address_that_cannot_be_used_is_not_saved(dialog, url, words):
    dialog.presets["Ollama"].click()
    dialog.form.url.setText(url)
    dialog.form.url.textEdited.emit(url)
    assert not dialog.save.isEnabled()
    assert words in dialog.fault


def test_a_key_goes_into_the_keyring_and_nowhere_else(dialog, system_keyring, model_server, qtbot, tmp_path):
    fill(dialog, model_server)
    dialog.form.key.place.setCurrentIndex(2)
    dialog.form.key.place.activated.emit(2)
    assert dialog.form.key.source == "keyring:Ollama"
    dialog.form.key.store.click()
    asked = dialog.findChild(QDialog)
    field = asked.findChild(QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.setText(KEY)
    asked.keep.click()
    qtbot.waitUntil(lambda: "holds a key" in dialog.form.key.state.text())
    assert list(system_keyring.held.values()) == [KEY]
    with qtbot.waitSignal(dialog.saved):
        dialog.save.click()
    assert "keyring:Ollama" in settings_path().read_text()
    assert KEY not in settings_path().read_text()


def test_a_key_in_the_place_of_a_name_is_refused(dialog, model_server):
    fill(dialog, model_server)
    dialog.form.key.place.setCurrentIndex(1)
    dialog.form.key.place.activated.emit(1)
    dialog.form.key.name.setText(KEY)
    dialog.form.key.name.textEdited.emit(KEY)
    assert "looks like a key" in dialog.form.key.state.text()
    assert not dialog.save.isEnabled()


def test_an_agreement_can_be_taken_back(qtbot, jobs):
    endpoint = Endpoint("Far", "https://a.example.org/v1")
    write_model_settings(ModelSettings((endpoint,), consented=frozenset({endpoint.host})))
    dialog = ModelsDialog(jobs, model_names)
    dialog.open()
    assert endpoint.host in dialog.form.agreed.text()
    dialog.form.withdraw.click()
    assert dialog.settings.consented == frozenset()
    dialog.close()


def test_the_answer_of_a_former_test_is_not_taken_for_another_endpoint(dialog, model_server, jobs):
    fill(dialog, model_server)
    dialog.form.test.click()
    dialog._add(Endpoint("Other", "http://127.0.0.1:9/v1"), "")
    assert dialog.form.result.text() == ""
    jobs.stop()
    QApplication.processEvents()
    assert dialog.form.result.text() == ""
