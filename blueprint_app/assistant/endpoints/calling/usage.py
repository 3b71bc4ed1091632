"""What a call took, from what the server said of it, or as an estimate where it said nothing."""

from collections.abc import Mapping
from typing import Any

from blueprint_app.assistant.endpoints.calling.collecting import Collected, mapping
from blueprint_app.assistant.endpoints.endpoint import Price
from blueprint_app.assistant.endpoints.messages import Request, Usage
from blueprint_app.assistant.endpoints.tokens import estimated_tokens

_TOKENS_PER_MESSAGE = 4
"""About what the marks around a turn take."""


def usage_of(request: Request, collected: Collected) -> Usage:
    """The tokens, and their cost where the endpoint's settings give a price for the model."""
    usage = _said(collected.usage) or _estimated(request, collected)
    prices = request.endpoint.prices
    price = prices.get(request.model) or prices.get(collected.model)
    cost = None if price is None else cost_of(usage, price)
    return Usage(usage.prompt, usage.completion, usage.reasoning, usage.cached, cost, usage.estimated)


def cost_of(usage: Usage, price: Price) -> float:
    """What these tokens cost, in US dollars."""
    cached = price.prompt if price.cached is None else price.cached
    fresh = max(0, usage.prompt - usage.cached)
    return (fresh * price.prompt + usage.cached * cached + usage.completion * price.completion) / 1e6


def estimated_prompt(request: Request) -> int:
    """About how many tokens a question has."""
    return sum(estimated_tokens(message.content) + _TOKENS_PER_MESSAGE for message in request.messages)


def _said(usage: Mapping[str, Any]) -> Usage | None:
    """The figures of either protocol; None if the two that matter are not there."""
    prompt = _count(usage, "prompt_tokens", "input_tokens")
    completion = _count(usage, "completion_tokens", "output_tokens")
    if prompt is None or completion is None:
        return None
    inside = mapping(usage.get("completion_tokens_details") or usage.get("output_tokens_details"))
    before = mapping(usage.get("prompt_tokens_details") or usage.get("input_tokens_details"))
    reasoning, cached = _count(inside, "reasoning_tokens") or 0, _count(before, "cached_tokens") or 0
    return Usage(prompt, completion, min(reasoning, completion), min(cached, prompt))


def _count(usage: Mapping[str, Any], *names: str) -> int | None:
    """The first of these fields that holds a number of tokens."""
    counts = (usage.get(name) for name in names)
    return next((count for count in counts if type(count) is int and 0 <= count < 10**9), None)


def _estimated(request: Request, collected: Collected) -> Usage:
    thinking = estimated_tokens(collected.thinking)
    completion = estimated_tokens(collected.text) + thinking
    return Usage(estimated_prompt(request), completion, thinking, estimated=True)
