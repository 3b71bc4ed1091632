"""The placed graph as SVG: text stays text, every node has its name as a tooltip, nothing is loaded or linked."""

from collections.abc import Iterator

from blueprint_app.export.drawn_graph import MARGIN, DrawnGraph, behind_arrow
from blueprint_app.export.hatching import OPACITY, hatching
from blueprint_app.export.looks import Look
from blueprint_app.export.plain_text import xml
from blueprint_app.export.svg_parts import arrow_corners, groups, outline, path_data
from blueprint_app.layout.label_size import FONT_SIZE
from blueprint_app.layout.placement import Floats
from blueprint_app.model.graph import EdgeKind

# As attributes and not in the style sheet: not every viewer reads fonts from there.
_FONT = f'font-family="DejaVu Sans, Segoe UI, Helvetica Neue, sans-serif" font-size="{FONT_SIZE:g}"'

_STYLE = """\
.edge { fill: none; stroke: #444; }
.statement { stroke-dasharray: 5 3; }
.inferred { stroke: #6a7178; stroke-width: 1.2; stroke-dasharray: 1.4 3; }
.inferred + .arrow { fill: #6a7178; }
.caption { fill: #5a626a; }
.arrow { fill: #444; }
.node * { stroke-width: 1.8; }
.node text { stroke: none; }
.node .hatch { fill: none; stroke-width: 0.8; }
.group rect { fill: none; stroke: #c4c9cf; }
.group text { fill: #5a626a; }
"""


def graph_as_svg(drawn: DrawnGraph) -> str:
    """An SVG file of the picture's own size, with a transparent ground."""
    width, height = drawn.size
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{height:.1f}"'
            f' viewBox="0 0 {width:.1f} {height:.1f}" {_FONT}>',
            f"<title>{xml(drawn.graph.title or drawn.snapshot.blueprint.title)}</title>",
            f"<style>\n{_STYLE}</style>",
            *groups(drawn),
            *_edges(drawn),
            *_nodes(drawn),
            *_caption(drawn),
            "</svg>\n",
        )
    )


def _caption(drawn: DrawnGraph) -> Iterator[str]:
    if drawn.caption:
        bottom = drawn.size[1] - MARGIN
        yield f'<text class="caption" x="{MARGIN:.1f}" y="{bottom:.1f}">{xml(drawn.caption)}</text>'


def _edges(drawn: DrawnGraph) -> Iterator[str]:
    for edge, curve in zip(drawn.graph.drawn_edges, drawn.curves(), strict=True):
        kind = "edge statement" if edge.kind is EdgeKind.STATEMENT else "edge"
        kind = "edge inferred" if drawn.graph.is_inferred else kind
        line = behind_arrow(curve)
        yield f'<path class="{kind}" d="{path_data(line)}"/>{_arrow(line[-1], curve[-1])}'


def _arrow(back: Floats, tip: Floats) -> str:
    return f'<polygon class="arrow" points="{arrow_corners(back, tip)}"/>'


def _hatch(look: Look, centre: tuple[float, float], size: tuple[float, float], *, box: bool) -> str:
    lines = "".join(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" for x1, y1, x2, y2 in hatching(centre, size, box=box))
    return f'<path class="hatch" stroke="{xml(look.border)}" stroke-opacity="{OPACITY:g}" d="{lines}"/>'


def _nodes(drawn: DrawnGraph) -> Iterator[str]:
    centres = (drawn.placement.centres + drawn.shift).tolist()
    rows = zip(drawn.graph.nodes, centres, drawn.problem.sizes.tolist(), drawn.problem.boxes.tolist(), strict=True)
    for name, (x, y), (width, height), box in rows:
        node, look = drawn.snapshot.nodes[name], drawn.look(name)
        paint = f'fill="{xml(look.fill or "none")}" stroke="{xml(look.border)}"'
        shape = outline((x, y), (width, height), paint, box=bool(box))
        hatch = _hatch(look, (x, y), (width, height), box=bool(box)) if look.hatched else ""
        yield (
            f'<g class="node"><title>{xml(node.heading)} [{xml(name)}]</title>{shape}{hatch}'
            f'<text x="{x:.1f}" y="{y + FONT_SIZE * 0.36:.1f}" text-anchor="middle" fill="{xml(look.text)}">'
            f"{xml(node.short_label)}</text></g>"
        )
