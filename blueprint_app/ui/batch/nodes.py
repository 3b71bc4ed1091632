"""Which nodes a run works on: all that are ready, those under a filter, a node's foundation, or a list of labels."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from blueprint_app.assistant.batch.batches import choosable
from blueprint_app.assistant.tasks import Task
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.graph import adjacency, reach
from blueprint_app.model.snapshot import Snapshot


class Source(StrEnum):
    """Where the nodes come from."""

    READY = "ready"
    FILTER = "filter"
    FOUNDATION = "foundation"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person can choose from: the nodes by their source, and of the list the labels that name none."""

    nodes: dict[Source, tuple[NodeId, ...]]
    unknown: tuple[str, ...] = ()


def choice_of(
    snapshot: Snapshot, task: Task, matching: Collection[NodeId] | None, selected: NodeId | None, labels: str
) -> Choice:
    """The nodes of each source for which the task can be done.

    `matching` are those that meet the outline's filter (None: there is none), `labels` a list as a person writes it.
    """
    listed, unknown = _listed(snapshot, labels)
    among = {
        Source.FILTER: tuple(node for node in snapshot.nodes if matching is not None and node in matching),
        Source.FOUNDATION: _foundation(snapshot, selected),
        Source.LABELS: listed,
    }
    nodes = {source: choosable(snapshot, task, found, ready_only=False) for source, found in among.items()}
    return Choice({Source.READY: choosable(snapshot, task), **nodes}, unknown)


def _listed(snapshot: Snapshot, labels: str) -> tuple[tuple[NodeId, ...], tuple[str, ...]]:
    words = dict.fromkeys(re.split(r"[\s,;]+", labels.strip())) if labels.strip() else {}
    known = {word: snapshot.blueprint.labels[word] for word in words if word in snapshot.blueprint.labels}
    return tuple(dict.fromkeys(known.values())), tuple(word for word in words if word and word not in known)


def _foundation(snapshot: Snapshot, selected: NodeId | None) -> tuple[NodeId, ...]:
    """What a node rests on, and the node itself, in document order."""
    if selected is None or selected not in snapshot.nodes:
        return ()
    below = reach(selected, adjacency(snapshot.whole.edges, backwards=True))
    return tuple(node for node in snapshot.nodes if node == selected or node in below)
