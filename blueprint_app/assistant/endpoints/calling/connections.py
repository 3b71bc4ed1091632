"""The clients of the openai package, one per server, made when first needed and told to send no more than they must."""

import asyncio
from typing import TYPE_CHECKING, Any

import blueprint_app
from blueprint_app.assistant.endpoints.endpoint import Endpoint
from blueprint_app.assistant.endpoints.messages import Request

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_NO_KEY = "none"
_SENT_HEADERS = frozenset(
    ("host", "accept", "accept-encoding", "connection", "user-agent", "authorization", "content-type", "content-length")
)


class Connections:
    """Used in the event loop only, so that nothing here needs a lock."""

    def __init__(self) -> None:
        self._clients: dict[tuple[str, float, bool], AsyncOpenAI] = {}
        self._rooms: dict[tuple[str, int], asyncio.Semaphore] = {}
        self._rejected: dict[tuple[str, str, str], tuple[str, ...]] = {}

    def client(self, endpoint: Endpoint) -> "AsyncOpenAI":
        """The client for a server. It holds no key: `headers_for` adds that to each call."""
        name = (endpoint.base_url, endpoint.connect_seconds, endpoint.is_loopback)
        if name not in self._clients:
            self._clients[name] = _new_client(endpoint)
        return self._clients[name]

    def room(self, endpoint: Endpoint) -> asyncio.Semaphore:
        """Holds back calls beyond those that the endpoint may answer at once."""
        name = (endpoint.base_url, endpoint.parallel)
        if name not in self._rooms:
            self._rooms[name] = asyncio.Semaphore(max(1, endpoint.parallel))
        return self._rooms[name]

    def rejected(self, request: Request) -> tuple[str, ...]:
        """The parameters that the server did not take for this model before."""
        return self._rejected.get((request.endpoint.base_url, request.endpoint.api, request.model), ())

    def remember_rejected(self, request: Request, names: tuple[str, ...]) -> None:
        """Keep which parameters had to be left out, until the application ends."""
        self._rejected[request.endpoint.base_url, request.endpoint.api, request.model] = names

    async def close(self) -> None:
        """Close all connections."""
        clients, self._clients = list(self._clients.values()), {}
        self._rooms = {}
        for client in clients:
            await client.close()


def headers_for(key: str | None) -> dict[str, str]:
    """The headers of one call. There always are some, as the package would look for a key of its own otherwise."""
    return {
        "Authorization": f"Bearer {key or _NO_KEY}",
        "User-Agent": f"blueprint-explorer/{blueprint_app.__version__}",
    }


def _new_client(endpoint: Endpoint) -> "AsyncOpenAI":
    import openai

    # Silence is watched for where the answer is read, as there the first word may take longer than the others.
    timeout = openai.Timeout(endpoint.read_seconds, connect=endpoint.connect_seconds, read=None, pool=None)
    transport = openai.DefaultAsyncHttpxClient(
        timeout=timeout,
        # The text and the key are for this host and no other.
        follow_redirects=False,
        # A proxy cannot reach a server on this machine.
        trust_env=not endpoint.is_loopback,
        event_hooks={"request": [_send_only_what_is_needed]},
    )
    # Calls are repeated by us: the package repeats those that an empty account refuses, and waits in silence.
    return openai.AsyncOpenAI(
        api_key=_NO_KEY, base_url=endpoint.base_url, http_client=transport, timeout=timeout, max_retries=0
    )


async def _send_only_what_is_needed(request: Any) -> None:  # noqa: ANN401 - of the HTTP package that openai brings
    """Take out what the package adds: facts on this machine, and ids and headers from variables meant for OpenAI."""
    for name in list(request.headers):
        if name.lower() not in _SENT_HEADERS:
            del request.headers[name]
    if request.headers.get("authorization") == f"Bearer {_NO_KEY}":
        del request.headers["authorization"]
