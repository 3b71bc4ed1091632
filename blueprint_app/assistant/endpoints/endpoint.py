"""What the user says about model servers: where they are, where their key is kept, and which model does what."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit


class Api(StrEnum):
    """The two protocols that are spoken; nearly every server speaks the first."""

    CHAT = "chat"
    RESPONSES = "responses"


class Role(StrEnum):
    """What a model is used for; each may be another model on another endpoint."""

    EXPLAINER = "explainer"
    FORMALISER = "formaliser"
    PROVER = "prover"
    CRITIC = "critic"


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, in US dollars; `cached` is for the part of the prompt that the server had at hand."""

    prompt: float
    completion: float
    cached: float | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model server.

    `key` says where its key is kept, never the key itself: ``env:NAME`` (an environment variable),
    ``keyring:NAME`` (an entry of the system keyring) or "" (none is needed). `read_seconds` is the longest silence
    between two pieces of an answer; until its first word three times as long (models read and think in silence).
    `retries` is how often a call is repeated after a fault that may pass. `context_tokens` is 0 where it is not known.
    `prices` is by name of model. `parallel` is how many calls run at once.
    """

    name: str
    base_url: str
    key: str = ""
    api: Api = Api.CHAT
    connect_seconds: float = 10.0
    read_seconds: float = 120.0
    retries: int = 2
    context_tokens: int = 0
    prices: Mapping[str, Price] = field(default_factory=dict, hash=False)
    parallel: int = 2

    @property
    def host(self) -> str:
        """The host, with its port if that is not the usual one: what consent is given for. "" if there is none."""
        host, port = host_and_port(self.base_url)
        shown = f"[{host}]" if ":" in host else host
        return f"{shown}:{port}" if port else shown

    @property
    def is_loopback(self) -> bool:
        """Whether the server runs on this machine, as far as its address tells."""
        host, _ = host_and_port(self.base_url)
        if host == "localhost" or host.endswith(".localhost"):
            return True
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        return address.is_loopback or address.is_unspecified


def host_and_port(url: str) -> tuple[str, int | None]:
    """The host of an address, and the port if it is not the usual one of its scheme; ("", None) if there is no host."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "", None
    return host, None if port == {"http": 80, "https": 443}.get(parts.scheme) else port


@dataclass(frozen=True, slots=True)
class RoleModel:
    """The model for a role; what is None is left to the server. `endpoint` is the name of an `Endpoint`."""

    endpoint: str
    model: str
    temperature: float | None = None
    max_tokens: int | None = None
    reasoning_effort: str | None = None


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """All that is set about models; `problems` says in words what of the settings file was left out, and why.

    `embedder` makes vectors of texts, for a search by meaning; None, as it is at first, for none.
    """

    endpoints: tuple[Endpoint, ...] = ()
    roles: Mapping[Role, RoleModel] = field(default_factory=dict, hash=False)
    consented: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
    embedder: RoleModel | None = None

    def endpoint(self, name: str) -> Endpoint | None:
        """The endpoint of that name, if there is one."""
        return next((endpoint for endpoint in self.endpoints if endpoint.name == name), None)
