r"""Edges that nobody wrote, for blueprints without any ``\uses``: from Lean, and from references in the text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from blueprint_app.insight.references import labels_referred_to
from blueprint_app.model.blueprint import Blueprint, Node, NodeId
from blueprint_app.model.derive import declared_names
from blueprint_app.model.graph import DependencyGraph, Edge, EdgeKind, find_cycles, transitive_reduction
from blueprint_app.model.snapshot import Snapshot

INFERRED = "inferred"
"""The name of the graph of all inferred edges; a chapter's is called ``inferred_chapter_3``."""


class Ground(StrEnum):
    """What an edge was inferred from, the stronger first."""

    LEAN = "Lean"
    REFERENCE = "references"


@dataclass(frozen=True)
class Inferred:
    """What seems to rest on what: a graph of all nodes, and what each of its edges was inferred from."""

    whole: DependencyGraph
    grounds: Mapping[tuple[NodeId, NodeId], Ground]
    is_reduced: bool = True

    def within(self, graph: DependencyGraph) -> DependencyGraph:
        """The inferred edges between the nodes of one of the blueprint's graphs."""
        if graph.nodes == self.whole.nodes:
            return self.whole
        inside = frozenset(graph.nodes)
        edges = tuple(each for each in self.whole.edges if each.source in inside and each.target in inside)
        title = f"{graph.title or graph.name}, inferred"
        return _graph(f"{INFERRED}_{graph.name}", title, graph.nodes, edges, self.is_reduced)

    @cached_property
    def uses(self) -> Mapping[NodeId, tuple[NodeId, ...]]:
        """For each node that has any, the nodes that it seems to use."""
        return _grouped((edge.target, edge.source) for edge in self.whole.edges)

    @cached_property
    def used_by(self) -> Mapping[NodeId, tuple[NodeId, ...]]:
        """For each node that has any, the nodes that seem to use it."""
        return _grouped((edge.source, edge.target) for edge in self.whole.edges)


def inferred_uses(snapshot: Snapshot) -> Inferred | None:
    """What seems to rest on what, or None where the blueprint says so itself or nothing can be inferred.

    An edge to a node comes from a declaration of Lean's that its own declaration uses, else from a reference in its
    statement or proof to a node before it, or to an equation in one. A reference forward is a pointer to the
    reader, not a use.
    """
    if snapshot.whole.edges:
        return None
    blueprint = snapshot.blueprint
    kinds: dict[tuple[NodeId, NodeId], EdgeKind] = {}
    grounds: dict[tuple[NodeId, NodeId], Ground] = {}
    owners = {name: node.id for node in blueprint.nodes for name in declared_names(node, snapshot.reading)}
    rank = {node.id: position for position, node in enumerate(blueprint.nodes)}
    for node in blueprint.nodes:
        for used, kind in _used_in_lean(snapshot, node, owners):
            _add(kinds, (used, node.id), kind)
            grounds[used, node.id] = Ground.LEAN
        for used, kind in _referred_to(blueprint, node):
            if rank[used] < rank[node.id] and grounds.setdefault((used, node.id), Ground.REFERENCE) != Ground.LEAN:
                _add(kinds, (used, node.id), kind)
    if not kinds:
        return None
    edges = tuple(Edge(source, target, kind) for (source, target), kind in kinds.items())
    return Inferred(
        _graph(INFERRED, "Inferred uses", tuple(rank), edges, blueprint.reduced), grounds, blueprint.reduced
    )


def _add(kinds: dict[tuple[NodeId, NodeId], EdgeKind], pair: tuple[NodeId, NodeId], kind: EdgeKind) -> None:
    """A use in the statement counts more than one in the proof, as with uses that are written."""
    if kinds.get(pair) is not EdgeKind.STATEMENT:
        kinds[pair] = kind


def _graph(
    name: str, title: str, members: tuple[NodeId, ...], edges: tuple[Edge, ...], reduced: bool
) -> DependencyGraph:
    drawn = transitive_reduction(members, edges) if reduced else edges
    return DependencyGraph(name, title, members, edges, drawn, find_cycles(members, edges), is_inferred=True)


def _used_in_lean(snapshot: Snapshot, node: Node, owners: dict[str, NodeId]) -> Iterator[tuple[NodeId, EdgeKind]]:
    for declaration in snapshot.node_evidence[node.id].declarations:
        stating = frozenset(declaration.statement_uses or ())
        for name in declaration.uses or ():
            owner = owners.get(name)
            if owner is not None and owner != node.id:
                # A definition has no proof that could use anything.
                is_in_statement = name in stating or node.kind == "definition"
                yield owner, EdgeKind.STATEMENT if is_in_statement else EdgeKind.PROOF


def _referred_to(blueprint: Blueprint, node: Node) -> Iterator[tuple[NodeId, EdgeKind]]:
    passages = [(node.statement, EdgeKind.STATEMENT)]
    if node.proof is not None:
        passages.append((node.proof, EdgeKind.PROOF))
    for passage, kind in passages:
        for label in labels_referred_to(passage.tex):
            target = _owner(blueprint, label)
            if target is not None and target != node.id:
                yield target, kind


def _owner(blueprint: Blueprint, label: str) -> NodeId | None:
    """The node that a label names, or in whose text the equation or item stands that it names."""
    if label in blueprint.labels:
        return blueprint.labels[label]
    landmark = blueprint.landmarks.get(label)
    return None if landmark is None else landmark.inside


def _grouped(pairs: Iterator[tuple[NodeId, NodeId]]) -> Mapping[NodeId, tuple[NodeId, ...]]:
    found: dict[NodeId, list[NodeId]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
