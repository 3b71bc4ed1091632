"""The one way to git: only to read, and so that nothing of the project's is run."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from blueprint_app.lean.asking.binary import Conversation, output_of
from blueprint_app.lean.asking.environment import program_environment
from blueprint_app.lean.asking.process import Limits, ProgramMissingError
from blueprint_app.model.errors import BlueprintError

Check = Callable[[], None]

# What a clone's own configuration may name: programs (hooks, monitors, pagers, checkers of signatures), files that
# need not be there, and forms of output. None of it is to have a say.
_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "log.showSignature": "false",
    "log.showRoot": "true",
    "log.diffMerges": "separate",
    "log.follow": "false",
    "log.mailmap": "true",
    "diff.external": "",
    "diff.orderFile": os.devnull,
    "diff.ignoreSubmodules": "all",
    "diff.renames": "true",
    "blame.ignoreRevsFile": "",
    "blame.showRoot": "true",
    "blame.markIgnoredLines": "false",
    "blame.markUnblamableLines": "false",
    "mailmap.file": "",
    "mailmap.blob": "",
    "protocol.allow": "never",
    "gc.auto": "0",
    "maintenance.auto": "false",
}
_NO_NETWORK = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_OPTIONAL_LOCKS": "0"}
_PIECE = 1 << 20
_PATIENCE = Limits(seconds=600.0)


class GitError(BlueprintError):
    """git does not do what was asked."""


class NoGitError(GitError):
    """There is nothing of git's here to read."""


@dataclass(frozen=True, slots=True)
class Clone:
    """Where a project lies in its clone, and what is checked out.

    `prefix` is the project's folder below the clone's ("" or ending in "/"), `head` the id of the commit; `boundary`
    the commits where a shallow clone ends, empty for a whole one.
    """

    prefix: str
    head: str
    boundary: frozenset[str]


class Git:
    """git in one folder. All paths that it gives and takes are below the clone's own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environment = {**program_environment(), **_NO_NETWORK}

    def clone(self, check: Check = lambda: None) -> Clone:
        """What is here. Raises `NoGitError` with the reason where there is no history."""
        try:
            found = self.run(["rev-parse", "--show-prefix"], check)
        except ProgramMissingError as error:
            raise NoGitError(
                "There is no git on this machine, so that nothing is known of the past.", "Install git."
            ) from error
        except GitError as error:
            raise _why_not(error) from error
        prefix = found.decode("utf-8", "surrogateescape").rstrip("\n")
        try:
            head = self.commit("HEAD", check)
        except GitError as error:
            raise NoGitError(
                "There is no commit yet, so that there is no past to read.", "Commit the project."
            ) from error
        return Clone(prefix, head, self._boundary(check))

    def run(self, words: Sequence[str], check: Check = lambda: None, given: bytes = b"") -> bytes:
        """What git prints. Raises `GitError` with what it says, `ProgramMissingError` and `TimeLimitError`."""
        output = output_of(
            _command(words), self.folder, environment=self._environment, given=given, check=check, limits=_PATIENCE
        )
        if output.code != 0:
            said = output.errors.splitlines()
            raise GitError(f"git {words[0]} did not succeed: {said[0] if said else f'exit code {output.code}'}.")
        return output.data

    def commit(self, name: str, check: Check = lambda: None) -> str:
        """The id of the commit that a branch, a tag or a beginning of an id names. Raises `GitError`."""
        words = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"]
        return self.run(words, check).decode("ascii", "replace").strip()

    def objects(self) -> "Objects":
        """The contents of files, for as long as it is not ended."""
        return Objects(lambda: Conversation(_command(["cat-file", "--batch"]), self.folder, self._environment))

    def _boundary(self, check: Check) -> frozenset[str]:
        named = self.run(["rev-parse", "--git-path", "shallow"], check).decode("utf-8", "surrogateescape").strip()
        try:
            return frozenset((self.folder / named).read_text(encoding="ascii").split())
        except (OSError, UnicodeDecodeError):
            return frozenset()


class Objects:
    """Contents by id, from a git that waits for the next question; `begin` starts it."""

    def __init__(self, begin: Callable[[], Conversation]) -> None:
        self._begin = begin
        self._talk = begin()

    def read(self, blob: str, largest: int) -> bytes:
        """The content of a file. Raises OSError where the clone does not hold it, or it has more bytes than `largest`.

        A clone without some of its objects ("partial") does not fetch them for this.
        """
        answer = self._talk.ask(blob.encode("ascii")).decode("ascii", "replace").split()
        if len(answer) != 3 or not answer[2].isdecimal():
            if not answer:
                # Older ones end where an object would have to be fetched.
                self._talk.end()
                self._talk = self._begin()
            raise FileNotFoundError(2, "Not in this clone", blob)
        size = int(answer[2])
        if size > largest:
            for start in range(0, size + 1, _PIECE):
                self._talk.read(min(_PIECE, size + 1 - start))
            raise OSError(27, "Too large", blob)
        data = self._talk.read(size + 1)
        if len(data) != size + 1:
            raise OSError(5, "git ended", blob)
        return data[:-1]

    def close(self) -> None:
        """No more questions."""
        self._talk.end()


class Contents(Mapping[str, bytes]):
    """The files of a tree by path, each read when it is asked for; `lacks` are those that cannot be had."""

    def __init__(self, blobs: Mapping[str, str], objects: Objects, known: dict[str, bytes], largest: int) -> None:
        self._blobs, self._objects, self._known, self._largest = blobs, objects, known, largest
        self.lacks: list[str] = []

    def __getitem__(self, path: str) -> bytes:
        blob = self._blobs[path]
        if blob not in self._known:
            try:
                self._known[blob] = self._objects.read(blob, self._largest)
            except OSError:
                self.lacks.append(path)
                raise KeyError(path) from None
        return self._known[blob]

    def __contains__(self, path: object) -> bool:
        return path in self._blobs

    def __iter__(self) -> Iterator[str]:
        return iter(self._blobs)

    def __len__(self) -> int:
        return len(self._blobs)


def below(prefix: str, path: str) -> str | None:
    """A path as the project's folder sees it; None for one outside of it."""
    return path[len(prefix) :] if path.startswith(prefix) else None


def _command(words: Sequence[str]) -> list[str]:
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    return ["git", "--no-pager", "--no-optional-locks", "--literal-pathspecs", *settings, *words]


def _why_not(error: GitError) -> NoGitError:
    text = error.what_happened
    if "dubious ownership" in text:
        return NoGitError(
            "git does not read this clone, as it belongs to another user.",
            "If you trust it, tell git so: git config --global --add safe.directory FOLDER.",
        )
    if "not a git repository" in text:
        return NoGitError("This folder is no git clone, so that nothing is known of its past.", "Clone it with git.")
    return NoGitError(text)
