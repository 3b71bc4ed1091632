"""Keys come from the environment or the keyring, and turn up nowhere else."""

import logging
import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest

from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import Api, Endpoint, ModelSettings
from blueprint_app.assistant.endpoints.errors import Trouble
from blueprint_app.assistant.endpoints.keys import (
    KeyMissingError,
    forget_key,
    has_keyring,
    is_key_source,
    keep_key,
    key_of,
    looks_like_a_key,
)
from blueprint_app.assistant.endpoints.settings_file import write_model_settings
from blueprint_app.lean.asking.environment import program_environment
from tests.assistant.endpoints.questions import question, trouble
from tests.fakes.model_server import ModelServer, broken, fails, says

KEY = "sk-proj-Zx81hqLk29fTTe0aWvB7"


class Memory(keyring.backend.KeyringBackend):
    """A keyring that lasts as long as a test."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise keyring.errors.KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


class PlainFile(Memory):
    """One of those that keep passwords in a plain file."""

    priority = 0.5  # type: ignore[assignment]


@pytest.fixture
def memory() -> Iterator[Memory]:
    before, backend = keyring.get_keyring(), Memory()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def endpoint(key: str) -> Endpoint:
    return Endpoint("Local", "http://127.0.0.1:1/v1", key)


def test_no_key_is_needed() -> None:
    assert key_of(endpoint("")) is None


def test_a_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_MODEL_KEY", f" {KEY}\n")
    assert key_of(endpoint("env:TEST_MODEL_KEY")) == KEY


def test_a_variable_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_MODEL_KEY", raising=False)
    with pytest.raises(KeyMissingError, match="TEST_MODEL_KEY, which holds the key of Local, is not set") as caught:
        key_of(endpoint("env:TEST_MODEL_KEY"))
    assert caught.value.trouble is Trouble.WRONG_KEY


def test_a_key_in_the_keyring(memory: Memory) -> None:
    assert has_keyring()
    keep_key("local", f"{KEY}\n")
    assert memory.kept == {("blueprint-explorer", "local"): KEY}
    assert key_of(endpoint("keyring:local")) == KEY
    forget_key("local")
    forget_key("local")
    with pytest.raises(KeyMissingError, match="holds no key local for Local"):
        key_of(endpoint("keyring:local"))


def test_a_locked_keyring(memory: Memory) -> None:
    memory.is_locked = True
    with pytest.raises(KeyMissingError, match="Unlock"):
        key_of(endpoint("keyring:local"))


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring(), PlainFile()])
def test_without_a_system_keyring_nothing_is_kept(memory: Memory, backend: keyring.backend.KeyringBackend) -> None:
    keyring.set_keyring(backend)
    assert not has_keyring()
    with pytest.raises(KeyMissingError, match="environment variable"):
        keep_key("local", KEY)
    with pytest.raises(KeyMissingError):
        key_of(endpoint("keyring:local"))


@pytest.mark.parametrize("source", [KEY, f"env:{KEY}", f"keyring:{KEY}", "file:key.txt", "env:", "keyring:", "env:A B"])
def test_what_says_no_place_is_not_shown(source: str) -> None:
    assert not is_key_source(source)
    with pytest.raises(KeyMissingError) as caught:
        key_of(endpoint(source))
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("kept", ["sk-ключ", "two words", "a\x01b"])
def test_what_no_header_can_hold_is_no_key(monkeypatch: pytest.MonkeyPatch, kept: str) -> None:
    monkeypatch.setenv("TEST_MODEL_KEY", kept)
    with pytest.raises(KeyMissingError) as caught:
        key_of(endpoint("env:TEST_MODEL_KEY"))
    assert kept not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        "hf_aBcDeFgHiJkLmNoPqRsT",
        "gsk_abcdefghijklmnop",
        "Bearer abcdefghijklmnop",
        "AIzaSyA1234567890abcdefghijk",
        "0123456789abcdef0123456789abcdef",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    ],
)
def test_keys_are_recognised(text: str) -> None:
    assert looks_like_a_key(text)
    assert looks_like_a_key(f"https://host/v1?k={text}")


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4.1-mini-2025-04-14",
        "Qwen/Qwen2.5-Coder-32B-Instruct-GGUF",
        "deepseek-ai/DeepSeek-Prover-V2-671B",
        "hf.co/bartowski/Llama-3.3-70B-Instruct-GGUF:Q4_K_M",
        "ft:gpt-4o-mini-2024-07-18:institute::9abcXYZ",
        "http://gpu-17.cluster.example.org:8000/v1",
        "OPENAI_API_KEY",
        "task-force",
    ],
)
def test_names_of_models_are_no_keys(text: str) -> None:
    assert not looks_like_a_key(text)


@pytest.mark.parametrize("api", Api)
def test_the_key_reaches_the_server_and_nothing_else(
    model_server: ModelServer,
    model_client: ModelClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    api: Api,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("TEST_MODEL_KEY", KEY)
    model_server.key = KEY
    used = model_server.endpoint(api=api, key="env:TEST_MODEL_KEY")
    model_server.then(says("yes"), broken())
    reply = model_client.complete(question(used))
    failed = trouble(model_client, used)
    models = model_client.models(used)
    assert [call.headers["authorization"] for call in model_server.calls] == [f"Bearer {KEY}"] * 3

    write_model_settings(ModelSettings((used,)), tmp_path / "models.yaml")
    shown = [repr(reply), repr(used), repr(models), str(failed), repr(failed), repr(vars(failed))]
    shown += [*traceback.format_exception(failed), caplog.text, (tmp_path / "models.yaml").read_text("utf-8")]
    shown += [repr(program_environment()), repr(program_environment(network=True)), repr(model_client)]
    assert caplog.records, "the client library was asked to log"
    assert not [text for text in shown if KEY in text]
    assert KEY.encode() not in pickle.dumps((reply, used, question(used)))


@pytest.mark.parametrize("api", Api)
def test_a_server_that_repeats_the_key_does_not_make_us_show_it(
    model_server: ModelServer, model_client: ModelClient, monkeypatch: pytest.MonkeyPatch, api: Api
) -> None:
    monkeypatch.setenv("TEST_MODEL_KEY", KEY)
    used = model_server.endpoint(api=api, key="env:TEST_MODEL_KEY")
    model_server.key = "sk-another-key-0123456789"
    wrong = trouble(model_client, used)
    model_server.key = ""
    model_server.then(fails(500, f"bad header 'Authorization: Bearer {KEY}'"))
    failed = trouble(model_client, used)
    for error in (wrong, failed):
        assert KEY not in "".join(traceback.format_exception(error))
        assert "[key]" in error.what_happened


def test_a_key_that_was_mended_is_used_at_once(
    model_server: ModelServer, model_client: ModelClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    model_server.key = KEY
    used = model_server.endpoint(key="env:TEST_MODEL_KEY")
    monkeypatch.setenv("TEST_MODEL_KEY", "sk-wrong")
    assert trouble(model_client, used).trouble is Trouble.WRONG_KEY
    monkeypatch.setenv("TEST_MODEL_KEY", KEY)
    assert model_client.complete(question(used)).text == "Hello."


def test_variables_that_are_meant_for_openai_are_not_sent_elsewhere(
    model_server: ModelServer, model_client: ModelClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, KEY)
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"Authorization: Bearer {KEY}\nX-Secret: {KEY}")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    model_client.complete(question(model_server.endpoint()))
    model_client.models(model_server.endpoint())
    model_client.embed(model_server.endpoint(), "embedder", ["text"])
    assert len(model_server.calls) == 3
    for call in model_server.calls:
        assert KEY not in repr(call.headers)
        assert "authorization" not in call.headers
        assert not [name for name in call.headers if name.startswith(("x-", "openai-"))]
        assert call.headers["user-agent"].startswith("blueprint-explorer/")
