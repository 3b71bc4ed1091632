"""Which nodes are ready to be stated or proved, and what each missing statement keeps from being ready: all at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from blueprint_app.insight.standing import Standing, has_written_proof, may_be_proved, may_be_stated
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Readiness:
    """The nodes that are ready, as `can_be_stated` and `can_be_proved` tell of one that is not done.

    `makes_ready` holds, for a node whose statement is missing, the nodes that wait for this statement alone.
    """

    to_state: frozenset[NodeId]
    to_prove: frozenset[NodeId]
    makes_ready: dict[NodeId, tuple[NodeId, ...]]


def readiness_of(snapshot: Snapshot, standing: Standing, unfinished: Iterable[Node]) -> Readiness:
    """The readiness of those nodes of a snapshot that are not done."""
    stated, statement_uses, proof_uses = standing.stated, snapshot.statement_uses, snapshot.proof_uses
    has_all, status = stated.issuperset, snapshot.status
    to_state: list[NodeId] = []
    to_prove: list[NodeId] = []
    waiting: dict[NodeId, dict[NodeId, None]] = {}
    for node in unfinished:
        uses = statement_uses[node.id]
        # One question for all of them, which most nodes answer with yes.
        missing = [] if has_all(uses) else [used for used in uses if used not in stated]
        if node.id not in stated:
            if not missing:
                # Nearly always the reading says so itself, and no more has to be asked.
                is_free = status[node.id].can_state and node.statement.notready is None
                if is_free or may_be_stated(snapshot, standing, node):
                    to_state.append(node.id)
            elif len(missing) == 1 and node.statement.notready is None:
                waiting.setdefault(missing[0], {})[node.id] = None
        if len(missing) > 1 or node.kind == "definition":
            continue
        uses = proof_uses[node.id]
        if not has_all(uses):
            missing += [used for used in uses if used not in stated and used not in missing]
        if not missing:
            if may_be_proved(snapshot, standing, node):
                to_prove.append(node.id)
        elif len(missing) == 1 and node.statement.notready is None and has_written_proof(node):
            waiting.setdefault(missing[0], {})[node.id] = None
    makes_ready = {node: tuple([other for other in others if other != node]) for node, others in waiting.items()}
    return Readiness(frozenset(to_state), frozenset(to_prove), makes_ready)
