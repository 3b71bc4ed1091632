"""How much of what is declared done Lean's side bears out, counted apart from the declarations themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.evidence import NO_EVIDENCE, EvidenceLevel
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot

VERIFIED = frozenset({Headline.LEAN_VERIFIED, Headline.FULLY_VERIFIED})
WITHOUT_SORRY = VERIFIED | {Headline.FORMALISED}


@dataclass(frozen=True, slots=True)
class EvidenceProgress:
    """Counts over the nodes other than definitions, except `contradicted` and `stale`, which count all.

    `without_sorry` have their declarations in the project's Lean text with no known ``sorry``, `verified` are those
    of them that Lean itself was asked about. `is_known` tells whether the Lean side was looked at; Lean was asked
    about all declarations of `asked` of the `named` nodes: those with declarations of the project's own.
    """

    is_known: bool
    named: int
    asked: int
    to_prove: int
    without_sorry: int
    verified: int
    contradicted: int
    stale: int

    @property
    def was_asked(self) -> bool:
        """Whether Lean was asked about anything of the project's own."""
        return self.asked > 0


def evidence_progress_of(snapshot: Snapshot, nodes: Iterable[NodeId] | None = None) -> EvidenceProgress:
    """The counts of `nodes`, or of the whole blueprint."""
    chosen = snapshot.blueprint.nodes if nodes is None else [snapshot.nodes[each] for each in nodes]
    headlines = {node.id: snapshot.headlines[node.id] for node in chosen}
    evidence = {node.id: snapshot.node_evidence[node.id] for node in chosen}
    to_prove = [headlines[node.id] for node in chosen if node.kind != "definition"]
    named = [each for each in evidence.values() if any(not of.is_external for of in each.declarations)]
    return EvidenceProgress(
        is_known=snapshot.evidence is not NO_EVIDENCE,
        named=len(named),
        asked=sum(each.level is EvidenceLevel.CHECKED for each in named),
        to_prove=len(to_prove),
        without_sorry=sum(headline in WITHOUT_SORRY for headline in to_prove),
        verified=sum(headline in VERIFIED for headline in to_prove),
        contradicted=sum(headline is Headline.CONTRADICTED for headline in headlines.values()),
        stale=sum(each.is_stale for each in evidence.values()),
    )
