"""What happened to each node, and when: stated, proved, taken back, renamed, removed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from blueprint_app.insight.history.history import Commit, History
from blueprint_app.insight.history.moments import NO_TEXT, Moment, NodeThen


class Happening(StrEnum):
    """What happened to a node; the value is the text shown. All of it is as the author declared it."""

    ADDED = "added"
    STATED = "stated in Lean"
    PROVED = "proved in Lean"
    UNSTATED = "statement taken back"
    UNPROVED = "proof taken back"
    RENAMED = "renamed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a node. `node` is its id once it had happened, `before` the one from before."""

    node: str
    what: Happening
    commit: Commit
    before: str = ""


@dataclass(frozen=True, slots=True)
class NodeLine:
    """One node through time: all that happened to it, oldest first, under whichever labels.

    `is_from_the_start` tells that it was there at the first point that was read, so that what came before is not known
    where the history has no beginning. The first times are None for what never happened; what was taken back later
    did happen.
    """

    node: str
    events: tuple[Event, ...]
    is_from_the_start: bool = False

    def first(self, what: Happening) -> Event | None:
        """The first event of a sort."""
        return next((event for event in self.events if event.what is what), None)

    def last(self, what: Happening) -> Event | None:
        """The last event of a sort."""
        return next((event for event in reversed(self.events) if event.what is what), None)

    @property
    def is_gone(self) -> bool:
        """Whether the node is no longer in the blueprint."""
        return bool(self.events) and self.events[-1].what is Happening.REMOVED


def events_of(history: History) -> tuple[Event, ...]:
    """All that happened, oldest first; within a commit in the order of the document."""
    before = Moment()
    found: list[Event] = []
    for point in history.readable:
        found.extend(_between(before, point.moment, point.commit))
        before = point.moment
    return tuple(found)


def lines_of(history: History) -> Mapping[str, NodeLine]:
    """The line of each node by its last id. A label that was given away and taken anew begins a new line."""
    lines: dict[str, list[Event]] = {}
    for event in events_of(history):
        if event.what is Happening.RENAMED:
            lines[event.node] = [*lines.pop(event.before, []), event]
        elif event.what is Happening.ADDED:
            lines[event.node] = [*lines.pop(event.node, []), event]
        else:
            lines.setdefault(event.node, []).append(event)
    first = history.readable[0].commit if history.readable else None
    return {
        node: NodeLine(node, tuple(events), bool(events) and events[0].commit == first)
        for node, events in lines.items()
    }


def renamed(before: Moment, after: Moment) -> Mapping[str, str]:
    """New ids to old ones, of nodes that only changed their label.

    A node that is new counts as one that is gone if it has one of its labels, else if it is the only one with the
    same declarations, else if it is the only one with the same statement.
    """
    gone = [node for node in before.nodes if node.id not in after.by_id]
    new = [node for node in after.nodes if node.id not in before.by_id]
    found: dict[str, str] = {}
    for marks in (_labels, _names, _statement):
        old_of = _only(gone, marks)
        for mark, node in _only(new, marks).items():
            old = old_of.get(mark)
            if node is not None and old is not None and node.id not in found and old.id not in found.values():
                found[node.id] = old.id
    return found


def _labels(node: NodeThen) -> tuple[object, ...]:
    return node.labels


def _names(node: NodeThen) -> tuple[object, ...]:
    return ((node.kind, node.names),) if node.names else ()


def _statement(node: NodeThen) -> tuple[object, ...]:
    return ((node.kind, node.statement),) if node.statement != NO_TEXT else ()


def _only(nodes: list[NodeThen], marks: Callable[[NodeThen], tuple[object, ...]]) -> dict[object, NodeThen | None]:
    found: dict[object, NodeThen | None] = {}
    for node in nodes:
        for mark in marks(node):
            found[mark] = None if mark in found else node
    return found


def _between(before: Moment, after: Moment, commit: Commit) -> Iterator[Event]:
    old_ids = renamed(before, after)
    for node in after.nodes:
        old = before.by_id.get(old_ids.get(node.id, node.id))
        if old is None:
            yield Event(node.id, Happening.ADDED, commit)
        elif old.id != node.id:
            yield Event(node.id, Happening.RENAMED, commit, old.id)
        yield from _claims(old, node, commit)
    kept = {*after.by_id, *old_ids.values()}
    yield from (Event(node.id, Happening.REMOVED, commit) for node in before.nodes if node.id not in kept)


def _claims(old: NodeThen | None, node: NodeThen, commit: Commit) -> Iterator[Event]:
    was_stated, was_proved = (old.is_stated, old.is_proved) if old is not None else (False, False)
    if node.is_stated != was_stated:
        yield Event(node.id, Happening.STATED if node.is_stated else Happening.UNSTATED, commit)
    if node.is_proved != was_proved:
        yield Event(node.id, Happening.PROVED if node.is_proved else Happening.UNPROVED, commit)
