"""What to do next: every node that is ready to be stated or proved, the most useful and easiest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from blueprint_app.insight.goals import goals_of
from blueprint_app.insight.standing import (
    Standing,
    can_be_proved,
    can_be_stated,
    has_written_proof,
    missing_uses,
    standing_of,
)
from blueprint_app.insight.thin_text import leaves_out
from blueprint_app.insight.use_graph import UseGraph, use_graph
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.claim import NO_CLAIMS, Claim, ProjectClaims
from blueprint_app.model.headline import is_declared_done
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


_MOST_WORDS = {Size.SMALL: 60, Size.MEDIUM: 200}


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
    "short": Criterion(
        20, "words of the text to be put into Lean: 1 / (1 + n / 120); where the text leaves out the argument: 1/4"
    ),
    "few uses": Criterion(5, "nodes that it uses: 1 / (1 + n / 4)"),
    "false claim": Criterion(10, "declared done, but Lean's side shows a gap: 1"),
    "failed attempts": Criterion(-10, "attempts that failed: n / (n + 2)"),
    "claimed": Criterion(-100, "somebody has claimed it: 1"),
}
"""All that the ranking rests on. A score is the sum of weights times values; equal ones stand in document order."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One node to work on and what speaks for it.

    `makes_ready` are the nodes of which this is the last thing that keeps them from being stated or proved;
    `last_gap_of` counts the nodes of whose foundation it is the only part not in Lean. `steps` leads to `goal`, the
    nearest goal theorem that rests on it (-1: there is none). `words` counts the text to be put into Lean, formulas
    included; `is_sketchy` tells that it leaves out what it should say. `points` are those of each criterion, in the
    order of the table.
    """

    node: NodeId
    work: Work
    score: float
    points: tuple[float, ...]
    impact: int
    makes_ready: tuple[NodeId, ...]
    last_gap_of: int
    goal: NodeId | None
    steps: int
    words: int
    is_sketchy: bool
    uses: int
    failed: int = 0
    claims: tuple[Claim, ...] = ()
    is_doubted: bool = False

    @property
    def skill(self) -> Skill:
        """What it takes."""
        if self.work is Work.WRITE:
            return Skill.MATHEMATICS
        return Skill.BOTH if self.is_sketchy else Skill.LEAN

    @property
    def size(self) -> Size:
        """By the length of the text; one that leaves out the argument may hide anything."""
        if self.is_sketchy or self.words > _MOST_WORDS[Size.MEDIUM]:
            return Size.LARGE
        return Size.SMALL if self.words <= _MOST_WORDS[Size.SMALL] else Size.MEDIUM

    @property
    def is_claimed(self) -> bool:
        """Whether a claim on it holds."""
        return self.points[_CLAIMED] != 0


_CLAIMED = tuple(CRITERIA).index("claimed")
_UNKNOWN_WORDS = 360
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
    graph, standing = use_graph(snapshot), standing_of(snapshot)
    aims = tuple(goals) or goals_of(snapshot, graph)
    found = _Gatherer(snapshot, standing, graph, aims).offers(today, claims, failed or {}, with_unwritten)
    done = tuple(node.id for node in snapshot.blueprint.nodes if _only_undeclared(snapshot, standing, node))
    return NextLemmas(found, aims, done, standing, graph)


class _Gatherer:
    """Works out, for all nodes of one snapshot at once, what the offers are made of."""

    def __init__(self, snapshot: Snapshot, standing: Standing, graph: UseGraph, goals: Iterable[NodeId]) -> None:
        self._snapshot, self._standing, self._graph = snapshot, standing, graph
        self._impact = graph.impact_sizes()
        self._steps, self._goal = graph.nearest(graph.rows[goal] for goal in goals)
        self._makes_ready = _made_ready(snapshot, standing)
        done = standing.stated & standing.proved
        self._gaps = frozenset(row for row, node in enumerate(graph.ids) if node not in done)
        self._last_gap_of = [0] * len(graph.ids)
        for gap in graph.last_gaps(self._gaps):
            if gap >= 0:
                self._last_gap_of[gap] += 1

    def offers(
        self, today: date, claims: ProjectClaims, failed: Mapping[NodeId, int], with_unwritten: bool
    ) -> tuple[Offer, ...]:
        chosen: list[tuple[int, Node, Work]] = []
        for row, node in enumerate(self._snapshot.blueprint.nodes):
            work = self._work(node, with_unwritten) if row in self._gaps else None
            if work is not None:
                chosen.append((row, node, work))
        columns = _Columns(
            impact=[self._impact[row] for row, _, _ in chosen],
            makes_ready=[self._makes_ready.get(node.id, ()) for _, node, _ in chosen],
            last_gap_of=[self._last_gap_of[row] for row, _, _ in chosen],
            steps=[self._steps[row] for row, _, _ in chosen],
            words=[_words(node, work) for _, node, work in chosen],
            is_sketchy=[_is_sketchy(node, work) for _, node, work in chosen],
            uses=[len(self._graph.uses[row]) for row, _, _ in chosen],
            failed=[failed.get(node.id, 0) for _, node, _ in chosen],
            claims=[claims.of(node) for _, node, _ in chosen],
            is_doubted=[node.id in self._standing.doubted for _, node, _ in chosen],
        )
        points = columns.points(today, len(self._graph.ids))
        scores = points.sum(axis=1).round(6)
        order = np.argsort(-scores, kind="stable").tolist()
        listed, totals = points.round(3).tolist(), scores.tolist()
        return tuple(self._offer(chosen[at], columns, at, totals[at], tuple(listed[at])) for at in order)

    def _offer(
        self, chosen: tuple[int, Node, Work], of: "_Columns", at: int, score: float, points: tuple[float, ...]
    ) -> Offer:
        row, node, work = chosen
        return Offer(
            node=node.id,
            work=work,
            score=score,
            points=points,
            impact=of.impact[at],
            makes_ready=of.makes_ready[at],
            last_gap_of=of.last_gap_of[at],
            goal=self._graph.ids[self._goal[row]] if of.steps[at] >= 0 else None,
            steps=of.steps[at],
            words=of.words[at],
            is_sketchy=of.is_sketchy[at],
            uses=of.uses[at],
            failed=of.failed[at],
            claims=of.claims[at],
            is_doubted=of.is_doubted[at],
        )

    def _work(self, node: Node, with_unwritten: bool) -> Work | None:
        provable = can_be_proved(self._snapshot, self._standing, node)
        if node.id in self._standing.stated:
            if provable:
                return Work.PROVE
            unwritten = node.kind != "definition" and not has_written_proof(node)
            return Work.WRITE if with_unwritten and unwritten else None
        if can_be_stated(self._snapshot, self._standing, node):
            return Work.STATE_AND_PROVE if provable else Work.STATE
        return Work.WRITE if with_unwritten and node.statement.notready is not None else None


@dataclass(frozen=True, slots=True)
class _Columns:
    """The facts of all offers, a list each, before they are ranked; the names are those of `Offer`."""

    impact: list[int]
    makes_ready: list[tuple[NodeId, ...]]
    last_gap_of: list[int]
    steps: list[int]
    words: list[int]
    is_sketchy: list[bool]
    uses: list[int]
    failed: list[int]
    claims: list[tuple[Claim, ...]]
    is_doubted: list[bool]

    def points(self, today: date, all_nodes: int) -> Floats:
        """The points of each criterion, a row an offer, in the order of the table."""
        ready, gap = _column(map(len, self.makes_ready)), _column(self.last_gap_of)
        steps, failed = _column(self.steps), _column(self.failed)
        words = np.where(_column(self.is_sketchy) > 0, _UNKNOWN_WORDS, _column(self.words))
        held = (any(not claim.has_expired(today) for claim in claims) for claims in self.claims)
        values = {
            "makes ready": ready / (ready + 3),
            "last gap": gap / (gap + 5),
            "impact": np.log1p(_column(self.impact)) / np.log1p(max(all_nodes, 1)),
            "goal": np.where(steps < 0, 0.0, 1 / (1 + np.abs(steps) / 3)),
            "short": 1 / (1 + words / 120),
            "few uses": 1 / (1 + _column(self.uses) / 4),
            "false claim": _column(self.is_doubted),
            "failed attempts": failed / (failed + 2),
            "claimed": _column(held),
        }
        points: Floats = np.stack([values[name] for name in CRITERIA], axis=1) * _WEIGHTS
        return points


def _column(values: Iterable[float]) -> Floats:
    return np.array(list(values), np.float64)


def _made_ready(snapshot: Snapshot, standing: Standing) -> dict[NodeId, tuple[NodeId, ...]]:
    """For each node the others that only wait for its statement."""
    found: dict[NodeId, dict[NodeId, None]] = {}
    for node in snapshot.blueprint.nodes:
        if node.id in standing.proved or node.statement.notready is not None:
            continue
        to_state = node.id not in standing.stated
        for is_wanted, proof in ((to_state, False), (has_written_proof(node), True)):
            missing = missing_uses(snapshot, standing, node.id, proof=proof) if is_wanted else ()
            if len(missing) == 1 and missing[0] != node.id:
                found.setdefault(missing[0], {})[node.id] = None
    return {node: tuple(others) for node, others in found.items()}


def _words(node: Node, work: Work) -> int:
    """Words of the text that is to be put into Lean; 0 where there is none."""
    count = 0
    if work is not Work.PROVE:
        count += len(node.statement.tex.split())
    if node.proof is not None and work is not Work.STATE:
        count += len(node.proof.tex.split())
    return count


def _is_sketchy(node: Node, work: Work) -> bool:
    """Whether the text to be put into Lean leaves out what it should say."""
    if work is Work.WRITE or (work is not Work.PROVE and leaves_out(node.statement.tex)):
        return True
    return work is not Work.STATE and node.proof is not None and leaves_out(node.proof.tex)


def _only_undeclared(snapshot: Snapshot, standing: Standing, node: Node) -> bool:
    """Whether Lean's side shows it done while the author's words leave something open."""
    if node.id not in standing.stated or node.id not in standing.proved:
        return False
    if node.id in standing.by_evidence:
        return True
    return has_written_proof(node) and not is_declared_done(node) and not snapshot.status[node.id].proved
