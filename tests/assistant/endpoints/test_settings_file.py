"""The settings of models survive a round trip, a damaged file, and a user who writes a key into it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.endpoints.endpoint import Api, Endpoint, ModelSettings, Price, Role, RoleModel
from blueprint_app.assistant.endpoints.settings_file import (
    form_of,
    read_model_settings,
    settings_path,
    write_model_settings,
)
from blueprint_app.assistant.endpoints.settings_form import settings_from
from blueprint_app.model.errors import BlueprintError

KEY = "sk-proj-Zx81hqLk29fTTe0aWvB7"

FULL = ModelSettings(
    (
        Endpoint("Ollama", "http://127.0.0.1:11434/v1", parallel=1),
        Endpoint(
            "OpenAI",
            "https://api.openai.com/v1",
            "env:OPENAI_API_KEY",
            Api.RESPONSES,
            5.0,
            300.5,
            4,
            128_000,
            {"big": Price(2.5, 10.0, 1.25), "small": Price(0.1, 0.4)},
            8,
        ),
        Endpoint("Institut für Mathematik", "https://[2001:db8::1]:8443/v1", "keyring:institute"),
    ),
    {Role.PROVER: RoleModel("OpenAI", "big", 0.2, 4000, "high"), Role.EXPLAINER: RoleModel("Ollama", "qwen3:8b")},
    frozenset({"api.openai.com", "127.0.0.1:11434"}),
    embedder=RoleModel("Ollama", "nomic-embed-text"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "models.yaml"


def test_a_round_trip(path: Path) -> None:
    write_model_settings(FULL, path)
    assert read_model_settings(path) == FULL
    assert [entry.name for entry in path.parent.iterdir()] == ["models.yaml"]


def test_only_what_differs_from_the_defaults_is_written() -> None:
    settings = ModelSettings(
        (Endpoint("Ollama", "http://127.0.0.1:11434/v1"),), {Role.CRITIC: RoleModel("Ollama", "q")}
    )
    assert form_of(settings) == {
        "endpoints": [{"name": "Ollama", "base_url": "http://127.0.0.1:11434/v1"}],
        "roles": {"critic": {"endpoint": "Ollama", "model": "q"}},
    }


def test_no_file_is_no_problem(path: Path) -> None:
    assert read_model_settings(path) == ModelSettings()


def test_the_file_is_the_users_own() -> None:
    assert settings_path().name == "models.yaml"
    assert settings_path().parent.name == "blueprint-explorer"


@pytest.mark.parametrize("text", ["endpoints: [", "\tx", "!!python/object:os.system x", "{a: *b}", "just words", "- 1"])
def test_a_file_that_is_none_is_reported(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    settings = read_model_settings(path)
    assert settings.endpoints == ()
    assert len(settings.problems) == 1
    path.write_bytes(b"\xff\xfe\x00broken")
    assert read_model_settings(path).problems
    path.unlink()
    path.mkdir()
    assert read_model_settings(path).problems


def test_damaged_parts_are_left_out_and_the_rest_is_used(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(
        """
endpoints:
  - {name: Good, base_url: "http://127.0.0.1:1/v1", retries: -4, read_seconds: soon, parallel: true, colour: red}
  - {name: Good, base_url: "http://127.0.0.1:2/v1"}
  - {name: Nowhere, base_url: "ftp://x"}
  - {base_url: "http://127.0.0.1:3/v1"}
  - 7
  - {name: Priced, base_url: "http://h/v1", prices: {a: {prompt: 1, completion: 2}, b: {prompt: 1}, c: 3}}
roles:
  prover: {endpoint: Good, model: m, temperature: hot, max_tokens: 100}
  critic: {endpoint: Elsewhere, model: m}
  explainer: {endpoint: Good}
  chef: {endpoint: Good, model: m}
consented: [host, 7]
theme: dark
""",
        "utf-8",
    )
    settings = read_model_settings(path)
    good, priced = settings.endpoints
    assert good == Endpoint("Good", "http://127.0.0.1:1/v1")
    assert priced.prices == {"a": Price(1, 2)}
    assert settings.roles == {Role.PROVER: RoleModel("Good", "m", max_tokens=100)}
    assert settings.consented == {"host"}
    told = "\n".join(settings.problems)
    for word in (
        "Good: retries is left out, as it is not a whole number from 0 to 10",
        "read_seconds",
        "parallel",
        "colour is not known",
        "Endpoint 2 has the name of an earlier one",
        "Nowhere was left out: its base_url cannot be used, it does not begin with http",
        "Endpoint 4 has no name",
        "Endpoint 5 has no name",
        "Priced: a price is not understood",
        "role prover: temperature",
        "role critic was left out: its endpoint",
        "role explainer was left out: it names no model",
        "A role was left out: the roles are explainer",
        "Some hosts",
        "theme is not known",
    ):
        assert word in told


def test_a_damaged_file_is_kept_when_the_settings_are_written(path: Path) -> None:
    path.parent.mkdir()
    for number in (1, 2):
        path.write_text(f"endpoints: [broken {number}", "utf-8")
        write_model_settings(FULL, path)
        assert path.with_name(f"models.yaml.damaged-{number}").read_text("utf-8") == f"endpoints: [broken {number}"
    assert read_model_settings(path) == FULL


@pytest.mark.parametrize(
    "text",
    [
        f"endpoints: [{{name: A, base_url: 'http://h/v1', key: {KEY}}}]",
        f"endpoints: [{{name: A, base_url: 'http://h/v1', key: 'env:{KEY}'}}]",
        f"endpoints: [{{name: A, base_url: 'http://h/v1', api_key: {KEY}}}]",
        f"endpoints: [{{name: A, base_url: 'http://h/v1', authorization: {KEY}}}]",
        f"endpoints: [{{name: {KEY}, base_url: 'http://h/v1'}}]",
        f"endpoints: [{{name: A, base_url: 'http://h/v1?key={KEY}'}}]",
        f"endpoints: [{{name: A, base_url: 'http://me:{KEY}@h/v1'}}]",
        f"endpoints: [{{name: A, base_url: 'http://h/v1', prices: {{{KEY}: {{prompt: 1, completion: 1}}}}}}]",
        f"roles: {{{KEY}: {{endpoint: A, model: b}}}}",
        f"{{endpoints: [{{name: A, base_url: 'http://h/v1'}}], roles: {{prover: {{endpoint: A, model: {KEY}}}}}}}",
        f"consented: [{KEY}]",
        f"openai: {KEY}",
        f"{KEY}: 1",
    ],
)
def test_a_key_in_the_file_is_reported_but_neither_used_nor_shown(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    settings = read_model_settings(path)
    assert settings.problems
    assert KEY not in repr(settings)


def test_an_own_field_for_a_key_names_the_places_for_keys() -> None:
    entry = {"name": "A", "base_url": "http://h/v1", "api_key": "short"}
    (problem,) = settings_from({"endpoints": [entry]}).problems
    assert "keyring:NAME" in problem
    assert "env:NAME" in problem


@pytest.mark.parametrize(
    "settings",
    [
        ModelSettings((Endpoint("A", "http://h/v1", KEY),)),
        ModelSettings((Endpoint("A", "http://h/v1", "plain words"),)),
        ModelSettings((Endpoint(KEY, "http://h/v1"),)),
        ModelSettings((Endpoint("A", f"http://h/{KEY}/v1"),)),
        ModelSettings(roles={Role.CRITIC: RoleModel("A", KEY)}),
        ModelSettings((Endpoint("A", "http://h/v1", prices={KEY: Price(1, 1)}),)),
    ],
)
def test_a_key_is_not_written(path: Path, settings: ModelSettings) -> None:
    write_model_settings(FULL, path)
    before = path.read_bytes()
    with pytest.raises(BlueprintError, match="keyring") as caught:
        write_model_settings(settings, path)
    assert KEY not in str(caught.value)
    assert path.read_bytes() == before


def test_a_disk_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BlueprintError, match="cannot be written"):
        write_model_settings(FULL, tmp_path / "file" / "models.yaml")


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
words = st.sampled_from(["endpoints", "roles", "consented", "name", "base_url", "key", "prices", "prover", "model"])
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words | scalars, inner, max_size=4),
    max_leaves=20,
)


@given(trees)
def test_whatever_stands_in_the_file_nothing_breaks(data: object) -> None:
    settings = settings_from(data)
    assert settings_from(form_of(settings)).problems == ()


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"endpoint": "gone", "model": "m"}, "The embedder was left out: its endpoint is not among the endpoints."),
        ({"endpoint": "Ollama"}, "The embedder was left out: it names no model that can be used."),
        (["m"], "The settings of models: embedder are no names with values and were left out."),
        ({"endpoint": "Ollama", "model": KEY}, "The embedder was left out: it names no model that can be used."),
    ],
)
def test_an_embedder_that_makes_no_sense_is_told_of_and_left_out(entry: object, told: str) -> None:
    endpoints = [{"name": "Ollama", "base_url": "http://127.0.0.1:11434/v1"}]
    settings = settings_from({"endpoints": endpoints, "embedder": entry})
    assert settings.embedder is None
    assert settings.problems == (told,)
    assert len(settings.endpoints) == 1


def test_an_embedder_has_no_more_than_a_model() -> None:
    data = {
        "endpoints": [{"name": "Ollama", "base_url": "http://127.0.0.1:11434/v1"}],
        "embedder": {"endpoint": "Ollama", "model": "m", "temperature": 1},
    }
    settings = settings_from(data)
    assert settings.embedder == RoleModel("Ollama", "m")
    assert settings.problems == ("The embedder: temperature is not known and was left out.",)
