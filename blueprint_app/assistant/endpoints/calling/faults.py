"""What is known of a call that failed, free of the client library's classes, so that words can be found for it."""

import email.utils
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from blueprint_app.assistant.endpoints.calling.collecting import mapping


class Break(StrEnum):
    """How a connection failed; NONE if the server answered."""

    NONE = "none"
    CONNECT_TIME = "no connection in time"
    SILENCE = "silence"
    REFUSED = "refused"
    NO_HOST = "no such host"
    PROXY = "proxy"
    CERTIFICATE = "certificate"
    TLS = "tls"
    ADDRESS = "address"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Fault:
    """A failed call. `status` is 0 where there is none; `headers` have lower-case names; `message` is the server's.

    `has_begun`: a part of an answer had been handed on before.
    """

    status: int = 0
    code: str = ""
    kind: str = ""
    param: str = ""
    message: str = ""
    is_page: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    connection: Break = Break.NONE
    has_begun: bool = False

    @property
    def words(self) -> str:
        """Everything that tells one fault from another, in lower case."""
        return f"{self.code} {self.kind} {self.message}".lower()

    @property
    def wait_seconds(self) -> float | None:
        """How long the server asks to wait; None if it does not say."""
        wait = _wait_in_headers(self.headers)
        return _wait_in_words(self.message) if wait is None else wait


def fault_of(error: Exception) -> Fault:
    """What an exception of the client library tells."""
    response = getattr(error, "response", None)
    if response is None and getattr(error, "body", None) is None:
        return Fault(connection=_break_of(error), message=str(error))
    status = int(getattr(error, "status_code", 0) or 0)
    headers = {} if response is None else {name.lower(): value for name, value in response.headers.items()}
    return fault_from(status, headers, getattr(error, "body", None))


def fault_from(status: int, headers: Mapping[str, str], body: object) -> Fault:
    """What the body of an error tells; servers put it in one of several forms."""
    facts = mapping(body)
    inner = facts.get("error", facts)
    facts = mapping(inner)
    message = facts.get("message") or facts.get("detail") or (inner if isinstance(inner, str) else "") or body or ""
    text = message if isinstance(message, str) else str(message)
    # In the middle of a stream the status stands in the error itself.
    code = str(facts.get("code") or "")
    is_page = "html" in headers.get("content-type", "") or text.lstrip()[:15].lower().startswith(("<!doctype", "<html"))
    return Fault(
        status or (int(code) if re.fullmatch(r"[1-5]\d\d", code) else 0),
        code,
        str(facts.get("type") or ""),
        str(facts.get("param") or ""),
        "" if is_page else text,
        is_page,
        headers,
    )


_BREAKS: tuple[tuple[str, Break], ...] = (
    ("ConnectTimeout", Break.CONNECT_TIME),
    ("PoolTimeout", Break.CONNECT_TIME),
    ("ReadTimeout", Break.SILENCE),
    ("WriteTimeout", Break.SILENCE),
    ("ProxyError", Break.PROXY),
    ("SSLCertVerificationError", Break.CERTIFICATE),
    ("gaierror", Break.NO_HOST),
    ("ConnectionRefusedError", Break.REFUSED),
    ("UnsupportedProtocol", Break.ADDRESS),
    ("InvalidURL", Break.ADDRESS),
    ("LocalProtocolError", Break.ADDRESS),
)


def _break_of(error: Exception) -> Break:
    """By the names of what caused it: the library wraps the system's errors two or three times."""
    chain = list(_causes(error))
    for name, found in _BREAKS:
        if any(type(one).__name__ == name for one in chain):
            return found
    if any(isinstance(one, ssl.SSLError) for one in chain):
        return Break.TLS
    told = " ".join(str(one) for one in chain).lower()
    if "all connection attempts failed" in told:
        return Break.REFUSED
    return Break.LOST


def _causes(error: BaseException | None) -> "list[BaseException]":
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        if isinstance(error, BaseExceptionGroup):
            found += [inner for one in error.exceptions for inner in _causes(one)]
        error = error.__cause__ or error.__context__
    return found


def _wait_in_headers(headers: Mapping[str, str]) -> float | None:
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = headers.get(name, "").strip()
        if re.fullmatch(r"\d{1,9}(\.\d+)?", value):
            return float(value) * unit
    date = email.utils.parsedate_tz(headers.get("retry-after", ""))
    return None if date is None else max(0.0, email.utils.mktime_tz(date) - time.time())


def _wait_in_words(message: str) -> float | None:
    found = re.search(r"(?:try again|retry) in ([\d.]{1,9})\s*(ms|s|m)\b", message, re.IGNORECASE)
    units = {"ms": 0.001, "s": 1.0, "m": 60.0}
    try:
        return float(found[1]) * units[found[2].lower()] if found else None
    except ValueError:
        return None


def facts_of(value: Any) -> Mapping[str, Any]:  # noqa: ANN401 - whatever the library made of what a server sent
    """The fields of one of the library's objects, empty if it is none: it passes on what it does not understand."""
    return mapping(value.to_dict(warnings=False)) if hasattr(value, "to_dict") else {}
