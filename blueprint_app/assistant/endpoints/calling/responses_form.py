"""The Responses protocol: what is sent, and how what comes back is read."""

from collections.abc import Mapping
from typing import Any

from blueprint_app.assistant.endpoints.calling.collecting import Collected, entries, mapping
from blueprint_app.assistant.endpoints.messages import Finish, Request

_TEXT = ("response.output_text.delta", "response.refusal.delta")
_THINKING = ("response.reasoning_text.delta", "response.reasoning_summary_text.delta")
_LAST = ("response.completed", "response.incomplete", "response.failed")


def responses_parameters(request: Request) -> dict[str, Any]:
    """The parameters of a call that streams. The server is asked to keep nothing."""
    system = "\n\n".join(message.content for message in request.messages if message.role == "system")
    turns = [message for message in request.messages if message.role != "system"]
    effort = request.reasoning_effort
    optional = {
        "instructions": system or None,
        "temperature": request.temperature,
        "max_output_tokens": request.max_tokens,
        "reasoning": None if effort is None else {"effort": effort},
    }
    return {
        "model": request.model,
        "input": [{"role": message.role, "content": message.content} for message in turns],
        "stream": True,
        "store": False,
        **{name: value for name, value in optional.items() if value is not None},
    }


def read_responses_event(event: Mapping[str, Any], collected: Collected) -> None:
    """Take in one event of a streamed answer."""
    kind = event.get("type")
    if kind in _TEXT:
        collected.add_text(event.get("delta"))
    elif kind in _THINKING:
        collected.add_thinking(event.get("delta"))
    if kind == "response.refusal.delta":
        collected.finish = Finish.REFUSED
    response = mapping(event.get("response"))
    collected.name_model(response.get("model"))
    if kind in _LAST:
        _read_end(response, collected)


def failure_in(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """The error that an event of a stream tells of; empty if it tells of none."""
    if event.get("type") == "error":
        return event
    return mapping(mapping(event.get("response")).get("error"))


def read_responses_whole(body: Mapping[str, Any], collected: Collected) -> None:
    """Take in an answer that came in one piece, from a server that does not stream."""
    collected.name_model(body.get("model"))
    for item in entries(body.get("output")):
        for part in entries(item.get("content")):
            _read_part(part, collected)
    _read_end(body, collected)


def _read_part(part: Mapping[str, Any], collected: Collected) -> None:
    if part.get("type") == "refusal":
        collected.add_text(part.get("refusal"))
        collected.finish = Finish.REFUSED
    elif part.get("type") == "reasoning_text":
        collected.add_thinking(part.get("text"))
    else:
        collected.add_text(part.get("text"))


def _read_end(response: Mapping[str, Any], collected: Collected) -> None:
    collected.usage = mapping(response.get("usage"))
    if collected.finish is None:
        collected.finish = _finish(response)


def _finish(response: Mapping[str, Any]) -> Finish | None:
    """How it ended; None if that cannot be told, as then it counts as cut."""
    reason = mapping(response.get("incomplete_details")).get("reason")
    if response.get("status") == "completed":
        return Finish.STOP
    return {"max_output_tokens": Finish.LENGTH, "content_filter": Finish.REFUSED}.get(str(reason))
