"""The graph as DOT text with the attributes that leanblueprint writes, for Graphviz and its many friends."""

from blueprint_app.export.inferred_words import CAPTION, COLOUR
from blueprint_app.export.plain_text import dot_label, dot_name
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.graph import DependencyGraph, Edge, EdgeKind
from blueprint_app.model.snapshot import Snapshot


def graph_as_dot(snapshot: Snapshot, graph: DependencyGraph) -> str:
    """A DOT file; edges run from the prerequisite to its user, dashed for a use in the statement.

    What a model drafted and nobody has vouched for has diagonals at its corners. Inferred edges are dotted, and of the
    class ``inferred``, by which the reader of such files knows them again.
    """
    lines = [
        *([f"// {CAPTION}."] if graph.is_inferred else []),
        'strict digraph "" {',
        "  graph [bgcolor=transparent];",
        "  node [penwidth=1.8];",
        "  edge [arrowhead=vee];",
        *(_node(snapshot, node) for node in graph.nodes),
        *(_edge(edge, is_inferred=graph.is_inferred) for edge in graph.drawn_edges),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _edge(edge: Edge, *, is_inferred: bool) -> str:
    attributes = " [style=dashed]" if edge.kind is EdgeKind.STATEMENT else ""
    if is_inferred:
        attributes = f' [style=dotted, color="{COLOUR}", class=inferred]'
    return f"  {dot_name(edge.source)} -> {dot_name(edge.target)}{attributes};"


def _node(snapshot: Snapshot, node: NodeId) -> str:
    status = snapshot.status[node]
    styles = [*(["filled"] if status.fill else []), *(["diagonals"] if snapshot.waits_for_person(node) else [])]
    attributes = {
        "label": dot_label(snapshot.nodes[node].short_label),
        "shape": dot_name(status.shape),
        "style": f'"{",".join(styles)}"',
        "color": dot_name(status.border),
    }
    if status.fill:
        attributes["fillcolor"] = dot_name(status.fill)
    listed = ", ".join(f"{name}={value}" for name, value in attributes.items())
    return f"  {dot_name(node)} [{listed}];"
