"""Addresses, agreements for hosts, and the endpoints to begin from."""

import pytest

from blueprint_app.assistant.endpoints.consent import needs_consent, with_consent, without_consent
from blueprint_app.assistant.endpoints.endpoint import Endpoint, ModelSettings
from blueprint_app.assistant.endpoints.keys import is_key_source
from blueprint_app.assistant.endpoints.presets import PRESETS
from blueprint_app.assistant.endpoints.settings_form import address_problem


@pytest.mark.parametrize(
    ("url", "host", "is_loopback"),
    [
        ("https://api.openai.com/v1", "api.openai.com", False),
        ("https://API.OpenAI.com:443/v1", "api.openai.com", False),
        ("http://localhost:11434/v1", "localhost:11434", True),
        ("http://models.localhost/v1", "models.localhost", True),
        ("http://127.0.0.1:80/v1", "127.0.0.1", True),
        ("http://127.8.9.10:8000/v1", "127.8.9.10:8000", True),
        ("http://[::1]:8000/v1", "[::1]:8000", True),
        ("http://0.0.0.0:8000/v1", "0.0.0.0:8000", True),
        ("http://192.168.1.7:8000/v1", "192.168.1.7:8000", False),
        ("http://localhost.example.org/v1", "localhost.example.org", False),
        ("http://user:pw@127.0.0.1@evil.example/v1", "evil.example", False),
        ("http://host:port/v1", "", False),
        ("http://[/v1", "", False),
    ],
)
def test_hosts(url: str, host: str, is_loopback: bool) -> None:
    endpoint = Endpoint("x", url)
    assert (endpoint.host, endpoint.is_loopback) == (host, is_loopback)


def test_consent_is_for_one_host_and_can_be_taken_back() -> None:
    asked, other = Endpoint("a", "http://one.example/v1"), Endpoint("b", "http://one.example:8080/v1")
    settings = ModelSettings((asked, other))
    assert needs_consent(asked, settings)
    agreed = with_consent(asked, settings)
    assert not needs_consent(asked, agreed)
    assert not needs_consent(Endpoint("again", "http://ONE.example/other"), agreed)
    assert needs_consent(other, agreed)
    assert needs_consent(asked, without_consent("one.example", agreed))


def test_an_address_without_a_host_always_needs_consent() -> None:
    endpoint = Endpoint("a", "http://[/v1")
    assert needs_consent(endpoint, with_consent(endpoint, ModelSettings()))


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_presets_can_be_used_as_they_are(preset) -> None:
    endpoint = preset.endpoint()
    assert address_problem(endpoint.base_url) == ""
    assert is_key_source(endpoint.key)
    assert endpoint.is_loopback is (endpoint.key == "")
    assert preset.note


def test_presets_have_names_of_their_own() -> None:
    assert [preset.name for preset in PRESETS] == ["OpenAI", "vLLM", "llama.cpp", "Ollama", "LM Studio"]
    assert PRESETS[0].endpoint("Work").name == "Work"
