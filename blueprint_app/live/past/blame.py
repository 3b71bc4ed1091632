"""Which commit each line of a file comes from: git blame over many files at once, kept by content."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from blueprint_app.live.past.git import Check, Clone, Git, GitError
from blueprint_app.live.past.store import PastStore

_MOST_AT_ONCE = 4
_PATIENCE = 0.1
_SAVED_AT = 20
_HUNK = re.compile(rb"^([0-9a-f]{40}|[0-9a-f]{64}) \d+ (\d+) (\d+)$")
# Lines that were moved or copied keep their author, and so do those that were only indented anew.
_WORDS = ("blame", "--incremental", "-w", "-M", "-C", "--no-textconv", "--root")


@dataclass(frozen=True, slots=True)
class Lines:
    """For each path the ids of the commits that its lines come from, the first line's first.

    A file that git cannot tell of is left out, and `why` has git's words for the first such.
    """

    commits: Mapping[str, tuple[str, ...]]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Blamable:
    """A file at the commit that is asked about: its content's id, and the last commit of the line that changed it."""

    path: str
    blob: str
    changed_at: str

    @property
    def key(self) -> str:
        """What its blame is kept under: nothing else can change it."""
        return f"blame/{self.path}/{self.blob}/{self.changed_at}"


def blame(
    git: Git,
    clone: Clone,
    files: Sequence[Blamable],
    store: PastStore,
    check: Check,
    report: Callable[[float, str], None],
) -> Lines:
    """Where the lines of some files come from. Whatever `check` raises comes out; what was done by then is kept."""
    kept = store.read(each.key for each in files)
    found = {each.path: runs for each in files if (runs := _unpacked(kept.get(each.key))) is not None}
    left = [each for each in files if each.path not in found]
    unsaved: dict[str, Any] = {}
    why = ""
    try:
        for number, (each, commits) in enumerate(_in_threads(git, clone, left, check), 1):
            if isinstance(commits, str):
                why = why or commits
            else:
                found[each.path] = commits
                unsaved[each.key] = _packed(commits)
            report(number / len(left), f"Asking git who wrote {len(left):,} files")
            if len(unsaved) >= _SAVED_AT:
                store.write(unsaved)
                unsaved.clear()
    finally:
        store.write(unsaved)
    return Lines(found, why)


def _in_threads(
    git: Git, clone: Clone, files: Sequence[Blamable], check: Check
) -> Iterator[tuple[Blamable, tuple[str, ...] | str]]:
    is_over = False

    def checked() -> None:
        if is_over:
            raise _OverError
        check()

    with ThreadPoolExecutor(min(_MOST_AT_ONCE, os.cpu_count() or 1), "blame") as pool:
        waiting: Mapping[Future[tuple[str, ...] | str], Blamable] = {
            pool.submit(_blamed, git, clone, each, checked): each for each in files
        }
        try:
            left = set(waiting)
            while left:
                done, left = wait(left, _PATIENCE, FIRST_COMPLETED)
                check()
                for future in done:
                    yield waiting[future], future.result()
        finally:
            is_over = True
            pool.shutdown(wait=True, cancel_futures=True)


class _OverError(Exception):
    """Ends what still runs."""


def _blamed(git: Git, clone: Clone, file: Blamable, check: Check) -> tuple[str, ...] | str:
    """The commits of a file's lines; what git says where it does not tell, as for lack of contents."""
    lines: dict[int, str] = {}
    # Here alone git takes a path from the folder that it stands in.
    path = os.path.relpath(file.path, clone.prefix or ".")
    try:
        answer = git.run([*_WORDS, clone.head, "--", path], check)
    except GitError as error:
        return error.what_happened
    for line in answer.split(b"\n"):
        hunk = _HUNK.match(line)
        if hunk is not None:
            first, count = int(hunk[2]), int(hunk[3])
            lines |= dict.fromkeys(range(first, first + count), hunk[1].decode("ascii"))
    return tuple(lines.get(number, "") for number in range(1, max(lines, default=0) + 1))


def _packed(commits: Sequence[str]) -> list[Any]:
    return [[commit, sum(1 for _ in group)] for commit, group in groupby(commits)]


def _unpacked(data: Any) -> tuple[str, ...] | None:  # noqa: ANN401  # whatever is kept
    try:
        return tuple(commit for commit, count in data for _ in range(count))
    except (TypeError, ValueError):
        return None
