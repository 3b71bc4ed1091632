"""Why an offer stands where it stands, in words; and which offers a person wants to see."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from blueprint_app.insight.next.claims import claim_in_words
from blueprint_app.insight.next.next_lemma import Offer, Size, Skill, Work
from blueprint_app.insight.search.search import folded
from blueprint_app.insight.standing import Standing
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.evidence import NO_NODE_EVIDENCE
from blueprint_app.model.headline import contradiction
from blueprint_app.model.provenance import NO_NODE_PROVENANCE
from blueprint_app.model.snapshot import Snapshot


def reasons(
    snapshot: Snapshot, standing: Standing, offer: Offer, today: date, called: Callable[[Node], str]
) -> tuple[str, ...]:
    """Phrases without a full stop: what it unlocks, how much work it looks like, what else to know before.

    `called` gives the name of a node as a person is to read it.
    """
    node = snapshot.nodes[offer.node]
    parts = (
        _unlocks(snapshot, offer, called),
        _effort(snapshot, standing, node, offer),
        _warnings(snapshot, node, offer, today),
    )
    return tuple(each for part in parts for each in part)


def _unlocks(snapshot: Snapshot, offer: Offer, called: Callable[[Node], str]) -> Iterator[str]:
    if offer.is_doubted:
        node = snapshot.nodes[offer.node]
        told = contradiction(node, snapshot.node_evidence[node.id], snapshot.evidence.allowed_axioms)
        yield f"a false claim: {told.rstrip('.')}" if told else "declared done, but Lean's side shows a gap"
    if offer.makes_ready:
        yield f"makes {_nodes(len(offer.makes_ready))} ready: {listed(offer.makes_ready)}"
    if offer.last_gap_of > len(offer.makes_ready):
        yield f"all that is missing under {_nodes(offer.last_gap_of)}"
    if offer.impact:
        yield f"{_nodes(offer.impact)} {'rest' if offer.impact > 1 else 'rests'} on it"
    if offer.goal is not None:
        goal = called(snapshot.nodes[offer.goal])
        away = f"{offer.steps} step{'s' if offer.steps > 1 else ''} below the goal {goal}"
        yield away if offer.steps else "a goal theorem itself"
    elif not offer.impact:
        yield "nothing rests on it"


def _effort(snapshot: Snapshot, standing: Standing, node: Node, offer: Offer) -> Iterator[str]:
    if offer.work is Work.WRITE:
        is_unready = node.statement.notready is not None
        yield "marked as not ready: its text has to be finished first" if is_unready else "no proof is written yet"
    elif offer.is_sketchy:
        yield "its text leaves out the argument"
    else:
        what = {Work.STATE: "statement", Work.PROVE: "proof"}.get(offer.work, "statement and proof")
        words = words_of(node, offer)
        yield f"{what} of {words} word{'s' if words != 1 else ''}"
    yield f"uses {_nodes(offer.uses)}" if offer.uses else "uses no other node"
    undeclared = [
        used
        for used in used_by_it(snapshot, node.id)
        if used in standing.by_evidence and not snapshot.nodes[used].statement.is_leanok
    ]
    if undeclared:
        yield f"in Lean already, though not marked so: {listed(undeclared)}"


def _warnings(snapshot: Snapshot, node: Node, offer: Offer, today: date) -> Iterator[str]:
    known = snapshot.node_provenance.get(node.id, NO_NODE_PROVENANCE)
    if known.draft is not None:
        yield f"a draft of its {known.draft.part} by {known.draft.model} waits for a person"
    if offer.failed:
        yield f"{offer.failed} attempt{'s' if offer.failed > 1 else ''} failed"
    for claim in offer.claims:
        yield claim_in_words(claim, today)
    if offer.issue and all(offer.issue != claim.origin for claim in offer.claims):
        yield offer.issue
    if node.discussion and not offer.issue:
        yield f"discussed in issue #{node.discussion}; who works on it is not known here"


def words_of(node: Node, offer: Offer) -> int:
    """The words of the text that is to be put into Lean, formulas included."""
    statement = len(node.statement.tex.split()) if offer.work is not Work.PROVE else 0
    proof = len(node.proof.tex.split()) if node.proof is not None and offer.work is not Work.STATE else 0
    return statement + proof


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """Which offers to show; what is left at its default asks nothing.

    `work` is STATE for all that have a statement to be stated, PROVE for all with a proof to be proved. `chapter` is a
    heading's number, or a part of its title; `heading` is the key of one. `mathlib` asks for nodes that directly use
    one in Mathlib, or none.
    """

    work: Work | None = None
    chapter: str = ""
    skill: Skill | None = None
    size: Size | None = None
    mathlib: bool | None = None
    unclaimed: bool = False
    heading: int | None = None

    def chosen(self, snapshot: Snapshot, offers: Iterable[Offer]) -> tuple[Offer, ...]:
        """Those that meet all of it, in their order."""
        headings = _headings(snapshot, self.chapter) if self.chapter else None
        return tuple(
            offer
            for offer in offers
            if (self.work is None or offer.work in _INCLUDED[self.work])
            and self.skill in (None, offer.skill)
            and self.size in (None, offer.size)
            and not (self.unclaimed and offer.is_claimed)
            and (self.heading is None or self.heading in snapshot.nodes[offer.node].path)
            and (headings is None or not headings.isdisjoint(snapshot.nodes[offer.node].path))
            and (self.mathlib is None or uses_mathlib(snapshot, offer.node) == self.mathlib)
        )


_INCLUDED = {
    Work.STATE: (Work.STATE, Work.STATE_AND_PROVE),
    Work.PROVE: (Work.PROVE, Work.STATE_AND_PROVE),
    Work.STATE_AND_PROVE: (Work.STATE_AND_PROVE,),
    Work.WRITE: (Work.WRITE,),
}


def uses_mathlib(snapshot: Snapshot, node: NodeId) -> bool:
    """Whether a node directly uses one that is in Mathlib."""
    return any(
        snapshot.nodes[used].statement.mathlibok is not None
        or snapshot.node_evidence.get(used, NO_NODE_EVIDENCE).is_in_mathlib
        for used in used_by_it(snapshot, node)
    )


def used_by_it(snapshot: Snapshot, node: NodeId) -> Iterable[NodeId]:
    """All that a node uses directly, each once."""
    return dict.fromkeys((*snapshot.statement_uses[node], *snapshot.proof_uses[node]))


def listed(names: Iterable[str], most: int = 3) -> str:
    """The first few names, and how many more there are."""
    names = list(names)
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _headings(snapshot: Snapshot, wanted: str) -> frozenset[int]:
    """The headings whose number is `wanted`, or else whose title holds it."""
    headings = snapshot.blueprint.headings
    by_number = frozenset(each.key for each in headings if each.number == wanted.strip())
    needle = folded(wanted)
    return by_number or frozenset(each.key for each in headings if needle in folded(each.title))


def _nodes(count: int) -> str:
    return f"{count} node{'s' if count != 1 else ''}"
