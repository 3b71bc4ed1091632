"""Whatever goes wrong on the way to a model is told in plain words, over real HTTP."""

import dataclasses
import socket

import pytest

from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import Api, Endpoint
from blueprint_app.assistant.endpoints.errors import ModelError, Trouble
from tests.assistant.endpoints.questions import question, trouble
from tests.fakes.model_server import (
    Answer,
    ModelServer,
    broken,
    context_too_long,
    drops,
    fails,
    forbidden,
    login_page,
    no_quota,
    no_such_model,
    no_such_url,
    rate_limited,
    redirects,
    wrong_key,
)

both = pytest.mark.parametrize("api", Api)
PAGE = {"Content-Type": "text/html"}

TROUBLES = [
    (wrong_key(), Trouble.WRONG_KEY, "asks for a key", "where one is kept"),
    (forbidden(), Trouble.WRONG_KEY, "does not allow this", "another model than alpha"),
    (no_such_model(), Trouble.WRONG_MODEL, "no model alpha", "Choose one that the server lists"),
    (fails(404, 'model "alpha" not found, try pulling it first'), Trouble.WRONG_MODEL, "pulling it", "Choose one"),
    (fails(400, "Invalid model identifier", code="model_not_found"), Trouble.WRONG_MODEL, "no model", "Choose one"),
    (no_such_url(), Trouble.WRONG_URL, "nothing to ask", "ends in /v1"),
    (Answer(status=405, body=b"{}"), Trouble.WRONG_URL, "nothing to ask", "ends in /v1"),
    (no_quota(), Trouble.NO_QUOTA, "no credit left", "To wait does not help"),
    (fails(402, "Insufficient Balance"), Trouble.NO_QUOTA, "no credit left", "Add credit"),
    (rate_limited("90"), Trouble.RATE_LIMIT, "no more questions for now", "Wait 90 seconds"),
    (rate_limited(), Trouble.RATE_LIMIT, "no more questions for now", "Wait a little"),
    (context_too_long(), Trouble.CONTEXT_TOO_LONG, "too long for alpha", "Trim the context"),
    (
        fails(
            400, "the request exceeds the available context size, try increasing it", type="exceed_context_size_error"
        ),
        Trouble.CONTEXT_TOO_LONG,
        "too long for alpha",
        "Trim the context",
    ),
    (fails(413, "Payload Too Large"), Trouble.CONTEXT_TOO_LONG, "too long", "Trim"),
    (broken(500), Trouble.SERVER, "failed (status 500)", "fault is the server's"),
    (fails(503, "Loading model", type="unavailable_error"), Trouble.SERVER, "Loading model", "try again in a while"),
    (Answer(status=502, headers=PAGE, body=b"<html>Bad Gateway"), Trouble.SERVER, "(status 502).", "try again"),
    (fails(504, "upstream timed out"), Trouble.SLOW, "took too long", "Try again"),
    (fails(400, "Flagged.", code="content_policy_violation"), Trouble.REFUSED, "refuses", "Word it differently"),
    (
        fails(400, "Something new."),
        Trouble.OTHER,
        "did not accept the question (status 400). It says: Something new.",
        "",
    ),
    (login_page(), Trouble.LOGIN_PAGE, "A web page came back", "sign in"),
    (Answer(status=403, headers=PAGE, body=b"<html>Portal"), Trouble.LOGIN_PAGE, "A web page", "sign in"),
    (Answer(status=407, body=b""), Trouble.LOGIN_PAGE, "proxy", "HTTPS_PROXY"),
    (Answer(headers={"Content-Type": "text/plain"}, body=b"It works!"), Trouble.WRONG_URL, "no model server", "/v1"),
    (Answer(body=b'{"hello": 1}'), Trouble.WRONG_URL, "no model server", "/v1"),
    (Answer(body=b'{"error": {"message": "out of memory", "code": 500}}'), Trouble.SERVER, "out of memory", ""),
    (drops(), Trouble.CUT, "closed the connection before it answered", "Try again"),
]


@both
@pytest.mark.parametrize(("answer", "kind", "what", "hint"), TROUBLES)
def test_plain_words_for_what_the_server_answers(
    model_server: ModelServer, model_client: ModelClient, api: Api, answer: Answer, kind: Trouble, what: str, hint: str
) -> None:
    model_server.then(answer)
    error = trouble(model_client, model_server.endpoint("Local", api=api))
    assert error.trouble is kind
    assert what in error.what_happened
    assert hint in error.what_to_do
    assert "<" not in str(error), "no markup of pages is shown"
    assert model_server.count() == 1


@pytest.mark.parametrize(("answer", "kind"), [(login_page(), Trouble.LOGIN_PAGE), (no_such_url(), Trouble.WRONG_URL)])
def test_the_test_of_a_connection_tells_too(
    model_server: ModelServer, model_client: ModelClient, monkeypatch: pytest.MonkeyPatch, answer: Answer, kind: Trouble
) -> None:
    monkeypatch.setattr(model_server, "answer_for", lambda call: answer)
    with pytest.raises(ModelError) as listed:
        model_client.models(model_server.endpoint())
    with pytest.raises(ModelError) as embedded:
        model_client.embed(model_server.endpoint(), "embedder", ["text"])
    assert listed.value.trouble is embedded.value.trouble is kind


def test_the_wait_that_the_server_asks_for(model_server: ModelServer, model_client: ModelClient) -> None:
    in_words = fails(429, "Rate limit reached. Please try again in 1.5m.", code="rate_limit_exceeded")
    for answer, wait in [(rate_limited("42"), 42), (rate_limited("garbage"), None), (in_words, 90)]:
        model_server.then(answer)
        assert trouble(model_client, model_server.endpoint()).wait_seconds == wait
    model_server.then(rate_limited("Wed, 21 Oct 2015 07:28:00 GMT"))
    assert trouble(model_client, model_server.endpoint()).wait_seconds == 0


@both
def test_an_error_in_the_middle_of_a_stream(model_server: ModelServer, model_client: ModelClient, api: Api) -> None:
    event = {
        Api.CHAT: b'data: {"error": {"message": "CUDA out of memory", "code": 500}}\n\n',
        Api.RESPONSES: b'event: error\ndata: {"type": "error", "message": "CUDA out of memory", "code": "500"}\n\n',
    }[api]
    model_server.then(Answer(headers={"Content-Type": "text/event-stream"}, body=event))
    error = trouble(model_client, model_server.endpoint(api=api))
    assert error.trouble is Trouble.SERVER
    assert "CUDA out of memory" in error.what_happened


def test_events_that_are_no_json_are_a_broken_stream(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.then(Answer(headers={"Content-Type": "text/event-stream"}, body=b'data: {"choices": [{"de\n\n'))
    assert trouble(model_client, model_server.endpoint()).trouble is Trouble.CUT


@pytest.mark.parametrize("event", [b"data: 7", b"data: []", b'data: {"choices": 7, "usage": [], "model": {}}'])
def test_events_of_any_shape_do_no_harm(model_server: ModelServer, model_client: ModelClient, event: bytes) -> None:
    model_server.then(Answer(headers={"Content-Type": "text/event-stream"}, body=event + b"\n\n"))
    reply = model_client.complete(question(model_server.endpoint()))
    assert (reply.text, reply.finish) == ("", "cut")


def test_no_server_is_running(model_client: ModelClient) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        endpoint = Endpoint("Ollama", f"http://127.0.0.1:{held.getsockname()[1]}/v1", retries=2)
        error = trouble(model_client, endpoint)
    assert error.trouble is Trouble.NOT_RUNNING
    assert "No server is running" in error.what_happened
    assert error.what_to_do.startswith("Start Ollama")


def test_a_host_that_does_not_exist(model_client: ModelClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    error = trouble(model_client, Endpoint("Far", "https://models.invalid/v1", retries=0))
    assert error.trouble is Trouble.WRONG_URL
    assert "There is no host models.invalid" in error.what_happened


@pytest.mark.parametrize("url", ["", "localhost:8000/v1", "http://", "http://user:pw@host/v1", "http://[/v1"])
def test_an_address_that_is_none(model_client: ModelClient, url: str) -> None:
    assert trouble(model_client, Endpoint("Wrong", url)).trouble is Trouble.WRONG_URL


def test_long_or_hostile_messages_are_shortened(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.then(fails(500, "A\x1b[31m\n" + "very " * 500))
    error = trouble(model_client, model_server.endpoint())
    assert len(str(error)) < 500
    assert "\x1b" not in str(error)
    assert "\n" not in str(error)


@both
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_to_another_host_are_not_followed(
    model_server: ModelServer, model_client: ModelClient, monkeypatch: pytest.MonkeyPatch, api: Api, status: int
) -> None:
    monkeypatch.setenv("REDIRECT_KEY", "sk-this-must-not-travel-0123456789")
    with ModelServer() as other:
        model_server.then(redirects(f"{other.url}/chat/completions", status))
        endpoint = model_server.endpoint(api=api, key="env:REDIRECT_KEY")
        error = trouble(model_client, endpoint)
        assert other.calls == []
    assert error.trouble is Trouble.LOGIN_PAGE
    assert f"points to {other.url.split('/')[2]}" in error.what_happened


def test_a_plain_server_asked_for_encryption(model_server: ModelServer, model_client: ModelClient) -> None:
    endpoint = dataclasses.replace(model_server.endpoint(), base_url=model_server.url.replace("http:", "https:"))
    error = trouble(model_client, endpoint)
    assert error.trouble is Trouble.WRONG_URL
    assert "http://" in error.what_to_do
