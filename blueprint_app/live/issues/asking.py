"""Asks GitHub for issues, one request each; what was seen before is only asked whether it has changed."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import blueprint_app
from blueprint_app.insight.next.issues import Issue, Repository, issue_from
from blueprint_app.model.errors import BlueprintError

if TYPE_CHECKING:
    import httpx2

TOKENS = ("GITHUB_TOKEN", "GH_TOKEN")
"""The variables of the environment that may hold a token, the first one first."""

MOST = 500
"""Issues asked for at once: a token is good for 5,000 requests an hour."""

_SECONDS = 20.0
_LARGEST = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Known:
    """An issue that was seen before, and the mark by which the server tells whether it has changed."""

    issue: Issue
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: the issues, the numbers of which there is none, and why it ended early ("": it did not)."""

    known: tuple[Known, ...]
    gone: tuple[int, ...] = ()
    trouble: str = ""


def token_in(environment: Mapping[str, str] = os.environ) -> tuple[str, str]:
    """The token and the name of its variable; two empty texts where there is none."""
    for name in TOKENS:
        token = environment.get(name, "").strip()
        if token and token.isascii() and token.isprintable():
            return token, name
    return "", ""


def api_of(repository: Repository) -> str:
    """Where the repository's host answers programs."""
    return f"https://api.{repository.host}"


def ask(
    repository: Repository,
    numbers: Sequence[int],
    token: str,
    before: Mapping[int, Known],
    report: Callable[[float], None] = lambda fraction: None,
    *,
    api: str = "",
) -> Answer:
    """The issues of these numbers. `report` is called before each request, and may raise to stop.

    Raises BlueprintError where nothing was learnt: no net, a token that is not accepted, a repository not shown to it.
    """
    import httpx2

    headers = {
        "Accept": "application/vnd.github+json",
        "User-Agent": f"blueprint-explorer/{blueprint_app.__version__}",
    }

    def signed(request: httpx2.Request) -> httpx2.Request:
        # Said for each request, or a netrc file of the user's would have its say.
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    # The token goes to the one host that a person agreed to: no address that an answer names is followed.
    base = api or api_of(repository)
    with httpx2.Client(base_url=base, headers=headers, auth=signed, timeout=_SECONDS, follow_redirects=False) as client:
        return _Asking(client, repository, before).all(numbers[:MOST], report)


class _TroubleError(Exception):
    """Why no more can be asked."""


class _Asking:
    def __init__(self, client: "httpx2.Client", repository: Repository, before: Mapping[int, Known]) -> None:
        self._client, self._repository, self._before = client, repository, before

    def all(self, numbers: Sequence[int], report: Callable[[float], None]) -> Answer:
        found: list[Known] = []
        gone: list[int] = []
        for place, number in enumerate(numbers):
            report(place / len(numbers))
            try:
                known = self._one(number)
            except _TroubleError as error:
                if not found:
                    raise BlueprintError(str(error), "What was seen before is still shown.") from error
                return Answer(tuple(found), tuple(gone), f"{error} {len(found)} of {len(numbers)} issues were read.")
            if known is None:
                if not found and not gone:
                    self._look_for_repository()
                gone.append(number)
            else:
                found.append(known)
        return Answer(tuple(found), tuple(gone))

    def _one(self, number: int) -> Known | None:
        """The issue, or None where there is none of that number."""
        before = self._before.get(number)
        mark = {"If-None-Match": before.mark} if before is not None and before.mark else {}
        response = self._get(f"/repos/{self._repository}/issues/{number}", mark)
        now = datetime.now(UTC)
        if response.status_code == 304 and before is not None:
            return replace(before, issue=replace(before.issue, seen=now))
        if response.status_code in (404, 410):
            return None
        self._refuse(response)
        try:
            return Known(issue_from(response.json(), now), response.headers.get("etag", ""))
        except ValueError as error:
            raise _TroubleError(f"{self._host} sent something else than an issue: {error}.") from error

    def _look_for_repository(self) -> None:
        """An issue that is not there may be alone in that, or the whole repository is not shown to this token."""
        try:
            response = self._get(f"/repos/{self._repository}", {})
            if response.status_code == 404:
                raise _TroubleError(f"{self._host} shows no repository {self._repository} to this token.")
            self._refuse(response)
        except _TroubleError as error:
            hint = "A private repository takes a token that may read its issues; a renamed one, another address."
            raise BlueprintError(str(error), hint) from error

    def _get(self, path: str, headers: Mapping[str, str]) -> "httpx2.Response":
        import httpx2

        try:
            with self._client.stream("GET", path, headers=headers) as response:
                data = b""
                for piece in response.iter_bytes():
                    data += piece
                    if len(data) > _LARGEST:
                        raise _TroubleError(f"{self._host} sent more than an issue can be.")
                # A closed stream keeps nothing: what was read is put into a response of its own.
                kept = {name: value for name, value in response.headers.items() if name not in _OF_THE_BODY}
                return httpx2.Response(response.status_code, headers=kept, content=data)
        except httpx2.TimeoutException as error:
            raise _TroubleError(f"{self._host} does not answer.") from error
        except httpx2.HTTPError as error:
            raise _TroubleError(f"{self._host} cannot be reached: {error}.") from error

    def _refuse(self, response: "httpx2.Response") -> None:
        """Raise what an answer other than an issue means."""
        status, headers = response.status_code, response.headers
        if status == 200:
            return
        if status == 401:
            raise _TroubleError(f"{self._host} does not accept the token.")
        is_limit = headers.get("x-ratelimit-remaining") == "0" or "retry-after" in headers
        if status == 429 or (status == 403 and is_limit):
            raise _TroubleError(f"{self._host} takes no more requests {_until(headers)}.")
        if status == 403:
            raise _TroubleError(f"{self._host} does not let this token read issues of {self._repository}.")
        if status in (301, 302, 307, 308):
            raise _TroubleError(f"{self._repository} has moved: {self._host} answers with another address.")
        raise _TroubleError(f"{self._host} answers with status {status}.")

    @property
    def _host(self) -> str:
        return str(self._client.base_url.host)


_OF_THE_BODY = frozenset({"content-encoding", "content-length", "transfer-encoding"})


def _until(headers: Mapping[str, str]) -> str:
    """When more can be asked, as far as the answer says."""
    reset, wait = headers.get("x-ratelimit-reset", ""), headers.get("retry-after", "")
    if wait.isascii() and wait.isdecimal() and len(wait) < 7:
        return f"for {int(wait) // 60 + 1} min"
    if reset.isascii() and reset.isdecimal() and len(reset) < 12:
        return f"before {datetime.fromtimestamp(int(reset), UTC):%H:%M} UTC"
    return "for now"
