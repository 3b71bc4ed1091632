"""If this is wrong: everything that rests on a node, and what of it would lose the state that it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from blueprint_app.insight.evidence_progress import VERIFIED
from blueprint_app.insight.graph.goals import goals_of
from blueprint_app.insight.graph.use_graph import use_graph
from blueprint_app.insight.progress import is_proved
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.graph import adjacency, reach
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Affected:
    """One node that rests on another: how many steps away, by way of which user of it, and what it would lose."""

    node: NodeId
    steps: int
    by_way_of: NodeId
    is_verified: bool
    is_fully_verified: bool
    is_fully_proved: bool


@dataclass(frozen=True, slots=True)
class Impact:
    """All that rests on a node, the nearest first, then in document order; the nodes themselves tell what they lose.

    `is_verified` is Lean's word (of a node that Lean was asked about), `is_fully_verified` that of its whole
    foundation as well, `is_fully_proved` the author's. `goals` are the goal theorems among them, `by_chapter` counts
    them by the outermost heading.
    """

    node: NodeId
    affected: tuple[Affected, ...]
    goals: tuple[NodeId, ...]
    by_chapter: tuple[tuple[str, int], ...]

    @property
    def verified(self) -> tuple[Affected, ...]:
        """Those that Lean has verified."""
        return tuple(each for each in self.affected if each.is_verified)

    @property
    def fully_proved(self) -> tuple[Affected, ...]:
        """Those that are declared proved together with all that they rest on."""
        return tuple(each for each in self.affected if each.is_fully_proved)


def impact_of(snapshot: Snapshot, node: NodeId, goals: Sequence[NodeId] = ()) -> Impact:
    """What would be affected if the node were wrong, by the uses that the blueprint states."""
    distance = reach(node, adjacency(snapshot.whole.edges))
    first_users = _by_way_of(snapshot, node)
    order = {each: row for row, each in enumerate(snapshot.nodes)}
    reached = sorted(distance, key=lambda each: (distance[each], order[each]))
    aims = tuple(goals) or goals_of(snapshot, use_graph(snapshot))
    return Impact(
        node,
        tuple(_affected(snapshot, each, distance[each], first_users[each]) for each in reached),
        tuple(goal for goal in aims if goal in distance),
        _by_chapter(snapshot, reached),
    )


def _affected(snapshot: Snapshot, node: NodeId, steps: int, by_way_of: NodeId) -> Affected:
    headline = snapshot.headlines[node]
    is_declared = is_proved(snapshot, snapshot.nodes[node]) or snapshot.nodes[node].statement.is_leanok
    return Affected(
        node,
        steps,
        by_way_of,
        headline in VERIFIED,
        headline is Headline.FULLY_VERIFIED,
        snapshot.status[node].fully_proved and is_declared,
    )


def _by_way_of(snapshot: Snapshot, node: NodeId) -> dict[NodeId, NodeId]:
    """For each node that is reached the direct user of `node` on a shortest way to it."""
    found = {user: user for user in snapshot.used_by[node] if user != node}
    ahead = list(found)
    for each in ahead:
        for user in snapshot.used_by[each]:
            if user not in found and user != node:
                found[user] = found[each]
                ahead.append(user)
    return found


def _by_chapter(snapshot: Snapshot, nodes: Sequence[NodeId]) -> tuple[tuple[str, int], ...]:
    headings = {each.key: each for each in snapshot.blueprint.headings}
    counts: dict[str, int] = {}
    for node in nodes:
        path = snapshot.nodes[node].path
        outermost = headings.get(path[0]) if path else None
        name = f"{outermost.number} {outermost.title}".strip() if outermost is not None else ""
        counts[name] = counts.get(name, 0) + 1
    return tuple(counts.items())
