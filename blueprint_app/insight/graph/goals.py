"""The theorems that a project is for: told by their names, else those that nothing rests on."""

import re
from functools import cache

from blueprint_app.insight.graph.use_graph import UseGraph
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
    # A node that uses itself has no other user by that.
    top = [row for row, above in enumerate(users) if (not above or above == [row]) and nodes[row].kind != "definition"]
    resting = [row for row in top if uses[row] and uses[row] != [row]]
    theorems = [row for row in resting if _is_theorem(nodes[row].kind) or _is_theorem(nodes[row].caption)]
    # Most nodes are left out by the first look, which costs next to nothing.
    perhaps = [row for row, node in enumerate(nodes) if "ain" in node.title or "ain" in node.id or len(node.labels) > 1]
    main = [row for row in perhaps if _is_called_main(nodes[row])]
    return tuple(nodes[row].id for row in sorted({*(theorems or resting or top), *main}))


@cache
def _is_theorem(kind: str) -> bool:
    return _THEOREM.search(kind) is not None


def _is_called_main(node: Node) -> bool:
    return node.kind != "definition" and any(_MAIN.search(text) for text in (node.title, *node.labels))
