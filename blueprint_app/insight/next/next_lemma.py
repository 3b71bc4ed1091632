"""What to do next: every node that is ready to be stated or proved, the most useful and easiest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from blueprint_app.insight.graph.goals import goals_of
from blueprint_app.insight.graph.use_graph import UseGraph, impact_sizes, use_graph
from blueprint_app.insight.next.readiness import readiness_of
from blueprint_app.insight.next.thin_text import leaves_out
from blueprint_app.insight.remembering import remembers
from blueprint_app.insight.standing import Standing, has_written_proof, standing_of
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.claim import NO_CLAIMS, Claim, ProjectClaims
from blueprint_app.model.snapshot import Snapshot

Floats = npt.NDArray[np.float64]


class Work(StrEnum):
    """What is to be done at a node; the value is the text shown."""

    STATE = "state"
    """Its statement is ready for Lean; its proof is not, or it has none."""
    PROVE = "prove"
    """Its statement is in Lean, and all that its proof uses."""
    STATE_AND_PROVE = "state and prove"
    """Both are ready."""
    WRITE = "write"
    """Its text is not finished, or its proof is not written: mathematics comes first. Offered only where asked for."""


_STATE, _PROVE, _STATE_AND_PROVE, _WRITE = Work
"""Names of their own for what is done for each node: to look up a member takes longer than all else there."""


class Skill(StrEnum):
    """What a piece of work takes; the value is the text shown."""

    MATHEMATICS = "mathematics"
    """The text has to be written; no Lean is needed."""
    LEAN = "Lean"
    """The text says how; it has to be put into Lean."""
    BOTH = "both"
    """The text leaves out the argument, or points elsewhere for it."""


class Size(StrEnum):
    """How much work it looks like, by the length of the text."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


_LONGEST = {Size.SMALL: 400, Size.MEDIUM: 1400}
"""Characters of TeX; a line has about 80."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that counts for or against a node: up to `weight` points; `meaning` says how many."""

    weight: float
    meaning: str


CRITERIA: Mapping[str, Criterion] = {
    "makes ready": Criterion(30, "nodes that become ready to state or to prove by it: n / (n + 3)"),
    "last gap": Criterion(15, "nodes of whose whole foundation it is all that is missing: n / (n + 5)"),
    "impact": Criterion(20, "nodes that rest on it: log(1 + n) / log(1 + all nodes)"),
    "goal": Criterion(15, "steps to the nearest goal theorem above it: 1 / (1 + n / 3); none above: 0"),
    "short": Criterion(20, "characters of text for Lean: 1 / (1 + n / 700); one that leaves things out: 1/4"),
    "few uses": Criterion(5, "nodes that it uses: 1 / (1 + n / 4)"),
    "false claim": Criterion(10, "declared done, but Lean's side shows a gap: 1"),
    "failed attempts": Criterion(-10, "attempts that failed: n / (n + 2)"),
    "claimed": Criterion(-100, "somebody has claimed it: 1"),
}
"""All that the ranking rests on. A score is the sum of weights times values; equal ones stand in document order."""


class Offer(NamedTuple):
    """One node to work on and what speaks for it.

    `makes_ready` are the nodes of which this is the last thing that keeps them from being stated or proved;
    `last_gap_of` counts the nodes of whose foundation it is the only part not in Lean. `steps` leads to `goal`, the
    nearest goal theorem that rests on it (-1: there is none). `length` counts the characters of the text to be put
    into Lean; `is_sketchy` tells that it leaves out what it should say. `is_doubted` tells of a false claim,
    `is_claimed` that a claim of `claims` holds; `issue` says what is known of the issue about it.
    """

    node: NodeId
    work: Work
    score: float
    impact: int
    makes_ready: tuple[NodeId, ...]
    last_gap_of: int
    goal: NodeId | None
    steps: int
    length: int
    is_sketchy: bool
    uses: int
    failed: int = 0
    is_doubted: bool = False
    is_claimed: bool = False
    claims: tuple[Claim, ...] = ()
    issue: str = ""

    @property
    def skill(self) -> Skill:
        """What it takes."""
        if self.work is Work.WRITE:
            return Skill.MATHEMATICS
        return Skill.BOTH if self.is_sketchy else Skill.LEAN

    @property
    def size(self) -> Size:
        """By the length of the text; one that leaves out the argument may hide anything."""
        if self.is_sketchy or self.length > _LONGEST[Size.MEDIUM]:
            return Size.LARGE
        return Size.SMALL if self.length <= _LONGEST[Size.SMALL] else Size.MEDIUM


_UNKNOWN_LENGTH = 2100
"""What a text counts for that leaves out what it should say."""
_WEIGHTS = np.array([criterion.weight for criterion in CRITERIA.values()])


@dataclass(frozen=True)
class NextLemmas:
    """All offers, best first, with the standing and the graph they were worked out from.

    `done_in_lean` are nodes that the author's words leave open and Lean's side shows to be done: not offered, as only
    a flag is missing in the text.
    """

    offers: tuple[Offer, ...]
    goals: tuple[NodeId, ...]
    done_in_lean: tuple[NodeId, ...]
    standing: Standing = field(repr=False)
    graph: UseGraph = field(repr=False)

    def points(self, offer: Offer) -> dict[str, float]:
        """What an offer gets for each criterion; its score is their sum."""
        (points,) = _columns_of([offer]).points(len(self.graph.ids)).round(3).tolist()
        return dict(zip(CRITERIA, points, strict=True))


def next_lemmas(
    snapshot: Snapshot,
    today: date,
    *,
    claims: ProjectClaims = NO_CLAIMS,
    failed: Mapping[NodeId, int] | None = None,
    goals: Sequence[NodeId] = (),
    with_unwritten: bool = False,
) -> NextLemmas:
    """Everything that can be done next. `failed` counts the attempts that failed at a node.

    `goals` are the theorems that matter; left out, they are told from the blueprint. `with_unwritten` adds the
    nodes whose text has to be written before Lean can begin.
    """
    gatherer = _Gatherer(snapshot, tuple(goals)) if goals else _told_from(snapshot)
    found = gatherer.offers(today, claims, failed or {}, with_unwritten)
    standing = standing_of(snapshot)
    shown = standing.by_evidence & standing.stated & standing.proved
    undeclared = tuple(node.id for node in snapshot.blueprint.nodes if node.id in shown)
    return NextLemmas(found, gatherer.goals, undeclared, standing, use_graph(snapshot))


@remembers
def _told_from(snapshot: Snapshot) -> "_Gatherer":
    """For the goals that the blueprint tells; a claim or a failed attempt changes nothing of it."""
    return _Gatherer(snapshot, goals_of(snapshot, use_graph(snapshot)))


class _Gatherer:
    """Works out, for all nodes of one snapshot at once, what the offers are made of."""

    def __init__(self, snapshot: Snapshot, goals: tuple[NodeId, ...]) -> None:
        graph, standing = use_graph(snapshot), standing_of(snapshot)
        self.goals = goals
        self._snapshot, self._graph, self._standing = snapshot, graph, standing
        self._steps, self._goal = graph.nearest(graph.rows[goal] for goal in goals)
        done = standing.stated & standing.proved
        self._gaps = [row for row, node in enumerate(graph.ids) if node not in done]
        self._last_gap_of = [0] * len(graph.ids)
        for gap in graph.last_gaps(self._gaps):
            if gap >= 0:
                self._last_gap_of[gap] += 1
        nodes = snapshot.blueprint.nodes
        self._readiness = readiness_of(snapshot, standing, [nodes[row] for row in self._gaps])

    def offers(
        self, today: date, claims: ProjectClaims, failed: Mapping[NodeId, int], with_unwritten: bool
    ) -> tuple[Offer, ...]:
        nodes = self._snapshot.blueprint.nodes
        chosen: list[tuple[int, Node, Work]] = []
        ready = self._readiness.to_state | self._readiness.to_prove
        for row in self._gaps:
            if not with_unwritten and nodes[row].id not in ready:
                continue
            work = self._work(nodes[row], with_unwritten)
            if work is not None:
                chosen.append((row, nodes[row], work))
        texts = [_texts(node, work) for _, node, work in chosen]
        impact = impact_sizes(self._graph)
        makes_ready, doubted = self._readiness.makes_ready, self._standing.doubted
        own_claims = [claims.of(node) if claims.claims else () for _, node, _ in chosen]
        columns = _Columns(
            impact=[impact[row] for row, _, _ in chosen],
            makes_ready=[makes_ready.get(node.id, ()) for _, node, _ in chosen],
            last_gap_of=[self._last_gap_of[row] for row, _, _ in chosen],
            goal=[self._graph.ids[self._goal[row]] if self._goal[row] >= 0 else None for row, _, _ in chosen],
            steps=[self._steps[row] for row, _, _ in chosen],
            length=[sum(map(len, each)) for each in texts],
            is_sketchy=[not each or True in map(leaves_out, each) for each in texts],
            uses=[len(self._graph.uses[row]) for row, _, _ in chosen],
            failed=[failed.get(node.id, 0) for _, node, _ in chosen],
            is_doubted=[node.id in doubted for _, node, _ in chosen],
            is_claimed=[bool(own) and not all(each.has_expired(today) for each in own) for own in own_claims],
            claims=own_claims,
            issue=[claims.issues.get(node.discussion or "", "") for _, node, _ in chosen],
        )
        scores = columns.points(len(nodes)).sum(axis=1).round(6)
        ids, works = [node.id for _, node, _ in chosen], [work for _, _, work in chosen]
        found = list(map(Offer, ids, works, scores.tolist(), *columns))
        return tuple([found[at] for at in np.argsort(-scores, kind="stable").tolist()])

    def _work(self, node: Node, with_unwritten: bool) -> Work | None:
        provable = node.id in self._readiness.to_prove
        if node.id in self._standing.stated:
            if provable:
                return _PROVE
            unwritten = with_unwritten and node.kind != "definition" and not has_written_proof(node)
            return _WRITE if unwritten else None
        if node.id in self._readiness.to_state:
            return _STATE_AND_PROVE if provable else _STATE
        return _WRITE if with_unwritten and node.statement.notready is not None else None


class _Columns(NamedTuple):
    """The facts of all offers, a list each, named and in order as the last fields of `Offer` are."""

    impact: list[int]
    makes_ready: list[tuple[NodeId, ...]]
    last_gap_of: list[int]
    goal: list[NodeId | None]
    steps: list[int]
    length: list[int]
    is_sketchy: list[bool]
    uses: list[int]
    failed: list[int]
    is_doubted: list[bool]
    is_claimed: list[bool]
    claims: list[tuple[Claim, ...]]
    issue: list[str]

    def points(self, all_nodes: int) -> Floats:
        """The points of each criterion, a row an offer, in the order of the table."""
        ready, gap = _column(map(len, self.makes_ready)), _column(self.last_gap_of)
        steps, failed = _column(self.steps), _column(self.failed)
        length = np.where(_column(self.is_sketchy) > 0, _UNKNOWN_LENGTH, _column(self.length))
        values = {
            "makes ready": ready / (ready + 3),
            "last gap": gap / (gap + 5),
            "impact": np.log1p(_column(self.impact)) / np.log1p(max(all_nodes, 1)),
            "goal": np.where(steps < 0, 0.0, 1 / (1 + np.abs(steps) / 3)),
            "short": 1 / (1 + length / 700),
            "few uses": 1 / (1 + _column(self.uses) / 4),
            "false claim": _column(self.is_doubted),
            "failed attempts": failed / (failed + 2),
            "claimed": _column(self.is_claimed),
        }
        points: Floats = np.stack([values[name] for name in CRITERIA], axis=1) * _WEIGHTS
        return points


def _columns_of(offers: Sequence[Offer]) -> _Columns:
    names = _Columns._fields
    return _Columns(*([getattr(offer, name) for offer in offers] for name in names))


def _column(values: Iterable[float]) -> Floats:
    return np.array(list(values), np.float64)


def _texts(node: Node, work: Work) -> tuple[str, ...]:
    """What is to be put into Lean; nothing where it has to be written first."""
    if work is _WRITE:
        return ()
    if work is _STATE or node.proof is None:
        return (node.statement.tex,)
    return (node.proof.tex,) if work is _PROVE else (node.statement.tex, node.proof.tex)
