"""What stands in the way: of one node, of the whole project, and of each goal theorem."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from blueprint_app.insight.graph.goals import goals_of
from blueprint_app.insight.graph.use_graph import UseGraph, impact_sizes, use_graph
from blueprint_app.insight.standing import (
    Standing,
    has_written_proof,
    standing_of,
    unresolved_uses,
    used_landmarks_missing,
)
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot


class Part(StrEnum):
    """What of a node has to be put into Lean."""

    STATEMENT = "statement"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work; `notes` tell what Lean alone does not settle (text that is not ready, say)."""

    node: NodeId
    part: Part
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """What must be done before something can be done with a node, each list in an order that works.

    `to_state` are the statements before its own, `to_prove` the statements before its proof (its own among them),
    `to_finish` all that is missing for it and its whole foundation to be in Lean. `obstacles` are uses that no work
    on nodes removes: names that lead nowhere, things that are no nodes, cycles.
    """

    node: NodeId
    is_stated: bool
    is_proved: bool
    to_state: tuple[Step, ...]
    to_prove: tuple[Step, ...]
    to_finish: tuple[Step, ...]
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A node that is not in Lean: how many nodes wait for it, and how many wait for nothing else.

    `holds_back` counts the nodes that rest on it, `alone` those of them of whose foundation nothing else is missing,
    `goals` are the goal theorems among them.
    """

    node: NodeId
    holds_back: int
    alone: int
    goals: tuple[NodeId, ...]


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """The longest chain of unfinished work below a goal, what comes first first, the goal last.

    Each node of `chain` uses the one before it; those in `done` are in Lean already and only link the others.
    `steps` counts the statements and proofs of the chain that are missing, `words` their texts. `left` counts the
    unfinished nodes of the goal and its whole foundation.
    """

    goal: NodeId
    chain: tuple[NodeId, ...]
    done: frozenset[NodeId]
    steps: int
    words: int
    left: int


def blocked_by(snapshot: Snapshot, node: NodeId) -> Blocked:
    """What stands in the way of one node: the shortest lists there are, as each entry is needed."""
    standing, graph = standing_of(snapshot), use_graph(snapshot)
    needs = _Needs(snapshot, standing, graph)
    stated, proved = node in standing.stated, node in standing.proved
    before = needs.statements_for(snapshot.statement_uses[node])
    to_state = () if stated else tuple(before - {node})
    used = (*snapshot.statement_uses[node], *snapshot.proof_uses[node])
    own = () if stated else (node,)
    to_prove = () if proved else tuple(needs.statements_for((*used, *own)))
    foundation = needs.foundation(node)
    return Blocked(
        node,
        stated,
        proved,
        needs.steps((each, Part.STATEMENT) for each in to_state),
        needs.steps((each, Part.STATEMENT) for each in to_prove),
        needs.steps(needs.missing_in({node, *foundation})),
        tuple(needs.obstacles(node)),
    )


def bottlenecks(snapshot: Snapshot, goals: Sequence[NodeId] = ()) -> tuple[Bottleneck, ...]:
    """All nodes that are not in Lean and on which others rest, those that hold back most first."""
    standing, graph = standing_of(snapshot), use_graph(snapshot)
    aims = tuple(goals) or goals_of(snapshot, graph)
    gaps = sorted(_gaps(standing, graph))
    alone = [0] * len(graph.ids)
    for gap in graph.last_gaps(gaps):
        if gap >= 0:
            alone[gap] += 1
    above = graph.marked_above([graph.rows[goal] for goal in aims])
    impact = impact_sizes(graph)
    found = [
        Bottleneck(graph.ids[row], impact[row], alone[row], tuple(_members(aims, above[row])))
        for row in gaps
        if impact[row]
    ]
    return tuple(sorted(found, key=lambda each: (-each.holds_back, -each.alone)))


def critical_paths(snapshot: Snapshot, goals: Sequence[NodeId] = ()) -> tuple[CriticalPath, ...]:
    """For each goal that is not finished its longest chain of work; the goals with most left to do first."""
    standing, graph = standing_of(snapshot), use_graph(snapshot)
    gaps = _gaps(standing, graph)
    weights = [_weight(snapshot, standing, node) if row in gaps else (0, 0) for row, node in enumerate(graph.ids)]
    totals, before = graph.longest(weights)
    below = graph.marked_below(sorted(gaps))
    paths = []
    for goal in goals or goals_of(snapshot, graph):
        row = graph.rows[goal]
        left = below[row].bit_count()
        if left:
            chain = _chain(row, before, gaps)
            ids = tuple(graph.ids[each] for each in chain)
            done = frozenset(graph.ids[each] for each in chain if each not in gaps)
            paths.append(CriticalPath(goal, ids, done, *totals[row], left))
    return tuple(sorted(paths, key=lambda path: -path.left))


class _Needs:
    """What has to be there for what, in one snapshot."""

    def __init__(self, snapshot: Snapshot, standing: Standing, graph: UseGraph) -> None:
        self._snapshot, self._standing, self._graph = snapshot, standing, graph
        self._place = {row: at for at, row in enumerate(graph.order)}

    def statements_for(self, used: Iterable[NodeId]) -> set[NodeId]:
        """The statements that are missing among these nodes, and before them; what is stated needs nothing more."""
        found: set[NodeId] = set()
        ahead = list(used)
        while ahead:
            node = ahead.pop()
            if node not in found and node not in self._standing.stated:
                found.add(node)
                ahead += self._snapshot.statement_uses[node]
        return found

    def foundation(self, node: NodeId) -> set[NodeId]:
        return {self._graph.ids[row] for row in self._graph.below(self._graph.rows[node])} - {node}

    def missing_in(self, nodes: Iterable[NodeId]) -> Iterable[tuple[NodeId, Part]]:
        standing, found = self._standing, self._snapshot.nodes
        for node in nodes:
            if node not in standing.stated:
                yield node, Part.STATEMENT
            if node not in standing.proved and found[node].kind != "definition":
                yield node, Part.PROOF

    def steps(self, work: Iterable[tuple[NodeId, Part]]) -> tuple[Step, ...]:
        """In an order that works: after what is used, the statement before the proof."""
        ordered = sorted(work, key=lambda each: (self._place[self._graph.rows[each[0]]], each[1] is Part.PROOF))
        return tuple(Step(node, part, tuple(self._notes(node, part))) for node, part in ordered)

    def obstacles(self, node: NodeId) -> Iterable[str]:
        snapshot, found = self._snapshot, self._snapshot.nodes[node]
        for text in unresolved_uses(snapshot, found, proof=True):
            yield f"it uses {text}, but there is no such label"
        for text in used_landmarks_missing(snapshot, node, proof=True):
            yield f"it uses {text}, which is no node: leanblueprint waits for it for ever"
        involved = {node, *self.foundation(node)}
        for cycle in snapshot.whole.cycles:
            if involved.issuperset(cycle):
                together = "uses itself" if len(cycle) == 1 else "rest on each other"
                yield f"{', '.join(cycle)} {together}: no order of work can satisfy that"

    def _notes(self, node: NodeId, part: Part) -> Iterable[str]:
        found = self._snapshot.nodes[node]
        if part is Part.STATEMENT and found.statement.notready is not None:
            yield "its text is marked as not ready"
        if part is Part.PROOF and not has_written_proof(found):
            yield "no proof is written"
        if node in self._standing.doubted:
            yield "declared done, but Lean's side shows otherwise"


def _gaps(standing: Standing, graph: UseGraph) -> frozenset[int]:
    done = standing.stated & standing.proved
    return frozenset(row for row, node in enumerate(graph.ids) if node not in done)


def _members(marks: Sequence[NodeId], bits: int) -> Iterator[NodeId]:
    """The marks whose positions are in a set of bits."""
    while bits:
        low = bits & -bits
        yield marks[low.bit_length() - 1]
        bits ^= low


def _weight(snapshot: Snapshot, standing: Standing, node: NodeId) -> tuple[int, int]:
    """How many of statement and proof are missing, and the words of their texts."""
    found, steps, words = snapshot.nodes[node], 0, 0
    if node not in standing.stated:
        steps, words = 1, len(found.statement.tex.split())
    if found.kind != "definition" and node not in standing.proved:
        steps += 1
        words += len(found.proof.tex.split()) if found.proof is not None else 0
    return steps, words


def _chain(row: int, before: Sequence[int], gaps: frozenset[int]) -> list[int]:
    """The rows up to this one, without those at the beginning where nothing is left to do."""
    rows = [row]
    while before[rows[-1]] >= 0:
        rows.append(before[rows[-1]])
    while rows[-1] not in gaps and len(rows) > 1:
        rows.pop()
    return rows[::-1]
