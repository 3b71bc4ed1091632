"""The immutable value that the windows show: a blueprint with everything derived from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from blueprint_app.model.blueprint import Blueprint, Node, NodeId, Reading
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.evidence import NO_EVIDENCE, NodeEvidence, ProjectEvidence
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.model.headline import Headline
from blueprint_app.model.provenance import NO_NODE_PROVENANCE, NO_PROVENANCE, NodeProvenance, ProjectProvenance
from blueprint_app.model.status import BlueprintStatus


@dataclass(frozen=True)
class Snapshot:
    """One reading of a project at one moment, computed once and replaced whole.

    `uses` holds, for each node, the resolved ids of its statement's and its proof's uses as the
    reading takes them; `other_uses` holds for statement and proof the ids of used things that are
    no nodes. `graphs` has the project's own graphs (per chapter, say); `whole` joins
    all nodes. `evidence` is what Lean's side shows, `node_evidence` the same for each node's declarations;
    `provenance` is what is recorded of who wrote the Lean text, `node_provenance` the same for each node as it is now.
    """

    blueprint: Blueprint
    reading: Reading
    status: Mapping[NodeId, BlueprintStatus]
    headlines: Mapping[NodeId, Headline]
    statement_uses: Mapping[NodeId, tuple[NodeId, ...]]
    proof_uses: Mapping[NodeId, tuple[NodeId, ...]]
    other_uses: Mapping[NodeId, tuple[tuple[str, ...], tuple[str, ...]]]
    graphs: tuple[DependencyGraph, ...]
    whole: DependencyGraph
    diagnostics: tuple[Diagnostic, ...]
    evidence: ProjectEvidence = NO_EVIDENCE
    node_evidence: Mapping[NodeId, NodeEvidence] = field(default_factory=dict)
    provenance: ProjectProvenance = NO_PROVENANCE
    node_provenance: Mapping[NodeId, NodeProvenance] = field(default_factory=dict)

    def with_diagnostics(self, diagnostics: tuple[Diagnostic, ...]) -> "Snapshot":
        """The same snapshot with these diagnostics in place of its own."""
        return replace(self, diagnostics=diagnostics)

    def waits_for_person(self, node: NodeId) -> bool:
        """Whether a model's text waits there for a person's word: hatched in every picture, whatever its colours."""
        known = self.node_provenance.get(node, NO_NODE_PROVENANCE)
        return self.headlines[node] is Headline.AI_DRAFTED or known.needs_faithful

    @cached_property
    def nodes(self) -> Mapping[NodeId, Node]:
        """The nodes by id, in document order."""
        return {node.id: node for node in self.blueprint.nodes}

    @cached_property
    def used_by(self) -> Mapping[NodeId, tuple[NodeId, ...]]:
        """For each node the nodes that use it directly, in document order."""
        users: dict[NodeId, list[NodeId]] = {node.id: [] for node in self.blueprint.nodes}
        for edge in self.whole.edges:
            users[edge.source].append(edge.target)
        return {node: tuple(targets) for node, targets in users.items()}
