"""Why a node has its colours, in words that name the nodes which decide it."""

from collections.abc import Iterable

from blueprint_app.model.blueprint import Node, NodeId, Reading
from blueprint_app.model.graph import adjacency, reach
from blueprint_app.model.headline import drafted_because, headline_of
from blueprint_app.model.provenance import NO_NODE_PROVENANCE
from blueprint_app.model.snapshot import Snapshot


def explain(snapshot: Snapshot, node_id: NodeId) -> tuple[str, ...]:
    """Sentences: what the border says, what the fill says, what stands in the way, and what a model wrote of it."""
    node = snapshot.nodes[node_id]
    sentences = [_border(snapshot, node), *_fill(snapshot, node), *_provenance(snapshot, node)]
    if any(node_id in cycle for cycle in snapshot.whole.cycles):
        sentences.append("It is part of a cycle of uses, which no order of work can satisfy.")
    return tuple(sentence for sentence in sentences if sentence)


def _border(snapshot: Snapshot, node: Node) -> str:
    colours, statement = snapshot.blueprint.colours, node.statement
    if statement.mathlibok is not None:
        return f"{colours['mathlib'].description} border: the author says it is in Mathlib ({statement.mathlibok})."
    if statement.leanok is not None:
        return f"{colours['stated'].description} border: the author says that it is formalised ({statement.leanok})."
    if snapshot.status[node.id].can_state:
        uses = snapshot.statement_uses[node.id]
        reason = f"all {len(uses)} nodes it uses are formalised" if uses else "it uses nothing"
        return f"{colours['can_state'].description} border: the statement is ready to be formalised, as {reason}."
    if statement.notready is not None:
        return f"{colours['not_ready'].description} border: the author marked it as not ready ({statement.notready})."
    missing = _unformalised(snapshot, snapshot.statement_uses[node.id])
    if missing:
        return f"No border colour: the statement waits for {_listed(missing)}."
    return "No border colour: the statement waits for something it uses that is no node, or it is in no graph."


def _fill(snapshot: Snapshot, node: Node) -> Iterable[str]:
    colours, status = snapshot.blueprint.colours, snapshot.status[node.id]
    if node.kind == "definition":
        if node.statement.is_leanok:
            yield f"{colours['defined'].description} background: a definition that is formalised."
        elif status.can_state:
            yield f"{colours['can_prove'].description} background: a definition that is ready to be formalised."
        else:
            yield "No background: a definition that is neither formalised nor ready."
        return
    if status.fully_proved:
        yield (
            f"{colours['fully_proved'].description} background: its proof and those of all its foundation are marked "
            "as formalised"
            + ("" if snapshot.reading is Reading.STRICT else "; definitions below it are not looked at")
            + "."
        )
    elif status.proved:
        yield f"{colours['proved'].description} background: its proof is marked as formalised."
        yield _unproved_below(snapshot, node.id)
    elif status.can_prove and (status.can_state or node.statement.is_leanok):
        yield f"{colours['can_prove'].description} background: its proof is ready to be formalised."
    elif node.proof is None:
        yield "No background: it has no proof."
    elif node.proof.is_blank:
        yield "No background: its proof is empty, which leanblueprint takes for none."
    else:
        used = (*snapshot.statement_uses[node.id], *snapshot.proof_uses[node.id])
        missing = _unformalised(snapshot, dict.fromkeys(used))
        yield (
            f"No background: the proof waits for {_listed(missing)}."
            if missing
            else "No background: the proof is not ready."
        )


def _provenance(snapshot: Snapshot, node: Node) -> Iterable[str]:
    """Why it is hatched, and what of a model's is in the project: said even where worse news hides it."""
    known = snapshot.node_provenance.get(node.id, NO_NODE_PROVENANCE)
    evidence, allowed = snapshot.node_evidence[node.id], snapshot.evidence.allowed_axioms
    because = drafted_because(headline_of(node, evidence, allowed), known)
    if because:
        yield f"Hatched as AI-drafted: {because[0].lower()}{because[1:]}"
    elif known.needs_faithful:
        yield "Hatched: a model drafted its Lean statement, and no person has marked it as faithful to the text."
    for part, written in (("statement", known.statement), ("proof", known.proof)):
        if written is not None:
            yield f"Its Lean {part} was drafted by {written.model} ({written.date[:10]}) and accepted by a person."
    if known.faithful:
        yield f"Marked as faithful to the text by {', '.join(known.faithful)}."


def _unproved_below(snapshot: Snapshot, node_id: NodeId) -> str:
    below = reach(node_id, adjacency(snapshot.whole.edges, backwards=True))
    unproved = [
        other for other in below if not snapshot.status[other].proved and snapshot.nodes[other].kind != "definition"
    ]
    if not unproved:
        return ""
    return f"Not dark green, as its foundation holds {len(unproved)} unproved: {_listed(unproved)}."


def _unformalised(snapshot: Snapshot, used: Iterable[NodeId]) -> list[NodeId]:
    return [other for other in used if not snapshot.nodes[other].statement.is_leanok]


def _listed(names: list[NodeId]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
