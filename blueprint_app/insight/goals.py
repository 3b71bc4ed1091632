"""The theorems that a project is for: told by their names, else those that nothing rests on."""

import re
from functools import cache

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
    nodes, users, uses = snapshot.blueprint.nodes, graph.users, graph.uses
    top = [row for row, node in enumerate(nodes) if node.kind != "definition" and not _without(users[row], row)]
    resting = [row for row in top if _without(uses[row], row)]
    theorems = [row for row in resting if _is_theorem(nodes[row].kind) or _is_theorem(nodes[row].caption)]
    chosen = {nodes[row].id for row in theorems or resting or top}
    return tuple(node.id for node in nodes if node.id in chosen or _is_called_main(node))


@cache
def _is_theorem(kind: str) -> bool:
    return _THEOREM.search(kind) is not None


def _without(rows: list[int], row: int) -> list[int]:
    """The neighbours of a row, without itself where it uses itself."""
    return [each for each in rows if each != row] if row in rows else rows


def _is_called_main(node: Node) -> bool:
    # Most nodes are left out by the first look, which costs next to nothing.
    if "ain" not in node.title and "ain" not in node.id and len(node.labels) < 2:
        return False
    return node.kind != "definition" and any(_MAIN.search(text) for text in (node.title, *node.labels))
