"""What stands out in the graph when a person asks for an impact, a critical path or bottlenecks: nodes and words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from blueprint_app.insight.graph.goals import goals_of
from blueprint_app.insight.graph.impact import impact_of
from blueprint_app.insight.graph.use_graph import use_graph
from blueprint_app.insight.next.blocked import bottlenecks, critical_paths
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot

MOST_BOTTLENECKS = 10


class EmphasisKind(StrEnum):
    """What is asked."""

    IMPACT = "impact"
    CRITICAL_PATH = "critical path"
    BOTTLENECKS = "bottlenecks"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A question to the whole project; `node` is the node in question, None for what the project itself is for."""

    kind: EmphasisKind
    node: NodeId | None = None


@dataclass(frozen=True, slots=True)
class StandingOut:
    """The answer: `nodes` stand out, each of `badges` with a few characters, the edges of `chain` with them.

    `text` says what it is and how many, `key` what the badges mean, `goals` are the nodes of the other answers.
    """

    text: str
    nodes: frozenset[NodeId] = frozenset()
    badges: Mapping[NodeId, str] = field(default_factory=dict)
    chain: tuple[NodeId, ...] = ()
    key: str = ""
    goals: tuple[NodeId, ...] = ()


def standing_out(snapshot: Snapshot, emphasis: Emphasis) -> StandingOut:
    """What stands out; a node that the snapshot does not have leaves the question to the project itself."""
    node = emphasis.node if emphasis.node in snapshot.nodes else None
    if emphasis.kind is EmphasisKind.IMPACT:
        return _impact(snapshot, node) if node is not None else StandingOut("No node to ask about")
    return _critical_path(snapshot, node) if emphasis.kind is EmphasisKind.CRITICAL_PATH else _bottlenecks(snapshot)


def _impact(snapshot: Snapshot, node: NodeId) -> StandingOut:
    found = impact_of(snapshot, node)
    verified = {each.node: "!!" for each in found.verified}
    declared = {each.node: "!" for each in found.fully_proved if each.node not in verified}
    nodes = frozenset({node, *(each.node for each in found.affected)})
    text = f"{_count(len(found.affected), 'node')} in doubt if {name_of(snapshot, node)} is wrong"
    losses = []
    if verified:
        losses.append(f"!! {len(verified):,} Lean-verified")
    if declared:
        losses.append(f"! {len(declared):,} proved throughout, as declared")
    return StandingOut(text, nodes, declared | verified, key=f"lost: {' · '.join(losses)}" if losses else "")


def _critical_path(snapshot: Snapshot, goal: NodeId | None) -> StandingOut:
    paths = critical_paths(snapshot, () if goal is None else (goal,))
    goals = tuple(path.goal for path in (critical_paths(snapshot) if goal is not None else paths))
    if goal is None and not goals_of(snapshot, use_graph(snapshot)):
        return StandingOut("There is no goal theorem: select the node to which the path should lead")
    if not paths:
        what = "the goal theorems" if goal is None else name_of(snapshot, goal)
        return StandingOut(f"Nothing is left to do for {what}", frozenset(() if goal is None else (goal,)), goals=goals)
    path = paths[0]
    badges = {node: str(at) for at, node in enumerate((n for n in path.chain if n not in path.done), 1)}
    left = f"{_count(path.left, 'node')} unfinished under it"
    work = f"{_count(path.steps, 'step')} at {_count(len(badges), 'node')}"
    text = f"Critical path to {name_of(snapshot, path.goal)}: {work}"
    return StandingOut(text, frozenset(path.chain), badges, path.chain, f"numbers: what comes first · {left}", goals)


def _bottlenecks(snapshot: Snapshot) -> StandingOut:
    every = bottlenecks(snapshot)
    most = every[:MOST_BOTTLENECKS]
    if not most:
        return StandingOut("No bottlenecks: nothing that others rest on is left to do")
    badges = {each.node: f"{each.holds_back:,}" for each in most}
    text = f"Bottlenecks: the {len(most)} of {len(every):,} that hold back most"
    return StandingOut(text, frozenset(badges), badges, key="numbers: how many nodes rest on each")


def name_of(snapshot: Snapshot, node: NodeId) -> str:
    """How a node is called in few words: "Lemma 7.2 rho-cond"."""
    found = snapshot.nodes[node]
    return " ".join(part for part in (found.caption, found.number, found.short_label) if part)


def _count(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
