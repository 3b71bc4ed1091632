"""The two plain calls: which models a server has, and texts as vectors."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from blueprint_app.assistant.endpoints.calling.collecting import entries, mapping
from blueprint_app.assistant.endpoints.calling.connections import Connections, headers_for
from blueprint_app.assistant.endpoints.calling.diagnosis import (
    first_word_seconds,
    model_error,
    not_a_model_error,
    page_error,
    slow_error,
)
from blueprint_app.assistant.endpoints.calling.faults import Break, Fault, facts_of, fault_of
from blueprint_app.assistant.endpoints.calling.repeating import repeated
from blueprint_app.assistant.endpoints.endpoint import Endpoint


async def model_names(endpoint: Endpoint, key: str | None, connections: Connections) -> tuple[str, ...]:
    """The names of the models that the server offers, sorted. Raises `ModelError`."""

    async def call() -> object:
        # The package's own call for this fails where a page comes back.
        return await connections.client(endpoint).get("/models", cast_to=object, options={"headers": headers_for(key)})

    facts = mapping(await _plain(call, endpoint, "", key))
    if "data" not in facts:
        raise not_a_model_error(endpoint)
    names = (entry.get("id") for entry in entries(facts["data"]))
    return tuple(sorted({name for name in names if isinstance(name, str) and name}))


async def embeddings(
    endpoint: Endpoint, model: str, texts: Sequence[str], key: str | None, connections: Connections
) -> list[list[float]]:
    """A vector for each text, in their order. Raises `ModelError`."""

    async def call() -> object:
        # Left to itself, the package asks for a form that few servers but OpenAI's know.
        return await connections.client(endpoint).embeddings.create(
            model=model, input=list(texts), encoding_format="float", extra_headers=headers_for(key)
        )

    async with connections.room(endpoint):
        facts = facts_of(await _plain(call, endpoint, model, key))
    found = entries(facts.get("data"))
    by_index = {entry.get("index", number): _vector(entry.get("embedding")) for number, entry in enumerate(found)}
    vectors = [by_index.get(number, []) for number in range(len(texts))]
    if not all(vectors) or len({len(vector) for vector in vectors}) > 1:
        raise not_a_model_error(endpoint)
    return vectors


async def _plain(call: Callable[[], Awaitable[object]], endpoint: Endpoint, model: str, key: str | None) -> object:
    """What a call that does not stream brings."""
    found = await repeated(
        lambda: _attempt(call, endpoint), lambda fault: model_error(fault, endpoint, model, key), endpoint.retries
    )
    if isinstance(found, str):
        raise page_error(endpoint) if found.lstrip().startswith("<") else not_a_model_error(endpoint)
    return found


async def _attempt(call: Callable[[], Awaitable[object]], endpoint: Endpoint) -> object | Fault:
    import openai

    try:
        async with asyncio.timeout(first_word_seconds(endpoint)):
            return await call()
    except TimeoutError:
        raise slow_error(endpoint, has_begun=False) from None
    except openai.APIError as error:
        return fault_of(error)
    except ValueError:
        return Fault(connection=Break.LOST)


def _vector(value: Any) -> list[float]:  # noqa: ANN401 - whatever a server sent
    numbers = value if isinstance(value, list) else []
    is_whole = all(isinstance(number, int | float) for number in numbers)
    return [float(number) for number in numbers] if is_whole else []
