"""The graph as GraphML, for Gephi, yEd, Cytoscape and programs that count."""

import io

from blueprint_app.export.plain_text import xml_characters
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.model.snapshot import Snapshot


def graph_as_graphml(snapshot: Snapshot, graph: DependencyGraph) -> bytes:
    """All uses as edges, those that a picture leaves out too (``drawn`` tells them apart).

    Inferred ones carry ``inferred``, by which the reader of such files knows them again.
    """
    # Takes a tenth of a second to import: for this format alone.
    import networkx

    values: networkx.DiGraph[str] = networkx.DiGraph(name=xml_characters(graph.title or graph.name))
    for name in graph.nodes:
        node, status = snapshot.nodes[name], snapshot.status[name]
        texts = {
            "label": node.short_label,
            "kind": node.kind,
            "number": node.number,
            "title": node.title,
            "headline": snapshot.headlines[name].value,
            "border": status.border,
            "fill": status.fill,
            "shape": status.shape,
        }
        flags = {
            "can_state": status.can_state,
            "can_prove": status.can_prove,
            "proved": status.proved,
            "fully_proved": status.fully_proved,
        }
        values.add_node(xml_characters(name), **{key: xml_characters(text) for key, text in texts.items()}, **flags)
    drawn = {(edge.source, edge.target) for edge in graph.drawn_edges}
    for edge in graph.edges:
        ends = xml_characters(edge.source), xml_characters(edge.target)
        values.add_edge(*ends, kind=edge.kind.value, drawn=(edge.source, edge.target) in drawn)
        if graph.is_inferred:
            values.edges[ends]["inferred"] = True
    target = io.BytesIO()
    networkx.write_graphml_xml(values, target)
    return target.getvalue()
