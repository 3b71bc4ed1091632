"""A project's past: which commits changed its blueprint, the blueprint at each of them, and what changed since."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from blueprint_app.insight.history.comparing import ChangedSince, changed_between
from blueprint_app.insight.history.history import Commit, History, HistoryPoint, steadied
from blueprint_app.insight.history.moments import Moment
from blueprint_app.live.past.gathering import Gatherer
from blueprint_app.live.past.git import Check, Clone, Git, GitError
from blueprint_app.live.past.main_line import LineCommit, commit_at, main_line, tree_at
from blueprint_app.live.past.selection import Selection
from blueprint_app.live.past.store import PastStore
from blueprint_app.live.past.trees import State, Wanted, states_of, wanted_in
from blueprint_app.model.blueprint import Reading
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.errors import BlueprintError

Report = Callable[[float, str], None]

EVERY_CHANGE = sys.maxsize
_MOST_TAGS = 30
MOST_READ = 600
"""Blueprints that are read at once, each of them some tenths of a second; of more changes a selection is read."""


def _unchecked() -> None:
    pass


def _unreported(fraction: float, note: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Line:
    """What git says of a project: its clone, the main line from its beginning, and which blueprint is asked about."""

    clone: Clone
    commits: tuple[LineCommit, ...]
    wanted: Wanted

    @property
    def root(self) -> str:
        """The first commit of the line that the clone holds."""
        return self.commits[0].commit.id


@dataclass(frozen=True, slots=True)
class Outlook:
    """What there is to be read, told at once: how many commits the main line has, and the newest tags, latest first."""

    commits: int = 0
    tags: tuple[str, ...] = ()
    is_shallow: bool = False


class Past:
    """The past of the project whose folder is given; nothing of it is kept where there is no `cache_folder`.

    `reading` is how uses and states are taken. All methods raise `NoGitError` where there is no past to read, and
    what `check` raises.
    """

    def __init__(
        self, folder: Path, reading: Reading = Reading.LEANBLUEPRINT, cache_folder: Path | None = None
    ) -> None:
        self.git = Git(folder)
        self.folder = folder
        self._reading, self._cache_folder = reading, cache_folder

    def line(self, check: Check = _unchecked) -> Line:
        """The main line as git tells it now."""
        clone = self.git.clone(check)
        commits = main_line(self.git, clone, check)
        return Line(clone, commits, wanted_in(tree_at(self.git, clone.head, check), clone.prefix))

    def outlook(self, check: Check = _unchecked) -> Outlook:
        """What there is to be read, without reading any of it."""
        clone = self.git.clone(check)
        count = self.git.run(["rev-list", "--count", "--first-parent", clone.head, "--"], check)
        words = ["for-each-ref", "--sort=-creatordate", f"--count={_MOST_TAGS}", "--format=%(refname:short)"]
        tags = self.git.run([*words, "refs/tags"], check).decode("utf-8", "replace").splitlines()
        return Outlook(int(count), tuple(tags), bool(clone.boundary))

    def store(self, line: Line) -> PastStore:
        """Where what was read of this line is kept."""
        return PastStore(self._cache_folder, line.root)

    def history(self, check: Check = _unchecked, report: Report = _unreported, most: int = MOST_READ) -> History:
        """The whole history. Where more than `most` blueprints would be read, only the last of each day (week ...)."""
        report(-1.0, "Reading the list of commits")
        line = self.line(check)
        states = list(states_of(line.commits, line.wanted))
        if line.wanted.entry:
            begun = next((number for number, state in enumerate(states) if state.entry), len(states))
            states = states[begun:]
        gatherer = self._gatherer(line)
        if states and not line.wanted.entry:
            # A project of Lean alone: whether there is a blueprint in it at all is told by what is there now.
            gatherer.gather(states[-1:], 1, check, report)
            states = states if not gatherer.moment(states[-1]).problem else []
        chosen = gatherer.gather(states, most, check, report)
        points = steadied(
            [HistoryPoint(line.commits[each.number].commit, gatherer.moment(each)) for each in chosen.states]
        )
        changes = len(gatherer.distinct(states))
        return History(
            points,
            line.commits[-1].commit,
            len(line.commits),
            changes,
            bool(line.clone.boundary),
            tuple(_remarks(line, points, chosen, changes, lacks_contents=gatherer.lacks_contents)),
        )

    def moment_at(self, name: str, check: Check = _unchecked) -> tuple[Commit, Moment]:
        """The blueprint at the commit that a tag, a branch or an id names. Raises BlueprintError."""
        line = self.line(check)
        try:
            commit = commit_at(self.git, self.git.commit(name, check), check)
        except GitError as error:
            raise BlueprintError(
                f"{name} is no date, and no tag, branch or commit of this clone.",
                "Give a date as YYYY-MM-DD, or see `git tag`.",
            ) from error
        tree = tuple(tree_at(self.git, commit.id, check).values())
        single = (LineCommit(commit, tree),)
        states = list(states_of(single, line.wanted)) or [State(0, line.clone.prefix, "", "", "")]
        gatherer = self._gatherer(line, single)
        gatherer.gather(states, 1, check, _unreported)
        return commit, gatherer.moment(states[0])

    def changed_since(self, mark: str, history: History, check: Check = _unchecked) -> ChangedSince:
        """What is different now from what was at a date (UTC), tag, branch or commit. Raises BlueprintError."""
        time = time_of(mark)
        if time is not None:
            return changed_since_time(history, time)
        last = _last(history)
        commit, moment = self.moment_at(mark, check)
        if moment.problem and moment.nodes == ():
            moment = Moment()
        return changed_between(commit, moment, last.commit, last.moment)

    def _gatherer(self, line: Line, commits: Sequence[LineCommit] | None = None) -> Gatherer:
        is_lean_only = not line.wanted.entry
        store = self.store(line)
        return Gatherer(self.folder, self._reading, commits or line.commits, store, is_lean_only=is_lean_only)


def changed_since_time(history: History, time: datetime) -> ChangedSince:
    """What is different at the end of a history from what was at a time (UTC). Raises BlueprintError."""
    last = _last(history)
    commit, moment = _at(history, time)
    return changed_between(commit, moment, last.commit, last.moment)


def time_of(text: str) -> datetime | None:
    """The time that a date in ISO 8601 names, without a zone in UTC; None for another text."""
    if not re.match(r"\d{4}-?\d\d-?\d\d(?!\d)", text):
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _last(history: History) -> HistoryPoint:
    if not history.readable:
        raise BlueprintError("There is no blueprint in this history.", "Commit it, then ask again.")
    return history.readable[-1]


def _at(history: History, time: datetime) -> tuple[Commit, Moment]:
    point = history.at(time)
    if point is not None:
        return point.commit, point.moment
    if history.is_shallow:
        begin = history.points[0].commit.time
        raise BlueprintError(
            f"This clone begins on {begin:%Y-%m-%d}: what was before is not known.",
            "Fetch the rest with `git fetch --unshallow`.",
        )
    return Commit("", time), Moment()


def _remarks(
    line: Line, points: Sequence[HistoryPoint], chosen: Selection, changes: int, *, lacks_contents: bool
) -> Iterator[Diagnostic]:
    if line.clone.boundary:
        yield _note(
            "history-shallow",
            f"The clone is shallow: its history begins with {line.commits[0].commit.time:%Y-%m-%d}, and what was there "
            "then seems to have come all at once.",
            "Fetch the rest with `git fetch --unshallow`.",
        )
    if chosen.how:
        yield _note(
            "history-sampled",
            f"Of the {changes:,} commits that changed the blueprint {len(points):,} were read: {chosen.how}.",
            "What came and went in between is not shown; the command `history --all` reads every one.",
        )
    broken = [point for point in points if point.moment.problem]
    if broken:
        first = broken[0]
        yield _note(
            "history-unreadable",
            f"At {len(broken):,} {'commit' if len(broken) == 1 else 'commits'} there was no blueprint that can be read "
            f"(first at {first.commit.id[:7]}, {first.commit.time:%Y-%m-%d}: {first.moment.problem.rstrip('.')}).",
            "The last one before counts until the next.",
        )
    if lacks_contents:
        yield _note(
            "history-contents",
            "The clone lacks the contents of some former files (it is a partial clone), and nothing was fetched.",
            "Clone it without --filter to see all of its past.",
        )
    if not points:
        yield _note(
            "history-empty",
            "No commit holds a blueprint in TeX or in Lean files.",
            "Commit it. The past of other sources is not read.",
        )


def _note(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Severity.NOTE, code, message, hint)
