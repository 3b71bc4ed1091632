"""The main line of a project's commits, and which files there were at each of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from blueprint_app.insight.history.history import Commit
from blueprint_app.live.past.git import Check, Clone, Git, GitError

_FORMAT = "%H%n%ct%n%aN%n%s"
_LATEST = 253_402_300_799
"""The last second of the year 9999."""
_FILES = ("100644", "100755", "100664", "120000")
LINK = "120000"


@dataclass(frozen=True, slots=True)
class FileChange:
    """What became of one path: the id and the mode of its new content, both "" where it is gone."""

    path: str
    blob: str
    mode: str


@dataclass(frozen=True, slots=True)
class LineCommit:
    """A commit of the main line, with what it changed against the one before on that line."""

    commit: Commit
    changes: tuple[FileChange, ...] = field(default=(), repr=False)


def main_line(git: Git, clone: Clone, check: Check) -> tuple[LineCommit, ...]:
    """The commits from the first to what is checked out, along first parents. Raises `GitError`.

    The first of them changes every file that it holds.
    """
    words = ["log", "--first-parent", "-m", "--raw", "--no-abbrev", "--no-renames", "-z", "--encoding=UTF-8"]
    data = git.run([*words, "--no-color", f"--format={_FORMAT}", clone.head, "--"], check)
    return tuple(reversed(list(_parsed(data))))


def tree_at(git: Git, commit: str, check: Check) -> dict[str, FileChange]:
    """The files at a commit, by path."""
    data = git.run(["ls-tree", "-r", "-z", "--full-tree", commit], check)
    found = {}
    for entry in data.decode("utf-8", "surrogateescape").split("\0"):
        facts, tab, path = entry.partition("\t")
        mode, *_, blob = (facts or " ").split(" ")
        if tab and mode in _FILES:
            found[path] = FileChange(path, blob, mode)
    return found


def commit_at(git: Git, commit: str, check: Check) -> Commit:
    """What git tells of one commit."""
    words = ["log", "-n", "1", "-z", "--encoding=UTF-8", "--no-color", f"--format={_FORMAT}", commit, "--"]
    return next(each.commit for each in _parsed(git.run(words, check)))


def _parsed(data: bytes) -> Iterator[LineCommit]:
    """The commits of ``git log --raw -z``: a header, then for each change its facts and its path."""
    pieces = iter(data.decode("utf-8", "surrogateescape").split("\0"))
    header = ""
    changes: list[FileChange] = []
    for piece in pieces:
        text = piece.lstrip("\n")
        if text.startswith(":"):
            changes += _change(text, next(pieces, ""))
        elif text:
            if header:
                yield LineCommit(_commit(header), tuple(changes))
            header, changes = text, []
    if header:
        yield LineCommit(_commit(header), tuple(changes))


def _commit(header: str) -> Commit:
    lines = [*header.split("\n", 3), "", "", "", ""]
    if not re.fullmatch(r"[0-9a-f]{40,64}", lines[0]):
        raise GitError("git log did not answer as it should.")
    return Commit(lines[0], time_of(lines[1]), readable(lines[2]), readable(lines[3].strip()))


def time_of(seconds: str) -> datetime:
    """Seconds since 1970 as git writes them; nonsense counts as their beginning."""
    try:
        return datetime.fromtimestamp(min(max(int(seconds), 0), _LATEST), UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def readable(text: str) -> str:
    """A text from git with nothing in it that is no character, or that moves a terminal's cursor."""
    plain = text.encode("utf-8", "replace").decode("utf-8", "replace")
    return "".join(each if each.isprintable() else " " for each in plain)


def _change(facts: str, path: str) -> Iterator[FileChange]:
    parts = facts.split(" ")
    if len(parts) != 5:
        return
    mode, blob = parts[1], parts[3]
    if mode in _FILES:
        yield FileChange(path, blob, mode)
    else:
        # Gone, or a submodule in its place, which is none of the project's own files.
        yield FileChange(path, "", "")
