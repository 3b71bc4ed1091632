"""A proposal as the graph draws it: nodes and edges that are not there yet."""

from dataclasses import dataclass

from blueprint_app.assistant.proposals.reading import Proposal
from blueprint_app.model.graph import EdgeKind
from blueprint_app.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class GhostNode:
    """A proposed node; `id` is its label, which no node of the blueprint has."""

    id: str
    label: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class GhostEdge:
    """From what is used to what uses it; both ends are ids of nodes or of ghosts."""

    source: str
    target: str
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class Ghosts:
    """What a proposal would add to the graph around a node."""

    node: str
    nodes: tuple[GhostNode, ...]
    edges: tuple[GhostEdge, ...]


def ghosts_of(snapshot: Snapshot, proposal: Proposal) -> Ghosts:
    """The ghosts of a proposal, edges in the order of the nodes that use; edges that are there already are left out."""
    labels = snapshot.blueprint.labels

    def end(label: str) -> str:
        return labels.get(label, label)

    edges: dict[tuple[str, str], EdgeKind] = {}
    for each in proposal.nodes:
        for kind, used in ((EdgeKind.STATEMENT, each.uses), (EdgeKind.PROOF, each.proof_uses)):
            for label in used:
                edges.setdefault((end(label), each.label), kind)
    there = {*snapshot.statement_uses[proposal.node], *snapshot.proof_uses[proposal.node]}
    for label in proposal.proof_uses:
        if end(label) not in there:
            edges.setdefault((end(label), proposal.node), EdgeKind.PROOF)
    nodes = tuple(GhostNode(each.label, each.label, each.title, each.kind) for each in proposal.nodes)
    return Ghosts(
        proposal.node, nodes, tuple(GhostEdge(source, target, kind) for (source, target), kind in edges.items())
    )
