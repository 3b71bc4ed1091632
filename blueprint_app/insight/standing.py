"""What of each node is in Lean, as far as is known: the author's word, unless Lean's side shows better or worse."""

from collections.abc import Iterable
from dataclasses import dataclass

from blueprint_app.model.blueprint import Node, NodeId, Passage, Reading
from blueprint_app.model.evidence import NO_NODE_EVIDENCE, EvidenceLevel, NodeEvidence
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.model.status import resolve_uses


@dataclass(frozen=True, slots=True)
class Standing:
    """The nodes whose statement, and whose proof, is in Lean.

    A definition has no proof of its own and counts as proved once it is stated. `by_evidence` are those of the stated
    that the author did not declare so; `doubted` are nodes declared done or stated of which Lean's side shows
    otherwise.
    """

    stated: frozenset[NodeId]
    proved: frozenset[NodeId]
    by_evidence: frozenset[NodeId] = frozenset()
    doubted: frozenset[NodeId] = frozenset()


def standing_of(snapshot: Snapshot) -> Standing:
    """The standing of all nodes."""
    stated: set[NodeId] = set()
    proved: set[NodeId] = set()
    by_evidence: set[NodeId] = set()
    doubted: set[NodeId] = set()
    allowed, status, evidence = snapshot.evidence.allowed_axioms, snapshot.status, snapshot.node_evidence
    for node in snapshot.blueprint.nodes:
        declared_stated = node.statement.is_leanok
        declared_proved = declared_stated and (node.kind == "definition" or status[node.id].proved)
        is_stated, is_proved = declared_stated, declared_proved
        known = evidence.get(node.id, NO_NODE_EVIDENCE)
        if node.statement.mathlibok is not None:
            is_stated = is_proved = True
        elif known.declarations:
            shown = _shown(node, known, allowed)
            is_stated, is_proved = shown if shown is not None else (declared_stated, declared_proved)
        if is_stated:
            stated.add(node.id)
            if is_proved:
                proved.add(node.id)
            if not declared_stated:
                by_evidence.add(node.id)
        if declared_stated > is_stated or declared_proved > is_proved:
            doubted.add(node.id)
    return Standing(frozenset(stated), frozenset(proved), frozenset(by_evidence), frozenset(doubted))


def _shown(node: Node, known: NodeEvidence, allowed: frozenset[str]) -> tuple[bool, bool] | None:
    """Whether Lean's side has the statement, and the proof; None where it tells nothing."""
    least = min(each.level for each in known.declarations)
    if any(each.level is EvidenceLevel.MISSING for each in known.declarations):
        return False, False
    if least is EvidenceLevel.NONE:
        return (True, True) if known.is_in_mathlib else None
    gap = any(
        each.proof_sorry
        or (each.kind == "axiom" and each.name not in allowed)
        # A sorry that nobody can point to counts as the declaration's own.
        or ("sorryAx" in (each.axioms or ()) and not each.sorry_in)
        for each in known.declarations
    )
    stated = not known.statement_sorry and not (gap and node.kind == "definition")
    return stated, stated and not gap


def missing_uses(snapshot: Snapshot, standing: Standing, node: NodeId, *, proof: bool) -> tuple[NodeId, ...]:
    """The nodes that the statement (with `proof`: the proof as well) uses and whose statements are not in Lean."""
    used: Iterable[NodeId] = snapshot.statement_uses[node]
    if proof:
        used = dict.fromkeys((*snapshot.statement_uses[node], *snapshot.proof_uses[node]))
    return tuple(each for each in used if each not in standing.stated)


def can_be_stated(snapshot: Snapshot, standing: Standing, node: Node) -> bool:
    """Whether all that the statement uses is in Lean, as the reading derives it or as Lean's side shows."""
    if node.statement.notready is not None or missing_uses(snapshot, standing, node.id, proof=False):
        return False
    if snapshot.status[node.id].can_state:
        return True
    used = snapshot.statement_uses[node.id]
    return _is_lifted(snapshot, standing, used) and _names_nodes_only(snapshot, node, proof=False)


def can_be_proved(snapshot: Snapshot, standing: Standing, node: Node) -> bool:
    """Whether there is a proof to follow and all that it uses is stated in Lean."""
    if node.kind == "definition" or not has_written_proof(node):
        return False
    if missing_uses(snapshot, standing, node.id, proof=True):
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
    return any(each in standing.by_evidence for each in used)


def _names_nodes_only(snapshot: Snapshot, node: Node, *, proof: bool) -> bool:
    if used_landmarks_missing(snapshot, node.id, proof=proof):
        return False
    return snapshot.reading is Reading.LEANBLUEPRINT or not unresolved_uses(snapshot, node, proof=proof)
