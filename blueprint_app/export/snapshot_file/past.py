"""A project's past in a snapshot file: each state of a node once, and of each moment what differs from the one before.

PFR's 367 moments of 200 nodes each hold some thousand different states of nodes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from blueprint_app.export.snapshot_file.codec import UnfitError, plain, value_of
from blueprint_app.insight.attribution.summaries import Attribution
from blueprint_app.insight.history.history import Commit, History, HistoryPoint
from blueprint_app.insight.history.moments import Moment, NodeThen
from blueprint_app.model.blueprint import Reading
from blueprint_app.model.diagnostic import Diagnostic, Severity

MOST_NODES = 4_000_000
"""Nodes of all moments together, each some bytes in memory: 600 moments of 6,000 nodes."""


@dataclass(frozen=True, slots=True)
class PackedPast:
    """What a snapshot file carries of the past: the history, how it was read, and who wrote what."""

    history: History | None = None
    attribution: Attribution | None = None
    reading: Reading = Reading.LEANBLUEPRINT


NO_PAST = PackedPast()


@dataclass(frozen=True, slots=True)
class _Splice:
    """The rows `start` to `end` (exclusive) of the moment before give way to these states."""

    start: int
    end: int
    states: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Point:
    commit: Commit
    splices: tuple[_Splice, ...] = ()
    problem: str = ""
    damage: str = ""


@dataclass(frozen=True, slots=True)
class _History:
    reading: Reading
    states: tuple[NodeThen, ...] = ()
    points: tuple[_Point, ...] = ()
    head: Commit | None = None
    commits: int = 0
    changes: int = 0
    is_shallow: bool = False
    remarks: tuple[Diagnostic, ...] = ()


def history_as_plain(history: History, reading: Reading) -> Any:  # noqa: ANN401 - a value of JSON
    """The history as values of JSON; of one that is too large for a file some points are left out, and it says so."""
    kept = _thinned(history)
    numbers: dict[NodeThen, int] = {}
    before: list[int] = []
    points = []
    for point in kept.points:
        moment = point.moment
        rows = before if moment.problem else [numbers.setdefault(node, len(numbers)) for node in moment.nodes]
        points.append(_Point(point.commit, tuple(_splices(before, rows)), moment.problem, moment.damage))
        before = rows
    return plain(
        _History(
            reading,
            tuple(numbers),
            tuple(points),
            kept.head,
            kept.commits,
            kept.changes,
            kept.is_shallow,
            kept.remarks,
        )
    )


def history_of(found: object) -> tuple[History, Reading]:
    """The history that `history_as_plain` wrote, and how it was read. Raises UnfitError."""
    read = value_of(_History, found)
    history = History(tuple(_points(read)), read.head, read.commits, read.changes, read.is_shallow, read.remarks)
    return history, read.reading


def attribution_of(found: object) -> Attribution:
    """Who wrote what, as `plain` wrote it. Raises UnfitError."""
    return value_of(Attribution, found)


def _points(read: _History) -> Iterator[HistoryPoint]:
    rows: list[int] = []
    total = 0
    for number, point in enumerate(read.points):
        try:
            rows = _spliced(rows, point.splices, len(read.states))
            total += len(rows)
            if total > MOST_NODES:
                raise UnfitError(f"brings the nodes of all moments to more than {MOST_NODES:,}")
        except UnfitError as error:
            error.steps += [str(number), "points"]
            raise
        nodes = () if point.problem else tuple(read.states[row] for row in rows)
        yield HistoryPoint(point.commit, Moment(nodes, point.problem, point.damage))


def _spliced(rows: list[int], splices: Iterable[_Splice], known: int) -> list[int]:
    """The rows of the next moment."""
    made: list[int] = []
    at = 0
    for splice in splices:
        if not at <= splice.start <= splice.end <= len(rows):
            raise UnfitError("changes rows that are not there")
        if any(state >= known for state in splice.states):
            raise UnfitError("names a state that is not there")
        made += rows[at : splice.start]
        made += splice.states
        at = splice.end
    return made + rows[at:] if at or made else rows


def _splices(before: Sequence[int], after: Sequence[int]) -> Iterator[_Splice]:
    """What turns one list into the other."""
    if before == after:
        return
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Splice(start, end, tuple(after[first:last]))


def _thinned(history: History) -> History:
    """The history with so few points that a file may hold it: every second, third ... and the last."""
    points = history.points
    total = sum(len(point.moment.nodes) for point in points)
    if total <= MOST_NODES:
        return history
    every = -(-total // (MOST_NODES // 2))
    kept = tuple(point for number, point in enumerate(reversed(points)) if number % every == 0)[::-1]
    words = f"The history is too large for a snapshot file: {len(kept):,} of {len(points):,} points were kept."
    note = Diagnostic(Severity.NOTE, "history-sampled", words, "Read the history of the clone to see all of it.")
    return replace(history, points=kept, remarks=(*history.remarks, note))
