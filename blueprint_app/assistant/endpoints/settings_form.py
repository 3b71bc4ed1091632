"""Reads settings of models that a person may have edited: what is wrong is told in words, and the rest is used."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from blueprint_app.assistant.endpoints.endpoint import (
    Api,
    Endpoint,
    ModelSettings,
    Price,
    Role,
    RoleModel,
    host_and_port,
)
from blueprint_app.assistant.endpoints.keys import is_key_source, looks_like_a_key

_KEEP_KEYS = "keep the key in the system keyring (keyring:NAME) or in an environment variable (env:NAME)"

Problems = list[str]


def settings_from(data: object) -> ModelSettings:
    """The settings in the parsed file; whatever looks like a key is left out and not repeated in `problems`."""
    problems: Problems = []
    if data is not None and not isinstance(data, Mapping):
        return ModelSettings(problems=("The settings of models are no list of names and values; none are used.",))
    file: Mapping[Any, Any] = data or {}
    _tell_unknown(file, ("endpoints", "roles", "consented", "embedder"), "The settings of models", problems)
    endpoints = _endpoints(_list(file.get("endpoints"), "endpoints", problems), problems)
    names = {one.name for one in endpoints}
    roles = _roles(_mapping(file.get("roles"), "roles", problems), names, problems)
    embedder = _embedder(_mapping(file.get("embedder"), "embedder", problems), names, problems)
    hosts = _list(file.get("consented"), "consented", problems)
    consented = frozenset(host for host in hosts if isinstance(host, str) and host and not looks_like_a_key(host))
    if len(consented) != len(hosts):
        problems.append("Some hosts that text may go to are not understood and were left out.")
    return ModelSettings(endpoints, roles, consented, tuple(problems), embedder)


def address_problem(url: str) -> str:
    """What is wrong with a base URL, in words; "" if nothing is."""
    try:
        parts = urlsplit(url)
        is_bare = not (parts.username or parts.password or parts.query or parts.fragment)
    except ValueError:
        return "it is no address"
    if parts.scheme not in ("http", "https"):
        return "it does not begin with http:// or https://"
    if not host_and_port(url)[0] or any(character.isspace() for character in url):
        return "it names no host"
    if not is_bare:
        return "it may hold no name, password or query"
    return "it holds something like a key" if looks_like_a_key(url) else ""


def _endpoints(entries: list[Any], problems: Problems) -> tuple[Endpoint, ...]:
    found: dict[str, Endpoint] = {}
    for number, entry in enumerate(entries, start=1):
        endpoint = _endpoint(entry, f"Endpoint {number}", problems)
        if endpoint is not None and endpoint.name in found:
            problems.append(f"Endpoint {number} has the name of an earlier one and was left out.")
        elif endpoint is not None:
            found[endpoint.name] = endpoint
    return tuple(found.values())


def _endpoint(entry: object, title: str, problems: Problems) -> Endpoint | None:
    if not isinstance(entry, Mapping) or not _is_name(entry.get("name")):
        problems.append(f"{title} has no name that can be used and was left out.")
        return None
    title, url = f"The endpoint {entry['name']}", entry.get("base_url")
    wrong = address_problem(url) if isinstance(url, str) else "there is none"
    if wrong:
        problems.append(f"{title} was left out: its base_url cannot be used, {wrong}.")
        return None
    fields = _fields(entry, ("name", "base_url", "prices"), _ENDPOINT_FIELDS, title, problems)
    prices = _prices(_mapping(entry.get("prices"), f"prices of {entry['name']}", problems), title, problems)
    return Endpoint(entry["name"], str(url), **fields, prices=prices)


def _prices(entries: Mapping[Any, Any], title: str, problems: Problems) -> dict[str, Price]:
    found = {}
    for model, entry in entries.items():
        fields = entry if isinstance(entry, Mapping) else {}
        amounts = {name: amount for name, amount in fields.items() if name in Price.__slots__ and _is_amount(amount)}
        if _is_name(model) and {"prompt", "completion"} <= amounts.keys() and len(amounts) == len(fields):
            found[model] = Price(**amounts)
        else:
            problems.append(f"{title}: a price is not understood and was left out (it needs prompt and completion).")
    return found


def _roles(entries: Mapping[Any, Any], endpoints: set[str], problems: Problems) -> dict[Role, RoleModel]:
    found = {}
    for name, entry in entries.items():
        title = f"The role {name}" if name in tuple(Role) else "A role"
        if name not in tuple(Role):
            problems.append(f"{title} was left out: the roles are {', '.join(Role)}.")
        elif (chosen := _chosen(entry, title, endpoints, _ROLE_FIELDS, problems)) is not None:
            found[Role(name)] = chosen
    return found


def _embedder(entry: Mapping[Any, Any], endpoints: set[str], problems: Problems) -> RoleModel | None:
    return _chosen(entry, "The embedder", endpoints, {}, problems) if entry else None


def _chosen(
    entry: object, title: str, endpoints: set[str], table: Mapping[str, "Reader"], problems: Problems
) -> RoleModel | None:
    if not isinstance(entry, Mapping) or not _is_name(entry.get("model")):
        problems.append(f"{title} was left out: it names no model that can be used.")
    elif entry.get("endpoint") not in endpoints:
        problems.append(f"{title} was left out: its endpoint is not among the endpoints.")
    else:
        fields = _fields(entry, ("endpoint", "model"), table, title, problems)
        return RoleModel(entry["endpoint"], entry["model"], **fields)
    return None


def _fields(
    entry: Mapping[Any, Any], known: tuple[str, ...], table: Mapping[str, "Reader"], title: str, problems: Problems
) -> dict[str, Any]:
    """The optional fields; a wrong one counts as not there."""
    _tell_unknown(entry, (*known, *table), title, problems)
    found = {}
    for name, (accepts, meaning) in table.items():
        if name not in entry:
            continue
        if accepts(entry[name]):
            found[name] = Api(entry[name]) if name == "api" else entry[name]
        else:
            problems.append(f"{title}: {name} is left out, as it is not {meaning}.")
    return found


def _tell_unknown(entry: Mapping[Any, Any], known: tuple[str, ...], title: str, problems: Problems) -> None:
    for name, value in entry.items():
        if name in known:
            continue
        if looks_like_a_key(f"{name} {value}") or _SECRET.search(str(name)):
            problems.append(f"{title}: what looks like a key was left out; take it out of the file and {_KEEP_KEYS}.")
        else:
            problems.append(f"{title}: {name} is not known and was left out.")


_SECRET = re.compile(r"(?:key|token|secret|password|authori[sz]ation|bearer)$", re.IGNORECASE)


def _list(value: object, name: str, problems: Problems) -> list[Any]:
    if value is not None and not isinstance(value, list):
        problems.append(f"The settings of models: {name} is no list and was left out.")
    return value if isinstance(value, list) else []


def _mapping(value: object, name: str, problems: Problems) -> Mapping[Any, Any]:
    if value is not None and not isinstance(value, Mapping):
        problems.append(f"The settings of models: {name} are no names with values and were left out.")
    return value if isinstance(value, Mapping) else {}


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and bool(value.strip()) and not looks_like_a_key(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_amount(value: object) -> bool:
    return _is_number(value) and 0 <= value < 1e9  # type: ignore[operator]


def _number(low: float, high: float) -> Callable[[Any], bool]:
    return lambda value: _is_number(value) and low <= value <= high


def _whole(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and low <= value <= high


Reader = tuple[Callable[[Any], bool], str]
"""Whether a value is acceptable, and what it should be, in words."""

_ENDPOINT_FIELDS: Mapping[str, Reader] = {
    "key": (
        lambda value: isinstance(value, str) and is_key_source(value),
        f"a place where a key is kept; {_KEEP_KEYS}",
    ),
    "api": (lambda value: value in tuple(Api), f"one of {', '.join(Api)}"),
    "connect_seconds": (_number(0.1, 600), "a number from 0.1 to 600"),
    "read_seconds": (_number(0.1, 86_400), "a number from 0.1 to 86400"),
    "retries": (_whole(0, 10), "a whole number from 0 to 10"),
    "context_tokens": (_whole(0, 10**9), "a whole number"),
    "parallel": (_whole(1, 256), "a whole number from 1 to 256"),
}

_ROLE_FIELDS: Mapping[str, Reader] = {
    "temperature": (_number(0, 2), "a number from 0 to 2"),
    "max_tokens": (_whole(1, 10**9), "a whole number above 0"),
    "reasoning_effort": (_is_name, "a word such as low, medium or high"),
}
