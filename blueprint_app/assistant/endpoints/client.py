"""Asks models: blocking calls for worker threads, over one event loop, that stop the moment they are told to."""

import concurrent.futures
import importlib
from collections.abc import Callable, Coroutine, Sequence
from types import TracebackType
from typing import Any, TypeVar

from blueprint_app.assistant.endpoints.calling.answering import answered
from blueprint_app.assistant.endpoints.calling.collecting import Kind
from blueprint_app.assistant.endpoints.calling.connections import Connections
from blueprint_app.assistant.endpoints.calling.event_loop import LoopThread
from blueprint_app.assistant.endpoints.calling.listing import embeddings, model_names
from blueprint_app.assistant.endpoints.endpoint import Api, Endpoint
from blueprint_app.assistant.endpoints.errors import ModelError, Trouble
from blueprint_app.assistant.endpoints.keys import key_of
from blueprint_app.assistant.endpoints.messages import Reply, Request
from blueprint_app.assistant.endpoints.settings_form import address_problem

T = TypeVar("T")

_PARTS = {Api.CHAT: "chat.completions", Api.RESPONSES: "responses"}
"""The package imports its parts when they are first used; these take up to a second."""

EMBEDDED_AT_ONCE = 64
"""Texts in one call for vectors; servers bound it."""


def _ignore(piece: str) -> None:
    pass


def _never() -> None:
    pass


class ModelClient:
    """All calls to models go through one of these; any number of threads may use it at once.

    `check` is called every 20 ms and raises to cancel: the call ends there and then, and its connection is
    closed. All callbacks run in the thread that called.
    """

    def __init__(self) -> None:
        self._loop = LoopThread()
        self._connections = Connections()

    def complete(
        self,
        request: Request,
        on_text: Callable[[str], None] = _ignore,
        on_thinking: Callable[[str], None] = _ignore,
        check: Callable[[], None] = _never,
    ) -> Reply:
        """The model's reply, whose pieces are passed on as they come.

        It may be no whole answer: see `Reply.finish`, and `trouble_with` for words. Raises `ModelError`.
        """
        key = self._prepare(request.endpoint)

        def hear(piece: tuple[Kind, str]) -> None:
            (on_text if piece[0] is Kind.TEXT else on_thinking)(piece[1])

        def work(tell: Callable[[Any], None]) -> Coroutine[Any, Any, Reply]:
            return answered(request, key, lambda kind, piece: tell((kind, piece)), self._connections)

        return self._run(work, hear, check)

    def embed(
        self, endpoint: Endpoint, model: str, texts: Sequence[str], check: Callable[[], None] = _never
    ) -> list[list[float]]:
        """A vector for each text, all of one length. Raises `ModelError`."""
        key = self._prepare(endpoint)

        def some(start: int) -> list[list[float]]:
            part = texts[start : start + EMBEDDED_AT_ONCE]
            return self._run(lambda _: embeddings(endpoint, model, part, key, self._connections), _ignore, check)

        return [vector for start in range(0, len(texts), EMBEDDED_AT_ONCE) for vector in some(start)]

    def models(self, endpoint: Endpoint, check: Callable[[], None] = _never) -> tuple[str, ...]:
        """The names of the models that the server offers: a test of its address and key. Raises `ModelError`."""
        key = self._prepare(endpoint)
        return self._run(lambda _: model_names(endpoint, key, self._connections), _ignore, check)

    def close(self) -> None:
        """End what runs, with a `ModelError` in the threads that wait for it, and close all connections."""
        self._loop.close(self._connections.close)

    def __enter__(self) -> "ModelClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _prepare(self, endpoint: Endpoint) -> str | None:
        """The key, looked up here as the keyring may take its time, and the package, which takes its time to import."""
        if wrong := address_problem(endpoint.base_url):
            raise ModelError(
                Trouble.WRONG_URL,
                f"The address of {endpoint.name} cannot be used: {wrong}.",
                "Correct it in the settings.",
            )
        key = key_of(endpoint)
        # Here, so that the answers that stream in meanwhile need not wait for it.
        importlib.import_module("openai.resources." + _PARTS[endpoint.api])
        return key

    def _run(
        self,
        work: Callable[[Callable[[Any], None]], Coroutine[Any, Any, T]],
        hear: Callable[[Any], None],
        check: Callable[[], None],
    ) -> T:
        try:
            return self._loop.run(work, hear, check)
        except concurrent.futures.CancelledError:
            raise ModelError(Trouble.OTHER, "The call was ended, as the application is closing.") from None
