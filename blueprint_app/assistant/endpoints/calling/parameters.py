"""Leaves out, one at a time, the parameters that a server does not take: servers differ, and answers matter more."""

import re
from collections.abc import Mapping
from typing import Any

_OPTIONAL = (
    "stream_options",
    "temperature",
    "max_tokens",
    "max_completion_tokens",
    "max_output_tokens",
    "reasoning_effort",
    "reasoning",
    "store",
    "stream",
)
_OTHER_NAME = {"max_tokens": "max_completion_tokens"}
"""Newer models of OpenAI take the limit under this name only; other servers know the older one only."""


def rejected_parameter(status: int, param: object, message: str, sent: Mapping[str, Any]) -> str:
    """The optional parameter of those sent that an error is about; "" if it is about none of them."""
    if status not in (400, 415, 422, 501):
        return ""
    named = re.split(r"[.\[]", param)[0] if isinstance(param, str) else ""
    if named in _OPTIONAL and named in sent:
        return named
    if named in sent:
        return ""
    return next((name for name in _OPTIONAL if name in sent and re.search(rf"(?<!\w){name}(?!\w)", message)), "")


def without(parameters: Mapping[str, Any], rejected: tuple[str, ...]) -> dict[str, Any]:
    """The parameters without those that were rejected, under their other name where they have one."""
    kept = dict(parameters)
    for name in rejected:
        value = kept.pop(name, None)
        if name == "stream":
            kept.pop("stream_options", None)
        if value is not None and name in _OTHER_NAME and _OTHER_NAME[name] not in rejected:
            kept[_OTHER_NAME[name]] = value
    return kept


def left_out(parameters: Mapping[str, Any], kept: Mapping[str, Any]) -> tuple[str, ...]:
    """The parameters that matter to an answer and did not reach the server under any name."""
    return tuple(
        name
        for name in parameters
        if name not in kept and _OTHER_NAME.get(name) not in kept and name not in ("stream", "stream_options", "store")
    )
