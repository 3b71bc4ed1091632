"""A placed graph as a part of a page: every node is a link to its text, and colours come from the page's style."""

from collections.abc import Iterator

from blueprint_app.export.drawn_graph import DrawnGraph, behind_arrow
from blueprint_app.export.plain_text import xml
from blueprint_app.export.prose.markup import Html, encoded
from blueprint_app.export.prose.page import slug
from blueprint_app.export.svg_parts import arrow_corners, groups, outline, path_data
from blueprint_app.layout.label_size import FONT_SIZE
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.graph import EdgeKind

_MARK = 13.0
"""Size of a headline's mark in points; it sits on the outline's upper left."""


def graph_figure(drawn: DrawnGraph) -> Html:
    """One SVG element; rows of the graph's nodes stand in `data-from` and `data-to` of its edges."""
    width, height = drawn.size
    name = xml(drawn.graph.title or drawn.snapshot.blueprint.title or drawn.graph.name)
    inferred = ' data-inferred="true"' if drawn.graph.is_inferred else ""
    return Html(
        "\n".join(
            (
                f'<svg class="graph" role="group" aria-label="Dependency graph: {name}" data-graph="'
                f'{xml(drawn.graph.name)}"{inferred} viewBox="0 0 {width:.1f} {height:.1f}"'
                f' data-width="{width:.1f}" data-height="{height:.1f}" font-size="{FONT_SIZE:g}">',
                *groups(drawn),
                *_edges(drawn),
                *_nodes(drawn),
                "</svg>",
            )
        )
    )


def node_anchor(node: NodeId) -> str:
    """The part of the page's address that opens a node."""
    return f"#node:{encoded(node)}"


def _edges(drawn: DrawnGraph) -> Iterator[str]:
    row = {node: index for index, node in enumerate(drawn.graph.nodes)}
    for edge, curve in zip(drawn.graph.drawn_edges, drawn.curves(), strict=True):
        kind = "statement" if edge.kind is EdgeKind.STATEMENT else "proof"
        kind = "inferred" if drawn.graph.is_inferred else kind
        line = behind_arrow(curve)
        yield (
            f'<g class="edge {kind}" data-from="{row[edge.source]}" data-to="{row[edge.target]}">'
            f'<path d="{path_data(line)}"/><polygon points="{arrow_corners(line[-1], curve[-1])}"/></g>'
        )


def _nodes(drawn: DrawnGraph) -> Iterator[str]:
    centres = (drawn.placement.centres + drawn.shift).tolist()
    rows = zip(drawn.graph.nodes, centres, drawn.problem.sizes.tolist(), drawn.problem.boxes.tolist(), strict=True)
    for row, (name, (x, y), (width, height), box) in enumerate(rows):
        node, look, headline = drawn.snapshot.nodes[name], drawn.look(name), drawn.snapshot.headlines[name]
        paint = f"--fill-declared:{look.fill};" if look.fill else ""
        paint += f"--border-declared:{look.border};" if look.border != "#000000" else ""
        shape = outline((x, y), (width, height), box=bool(box))
        # On the box's corner, or on the ellipse where it is as far to the left as up.
        reach = 1.0 if box else 0.72
        left, top = x - reach * width / 2 - _MARK / 2, y - reach * height / 2 - _MARK / 2
        yield (
            f'<a class="node headline-{slug(headline)}" href="{node_anchor(name)}" data-row="{row}"'
            f' style="{xml(paint)}">'
            f"<title>{xml(node.heading)} [{xml(name)}]: {headline.value}</title>{shape}"
            f'<use href="#mark-{slug(headline)}" x="{left:.1f}" y="{top:.1f}" width="{_MARK:g}" height="{_MARK:g}"/>'
            f'<text x="{x:.1f}" y="{y + FONT_SIZE * 0.36:.1f}" text-anchor="middle">{xml(node.short_label)}</text></a>'
        )
