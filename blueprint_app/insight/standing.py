"""What of each node is in Lean, as far as is known: the author's word, unless Lean's side shows better or worse."""

from collections.abc import Iterable
from dataclasses import dataclass

from blueprint_app.insight.remembering import remembers
from blueprint_app.model.blueprint import Node, NodeId, Passage, Reading
from blueprint_app.model.evidence import NO_NODE_EVIDENCE, DeclarationEvidence, EvidenceLevel, NodeEvidence
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.model.status import BlueprintStatus, resolve_uses

_MISSING, _NOTHING = EvidenceLevel.MISSING, EvidenceLevel.NONE
"""Names of their own, as to look up a member takes longer than to compare with it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The nodes whose statement, and whose proof, is in Lean.

    A definition has no proof of its own and counts as proved once it is stated. `by_evidence` are the nodes of which
    Lean's side shows more than the author declares, `doubted` those of which it shows less.
    """

    stated: frozenset[NodeId]
    proved: frozenset[NodeId]
    by_evidence: frozenset[NodeId] = frozenset()
    doubted: frozenset[NodeId] = frozenset()


@remembers
def standing_of(snapshot: Snapshot) -> Standing:
    """The standing of all nodes."""
    stated: list[NodeId] = []
    proved: list[NodeId] = []
    by_evidence: list[NodeId] = []
    doubted: list[NodeId] = []
    allowed, status, evidence = snapshot.evidence.allowed_axioms, snapshot.status, snapshot.node_evidence
    tells_nothing = not snapshot.evidence.declarations and not snapshot.evidence.is_complete
    for node in snapshot.blueprint.nodes:
        found = declared = _declared(node, status[node.id])
        known = NO_NODE_EVIDENCE if tells_nothing else evidence.get(node.id, NO_NODE_EVIDENCE)
        if known.declarations and node.statement.mathlibok is None:
            found = _shown(node, known, allowed) or declared
        if found[0]:
            stated.append(node.id)
            if found[1]:
                proved.append(node.id)
        if found != declared:
            (doubted if found < declared else by_evidence).append(node.id)
    return Standing(frozenset(stated), frozenset(proved), frozenset(by_evidence), frozenset(doubted))


def _declared(node: Node, status: BlueprintStatus) -> tuple[bool, bool]:
    """Whether the author says that the statement, and that the proof, is in Lean."""
    statement = node.statement
    if statement.mathlibok is not None:
        return True, True
    is_stated = statement.leanok is not None
    return is_stated, is_stated and (node.kind == "definition" or status.proved)


def _shown(node: Node, known: NodeEvidence, allowed: frozenset[str]) -> tuple[bool, bool] | None:
    """Whether Lean's side has the statement, and the proof; None where it tells nothing."""
    is_unknown = has_gap = has_hole = False
    for each in known.declarations:
        level = each.level
        if level is _MISSING:
            return False, False
        is_unknown |= level is _NOTHING
        has_gap = has_gap or _has_gap(each, allowed)
        has_hole = has_hole or bool(each.statement_sorry)
    if is_unknown:
        return (True, True) if known.is_in_mathlib else None
    stated = not has_hole and not (has_gap and node.kind == "definition")
    return stated, stated and not has_gap


def _has_gap(each: DeclarationEvidence, allowed: frozenset[str]) -> bool:
    """Whether its own proof is not there. A sorry that nobody can point to counts as the declaration's own."""
    if each.proof_sorry or (each.kind == "axiom" and each.name not in allowed):
        return True
    return each.axioms is not None and "sorryAx" in each.axioms and not each.sorry_in


def missing_uses(snapshot: Snapshot, standing: Standing, node: NodeId, *, proof: bool) -> tuple[NodeId, ...]:
    """The nodes that the statement (with `proof`: the proof as well) uses and whose statements are not in Lean."""
    used: Iterable[NodeId] = snapshot.statement_uses[node]
    if proof:
        used = dict.fromkeys((*snapshot.statement_uses[node], *snapshot.proof_uses[node]))
    return tuple(each for each in used if each not in standing.stated)


def can_be_stated(snapshot: Snapshot, standing: Standing, node: Node) -> bool:
    """Whether all that the statement uses is in Lean, as the reading derives it or as Lean's side shows."""
    return not missing_uses(snapshot, standing, node.id, proof=False) and may_be_stated(snapshot, standing, node)


def may_be_stated(snapshot: Snapshot, standing: Standing, node: Node) -> bool:
    """The same of a node of which no used node is missing in Lean."""
    if node.statement.notready is not None:
        return False
    if snapshot.status[node.id].can_state:
        return True
    used = snapshot.statement_uses[node.id]
    return _is_lifted(snapshot, standing, used) and _names_nodes_only(snapshot, node, proof=False)


def can_be_proved(snapshot: Snapshot, standing: Standing, node: Node) -> bool:
    """Whether there is a proof to follow and all that it uses is stated in Lean."""
    return not missing_uses(snapshot, standing, node.id, proof=True) and may_be_proved(snapshot, standing, node)


def may_be_proved(snapshot: Snapshot, standing: Standing, node: Node) -> bool:
    """The same of a node of which no used node is missing in Lean."""
    if node.kind == "definition" or not has_written_proof(node):
        return False
    if snapshot.status[node.id].can_prove:
        return True
    if snapshot.reading is Reading.STRICT and node.proof is not None and node.proof.notready is not None:
        return False
    used = (*snapshot.statement_uses[node.id], *snapshot.proof_uses[node.id])
    return _is_lifted(snapshot, standing, used) and _names_nodes_only(snapshot, node, proof=True)


def has_written_proof(node: Node) -> bool:
    """Whether the blueprint holds a proof with any text."""
    return node.proof is not None and not node.proof.is_blank


def used_landmarks_missing(snapshot: Snapshot, node: NodeId, *, proof: bool) -> tuple[str, ...]:
    """Used things that are no nodes and not marked as formalised: leanblueprint waits for them for ever."""
    if snapshot.reading is Reading.STRICT:
        return ()
    statement, of_proof = snapshot.other_uses[node]
    used = dict.fromkeys((*statement, *of_proof) if proof else statement)
    landmarks = {each.id: each for each in snapshot.blueprint.landmarks.values()} if used else {}
    return tuple(each for each in used if each in landmarks and not landmarks[each].leanok)


def unresolved_uses(snapshot: Snapshot, node: Node, *, proof: bool) -> tuple[str, ...]:
    """Entries of the node's lists that name nothing at all."""
    passages: tuple[Passage | None, ...] = (node.statement, node.proof) if proof else (node.statement,)
    found = (resolve_uses(snapshot.blueprint, passage, snapshot.reading).unresolved for passage in passages)
    return tuple(dict.fromkeys(text for each in found for text in each))


def _is_lifted(snapshot: Snapshot, standing: Standing, used: Iterable[NodeId]) -> bool:
    """Whether it is Lean's side alone that has something which the reading waits for."""
    return any(each in standing.by_evidence and not snapshot.nodes[each].statement.is_leanok for each in used)


def _names_nodes_only(snapshot: Snapshot, node: Node, *, proof: bool) -> bool:
    if used_landmarks_missing(snapshot, node.id, proof=proof):
        return False
    return snapshot.reading is Reading.LEANBLUEPRINT or not unresolved_uses(snapshot, node, proof=proof)
