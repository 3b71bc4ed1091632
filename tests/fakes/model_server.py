"""A model server for tests: real HTTP on loopback, and it answers whatever the test scripts.

Ask for the fixture ``model_server``, or write ``with ModelServer() as server:``. It speaks Chat Completions and
Responses (streamed or not, as the request asks), ``/v1/models`` and ``/v1/embeddings``::

    def test_two_rounds(model_server):
        model_server.then(says("```lean\\nby sorry\\n```"), says("```lean\\nby simp\\n```"))  # in this order
        endpoint = model_server.endpoint()                  # an `Endpoint` with short time limits and no key
        ...
        assert model_server.count() == 2                    # questions asked; models and embeddings do not count
        assert "error" in model_server.questions[1].text    # all that the messages say, in one string

    model_server.script(lambda call: says("yes") if "PFR" in call.text else no_quota())   # by what is asked

Answers that were queued with `then` come first; after them the `script` is asked; without one "Hello." is said.
What answers there are: `says`, `slow`, `stalls`, `hangs`, `cut`, `drops`, `refuses`, `filtered`, `wrong_key`,
`forbidden`, `no_such_model`, `no_such_url`, `rate_limited`, `no_quota`, `context_too_long`, `broken`, `login_page`,
`redirects`, `fails(status, message)`, and `Answer(...)` for anything else.

No test needs to sleep: an answer with ``gate=threading.Event()`` says its first piece and goes on once the event is
set; ``call.closed`` is set when the client closes a connection that is still being answered; ``server.wait_for(n)``
waits until n questions have come in.

Of the server as a whole: `models` (names), `key` (demanded of every call if not ""), `rejects` (names of parameters
that are answered with status 400), `vector` (text -> list of floats, for embeddings). Every request is kept in
`calls`, with its path, headers and body. What goes wrong in the server itself is raised when it is closed.
"""

import contextlib
import json
import select
import socket
import sys
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from blueprint_app.assistant.endpoints.endpoint import Endpoint

FOR_EVER = 1e9
USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
"""In the words of Chat Completions; what else it may hold: ``prompt_tokens_details``, ``completion_tokens_details``."""


@dataclass(frozen=True)
class Answer:
    """One scripted answer. With a `status` other than 200 or a `body`, these are sent as they are.

    `text` is streamed in `pieces` (at most), after `thinking`; seconds pass before the first (`first`) and before each
    following one (`between`). After the first piece the answer waits for `gate`. `finish` None: no reason is given.
    """

    text: str = ""
    thinking: str = ""
    finish: str | None = "stop"
    usage: Mapping[str, Any] | None = field(default_factory=lambda: dict(USAGE))
    model: str = ""
    pieces: int = 5
    first: float = 0.0
    between: float = 0.0
    gate: threading.Event | None = None
    abrupt: bool = False
    """The connection breaks off where the answer would end."""
    silent_end: bool = False
    """Once the reason for the end was sent, nothing more comes on an open connection."""
    refusal: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


def says(text: str, **rest: Any) -> Answer:
    """A whole answer; `rest` are fields of `Answer`: ``usage=None``, ``thinking="..."``, ``finish="length"``."""
    return Answer(text, **rest)


def slow(text: str, first: float = 0.05, between: float = 0.02) -> Answer:
    """A whole answer that takes its time."""
    return Answer(text, first=first, between=between)


def stalls(text: str) -> Answer:
    """The first piece of `text`, and then silence on an open connection."""
    return Answer(text, gate=threading.Event())


def hangs() -> Answer:
    """Nothing at all on an open connection."""
    return Answer(first=FOR_EVER)


def cut(text: str, abrupt: bool = False) -> Answer:
    """An answer that ends with no finish reason; `abrupt`: as the connection breaks."""
    return Answer(text, finish=None, usage=None, abrupt=abrupt)


def drops() -> Answer:
    """The connection is closed before anything is said."""
    return Answer(abrupt=True, status=0)


def refuses(text: str = "I cannot help with that.") -> Answer:
    """The model refuses, in the field that is made for it."""
    return Answer(refusal=text)


def filtered(text: str = "") -> Answer:
    """The server's content filter ends the answer."""
    return Answer(text, finish="content_filter")


def fails(status: int, message: str, *, headers: Mapping[str, str] | None = None, **error: Any) -> Answer:
    """An error in the form that OpenAI's servers give it; `error` are `code`, `type`, `param`."""
    body = {"error": {"message": message, "type": None, "code": None, "param": None, **error}}
    return Answer(status=status, headers=dict(headers or {}), body=json.dumps(body).encode())


def wrong_key(shown: str = "sk-...abc") -> Answer:
    """Status 401."""
    return fails(401, f"Incorrect API key provided: {shown}.", code="invalid_api_key")


def forbidden() -> Answer:
    """Status 403."""
    return fails(403, "Your project has no access to this model.", code="model_not_allowed")


def no_such_model(name: str = "alpha") -> Answer:
    """Status 404 for a model."""
    return fails(404, f"The model `{name}` does not exist or you do not have access to it.", code="model_not_found")


def no_such_url() -> Answer:
    """Status 404 with a page, as web servers have it for unknown addresses."""
    return Answer(status=404, headers={"Content-Type": "text/plain"}, body=b"404 page not found")


def rate_limited(retry_after: str | None = None) -> Answer:
    """Status 429 that passes; `retry_after` is that header (seconds, or a date)."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return fails(429, "Rate limit reached for requests.", code="rate_limit_exceeded", headers=headers)


def no_quota() -> Answer:
    """Status 429 that does not pass."""
    return fails(429, "You exceeded your current quota.", code="insufficient_quota", type="insufficient_quota")


def context_too_long() -> Answer:
    """Status 400 for a question that is too long."""
    message = "This model's maximum context length is 8192 tokens. However, your messages resulted in 12000 tokens."
    return fails(400, message, code="context_length_exceeded", param="messages")


def broken(status: int = 500) -> Answer:
    """An error of the server's own: 500, 502, 503."""
    return fails(status, "The server had an error while processing your request.", type="server_error")


def login_page() -> Answer:
    """A proxy's page to sign in on, with status 200."""
    page = b"<!DOCTYPE html><html><title>Sign in</title><form action='/login'></form></html>"
    return Answer(headers={"Content-Type": "text/html; charset=utf-8"}, body=page)


def redirects(to: str, status: int = 307) -> Answer:
    """A redirect to another address."""
    return Answer(status=status, headers={"Location": to}, body=b"")


@dataclass(eq=False)
class Call:
    """One request as it came in. `closed` is set if the client closes the connection before its answer is complete."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    closed: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)

    @property
    def is_question(self) -> bool:
        """Whether a model is asked, in either protocol."""
        return self.path in ("/v1/chat/completions", "/v1/responses")

    @property
    def messages(self) -> list[tuple[str, str]]:
        """The turns as (role, text), in either protocol."""
        turns = self.body.get("messages") or self.body.get("input") or []
        found = [("user", turns)] if isinstance(turns, str) else [(turn["role"], turn["content"]) for turn in turns]
        instructions = self.body.get("instructions")
        return [("system", instructions), *found] if instructions else found

    @property
    def text(self) -> str:
        """All that the messages say."""
        return "\n".join(text for _, text in self.messages)


def words_vector(text: str) -> list[float]:
    """A vector of 32 numbers that is near for texts with words in common."""
    vector = [0.0] * 32
    for word in text.lower().split():
        vector[zlib.crc32(word.encode()) % 32] += 1.0
    return vector


class ModelServer:
    """The server; it listens from construction to `close`."""

    def __init__(self) -> None:
        self.models: tuple[str, ...] = ("alpha", "beta")
        self.key = ""
        self.rejects: set[str] = set()
        self.vector: Callable[[str], list[float]] = words_vector
        self.calls: list[Call] = []
        self.closing = threading.Event()
        self._arrived = threading.Condition()
        self._queue: deque[Answer] = deque()
        self._script: Callable[[Call], Answer] = lambda call: says("Hello.")
        self._faults: list[BaseException] = []
        self._http = _Http(self)
        # Short, as `shutdown` waits for so long.
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), name="model-server", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The base URL, such as an `Endpoint` has it."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def endpoint(self, name: str = "test", **rest: Any) -> Endpoint:
        """An endpoint for this server, with short time limits; `rest` are fields of `Endpoint`."""
        return replace(Endpoint(name, self.url, connect_seconds=5.0, read_seconds=5.0, retries=0), **rest)

    def then(self, *answers: Answer) -> None:
        """Queue answers for the questions to come, in this order."""
        self._queue.extend(answers)

    def script(self, answer: Callable[[Call], Answer]) -> None:
        """Answer by what is asked, once the queue is empty; called from several threads."""
        self._script = answer

    @property
    def questions(self) -> list[Call]:
        """The calls that asked a model something."""
        return [call for call in self.calls if call.is_question]

    def count(self) -> int:
        """How many questions have come in."""
        return len(self.questions)

    def wait_for(self, questions: int, seconds: float = 10.0) -> None:
        """Wait until so many questions have come in."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: self.count() >= questions, seconds):
                raise AssertionError(f"{self.count()} questions came in, not {questions}")

    def close(self) -> None:
        """Stop listening, end what is still being answered, and raise what went wrong in here."""
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        if self._faults:
            raise AssertionError("the model server failed") from self._faults[0]

    def __enter__(self) -> "ModelServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def answer_for(self, call: Call) -> Answer:
        """Called by the handler of each request."""
        with self._arrived:
            self.calls.append(call)
            self._arrived.notify_all()
            if refused := self._refused(call):
                return refused
            if call.is_question and self._queue:
                return self._queue.popleft()
        if call.is_question:
            return self._script(call)
        if call.path == "/v1/models":
            return _json({"object": "list", "data": [{"id": name, "object": "model"} for name in self.models]})
        if call.path == "/v1/embeddings":
            return self._embedded(call.body["input"])
        return no_such_url()

    def failed(self, error: BaseException) -> None:
        """Keep what went wrong in a handler."""
        self._faults.append(error)

    def _refused(self, call: Call) -> Answer | None:
        if self.key and call.headers.get("authorization") != f"Bearer {self.key}":
            # Some servers show the whole key that was sent.
            return wrong_key(call.headers.get("authorization", "none").removeprefix("Bearer "))
        for name in sorted(self.rejects & call.body.keys()):
            message = f"Unsupported parameter: '{name}' is not supported with this model."
            return fails(400, message, code="unsupported_parameter", param=name, type="invalid_request_error")
        return None

    def _embedded(self, texts: str | list[str]) -> Answer:
        listed = [texts] if isinstance(texts, str) else texts
        data = [
            {"object": "embedding", "index": index, "embedding": self.vector(text)} for index, text in enumerate(listed)
        ]
        return _json({"object": "list", "data": data, "model": "embedder", "usage": {"prompt_tokens": 1}})


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    # Connections that a client keeps open must not keep the test waiting.
    block_on_close = False

    def __init__(self, owner: ModelServer) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError):
            self.owner.failed(error)


class _GoneError(ConnectionError):
    """The client has closed the connection, or the server is being closed."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Http

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        raw = self.rfile.read(length)
        if len(raw) < length:
            # Whoever asked is gone.
            self.close_connection = True
            return
        self._answer(json.loads(raw or b"{}"))

    def _answer(self, body: Mapping[str, Any]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.call = Call(self.command, self.path, headers, body)
        answer = self.server.owner.answer_for(self.call)
        try:
            if answer.status == 0:
                raise _GoneError
            if answer.status != 200 or answer.body is not None:
                self._send_whole(answer)
            elif body.get("stream"):
                self._send_stream(answer)
            else:
                self._wait(answer.first)
                self._send_whole(_json(_whole(self.call, answer)))
            self.call.answered.set()
        except ConnectionError:
            self.close_connection = True

    def _send_whole(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        body = answer.body or b""
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_stream(self, answer: Answer) -> None:
        if answer.first == FOR_EVER:
            self._wait(FOR_EVER)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._wait(answer.first)
        for index, (event, is_text) in enumerate(_events(self.call, answer)):
            self._chunk(event)
            if is_text and answer.gate is not None and not answer.gate.is_set():
                self._wait_for_gate(answer.gate)
            if index:
                self._wait(answer.between)
            if answer.silent_end and ('"finish_reason": "' in event or '"status": "completed"' in event):
                self._wait(FOR_EVER)
        if answer.abrupt:
            raise _GoneError
        self.wfile.write(b"0\r\n\r\n")

    def _chunk(self, data: str) -> None:
        raw = data.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(raw), raw))

    def _wait_for_gate(self, gate: threading.Event) -> None:
        while not gate.is_set():
            self._look_for_close(0.01)

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._look_for_close(min(left, 0.05))

    def _look_for_close(self, seconds: float) -> None:
        """Wait; raise if the client closes the connection meanwhile."""
        readable, _, _ = select.select([self.connection], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                self.call.closed.set()
                raise _GoneError
        if self.server.owner.closing.is_set():
            raise _GoneError


def _json(data: Any) -> Answer:
    return Answer(body=json.dumps(data).encode())


def _split(text: str, pieces: int) -> list[str]:
    size = max(1, -(-len(text) // pieces))
    return [text[start : start + size] for start in range(0, len(text), size)]


def _events(call: Call, answer: Answer) -> Iterator[tuple[str, bool]]:
    """The events of a streamed answer, and of each whether it holds text."""
    yield from (_response_events if call.path == "/v1/responses" else _chat_events)(call, answer)


def _chat_events(call: Call, answer: Answer) -> Iterator[tuple[str, bool]]:
    model = answer.model or call.body["model"]

    def chunk(delta: dict[str, Any] | None, finish: str | None = None, **rest: Any) -> str:
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        base = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": model}
        return f"data: {json.dumps({**base, 'choices': choices, **rest})}\n\n"

    yield chunk({"role": "assistant", "content": ""}), False
    for piece in _split(answer.thinking, answer.pieces):
        yield chunk({"reasoning_content": piece}), True
    for piece in _split(answer.text, answer.pieces):
        yield chunk({"content": piece}), True
    if answer.refusal:
        yield chunk({"refusal": answer.refusal}), True
    if answer.finish is not None:
        yield chunk({}, answer.finish), False
        if answer.usage is not None and (call.body.get("stream_options") or {}).get("include_usage"):
            yield chunk(None, usage=answer.usage), False
        yield "data: [DONE]\n\n", False


def _response_events(call: Call, answer: Answer) -> Iterator[tuple[str, bool]]:
    numbers = iter(range(10_000))

    def event(kind: str, **rest: Any) -> str:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, 'sequence_number': next(numbers), **rest})}\n\n"

    text = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
    yield event("response.created", response=_response(call, answer, "in_progress")), False
    for piece in _split(answer.thinking, answer.pieces):
        yield event("response.reasoning_text.delta", delta=piece, **text), True
    for piece in _split(answer.text, answer.pieces):
        yield event("response.output_text.delta", delta=piece, logprobs=[], **text), True
    if answer.refusal:
        yield event("response.refusal.delta", delta=answer.refusal, **text), True
    if answer.finish is not None:
        status = "completed" if answer.finish == "stop" else "incomplete"
        yield event(f"response.{status}", response=_response(call, answer, status)), False


def _whole(call: Call, answer: Answer) -> dict[str, Any]:
    """An answer that is not streamed."""
    if call.path == "/v1/responses":
        return _response(call, answer, "completed" if answer.finish == "stop" else "incomplete")
    message = {"role": "assistant", "content": answer.text, "refusal": answer.refusal or None}
    if answer.thinking:
        message["reasoning_content"] = answer.thinking
    whole = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": answer.model or call.body["model"]}
    choices = [{"index": 0, "message": message, "finish_reason": answer.finish}]
    return {**whole, "choices": choices, **({"usage": answer.usage} if answer.usage is not None else {})}


def _response(call: Call, answer: Answer, status: str) -> dict[str, Any]:
    """The object that Responses are about."""
    content: list[dict[str, Any]] = [{"type": "output_text", "text": answer.text, "annotations": []}]
    if answer.refusal:
        content = [{"type": "refusal", "refusal": answer.refusal}]
    message = {"type": "message", "id": "msg_1", "role": "assistant", "status": status, "content": content}
    reasons = {"length": "max_output_tokens", "content_filter": "content_filter"}
    incomplete = {"reason": reasons.get(answer.finish or "", "")} if status == "incomplete" else None
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1,
        "status": status,
        "model": answer.model or call.body["model"],
        "output": [message] if status != "in_progress" else [],
        "incomplete_details": incomplete,
        "error": None,
        "parallel_tool_calls": False,
        "tool_choice": "auto",
        "tools": [],
        "usage": _response_usage(answer.usage) if status != "in_progress" else None,
    }


def _response_usage(usage: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if usage is None:
        return None
    prompt, completion = usage.get("prompt_tokens_details", {}), usage.get("completion_tokens_details", {})
    return {
        "input_tokens": usage["prompt_tokens"],
        "output_tokens": usage["completion_tokens"],
        "total_tokens": usage["prompt_tokens"] + usage["completion_tokens"],
        "input_tokens_details": {"cached_tokens": prompt.get("cached_tokens", 0)},
        "output_tokens_details": {"reasoning_tokens": completion.get("reasoning_tokens", 0)},
    }
