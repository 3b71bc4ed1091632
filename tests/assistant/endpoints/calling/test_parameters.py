"""Parameters that a server does not take are left out, remembered, and told."""

import pytest

from blueprint_app.assistant.endpoints.calling.parameters import left_out, rejected_parameter, without
from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import Api
from blueprint_app.assistant.endpoints.errors import Trouble
from tests.assistant.endpoints.questions import question, trouble
from tests.fakes.model_server import Answer, Call, ModelServer, fails, says


def test_the_limit_goes_by_its_newer_name_where_the_older_is_refused(
    model_server: ModelServer, model_client: ModelClient
) -> None:
    model_server.rejects = {"max_tokens"}
    request = question(model_server.endpoint(), max_tokens=9)
    for _ in range(2):
        assert model_client.complete(request).left_out == ()
    assert [call.body.get("max_completion_tokens") for call in model_server.questions] == [None, 9, 9]


def test_several_are_left_out_one_after_the_other_and_not_tried_again(
    model_server: ModelServer, model_client: ModelClient
) -> None:
    model_server.rejects = {"stream_options", "temperature", "max_tokens", "max_completion_tokens"}
    request = question(model_server.endpoint(), temperature=0.5, max_tokens=9)
    for _ in range(2):
        reply = model_client.complete(request)
        assert reply.text == "Hello."
        assert set(reply.left_out) == {"temperature", "max_tokens"}
        assert reply.usage.estimated
    assert model_server.count() == 6
    assert model_server.questions[-1].body.keys() == {"model", "messages", "stream"}


def test_in_responses_too(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.rejects = {"store", "reasoning"}
    reply = model_client.complete(question(model_server.endpoint(api=Api.RESPONSES), reasoning_effort="high"))
    assert (reply.text, reply.left_out) == ("Hello.", ("reasoning",))


@pytest.mark.parametrize("api", Api)
def test_a_server_that_does_not_stream_and_says_so(
    model_server: ModelServer, model_client: ModelClient, api: Api
) -> None:
    model_server.rejects = {"stream"}
    model_server.script(lambda call: says("whole", thinking="" if api is Api.RESPONSES else "hm"))
    pieces: list[str] = []
    reply = model_client.complete(question(model_server.endpoint(api=api)), pieces.append)
    assert (reply.text, reply.finish, pieces) == ("whole", "stop", ["whole"])
    assert (reply.usage.prompt, reply.usage.estimated) == (11, False)


@pytest.mark.parametrize("finish", ["stop", "length"])
def test_a_server_that_does_not_stream_and_does_not_say_so(
    model_server: ModelServer, model_client: ModelClient, finish: str
) -> None:
    body = {"choices": [{"message": {"content": "whole"}, "finish_reason": finish}], "model": "m"}
    model_server.then(Answer(body=str(body).replace("'", '"').encode()))
    reply = model_client.complete(question(model_server.endpoint()))
    assert (reply.text, reply.finish, reply.served_model) == ("whole", finish, "m")


def test_what_did_not_help_is_not_remembered(model_server: ModelServer, model_client: ModelClient) -> None:
    model_server.script(lambda call: fails(400, "temperature of the room is wrong"))
    request = question(model_server.endpoint(), temperature=0.5)
    assert trouble(model_client, request.endpoint).trouble is Trouble.OTHER
    with pytest.raises(Exception, match="of the room"):
        model_client.complete(request)
    model_server.script(lambda call: says(str(call.body.get("temperature"))))
    assert model_client.complete(request).text == "0.5"


def test_a_question_that_is_too_long_keeps_its_limit(model_server: ModelServer, model_client: ModelClient) -> None:
    def answer(call: Call) -> Answer:
        return fails(400, "'max_tokens' is too large: 9000. This model's maximum context length is 4096 tokens.")

    model_server.script(answer)
    with pytest.raises(Exception, match="too long"):
        model_client.complete(question(model_server.endpoint(), max_tokens=9000))
    assert model_server.count() == 1


@pytest.mark.parametrize(
    ("status", "param", "message", "name"),
    [
        (400, "temperature", "", "temperature"),
        (400, "reasoning.effort", "", "reasoning"),
        (422, None, "[{'loc': ['body', 'stream_options'], 'msg': 'Extra inputs are not permitted'}]", "stream_options"),
        (400, "messages", "temperature", ""),
        (400, None, "stream_optional", ""),
        (400, "top_p", "", ""),
        (500, "temperature", "", ""),
    ],
)
def test_which_parameter_an_error_is_about(status: int, param: str | None, message: str, name: str) -> None:
    sent = {"messages": [], "temperature": 1, "reasoning": {}, "stream_options": {}, "stream": True}
    assert rejected_parameter(status, param, message, sent) == name


def test_without_a_stream_there_are_no_options_for_it() -> None:
    wanted = {"model": "m", "stream": True, "stream_options": {}, "max_tokens": 3}
    assert without(wanted, ("stream", "max_tokens")) == {"model": "m", "max_completion_tokens": 3}
    assert left_out(wanted, without(wanted, ("stream", "max_tokens"))) == ()
    assert left_out(wanted, without(wanted, ("max_tokens", "max_completion_tokens"))) == ("max_tokens",)
