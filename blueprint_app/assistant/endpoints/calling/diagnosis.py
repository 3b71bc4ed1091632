"""Finds plain words for a call that failed: what is wrong, and what a person can do about it."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from blueprint_app.assistant.endpoints.calling.faults import Break, Fault
from blueprint_app.assistant.endpoints.endpoint import Endpoint
from blueprint_app.assistant.endpoints.errors import ModelError, Trouble

_TOO_LONG = re.compile(
    r"context_length_exceeded|context (?:length|window|size)|maximum context|too many tokens|prompt is too long"
    r"|exceed_context_size|exceeds? the (?:available|model's) context|reduce the length"
)
_NO_QUOTA = re.compile(
    r"insufficient_quota|exceeded your current quota|billing|insufficient (?:balance|credits?|funds)"
)
_REFUSED = re.compile(r"content_filter|content_policy|content management policy|safety system")
_NO_MODEL = re.compile(
    r"model_not_found|model_not_available|invalid model|no models? loaded"
    r"|model\b.{0,200}(?:not (?:exist|found|available|supported|loaded)|does not exist|unknown)"
    r"|(?:unknown|no such|not a valid) model",
    re.DOTALL,
)


def model_error(fault: Fault, endpoint: Endpoint, model: str = "", key: str | None = None) -> ModelError:
    """The error to show. `key` is taken out of whatever the server said, should it be in there."""
    if fault.connection is not Break.NONE:
        return _broken(fault, endpoint)
    said = _said(fault.message, key)
    for applies, explained in _TABLE:
        if applies(fault):
            return explained(fault, endpoint, model, said)
    return _not_accepted(fault, endpoint, model, said)


def slow_error(endpoint: Endpoint, has_begun: bool) -> ModelError:
    """The server is silent for longer than the endpoint's settings allow."""
    seconds = endpoint.read_seconds
    if has_begun:
        what = f"{endpoint.name} stopped in the middle of an answer: nothing came for {seconds:g} seconds."
    else:
        what = f"{endpoint.name} did not begin to answer within {first_word_seconds(endpoint):g} seconds."
    return ModelError(
        Trouble.SLOW, what, "Try again, allow more time in the settings of models, or take a smaller model."
    )


def first_word_seconds(endpoint: Endpoint) -> float:
    """How long an answer may take to begin: three times the silence that is allowed within one."""
    return 3 * endpoint.read_seconds


def page_error(endpoint: Endpoint, status: int = 200) -> ModelError:
    """A page for people came where an answer was due."""
    return ModelError(
        Trouble.LOGIN_PAGE,
        f"A web page came back from {endpoint.host} instead of an answer (status {status}).",
        "A network's login page may stand in between: open any page in a browser and sign in. "
        "If not, correct the address of the server (it often ends in /v1).",
    )


def not_a_model_error(endpoint: Endpoint) -> ModelError:
    """Something answers, but it does not speak the protocol."""
    return ModelError(
        Trouble.WRONG_URL,
        f"What answers at {endpoint.base_url} is no model server.",
        "Correct the address of the server (it often ends in /v1).",
    )


_Explained = Callable[[Fault, Endpoint, str, str], ModelError]


def _redirected(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    try:
        target = urlsplit(fault.headers.get("location", "")).netloc.rpartition("@")[2][:100]
    except ValueError:
        target = ""
    where = f"to {target}" if target else "elsewhere"
    trouble = Trouble.LOGIN_PAGE if target and target != endpoint.host else Trouble.WRONG_URL
    return ModelError(
        trouble,
        f"{endpoint.host} points {where}, and nothing was sent there.",
        "If a network's login page stands in between, sign in with a browser. If it has moved, correct the address.",
    )


def _wrong_key(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    if not endpoint.key:
        return ModelError(
            Trouble.WRONG_KEY,
            f"{endpoint.name} asks for a key.{said}",
            "Say in the settings of models where one is kept.",
        )
    return ModelError(
        Trouble.WRONG_KEY,
        f"{endpoint.name} does not take the key.{said}",
        f"Check the key that is kept under {endpoint.key}, and that it belongs to {endpoint.host}.",
    )


def _forbidden(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    with_key = " with the key that is set" if endpoint.key else ""
    return ModelError(
        Trouble.WRONG_KEY,
        f"{endpoint.name} does not allow this{with_key}.{said}",
        f"Take another key, or another model than {model}." if model else "Take another key.",
    )


def _page(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    return page_error(endpoint, fault.status)


def _proxy(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    return ModelError(
        Trouble.LOGIN_PAGE,
        "The proxy of this network asks for a name and password.",
        "Put them into HTTPS_PROXY, or sign in with a browser.",
    )


def _no_quota(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    return ModelError(
        Trouble.NO_QUOTA,
        f"The account at {endpoint.name} has no credit left.{said}",
        "Add credit there, or take another endpoint. To wait does not help.",
    )


def _rate_limit(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    wait = fault.wait_seconds
    hint = "Wait a little" if wait is None else f"Wait {_in_words(wait)}"
    return ModelError(
        Trouble.RATE_LIMIT,
        f"{endpoint.name} takes no more questions for now.{said}",
        f"{hint}, then try again; fewer calls at once help too.",
        wait,
    )


def _too_long(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    return ModelError(
        Trouble.CONTEXT_TOO_LONG,
        f"The question is too long for {model or 'the model'}.{said}",
        "Trim the context, or take a model that reads more.",
    )


def _wrong_model(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    return ModelError(
        Trouble.WRONG_MODEL,
        f"{endpoint.name} has no model {model}.{said}" if model else f"{endpoint.name} does not know the model.{said}",
        "Choose one that the server lists (test the connection in the settings of models).",
    )


def _wrong_url(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    return ModelError(
        Trouble.WRONG_URL,
        f"There is nothing to ask at {endpoint.base_url} (status {fault.status}).",
        "Correct the address of the server (it often ends in /v1), or choose its other protocol.",
    )


def _refused(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    return ModelError(
        Trouble.REFUSED, f"{endpoint.name} refuses to answer this.{said}", "Word it differently, or ask another model."
    )


def _slow(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    return ModelError(
        Trouble.SLOW, f"{endpoint.name} took too long, as it says itself.{said}", "Try again, or take a smaller model."
    )


def _server(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    status = f" (status {fault.status})" if fault.status else ""
    return ModelError(
        Trouble.SERVER,
        f"{endpoint.name} failed{status}.{said}",
        "The fault is the server's: try again in a while, or look at its log if it is your own.",
        fault.wait_seconds,
    )


def _not_accepted(fault: Fault, endpoint: Endpoint, model: str, said: str) -> ModelError:
    status = f" (status {fault.status})" if fault.status else ""
    return ModelError(
        Trouble.OTHER, f"{endpoint.name} did not accept the question{status}.{said}", "Check the settings of the model."
    )


_TABLE: tuple[tuple[Callable[[Fault], bool], _Explained], ...] = (
    (lambda fault: 300 <= fault.status < 400, _redirected),
    (lambda fault: fault.status == 407, _proxy),
    (lambda fault: fault.is_page and fault.status in (200, 401, 403, 511), _page),
    (lambda fault: fault.status == 401, _wrong_key),
    (lambda fault: fault.status == 402 or bool(_NO_QUOTA.search(fault.words)), _no_quota),
    (lambda fault: fault.status == 429, _rate_limit),
    (lambda fault: fault.status == 413 or bool(_TOO_LONG.search(fault.words)), _too_long),
    (lambda fault: bool(_REFUSED.search(fault.words)), _refused),
    (lambda fault: fault.status in (400, 404, 422) and bool(_NO_MODEL.search(fault.words)), _wrong_model),
    (lambda fault: fault.status == 403, _forbidden),
    (lambda fault: fault.status in (404, 405, 410), _wrong_url),
    (lambda fault: fault.status in (408, 504, 524), _slow),
    (lambda fault: fault.status >= 500 or fault.status in (0, 409), _server),
)
"""What a fault is taken for: the first that applies. Numbers come before words, as any word may be in a message."""


def _broken(fault: Fault, endpoint: Endpoint) -> ModelError:
    host, local = endpoint.host, endpoint.is_loopback
    if fault.connection is Break.SILENCE:
        return slow_error(endpoint, has_begun=False)
    if fault.connection is Break.REFUSED and local:
        return ModelError(
            Trouble.NOT_RUNNING,
            f"No server is running at {endpoint.base_url}.",
            f"Start {endpoint.name}, then try again.",
        )
    trouble, what, hint = {
        Break.CONNECT_TIME: (
            Trouble.NOT_RUNNING,
            f"{host} could not be reached within {endpoint.connect_seconds:g} seconds.",
            "Check the network, a VPN that it may need, and the address.",
        ),
        Break.REFUSED: (
            Trouble.NOT_RUNNING,
            f"{host} takes no connection.",
            "Check the address and its port, the network, and the proxy if one is set (HTTPS_PROXY).",
        ),
        Break.NO_HOST: (Trouble.WRONG_URL, f"There is no host {host}.", "Check the address, and the network."),
        Break.PROXY: (
            Trouble.NOT_RUNNING,
            "The proxy of this network does not let the call through.",
            "Check HTTPS_PROXY, or name the host in NO_PROXY.",
        ),
        Break.CERTIFICATE: (
            Trouble.OTHER,
            f"{host} shows a certificate that this machine does not trust, so nothing was sent.",
            "If you know why (a server of your institute, say), name its certificate in SSL_CERT_FILE.",
        ),
        Break.TLS: (
            Trouble.WRONG_URL,
            f"{host} could not agree on an encrypted connection.",
            "If the server does not encrypt, its address begins with http://, not https://.",
        ),
        Break.ADDRESS: (Trouble.WRONG_URL, f"{endpoint.base_url} is no address to call.", "Correct it."),
    }.get(
        fault.connection,
        (
            Trouble.CUT,
            f"{host} closed the connection before it answered.",
            "Try again; if it stays so, look at its log.",
        ),
    )
    return ModelError(trouble, what, hint)


def _said(message: str, key: str | None) -> str:
    """What the server says, as a sentence to put behind ours; "" if it says nothing."""
    if key:
        message = message.replace(key, "[key]")
    message = re.sub(r"(?i)\bbearer\s+\S+", "Bearer [key]", message)
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in message).split())
    if not text:
        return ""
    shortened = f"{text[:240].rstrip()}..." if len(text) > 240 else text.rstrip(".")
    return f" It says: {shortened}."


def _in_words(seconds: float) -> str:
    if seconds < 120:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / 60)} minutes" if seconds < 7200 else f"{round(seconds / 3600)} hours"
