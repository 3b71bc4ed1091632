"""Edges that nobody wrote, for blueprints without any ``\\uses``: from Lean, and from references in proofs."""

import re
from collections.abc import Iterator

from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.derive import declared_names
from blueprint_app.model.graph import DependencyGraph, Edge, EdgeKind, find_cycles, transitive_reduction
from blueprint_app.model.snapshot import Snapshot

INFERRED = "inferred"
_REFERENCE = re.compile(r"\\(?:[cC]ref|ref|autoref|nameref|hyperref\s*\[)\*?\s*\{?([^}\]]*)[}\]]")


def inferred_graph(snapshot: Snapshot) -> DependencyGraph | None:
    """A graph of what seems to rest on what, or None where the blueprint says so itself or nothing can be inferred.

    An edge to a node comes from a declaration of Lean's that its own declaration uses (a proof use, as
    Lean's text does not tell a blueprint's statement from its proof), else from a reference in its
    statement or proof to a node before it. A reference forward is a pointer to the reader, not a use.
    """
    if snapshot.whole.edges:
        return None
    kinds: dict[tuple[NodeId, NodeId], EdgeKind] = {}
    owners = {name: node.id for node in snapshot.blueprint.nodes for name in declared_names(node, snapshot.reading)}
    rank = {node.id: position for position, node in enumerate(snapshot.blueprint.nodes)}
    for node in snapshot.blueprint.nodes:
        for used in _used_in_lean(snapshot, node, owners):
            kinds.setdefault((used, node.id), EdgeKind.PROOF)
        for used, kind in _referred_to(snapshot, node):
            if rank[used] < rank[node.id]:
                kinds.setdefault((used, node.id), kind)
    if not kinds:
        return None
    edges = tuple(Edge(source, target, kind) for (source, target), kind in kinds.items())
    members = tuple(rank)
    return DependencyGraph(
        INFERRED, "Inferred", members, edges, transitive_reduction(members, edges), find_cycles(members, edges)
    )


def _used_in_lean(snapshot: Snapshot, node: Node, owners: dict[str, NodeId]) -> Iterator[NodeId]:
    for declaration in snapshot.node_evidence[node.id].declarations:
        for name in declaration.uses or ():
            owner = owners.get(name)
            if owner is not None and owner != node.id:
                yield owner


def _referred_to(snapshot: Snapshot, node: Node) -> Iterator[tuple[NodeId, EdgeKind]]:
    passages = [(node.statement, EdgeKind.STATEMENT)]
    if node.proof is not None:
        passages.append((node.proof, EdgeKind.PROOF))
    for passage, kind in passages:
        for found in _REFERENCE.finditer(passage.tex):
            for label in found[1].split(","):
                target = snapshot.blueprint.labels.get(label.strip())
                if target is not None and target != node.id:
                    yield target, kind
