"""Asks one question: sends it, listens to the answer as it comes, and tells how it ended."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from blueprint_app.assistant.endpoints.calling.chat_form import chat_parameters, read_chat_event, read_chat_whole
from blueprint_app.assistant.endpoints.calling.collecting import Collected, Tell, mapping
from blueprint_app.assistant.endpoints.calling.connections import Connections, headers_for
from blueprint_app.assistant.endpoints.calling.diagnosis import (
    first_word_seconds,
    model_error,
    not_a_model_error,
    page_error,
    slow_error,
)
from blueprint_app.assistant.endpoints.calling.faults import Break, Fault, facts_of, fault_from, fault_of
from blueprint_app.assistant.endpoints.calling.parameters import left_out, rejected_parameter, without
from blueprint_app.assistant.endpoints.calling.repeating import repeated
from blueprint_app.assistant.endpoints.calling.responses_form import (
    failure_in,
    read_responses_event,
    read_responses_whole,
    responses_parameters,
)
from blueprint_app.assistant.endpoints.calling.usage import usage_of
from blueprint_app.assistant.endpoints.endpoint import Api
from blueprint_app.assistant.endpoints.errors import ModelError, Trouble
from blueprint_app.assistant.endpoints.messages import Finish, Reply, Request

_Read = Callable[[Mapping[str, Any], Collected], None]


@dataclass(frozen=True, slots=True)
class _Form:
    """One of the two protocols."""

    parameters: Callable[[Request], dict[str, Any]]
    event: _Read
    whole: _Read
    failure: Callable[[Mapping[str, Any]], Mapping[str, Any]]


_FORMS = {
    # In this protocol the package itself raises what a stream tells of.
    Api.CHAT: _Form(chat_parameters, read_chat_event, read_chat_whole, lambda event: {}),
    Api.RESPONSES: _Form(responses_parameters, read_responses_event, read_responses_whole, failure_in),
}


async def answered(request: Request, key: str | None, tell: Tell, connections: Connections) -> Reply:
    """The reply; its pieces are told as they come. Raises `ModelError`."""
    async with connections.room(request.endpoint):
        return await _Asking(request, key, tell, connections).reply()


class _Asking:
    """One question on its way, through repetitions and without what the server does not take."""

    def __init__(self, request: Request, key: str | None, tell: Tell, connections: Connections) -> None:
        self._request, self._key, self._tell, self._connections = request, key, tell, connections
        self._form = _FORMS[request.endpoint.api]
        self._wanted = self._form.parameters(request)
        self._rejected = connections.rejected(request)

    async def reply(self) -> Reply:
        started = time.monotonic()
        collected = await repeated(self._attempt, self._explained, self._request.endpoint.retries)
        self._connections.remember_rejected(self._request, self._rejected)
        return Reply(
            collected.text,
            collected.thinking,
            # An answer that no reason ends may lack its end.
            collected.finish or Finish.CUT,
            usage_of(self._request, collected),
            collected.model,
            time.monotonic() - started,
            left_out(self._wanted, self._sent()),
        )

    async def _attempt(self) -> Collected | Fault:
        """What was collected, or why nothing was; parameters that the server rejects are left out on the way."""
        while True:
            sent, collected = self._sent(), Collected(self._tell)
            fault = await self._listen(sent, collected)
            if fault is None:
                return collected
            name = self._rejected_by(fault, sent)
            if not name:
                return replace(fault, has_begun=collected.length > 0)
            self._rejected = (*self._rejected, name)

    def _sent(self) -> dict[str, Any]:
        return without(self._wanted, self._rejected)

    def _rejected_by(self, fault: Fault, sent: Mapping[str, Any]) -> str:
        if self._explained(fault).trouble is Trouble.CONTEXT_TOO_LONG:
            return ""
        return rejected_parameter(fault.status, fault.param, fault.message, sent)

    def _explained(self, fault: Fault) -> ModelError:
        return model_error(fault, self._request.endpoint, self._request.model, self._key)

    async def _listen(self, sent: Mapping[str, Any], collected: Collected) -> Fault | None:
        """Send, and take in what comes. Raises `ModelError` for silence, and for what is no answer at all."""
        import openai

        endpoint = self._request.endpoint
        try:
            async with asyncio.timeout(first_word_seconds(endpoint)) as patience:
                fault = await self._take_in(sent, collected, patience)
        except TimeoutError:
            if collected.finish is None:
                raise slow_error(endpoint, has_begun=collected.length > 0) from None
            # The answer is whole; what never came is the account of its tokens.
            fault = None
        except openai.APIError as error:
            fault = fault_of(error)
        except ValueError:
            # An event that is no JSON: the connection broke in the middle of it.
            fault = Fault(connection=Break.LOST)
        if fault is not None and fault.connection is Break.LOST and collected.length:
            fault = None
        collected.end()
        return fault

    async def _take_in(self, sent: Mapping[str, Any], collected: Collected, patience: asyncio.Timeout) -> Fault | None:
        client = self._connections.client(self._request.endpoint)
        is_chat = self._request.endpoint.api is Api.CHAT
        call: Any = client.chat.completions.create if is_chat else client.responses.create
        came = await call(**sent, extra_headers=headers_for(self._key))
        if not hasattr(came, "response"):
            return self._take_whole(facts_of(came), collected, came)
        async with came:
            kind = came.response.headers.get("content-type", "")
            if "html" in kind:
                raise page_error(self._request.endpoint)
            if "json" in kind:
                # The server does not stream, and did not say so.
                body = json.loads(await came.response.aread())
                return self._take_whole(mapping(body), collected, body)
            fault = await self._take_stream(came, collected, patience)
        if fault is None and not collected.has_events and "event-stream" not in kind:
            raise not_a_model_error(self._request.endpoint)
        return fault

    async def _take_stream(self, stream: Any, collected: Collected, patience: asyncio.Timeout) -> Fault | None:  # noqa: ANN401 - of the package
        loop, endpoint = asyncio.get_running_loop(), self._request.endpoint
        async for item in stream:
            event = facts_of(item)
            collected.has_events = collected.has_events or bool(event)
            if failure := self._form.failure(event):
                return fault_from(0, {}, failure)
            self._form.event(event, collected)
            if collected.is_too_long:
                collected.finish = Finish.LENGTH
                return None
            if collected.length:
                patience.reschedule(loop.time() + endpoint.read_seconds)
        return None

    def _take_whole(self, body: Mapping[str, Any], collected: Collected, came: object) -> Fault | None:
        if isinstance(came, str) and came.lstrip().startswith("<"):
            raise page_error(self._request.endpoint)
        if body.get("error"):
            return fault_from(0, {}, body)
        if not body.get("choices") and not body.get("output"):
            raise not_a_model_error(self._request.endpoint)
        self._form.whole(body, collected)
        return None
