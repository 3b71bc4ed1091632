"""The trust report of a theorem: every assumption under it that a referee would want to know of."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from blueprint_app.insight.drift import DriftKind, find_drift
from blueprint_app.insight.standing import unresolved_uses
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.derive import declared_names
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, axiom_in_words
from blueprint_app.model.graph import adjacency, reach
from blueprint_app.model.headline import Headline, contradiction, drafted_because, headline_of
from blueprint_app.model.place import Place
from blueprint_app.model.provenance import NO_NODE_PROVENANCE
from blueprint_app.model.snapshot import Snapshot


class Ground(StrEnum):
    """Why something has to be taken on trust, the gravest first; the value is the heading in the report."""

    FALSE_CLAIM = "Declared done, but Lean's side shows otherwise"
    AXIOM = "Axioms beyond those of ordinary mathematics"
    SORRY = "Gaps in Lean (sorry)"
    NOT_IN_LEAN = "Not in Lean: text only"
    UNPROVED = "Stated in Lean, not proved"
    AI_DRAFTED = "Drafted by a model, not vouched for by a person"
    STALE = "Evidence older than the sources"
    CLAIMED = "Claimed by the author, not looked at"
    UNCHECKED = "In the Lean text, but Lean was not asked"
    EXTERNAL = "Taken from elsewhere"
    PUBLISHED = "Known from others' evidence only"
    PLAN = "Faults of the plan itself"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One thing to be taken on trust: at which node, why, in a sentence, and where it stands.

    `steps` is how far below the theorem the node stands; 0 is the theorem itself.
    """

    ground: Ground
    node: NodeId
    steps: int
    message: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class TrustReport:
    """What a theorem rests on. `foundation` counts the nodes under it, `verified` those that Lean has verified.

    `axioms` are those that Lean named for the theorem's own declarations, None where Lean was not asked. `allowed`
    are the axioms that the project takes for granted.
    """

    node: NodeId
    headline: Headline
    foundation: int
    verified: int
    in_mathlib: int
    axioms: tuple[str, ...] | None
    allowed: tuple[str, ...]
    assumptions: tuple[Assumption, ...]

    @property
    def holds(self) -> bool:
        """Whether Lean itself vouches for the theorem, and no assumption under it is left."""
        return not self.assumptions and self.headline is Headline.FULLY_VERIFIED


def trust_report(snapshot: Snapshot, node: NodeId) -> TrustReport:
    """All assumptions of a node and its foundation, the gravest first, then from the theorem downwards."""
    distance = {node: 0, **reach(node, adjacency(snapshot.whole.edges, backwards=True))}
    found = [each for under, steps in distance.items() for each in _assumptions(snapshot, under, steps)]
    found += _of_the_plan(snapshot, distance)
    rank = {ground: at for at, ground in enumerate(Ground)}
    order = {each: row for row, each in enumerate(snapshot.nodes)}
    found.sort(key=lambda each: (rank[each.ground], each.steps, order[each.node]))
    headlines = [snapshot.headlines[each] for each in distance]
    return TrustReport(
        node,
        snapshot.headlines[node],
        len(distance) - 1,
        sum(each in (Headline.LEAN_VERIFIED, Headline.FULLY_VERIFIED) for each in headlines),
        sum(each is Headline.IN_MATHLIB for each in headlines),
        _axioms(snapshot.node_evidence[node].declarations),
        tuple(sorted(snapshot.evidence.allowed_axioms)),
        tuple(found),
    )


def _axioms(declarations: tuple[DeclarationEvidence, ...]) -> tuple[str, ...] | None:
    if not declarations or any(each.axioms is None for each in declarations):
        return None
    return tuple(sorted({axiom for each in declarations for axiom in each.axioms or ()}))


def _assumptions(snapshot: Snapshot, node_id: NodeId, steps: int) -> Iterator[Assumption]:
    """What has to be taken on trust at one node. A node may have several lines, each of another ground."""
    node = snapshot.nodes[node_id]
    for ground, message, place in _found(snapshot, node):
        yield Assumption(ground, node_id, steps, message, place or node.statement.place)


_Found = tuple[Ground, str, Place | None]


def _found(snapshot: Snapshot, node: Node) -> Iterator[_Found]:
    evidence, allowed = snapshot.node_evidence[node.id], snapshot.evidence.allowed_axioms
    wrong = contradiction(node, evidence, allowed)
    if wrong:
        yield Ground.FALSE_CLAIM, wrong, node.statement.leanok or node.statement.place
    for each in evidence.declarations:
        yield from _in_declaration(each, allowed, is_told=bool(wrong))
    yield from _by_headline(snapshot, node)
    yield from _by_model(snapshot, node)
    stale = [each.name for each in evidence.declarations if each.stale or each.earlier is not None]
    if stale:
        message = f"What is known of {stale[0]} was found before its sources changed."
        yield Ground.STALE, message, node.statement.place
    for each in evidence.declarations:
        if each.origin is not None:
            message = f"What is known of {each.name} was published in {each.origin.source}; nobody checked it here."
            yield Ground.PUBLISHED, message, each.place


def _in_declaration(each: DeclarationEvidence, allowed: frozenset[str], *, is_told: bool) -> Iterator[_Found]:
    if each.kind == "axiom" and each.name not in allowed:
        yield Ground.AXIOM, f"{each.name} is an axiom of the project's own.", each.place
    for axiom in each.axioms or ():
        if axiom not in allowed and axiom != "sorryAx":
            yield Ground.AXIOM, f"{each.name} rests on {axiom_in_words(axiom)}.", each.place
    if is_told:
        return
    if each.statement_sorry:
        yield Ground.SORRY, f"The statement of {each.name} holds a sorry.", each.place
    if each.proof_sorry:
        yield Ground.SORRY, f"The proof of {each.name} holds a sorry.", each.place
    elif each.sorry_in:
        yield Ground.SORRY, f"{each.name} rests on a sorry in {', '.join(each.sorry_in[:3])}.", each.place
    elif "sorryAx" in (each.axioms or ()):
        yield Ground.SORRY, f"{each.name} rests on a sorry.", each.place


def _by_headline(snapshot: Snapshot, node: Node) -> Iterator[_Found]:
    """What the node's state leaves open, whoever wrote its Lean text."""
    evidence, allowed, place = snapshot.node_evidence[node.id], snapshot.evidence.allowed_axioms, node.statement.place
    plain = headline_of(node, evidence, allowed)
    if plain is Headline.NOT_READY:
        yield Ground.NOT_IN_LEAN, "The author marks it as not ready.", node.statement.notready
    elif plain is Headline.INFORMAL:
        yield Ground.NOT_IN_LEAN, "Neither its statement nor its proof is known to be in Lean.", place
    elif plain is Headline.STATED and not evidence.has_sorry and not evidence.foreign_axioms(allowed):
        yield Ground.UNPROVED, "Its statement is declared to be in Lean, its proof is not.", place
    elif plain is Headline.CLAIMED:
        yield Ground.CLAIMED, _claimed(snapshot, node), node.statement.leanok or place
    elif plain is Headline.FORMALISED and not evidence.is_stale:
        names = ", ".join(each.name for each in evidence.declarations)
        message = f"{names}: no sorry was seen in the text; Lean was not asked."
        yield Ground.UNCHECKED, message, place
    elif plain is Headline.IN_MATHLIB and not evidence.is_in_mathlib and evidence.level is not EvidenceLevel.CHECKED:
        # What Lean itself was asked about may as well stand in its own library, or in another package.
        yield Ground.EXTERNAL, "The author says that it is in Mathlib; nobody looked it up.", node.statement.mathlibok


def _claimed(snapshot: Snapshot, node: Node) -> str:
    names = declared_names(node, snapshot.reading)
    if not names:
        return "Declared done without naming a Lean declaration."
    outside = [each.name for each in snapshot.node_evidence[node.id].declarations if each.is_external]
    if outside and snapshot.evidence.declarations:
        return f"Declared done; {outside[0]} is not among the project's own declarations."
    return f"Declared done as {names[0]}; no Lean source was at hand."


def _by_model(snapshot: Snapshot, node: Node) -> Iterator[_Found]:
    known = snapshot.node_provenance.get(node.id, NO_NODE_PROVENANCE)
    because = drafted_because(
        headline_of(node, snapshot.node_evidence[node.id], snapshot.evidence.allowed_axioms), known
    )
    if because:
        yield Ground.AI_DRAFTED, because, node.statement.place
    elif known.statement is not None and known.needs_faithful:
        message = f"Its Lean statement was drafted by {known.statement.model}; no person has marked it as faithful."
        yield Ground.AI_DRAFTED, message, node.statement.place


_LOST = frozenset({"uses-repeated"})
"""Diagnostics that tell of uses which the reading does not follow."""


def _of_the_plan(snapshot: Snapshot, distance: dict[NodeId, int]) -> Iterator[Assumption]:
    """Where the blueprint itself does not say what the theorem rests on."""

    def fault(node: NodeId, message: str, place: Place | None = None) -> Assumption:
        place = place or snapshot.nodes[node].statement.place
        return Assumption(Ground.PLAN, node, distance[node], message, place)

    for node_id in distance:
        for text in unresolved_uses(snapshot, snapshot.nodes[node_id], proof=True):
            yield fault(node_id, f"It uses {text}, but there is no such label.")
        for other in dict.fromkeys((*snapshot.other_uses[node_id][0], *snapshot.other_uses[node_id][1])):
            yield fault(node_id, f"It uses {other}, which is no node: what that rests on is not followed.")
    for cycle in snapshot.whole.cycles:
        if cycle[0] in distance:
            together = "uses itself" if len(cycle) == 1 else "rest on each other"
            yield fault(cycle[0], f"{', '.join(cycle)} {together}.")
    for each in snapshot.diagnostics:
        if each.code in _LOST and each.node in distance:
            yield fault(NodeId(each.node), each.message, each.place)
    # Without Lean's word on what declarations use there is nothing to hold the plan against.
    is_known = any(each.uses is not None for node in distance for each in snapshot.node_evidence[node].declarations)
    for drift in find_drift(snapshot) if is_known else ():
        if drift.kind is DriftKind.USES_MISSING and drift.node in distance:
            yield fault(drift.node, drift.message, drift.place)
