"""The issues of one project: where they are, what is known of them, and what would be sent to learn more."""

import configparser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from blueprint_app.insight.next.issues import Issue, Repository, issue_numbers, repository_in
from blueprint_app.live.git_state import GitFolders, git_folders
from blueprint_app.live.issues.asking import MOST, TOKENS, Answer, api_of, ask, token_in
from blueprint_app.live.issues.kept import KeptIssues
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot

_REMOTES = ("upstream", "origin")
"""A fork's issues are its origin's seldom: the project that it was taken from comes first."""


@dataclass(frozen=True, slots=True)
class ProjectIssues:
    """The numbers that a blueprint names, where they are, what was seen, and the variable with a token ("": none)."""

    numbers: tuple[int, ...] = ()
    repository: Repository | None = None
    seen: tuple[Issue, ...] = ()
    token_name: str = ""

    @property
    def can_be_asked(self) -> bool:
        """Whether there is anything to ask, and anything to ask with."""
        return bool(self.numbers) and self.repository is not None and bool(self.token_name)

    @property
    def seen_at(self) -> datetime | None:
        """When the oldest of what is known was seen."""
        return min((each.seen for each in self.seen), default=None)

    def why_not(self) -> BlueprintError | None:
        """Why GitHub cannot be asked, where that is so."""
        if not self.numbers:
            return BlueprintError("No node names an issue.", "\\discussion{NUMBER} does.")
        if self.repository is None:
            hint = (
                "Give its address in the blueprint, as \\github{https://github.com/OWNER/NAME}, or as a remote of git."
            )
            return BlueprintError("It is not known in which repository at GitHub the issues are.", hint)
        if not self.token_name:
            return BlueprintError(
                "There is no token to ask GitHub with.", f"Put one that may read issues into ${TOKENS[0]}."
            )
        return None

    def what_is_sent(self) -> str:
        """What goes out when GitHub is asked, for a person to agree to."""
        assert self.repository is not None
        count, first = min(len(self.numbers), MOST), self.numbers[0]
        address = f"{api_of(self.repository)}/repos/{self.repository}/issues/{first}"
        more = f", and so on for {count} issue numbers of the blueprint" if count > 1 else ""
        return f"GET {address}{more}, with the token of ${self.token_name}. Nothing else of this project is sent."


def project_issues(snapshot: Snapshot, kept: KeptIssues) -> ProjectIssues:
    """What is known here of a project's issues; nothing is sent. A blueprint without any is not looked at further."""
    numbers = issue_numbers(snapshot)
    if not numbers:
        return ProjectIssues()
    repository = repository_in(snapshot.blueprint.github)
    if repository is None and not snapshot.blueprint.is_packed:
        repository = remote_of(Path(snapshot.blueprint.folder))
    if repository is None:
        return ProjectIssues(numbers)
    wanted = frozenset(numbers)
    seen = tuple(each.issue for number, each in sorted(kept.read(repository).items()) if number in wanted)
    return ProjectIssues(numbers, repository, seen, token_in()[1])


def remote_of(folder: Path) -> Repository | None:
    """The repository at GitHub that a clone was made of, read from its settings."""
    found: GitFolders | None = git_folders(folder)
    if found is None:
        return None
    settings = configparser.RawConfigParser(strict=False, allow_no_value=True, interpolation=None)
    try:
        # In git a line is indented as people like; here that would make it the line before going on.
        text = (found.common / "config").read_text("utf-8", errors="replace")
        settings.read_string("\n".join(line.strip() for line in text.splitlines()))
    except (OSError, configparser.Error):
        return None
    for name in _REMOTES:
        repository = repository_in(settings.get(f'remote "{name}"', "url", fallback="") or "")
        if repository is not None:
            return repository
    return None


def look_again(
    issues: ProjectIssues, kept: KeptIssues, report: Callable[[float], None] = lambda fraction: None, *, api: str = ""
) -> Answer:
    """Ask GitHub for the project's issues and keep the answer. Only for who has agreed; raises BlueprintError."""
    missing = issues.why_not()
    if missing is not None:
        raise missing
    assert issues.repository is not None
    answer = ask(issues.repository, issues.numbers, token_in()[0], kept.read(issues.repository), report, api=api)
    kept.write(issues.repository, answer.known, answer.gone)
    return answer
