"""What GitHub's issues say of who works on what: read from its answers, put in words, and counted as claims."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from blueprint_app.model.claim import Claim, ProjectClaims
from blueprint_app.model.snapshot import Snapshot

GITHUB = "github.com"
_LONGEST, _MOST_PEOPLE = 200, 10
_ADDRESS = re.compile(
    r"(?:[a-z+]+://(?:[^/@\s]*@)?|git@)(?P<host>[\w.-]+)(?::\d+)?[/:](?P<owner>[\w-][\w.-]*)/(?P<name>[\w.-]+)"
)
"""What git and people write: https://github.com/owner/name, git@github.com:owner/name.git, ssh://git@host/owner/name."""


@dataclass(frozen=True, slots=True)
class Repository:
    """One repository at a host that speaks as GitHub does."""

    host: str
    owner: str
    name: str

    def __str__(self) -> str:
        return f"{self.owner}/{self.name}"


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as it was `seen`, in UTC."""

    number: int
    is_open: bool
    assignees: tuple[str, ...]
    title: str
    seen: datetime


def repository_in(address: str) -> Repository | None:
    """The repository of a web or git address at GitHub; None for any other address."""
    found = _ADDRESS.match(address.strip())
    if found is None or found["host"].lower().removeprefix("www.") != GITHUB:
        return None
    name = found["name"].removesuffix(".git")
    return Repository(GITHUB, found["owner"], name) if name.strip(".") else None


def issue_numbers(snapshot: Snapshot) -> tuple[int, ...]:
    """The issues that the blueprint's ``\\discussion`` name, each once, in rising order."""
    texts = {node.discussion for node in snapshot.blueprint.nodes if node.discussion}
    return tuple(sorted({int(text) for text in texts if text.isascii() and text.isdecimal() and 0 < len(text) < 10}))


def issue_from(data: Any, seen: datetime) -> Issue:  # noqa: ANN401 - whatever a server sent
    """The issue in an answer of ``GET /repos/OWNER/NAME/issues/NUMBER``. Raises ValueError for anything else."""
    if not isinstance(data, Mapping) or not isinstance(data.get("number"), int):
        raise ValueError("it is no issue")
    if data.get("state") not in ("open", "closed"):
        raise ValueError("it does not say whether it is open")
    people = data.get("assignees")
    logins = [each.get("login") for each in people if isinstance(each, Mapping)] if isinstance(people, list) else []
    names = tuple(_line(each) for each in logins if isinstance(each, str) and each.strip())
    return Issue(data["number"], data["state"] == "open", names[:_MOST_PEOPLE], _line(data.get("title")), seen)


def issue_in_words(issue: Issue, now: datetime) -> str:
    """``GitHub issue #12, assigned to X, seen 2 h ago``."""
    if not issue.is_open:
        said = "closed"
    else:
        said = f"assigned to {', '.join(issue.assignees)}" if issue.assignees else "open, assigned to nobody"
    return f"GitHub issue #{issue.number}, {said}, seen {age_in_words(issue.seen, now)}"


def age_in_words(seen: datetime, now: datetime) -> str:
    """``just now``, ``5 min ago``, ``2 h ago``, ``3 days ago``, and from a month on the day."""
    age = now - seen
    if age < timedelta(minutes=1):
        return "just now"
    if age < timedelta(hours=1):
        return f"{age // timedelta(minutes=1)} min ago"
    if age < timedelta(days=2):
        return f"{age // timedelta(hours=1)} h ago"
    return f"{age.days} days ago" if age.days <= 30 else f"on {seen.astimezone(UTC).date()}"


def with_issues(claims: ProjectClaims, snapshot: Snapshot, issues: Iterable[Issue], now: datetime) -> ProjectClaims:
    """The claims with those that open issues make by their assignees, who count as others' claims do."""
    words = {issue.number: issue_in_words(issue, now) for issue in issues}
    held = {issue.number: issue for issue in issues if issue.is_open and issue.assignees}
    more = [
        Claim(node.id, ", ".join(held[number].assignees), origin=words[number])
        for node in snapshot.blueprint.nodes
        if node.discussion and (number := _number(node.discussion)) in held
    ]
    told = {str(number): text for number, text in words.items()}
    return replace(claims, claims=(*claims.claims, *more), issues=told)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _line(text: object) -> str:
    """One line of text, without what could steer a terminal."""
    kept = "".join(each if each.isprintable() else " " for each in text[:_LONGEST]) if isinstance(text, str) else ""
    return " ".join(kept.split())
