"""Calls over real HTTP with the real client library: what comes back, and how a call is stopped."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import Api, Price
from blueprint_app.assistant.endpoints.errors import ModelError, Trouble, trouble_with
from blueprint_app.assistant.endpoints.messages import Finish, Usage
from tests.assistant.endpoints.questions import MESSAGES, question, trouble
from tests.fakes.model_server import (
    USAGE,
    Answer,
    ModelServer,
    broken,
    cut,
    drops,
    filtered,
    hangs,
    no_quota,
    rate_limited,
    refuses,
    says,
    slow,
    stalls,
)

both = pytest.mark.parametrize("api", Api)


class StoppedError(Exception):
    """What a job raises once it was cancelled."""


class Stop:
    """A `check` that raises after `stop` was called."""

    def __init__(self) -> None:
        self.is_asked = False

    def __call__(self) -> None:
        if self.is_asked:
            raise StoppedError

    def stop(self, _: Any = None) -> None:
        self.is_asked = True


@both
def test_an_answer_streams_in_pieces(model_server: ModelServer, model_client: ModelClient, api: Api) -> None:
    model_server.then(says("A set with a law.", thinking="Think of symmetry.", model="alpha-2"))
    pieces: list[str] = []
    thoughts: list[str] = []
    reply = model_client.complete(question(model_server.endpoint(api=api)), pieces.append, thoughts.append)
    assert (reply.text, reply.thinking, reply.finish) == ("A set with a law.", "Think of symmetry.", Finish.STOP)
    assert len(pieces) > 1
    assert ("".join(pieces), "".join(thoughts)) == (reply.text, reply.thinking)
    assert reply.served_model == "alpha-2"
    assert reply.usage == Usage(11, 7)
    assert trouble_with(reply) is None


@both
def test_what_is_sent(model_server: ModelServer, model_client: ModelClient, api: Api) -> None:
    request = question(model_server.endpoint(api=api), temperature=0.3, max_tokens=50, reasoning_effort="low")
    model_client.complete(request)
    (call,) = model_server.questions
    assert call.messages == [(message.role, message.content) for message in MESSAGES]
    sent = call.body
    assert (sent["model"], sent["stream"], sent["temperature"]) == ("alpha", True, 0.3)
    if api is Api.CHAT:
        assert (sent["max_tokens"], sent["reasoning_effort"]) == (50, "low")
    else:
        assert (sent["max_output_tokens"], sent["reasoning"], sent["store"]) == (50, {"effort": "low"}, False)


def test_what_is_not_set_is_not_sent(model_server: ModelServer, model_client: ModelClient) -> None:
    model_client.complete(question(model_server.endpoint()))
    assert model_server.questions[0].body.keys() == {"model", "messages", "stream", "stream_options"}


@both
@pytest.mark.parametrize("abrupt", [False, True])
def test_a_cut_stream_is_never_an_answer(
    model_server: ModelServer, model_client: ModelClient, api: Api, abrupt: bool
) -> None:
    model_server.then(cut("theorem foo : True := by", abrupt=abrupt))
    reply = model_client.complete(question(model_server.endpoint(api=api)))
    assert (reply.text, reply.finish) == ("theorem foo : True := by", Finish.CUT)
    told = trouble_with(reply)
    assert told is not None
    assert told.trouble is Trouble.CUT


@both
@pytest.mark.parametrize(
    ("answer", "finish"),
    [(says("half", finish="length"), Finish.LENGTH), (refuses(), Finish.REFUSED), (filtered("x"), Finish.REFUSED)],
)
def test_ends_that_are_no_answer(
    model_server: ModelServer, model_client: ModelClient, api: Api, answer: Answer, finish: Finish
) -> None:
    model_server.then(answer)
    reply = model_client.complete(question(model_server.endpoint(api=api)))
    assert reply.finish is finish
    assert reply.text == (answer.text or answer.refusal)
    assert trouble_with(reply) is not None


def test_words_of_other_servers_for_an_ordinary_end(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.then(says("done", finish="eos_token"))
    assert model_client.complete(question(model_server.endpoint())).finish is Finish.STOP


@both
def test_thoughts_that_stand_in_the_text_are_sorted_out(
    model_server: ModelServer, model_client: ModelClient, api: Api
) -> None:
    model_server.then(says("<think>Is it finite?\n</think>\n\nYes: <think> is a tag.", pieces=40))
    reply = model_client.complete(question(model_server.endpoint(api=api)))
    assert (reply.text, reply.thinking) == ("Yes: <think> is a tag.", "Is it finite?\n")


@both
def test_usage_in_full_with_its_cost(model_server: ModelServer, model_client: ModelClient, api: Api) -> None:
    details = {"prompt_tokens_details": {"cached_tokens": 4}, "completion_tokens_details": {"reasoning_tokens": 5}}
    model_server.then(says("yes", usage={**USAGE, **details}))
    endpoint = model_server.endpoint(api=api, prices={"alpha": Price(1.0, 10.0, 0.5)})
    usage = model_client.complete(question(endpoint)).usage
    assert usage == Usage(11, 7, 5, 4, pytest.approx((7 * 1.0 + 4 * 0.5 + 7 * 10.0) / 1e6))  # type: ignore[arg-type]


@both
@pytest.mark.parametrize("usage", [None, {"prompt_tokens": -1, "completion_tokens": 10**12}])
def test_usage_that_is_missing_or_nonsense_is_estimated_and_says_so(
    model_server: ModelServer, model_client: ModelClient, api: Api, usage: Any
) -> None:
    model_server.then(says("A set with an associative law.", usage=usage))
    found = model_client.complete(question(model_server.endpoint(api=api))).usage
    assert found.estimated
    assert found.cost is None
    assert found.prompt > 5
    assert found.completion > 5


@both
def test_stop_ends_the_call_at_once_and_the_server_sees_it(
    model_server: ModelServer, model_client: ModelClient, api: Api
) -> None:
    model_server.then(stalls("one two three four five"))
    stop, pieces = Stop(), []

    def hear(piece: str) -> None:
        pieces.append(piece)
        stop.stop()

    with pytest.raises(StoppedError):
        model_client.complete(question(model_server.endpoint(api=api, read_seconds=600.0)), hear, check=stop)
    assert pieces == ["one t"]
    assert model_server.questions[0].closed.wait(5)


def test_stop_before_the_first_word(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.then(hangs())
    stop = Stop()
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(model_client.complete, question(model_server.endpoint(read_seconds=600.0)), check=stop)
        model_server.wait_for(1)
        stop.stop()
        with pytest.raises(StoppedError):
            call.result(5)
    assert model_server.questions[0].closed.wait(5)


def test_stop_before_the_call_sends_nothing(model_server: ModelServer, model_client: ModelClient) -> None:
    stop = Stop()
    stop.stop()
    with pytest.raises(StoppedError):
        model_client.complete(question(model_server.endpoint()), check=stop)
    assert model_server.calls == []


def test_a_listener_that_fails_ends_the_call(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.then(stalls("one two"))

    def fail(_: str) -> None:
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        model_client.complete(question(model_server.endpoint()), fail)
    assert model_server.questions[0].closed.wait(5)


def test_pieces_are_heard_in_the_thread_that_asks(model_server: ModelServer, model_client: ModelClient) -> None:
    threads: set[int] = set()
    model_client.complete(question(model_server.endpoint()), lambda _: threads.add(threading.get_ident()))
    assert threads == {threading.get_ident()}


@both
def test_a_stream_that_stalls_is_given_up(model_server: ModelServer, model_client: ModelClient, api: Api) -> None:
    model_server.then(stalls("half of it"))
    pieces: list[str] = []
    error = trouble(model_client, model_server.endpoint(api=api, read_seconds=1.0), on_text=pieces.append)
    assert error.trouble is Trouble.SLOW
    assert "middle of an answer" in error.what_happened
    assert pieces
    assert model_server.questions[0].closed.wait(5)


def test_a_server_that_falls_silent_after_the_end_has_answered(
    model_server: ModelServer, model_client: ModelClient
) -> None:
    # Each piece comes in time; the account of the tokens, and the end of the stream, do not.
    model_server.then(Answer("yes", pieces=1, silent_end=True))
    reply = model_client.complete(question(model_server.endpoint(read_seconds=1.0)))
    assert (reply.text, reply.finish, reply.usage.estimated) == ("yes", Finish.STOP, True)


def test_a_server_that_never_answers_is_given_up_later(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.then(hangs())
    error = trouble(model_client, model_server.endpoint(read_seconds=0.5))
    assert error.trouble is Trouble.SLOW
    assert "within 1.5 seconds" in error.what_happened
    assert model_server.count() == 1, "a slow server is not asked again: each try may cost"


def test_a_slow_stream_that_goes_on_is_no_trouble(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.then(slow("one two three four five", first=1.2, between=0.2))
    reply = model_client.complete(question(model_server.endpoint(read_seconds=1.0)))
    assert reply.text == "one two three four five"
    assert reply.seconds > 1.9


@both
@pytest.mark.parametrize("fault", [broken(500), broken(503), rate_limited("0.01"), drops()])
def test_faults_that_may_pass_are_asked_again(
    model_server: ModelServer, model_client: ModelClient, api: Api, fault: Answer
) -> None:
    model_server.then(fault, says("now"))
    reply = model_client.complete(question(model_server.endpoint(api=api, retries=1)))
    assert reply.text == "now"
    assert model_server.count() == 2


@pytest.mark.parametrize("fault", [no_quota(), rate_limited("3600")])
def test_faults_that_last_are_not_asked_again(
    model_server: ModelServer, model_client: ModelClient, fault: Answer
) -> None:
    model_server.script(lambda call: fault)
    trouble(model_client, model_server.endpoint(retries=3))
    assert model_server.count() == 1


def test_retries_are_counted(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.script(lambda call: rate_limited("0.01"))
    assert trouble(model_client, model_server.endpoint(retries=2)).trouble is Trouble.RATE_LIMIT
    assert model_server.count() == 3


def test_no_more_calls_at_once_than_the_endpoint_allows(model_server: ModelServer, model_client: ModelClient) -> None:
    gate = threading.Event()
    running, most, lock = 0, 0, threading.Lock()
    model_server.script(lambda call: says("x y", gate=gate))

    def hear(_: str) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)

    with ThreadPoolExecutor(5) as pool:
        request = question(model_server.endpoint(parallel=2))
        calls = [pool.submit(model_client.complete, request, hear) for _ in range(5)]
        model_server.wait_for(2)
        assert model_server.count() == 2
        gate.set()
        assert [call.result(10).text for call in calls] == ["x y"] * 5
    assert model_server.count() == 5


def test_many_threads_get_their_own_answers(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.script(lambda call: says(f"about {call.body['model']}", between=0.001))
    base = question(model_server.endpoint(parallel=8))
    with ThreadPoolExecutor(8) as pool:
        texts = pool.map(lambda n: model_client.complete(replace(base, model=f"m{n}")).text, range(24))
        assert list(texts) == [f"about m{n}" for n in range(24)]


def test_closing_ends_what_runs_and_a_later_call_starts_anew(model_server: ModelServer) -> None:
    model_server.then(stalls("one two"))
    client, begun = ModelClient(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(client.complete, question(model_server.endpoint()), lambda _: begun.set())
        assert begun.wait(5)
        client.close()
        with pytest.raises(ModelError, match="closing"):
            call.result(5)
    assert model_server.questions[0].closed.wait(5)
    assert client.complete(question(model_server.endpoint())).text == "Hello."
    client.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "models"]


def test_models_are_listed(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.models = ("zeta", "alpha")
    assert model_client.models(model_server.endpoint()) == ("alpha", "zeta")


def test_texts_become_vectors_in_their_order(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.vector = lambda text: [float(text), 1.0]
    texts = [str(number) for number in range(150)]
    vectors = model_client.embed(model_server.endpoint(), "embedder", texts)
    assert vectors == [[float(number), 1.0] for number in range(150)]
    assert [len(call.body["input"]) for call in model_server.calls] == [64, 64, 22]


def test_vectors_that_are_none_are_refused(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.vector = lambda text: [1.0] * len(text)
    with pytest.raises(ModelError):
        model_client.embed(model_server.endpoint(), "embedder", ["a", "bb"])


def test_the_client_library_is_imported_by_the_first_call_only() -> None:
    program = """
import sys
import blueprint_app.assistant.endpoints.client, blueprint_app.assistant.endpoints.presets
import blueprint_app.assistant.endpoints.settings_file, blueprint_app.assistant.endpoints.consent
client = blueprint_app.assistant.endpoints.client.ModelClient()
heavy = {"openai", "httpx", "httpx2", "keyring", "pydantic", "anyio"} & sys.modules.keys()
client.close()
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", program], check=True)
