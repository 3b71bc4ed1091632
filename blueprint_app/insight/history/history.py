"""The history of one project as a value: its commits that changed the blueprint, each with the blueprint as it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from blueprint_app.insight.history.moments import Moment, NodeThen
from blueprint_app.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as git tells of it: when it was made (UTC), by whom, and the first line of its message."""

    id: str
    time: datetime
    author: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """The blueprint as it was once `commit` was made."""

    commit: Commit
    moment: Moment


@dataclass(frozen=True, slots=True)
class History:
    """Points of the main line, oldest first, one for each commit that changed the blueprint's files.

    The main line is what one gets by going from each commit to the first of those that it was made from: work on a
    branch shows when it is merged. `commits` is how many commits the line has, `changes` how many of them changed the
    blueprint's files; fewer points mean that only some of these were read, `is_shallow` that the clone does not hold
    the beginning. `head` is the commit that is checked out. `remarks` say what a reader must know of all this.
    """

    points: tuple[HistoryPoint, ...] = ()
    head: Commit | None = None
    commits: int = 0
    changes: int = 0
    is_shallow: bool = False
    remarks: tuple[Diagnostic, ...] = ()

    @property
    def readable(self) -> tuple[HistoryPoint, ...]:
        """The points at which there was a blueprint to be read."""
        return tuple(point for point in self.points if not point.moment.problem)

    def at(self, time: datetime) -> HistoryPoint | None:
        """How the blueprint stood at a time: the last of the line that was made until then; None before the first."""
        return next((point for point in reversed(self.readable) if point.commit.time <= time), None)


def steadied(points: Sequence[HistoryPoint]) -> tuple[HistoryPoint, ...]:
    """The points, where those of a text that was damaged for a while count as not readable.

    That is so where the damaged text is further from what was before than what came after it was mended: one missing
    brace can take a hundred nodes away. Faults that change next to nothing stay as they are.
    """
    result: list[HistoryPoint] = []
    last: Moment | None = None
    for number, point in enumerate(points):
        moment = point.moment
        if moment.damage and last is not None:
            after = _mended(points, number)
            is_emptied = bool(after.nodes) and not moment.nodes
            if is_emptied or difference(last, after) < difference(last, moment):
                moment = Moment(problem=f"The text is damaged: {moment.damage}")
                point = replace(point, moment=moment)
        if not moment.problem:
            last = moment
        result.append(point)
    return tuple(result)


def difference(one: Moment, other: Moment) -> int:
    """How many nodes are in one alone, or are declared something else."""
    both = one.by_id.keys() & other.by_id.keys()
    claims = sum(_claims(one.by_id[node]) != _claims(other.by_id[node]) for node in both)
    return len(one.by_id) + len(other.by_id) - 2 * len(both) + claims


def _claims(node: NodeThen) -> tuple[bool, bool]:
    return node.is_stated, node.is_proved


def _mended(points: Sequence[HistoryPoint], number: int) -> Moment:
    """The next moment without damage; where there is none, the last of all."""
    later = [point.moment for point in points[number:] if not point.moment.problem]
    return next((moment for moment in later if not moment.damage), later[-1])
