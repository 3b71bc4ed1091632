"""Chat Completions, the protocol that nearly every server speaks: what is sent, and how what comes back is read."""

from collections.abc import Mapping
from typing import Any

from blueprint_app.assistant.endpoints.calling.collecting import Collected, entries, mapping
from blueprint_app.assistant.endpoints.messages import Finish, Request

_FINISHES = {"length": Finish.LENGTH, "content_filter": Finish.REFUSED, "error": Finish.CUT}


def chat_parameters(request: Request) -> dict[str, Any]:
    """The parameters of a call that streams."""
    optional = {
        "temperature": request.temperature,
        "max_tokens": request.max_tokens,
        "reasoning_effort": request.reasoning_effort,
    }
    return {
        "model": request.model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "stream": True,
        "stream_options": {"include_usage": True},
        **{name: value for name, value in optional.items() if value is not None},
    }


def read_chat_event(chunk: Mapping[str, Any], collected: Collected) -> None:
    """Take in one event of a streamed answer."""
    collected.name_model(chunk.get("model"))
    collected.usage = mapping(chunk.get("usage")) or collected.usage
    for choice in entries(chunk.get("choices"))[:1]:
        _read_choice(mapping(choice.get("delta")), choice.get("finish_reason"), collected)


def read_chat_whole(body: Mapping[str, Any], collected: Collected) -> None:
    """Take in an answer that came in one piece, from a server that does not stream."""
    collected.name_model(body.get("model"))
    collected.usage = mapping(body.get("usage"))
    for choice in entries(body.get("choices"))[:1]:
        _read_choice(mapping(choice.get("message")), choice.get("finish_reason"), collected)


def _read_choice(said: Mapping[str, Any], finish: object, collected: Collected) -> None:
    # Two names are in use for one thing; some servers send both.
    collected.add_thinking(said.get("reasoning_content") or said.get("reasoning"))
    collected.add_text(said.get("content"))
    if said.get("refusal"):
        collected.add_text(said["refusal"])
        collected.finish = Finish.REFUSED
    if isinstance(finish, str) and finish and collected.finish is None:
        # Servers have words of their own for an ordinary end.
        collected.finish = _FINISHES.get(finish, Finish.STOP)
