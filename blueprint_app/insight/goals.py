"""The theorems that a project is for: told by their names, else those that nothing rests on."""

import re

from blueprint_app.insight.use_graph import UseGraph
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.snapshot import Snapshot

_MAIN = re.compile(r"(?<![a-z])main(?![a-z])", re.IGNORECASE)
_THEOREM = re.compile(r"th(eo|m)|corollary|^cor$", re.IGNORECASE)


def goals_of(snapshot: Snapshot, graph: UseGraph) -> tuple[NodeId, ...]:
    """The goal theorems, in document order.

    They are the theorems and corollaries that nothing rests on and that rest on something, and those whose label or
    title calls them *main*. Where there are none, other statements that nothing rests on take their place, and at
    last those that stand alone.
    """
    nodes = snapshot.blueprint.nodes
    top = [node for node in nodes if node.kind != "definition" and not _other_users(graph, node.id)]
    resting = [node for node in top if graph.uses[graph.rows[node.id]]]
    theorems = [node for node in resting if _THEOREM.search(node.kind) or _THEOREM.search(node.caption)]
    chosen = {node.id for node in theorems or resting or top}
    chosen |= {node.id for node in nodes if node.kind != "definition" and _is_called_main(node)}
    return tuple(node.id for node in nodes if node.id in chosen)


def _other_users(graph: UseGraph, node: NodeId) -> list[int]:
    row = graph.rows[node]
    return [user for user in graph.users[row] if user != row]


def _is_called_main(node: Node) -> bool:
    return any(_MAIN.search(text) for text in (node.title, *node.labels))
