"""The one-word state of a node: worst news first, never more than is known."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.evidence import (
    ALLOWED_AXIOMS,
    NO_NODE_EVIDENCE,
    EvidenceLevel,
    NodeEvidence,
    axiom_in_words,
)
from blueprint_app.model.graph import strong_components
from blueprint_app.model.provenance import NO_NODE_PROVENANCE, NodeProvenance, Part


class Headline(StrEnum):
    """What a person should believe of a node at a glance; the value is the text shown."""

    CONTRADICTED = "contradicted"
    NOT_READY = "not ready"
    INFORMAL = "informal"
    AI_DRAFTED = "AI-drafted"
    STATED = "stated"
    CLAIMED = "claimed"
    FORMALISED = "formalised"
    LEAN_VERIFIED = "Lean-verified"
    FULLY_VERIFIED = "fully verified"
    IN_MATHLIB = "in Mathlib"


def is_declared_done(node: Node) -> bool:
    """Whether the author says that nothing is left to do in Lean.

    A definition has no proof to wait for, so its claim is made by the statement alone. A
    ``\\leanok`` in a proof whose statement lacks it claims nothing that can be checked.
    """
    if not node.statement.is_leanok:
        return False
    return node.kind == "definition" or (node.proof is not None and node.proof.is_leanok)


def contradiction(node: Node, evidence: NodeEvidence, allowed: frozenset[str] = ALLOWED_AXIOMS) -> str:
    """Why the evidence contradicts what the author declares, in words; "" where it does not."""
    if not node.statement.is_leanok or node.statement.mathlibok is not None:
        return ""
    missing = [each.name for each in evidence.declarations if each.level is EvidenceLevel.MISSING]
    if missing:
        return f"{missing[0]} is declared formalised, but the project has no such declaration."
    stated_with_sorry = [each.name for each in evidence.declarations if each.statement_sorry]
    if stated_with_sorry:
        return f"The statement of {stated_with_sorry[0]} holds a sorry."
    if not is_declared_done(node):
        return ""
    for each in evidence.declarations:
        if each.proof_sorry:
            return f"{each.name} is declared proved, but its text holds a sorry."
        if each.sorry_in:
            return f"{each.name} is declared proved, but rests on a sorry in {each.sorry_in[0]}."
        if "sorryAx" in (each.axioms or ()):
            return f"{each.name} is declared proved, but rests on a sorry."
    foreign = evidence.foreign_axioms(allowed)
    return f"It rests on the axiom {axiom_in_words(foreign[0])}, which is not allowed." if foreign else ""


def headline_of(
    node: Node,
    evidence: NodeEvidence = NO_NODE_EVIDENCE,
    allowed: frozenset[str] = ALLOWED_AXIOMS,
    provenance: NodeProvenance = NO_NODE_PROVENANCE,
) -> Headline:
    """The headline of a node by itself; `fully_verified` looks at its foundation."""
    shown = _declared_and_shown(node, evidence, allowed)
    return Headline.AI_DRAFTED if drafted_because(shown, provenance) else shown


def drafted_because(shown: Headline, provenance: NodeProvenance) -> str:
    """Why a node counts as AI-drafted that would else have this headline, in words; "" where it does not.

    A waiting draft tells only of a gap that it could fill. A model's statement that nobody vouches for takes away
    whatever the Lean text of it was worth, as a proof of the wrong statement is worth nothing. Worse news stays,
    and nothing gets better.
    """
    draft, statement = provenance.draft, provenance.statement
    if statement is not None and provenance.needs_faithful and shown in _RESTS_ON_STATEMENT:
        return (
            f"Its Lean statement was drafted by {statement.model} ({statement.date[:10]}), and no person has marked it "
            "as faithful to the text: Lean cannot tell that."
        )
    if draft is not None and shown in _FILLED_BY[draft.part]:
        judged = f", judged as far as “{draft.level}”" if draft.level else ""
        return f"A draft of its {draft.part} by {draft.model} ({draft.date[:10]}{judged}) is not part of the project."
    return ""


def _declared_and_shown(node: Node, evidence: NodeEvidence, allowed: frozenset[str]) -> Headline:
    """What the author declares and Lean shows, whoever wrote it."""
    statement = node.statement
    if statement.notready is not None:
        return Headline.NOT_READY
    if contradiction(node, evidence, allowed):
        return Headline.CONTRADICTED
    if statement.mathlibok is not None or evidence.is_in_mathlib:
        return Headline.IN_MATHLIB
    if evidence.is_found:
        if evidence.statement_sorry:
            return Headline.INFORMAL
        if evidence.has_sorry or evidence.foreign_axioms(allowed):
            return Headline.STATED
        return Headline.LEAN_VERIFIED if evidence.is_verified(allowed) else Headline.FORMALISED
    if not statement.is_leanok:
        return Headline.INFORMAL
    return Headline.CLAIMED if is_declared_done(node) else Headline.STATED


_RESTS_ON_STATEMENT = frozenset({Headline.STATED, Headline.CLAIMED, Headline.FORMALISED, Headline.LEAN_VERIFIED})
_FILLED_BY = {
    Part.STATEMENT: frozenset({Headline.INFORMAL}),
    Part.PROOF: frozenset({Headline.INFORMAL, Headline.STATED}),
}
"""The headlines that tell of what a draft of this part would bring."""


def with_fully_verified(
    headlines: Mapping[NodeId, Headline], nodes: Iterable[NodeId], uses: Mapping[NodeId, list[NodeId]]
) -> dict[NodeId, Headline]:
    """The headlines with *fully verified* where a node and its whole foundation are verified or in Mathlib.

    `uses` are the direct prerequisites of each node. A node in a cycle is never fully verified.
    """
    solid = {Headline.LEAN_VERIFIED, Headline.IN_MATHLIB}
    holds: dict[NodeId, bool] = {}
    result = dict(headlines)
    for component in strong_components(list(nodes), uses):
        alone = len(component) == 1 and component[0] not in uses.get(component[0], [])
        for node in component:
            holds[node] = alone and headlines[node] in solid and all(holds[used] for used in uses.get(node, []))
            if holds[node] and headlines[node] is Headline.LEAN_VERIFIED:
                result[node] = Headline.FULLY_VERIFIED
    return result
