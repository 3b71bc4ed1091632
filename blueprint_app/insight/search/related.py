"""Finding nodes like a given one: by what they say, by what they rest on, by what rests on them, and by Lean."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from blueprint_app.insight.search.full_text import FullTextIndex
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot

N = TypeVar("N", bound=str)

_RANK_OFFSET = 10.0
_DEPTH = 50


class Likeness(StrEnum):
    """Why a node is like another; the words are for people."""

    TEXT = "says much the same"
    PREREQUISITES = "rests on the same nodes"
    USERS = "is used by the same nodes"
    LEAN = "its Lean side rests on the same declarations"


_WEIGHTS = {Likeness.TEXT: 1.0, Likeness.PREREQUISITES: 0.7, Likeness.USERS: 0.5, Likeness.LEAN: 0.5}


@dataclass(frozen=True, slots=True)
class RelatedNode:
    """A node like the one asked about, and why, the strongest reason first."""

    node: NodeId
    score: float
    reasons: tuple[Likeness, ...]


def related(
    snapshot: Snapshot,
    node: NodeId,
    limit: int = 8,
    *,
    index: FullTextIndex | None = None,
    without: Collection[NodeId] = (),
) -> tuple[RelatedNode, ...]:
    """The nodes most like `node`, best first, apart from itself and those in `without`.

    `index` is the snapshot's full-text index where there is one already; else it is made, which takes a while.
    """
    index = index or FullTextIndex(snapshot)
    left_out = {node, *without}
    scores: dict[NodeId, float] = {}
    reasons: dict[NodeId, list[tuple[float, Likeness]]] = {}
    for likeness, ranking in _rankings(snapshot, node, index).items():
        for rank, other in enumerate(each for each in ranking if each not in left_out):
            part = _WEIGHTS[likeness] / (_RANK_OFFSET + rank)
            scores[other] = scores.get(other, 0.0) + part
            reasons.setdefault(other, []).append((part, likeness))
    order = {each: number for number, each in enumerate(snapshot.nodes)}
    best = sorted(scores, key=lambda other: (-scores[other], order[other]))[:limit]
    return tuple(RelatedNode(each, scores[each], _strongest_first(reasons[each])) for each in best)


def _strongest_first(reasons: list[tuple[float, Likeness]]) -> tuple[Likeness, ...]:
    return tuple(likeness for _, likeness in sorted(reasons, key=lambda reason: -reason[0]))


def _rankings(snapshot: Snapshot, node: NodeId, index: FullTextIndex) -> dict[Likeness, list[NodeId]]:
    prerequisites = {
        each: frozenset((*snapshot.statement_uses.get(each, ()), *snapshot.proof_uses.get(each, ())))
        for each in snapshot.nodes
    }
    users = {each: frozenset(snapshot.used_by[each]) for each in snapshot.nodes}
    return {
        Likeness.TEXT: [other for other, _ in index.like(node, _DEPTH)],
        Likeness.PREREQUISITES: _sharing(prerequisites, node),
        Likeness.USERS: _sharing(users, node),
        Likeness.LEAN: _sharing({each: _lean_uses(snapshot, each) for each in snapshot.nodes}, node),
    }


def _lean_uses(snapshot: Snapshot, node: NodeId) -> frozenset[str]:
    """The declarations that those of a node rest on, where Lean told."""
    evidence = snapshot.node_evidence.get(node)
    declarations = evidence.declarations if evidence is not None else ()
    return frozenset(name for each in declarations for name in each.uses or ())


def _sharing(sets: Mapping[NodeId, frozenset[N]], node: NodeId) -> list[NodeId]:
    """Other nodes whose sets have members of this one's, best first; a member that many sets have counts little."""
    own = sets[node]
    if not own:
        return []
    spread: dict[N, int] = {}
    for members in sets.values():
        for member in members & own:
            spread[member] = spread.get(member, 0) + 1
    weight = {member: math.log(1.0 + len(sets) / count) for member, count in spread.items()}
    scores = {
        other: sum(weight[member] for member in shared) / math.sqrt(len(own) * len(members))
        for other, members in sets.items()
        if other != node and (shared := members & own)
    }
    return sorted(scores, key=lambda other: -scores[other])[:_DEPTH]
