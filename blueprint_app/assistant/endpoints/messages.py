"""What goes to a model and what comes back, whichever protocol its server speaks."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from blueprint_app.assistant.endpoints.endpoint import Endpoint, RoleModel

Speaker = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation; `role` is who speaks."""

    role: Speaker
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One question to one model; what is None is left to the server."""

    endpoint: Endpoint
    model: str
    messages: tuple[Message, ...]
    temperature: float | None = None
    max_tokens: int | None = None
    reasoning_effort: str | None = None


def request_for(endpoint: Endpoint, chosen: RoleModel, messages: tuple[Message, ...]) -> Request:
    """The question as the settings of a role have it."""
    return Request(endpoint, chosen.model, messages, chosen.temperature, chosen.max_tokens, chosen.reasoning_effort)


class Finish(StrEnum):
    """How a reply ended. Only STOP is a whole answer; CUT and LENGTH hold the beginning of one."""

    STOP = "stop"
    LENGTH = "length"
    CANCELLED = "cancelled"
    CUT = "cut"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a call took. `reasoning` is part of `completion`, `cached` of `prompt`.

    `cost` is in US dollars, None where no price is known. `estimated`: the server did not say, the figures are ours.
    """

    prompt: int = 0
    completion: int = 0
    reasoning: int = 0
    cached: int = 0
    cost: float | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered.

    `thinking` is what it showed of its thoughts, `served_model` the model that the server named, "" if none. `seconds`
    is from the first try to the last word. `left_out` are parameters of the request that the server does not take.
    """

    text: str
    thinking: str
    finish: Finish
    usage: Usage
    served_model: str
    seconds: float
    left_out: tuple[str, ...] = ()
