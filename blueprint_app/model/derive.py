"""From a blueprint as written to a snapshot: uses resolved, states derived, graphs drawn, traps found."""

from collections.abc import Sequence
from dataclasses import replace

from blueprint_app.model.blueprint import Blueprint, Heading, Node, NodeId, Reading
from blueprint_app.model.evidence import NO_EVIDENCE, NodeEvidence, ProjectEvidence
from blueprint_app.model.graph import DependencyGraph, Edge, EdgeKind, adjacency, find_cycles, transitive_reduction
from blueprint_app.model.headline import Headline, headline_of, with_fully_verified
from blueprint_app.model.provenance import NO_PROVENANCE, NodeProvenance, ProjectProvenance
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.model.status import ResolvedUses, StatusDeriver, resolve_uses
from blueprint_app.model.traps import find_traps


def snapshot_of(
    blueprint: Blueprint,
    reading: Reading = Reading.LEANBLUEPRINT,
    evidence: ProjectEvidence = NO_EVIDENCE,
    provenance: ProjectProvenance = NO_PROVENANCE,
) -> Snapshot:
    """Everything that follows from a blueprint in one reading, with the evidence and the records at hand."""
    statement = {node.id: resolve_uses(blueprint, node.statement, reading) for node in blueprint.nodes}
    proof = {node.id: resolve_uses(blueprint, node.proof, reading) for node in blueprint.nodes}
    scopes = _scopes(blueprint)
    deriver = StatusDeriver(blueprint, reading, statement, proof)
    everything = tuple(node.id for node in blueprint.nodes)
    for _, _, members in scopes if reading is Reading.LEANBLUEPRINT else [("", "", everything)]:
        deriver.add_graph(members)
    status = deriver.statuses()
    edges = _edges(blueprint, reading, statement, proof)
    node_evidence = {node.id: _evidence_of(node, reading, evidence) for node in blueprint.nodes}
    node_provenance = {node.id: provenance.of(node) for node in blueprint.nodes}
    graphs = tuple(_graph(name, title, members, edges, blueprint.reduced) for name, title, members in scopes)
    is_whole = len(graphs) == 1 and graphs[0].name == "document"
    whole = graphs[0] if is_whole else _graph("document", blueprint.title, everything, edges, blueprint.reduced)
    snapshot = Snapshot(
        blueprint=blueprint,
        reading=reading,
        status=status,
        headlines=_headlines(blueprint, node_evidence, node_provenance, evidence.allowed_axioms, edges),
        evidence=evidence,
        node_evidence=node_evidence,
        provenance=provenance,
        node_provenance=node_provenance,
        statement_uses={node: uses.nodes for node, uses in statement.items()},
        proof_uses={node: uses.nodes for node, uses in proof.items()},
        other_uses={
            node: (_landmark_ids(blueprint, uses), _landmark_ids(blueprint, proof[node]))
            for node, uses in statement.items()
        },
        graphs=graphs,
        whole=whole,
        diagnostics=(),
    )
    return snapshot.with_diagnostics((*blueprint.diagnostics, *find_traps(snapshot)))


def with_evidence(
    snapshot: Snapshot, evidence: ProjectEvidence, provenance: ProjectProvenance = NO_PROVENANCE
) -> Snapshot:
    """The snapshot of the same blueprint in the same reading with other evidence and records.

    What the author declared, and what follows from it, is taken over.
    """
    blueprint = snapshot.blueprint
    node_evidence = {node.id: _evidence_of(node, snapshot.reading, evidence) for node in blueprint.nodes}
    node_provenance = {node.id: provenance.of(node) for node in blueprint.nodes}
    edges = snapshot.whole.edges
    return replace(
        snapshot,
        headlines=_headlines(blueprint, node_evidence, node_provenance, evidence.allowed_axioms, edges),
        evidence=evidence,
        node_evidence=node_evidence,
        provenance=provenance,
        node_provenance=node_provenance,
    )


def declared_names(node: Node, reading: Reading) -> tuple[str, ...]:
    """The Lean names of a node as a reading takes them, each once."""
    commands = node.statement.lean[-1:] if reading is Reading.LEANBLUEPRINT else node.statement.lean
    return tuple(dict.fromkeys(text for command in commands for text in command.texts if text))


def _evidence_of(node: Node, reading: Reading, evidence: ProjectEvidence) -> NodeEvidence:
    return NodeEvidence(tuple(evidence.of(name) for name in declared_names(node, reading)))


def _headlines(
    blueprint: Blueprint,
    evidence: dict[NodeId, NodeEvidence],
    provenance: dict[NodeId, NodeProvenance],
    allowed: frozenset[str],
    edges: Sequence[Edge],
) -> dict[NodeId, Headline]:
    alone = {node.id: headline_of(node, evidence[node.id], allowed, provenance[node.id]) for node in blueprint.nodes}
    return with_fully_verified(alone, alone, adjacency(edges, backwards=True))


def _landmark_ids(blueprint: Blueprint, uses: ResolvedUses) -> tuple[str, ...]:
    return tuple(dict.fromkeys(blueprint.landmarks[other].id for other in uses.others))


def _scopes(blueprint: Blueprint) -> list[tuple[str, str, tuple[NodeId, ...]]]:
    """Name, title and members of each graph that the project has."""
    if not blueprint.graph_scope:
        return [("document", blueprint.title, tuple(node.id for node in blueprint.nodes))]
    members: dict[int, list[NodeId]] = {
        heading.key: [] for heading in blueprint.headings if heading.level == blueprint.graph_scope
    }
    for node in blueprint.nodes:
        for key in dict.fromkeys((*node.path, *node.also_in)):
            if key in members:
                members[key].append(node.id)
    by_key = {heading.key: heading for heading in blueprint.headings}
    return [(_graph_name(by_key[key]), by_key[key].title, tuple(nodes)) for key, nodes in members.items()]


def _graph_name(heading: Heading) -> str:
    """Leanblueprint's name of a heading's graph; it stops at a heading without a number, which gets its key here."""
    return f"{heading.level}_{heading.number or f'unnumbered{heading.key}'}"


def _edges(
    blueprint: Blueprint,
    reading: Reading,
    statement: dict[NodeId, ResolvedUses],
    proof: dict[NodeId, ResolvedUses],
) -> list[Edge]:
    """All edges, in document order of the users; a use in both places counts as one in the statement.

    leanblueprint draws the owners of a label given twice as one node, with the edges of all of them.
    """
    edges: dict[tuple[NodeId, NodeId], EdgeKind] = {}
    for kind, uses in ((EdgeKind.STATEMENT, statement), (EdgeKind.PROOF, proof)):
        for node in blueprint.nodes:
            target = node.id
            if reading is Reading.LEANBLUEPRINT and node.labels and node.id not in node.labels:
                target = blueprint.labels.get(node.labels[-1], node.id)
            for used in uses[node.id].nodes:
                edges.setdefault((used, target), kind)
    rank = {node.id: position for position, node in enumerate(blueprint.nodes)}
    ordered = sorted(edges, key=lambda pair: rank[pair[1]])
    return [Edge(source, target, edges[source, target]) for source, target in ordered]


def _graph(
    name: str, title: str, members: tuple[NodeId, ...], all_edges: Sequence[Edge], reduced: bool
) -> DependencyGraph:
    inside = set(members)
    edges = tuple(edge for edge in all_edges if edge.source in inside and edge.target in inside)
    drawn = transitive_reduction(members, edges) if reduced else edges
    return DependencyGraph(name, title, members, edges, drawn, find_cycles(members, edges))
