"""The placed graph as DOT text with every position fixed, which Graphviz only has to paint (PNG and PDF)."""

import math
from collections.abc import Iterator

from blueprint_app.export.drawn_graph import MARGIN, DrawnGraph, behind_arrow
from blueprint_app.export.hatching import background
from blueprint_app.export.inferred_words import COLOUR
from blueprint_app.export.plain_text import dot_label
from blueprint_app.layout.blocks import PADDING
from blueprint_app.layout.label_size import FONT_SIZE
from blueprint_app.layout.placement import Floats
from blueprint_app.model.graph import EdgeKind

POINTS_PER_INCH = 72.0
SHARP = 144.0
"""Dots per inch of a PNG that is not too large for it."""

MOST_PIXELS, LONGEST_SIDE = 60e6, 20_000.0
LONGEST_PAGE = 14_400.0
"""Points: readers of PDF refuse longer pages (ISO 32000-1, annex C.2)."""


def placed_dot(drawn: DrawnGraph, form: str) -> str:
    """DOT text for Graphviz's ``neato -n2``, within what the format ("png" or "pdf") can hold; y goes up there."""
    width, height = drawn.size
    limits = f"dpi={_dots_per_inch(width, height):.2f}" if form == "png" else _page(width, height)
    lines = [
        "digraph {",
        f"  graph [{limits}, bgcolor=white, pad=0.17, outputorder=edgesfirst, splines=true];",
        # CSS names, as in the web: X11's green is another one.
        f'  node [colorscheme=svg, fixedsize=true, fontname="DejaVu Sans,sans", fontsize={FONT_SIZE:g}, penwidth=1.8];',
        '  edge [color="#444444", arrowhead=vee, arrowsize=0.8];',
        *_hatching(drawn, height),
        *_groups(drawn, height),
        *_nodes(drawn, height),
        *_edges(drawn, height),
        *_caption(drawn),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _dots_per_inch(width: float, height: float) -> float:
    """As sharp as the number of pixels allows."""
    by_area = math.sqrt(MOST_PIXELS / (width * height))
    by_side = LONGEST_SIDE / max(width, height)
    return min(SHARP, POINTS_PER_INCH * by_area, POINTS_PER_INCH * by_side)


def _page(width: float, height: float) -> str:
    """72 dots per inch, as points are; what is larger than a page may be is scaled down."""
    page = LONGEST_PAGE / POINTS_PER_INCH
    return f'dpi=72, size="{page:g},{page:g}"' if max(width, height) > LONGEST_PAGE else "dpi=72"


def _groups(drawn: DrawnGraph, bottom: float) -> Iterator[str]:
    """A group's box is a node without a fill, its title at the left of the top edge."""
    for number, (title, left, top, width, height) in enumerate(drawn.group_boxes()):
        centre = f"{left + width / 2:.2f},{bottom - top - height / 2:.2f}"
        yield (
            f'  g{number} [pos="{centre}", {_inches(width, height)}, shape=box, style=rounded, penwidth=1, '
            f'color="#c4c9cf", label=""];'
        )
        # Left-justified text in a node of the title strip's width; the strip itself is not drawn.
        strip = width - PADDING
        place = f"{left + PADDING + strip / 2:.2f},{bottom - top - 13:.2f}"
        label = dot_label(title)[:-1] + '\\l"'
        yield (
            f'  t{number} [pos="{place}", {_inches(strip, 18)}, shape=plaintext, margin=0, '
            f'fontcolor="#5a626a", label={label}];'
        )


def _nodes(drawn: DrawnGraph, bottom: float) -> Iterator[str]:
    centres = (drawn.placement.centres + drawn.shift).tolist()
    rows = zip(drawn.graph.nodes, centres, drawn.problem.sizes.tolist(), drawn.problem.boxes.tolist(), strict=True)
    for number, (name, (x, y), (width, height), box) in enumerate(rows):
        look = drawn.look(name)
        fill = f'style=filled, fillcolor="{look.fill}", ' if look.fill and not look.hatched else ""
        yield (
            f'  n{number} [pos="{x:.2f},{bottom - y:.2f}", {_inches(width, height)}, '
            f'shape={"box" if box else "ellipse"}, {fill}color="{look.border}", fontcolor="{look.text}", '
            f"label={dot_label(drawn.snapshot.nodes[name].short_label)}];"
        )


def _hatching(drawn: DrawnGraph, bottom: float) -> Iterator[str]:
    """What lies behind the hatched nodes: Graphviz has no hatching of its own."""
    centres = (drawn.placement.centres + drawn.shift).tolist()
    rows = zip(drawn.graph.nodes, centres, drawn.problem.sizes.tolist(), drawn.problem.boxes.tolist(), strict=True)
    looks = [(drawn.look(name), (x, bottom - y), (width, height), box) for name, (x, y), (width, height), box in rows]
    painted = [background(look, centre, size, box=box) for look, centre, size, box in looks if look.hatched]
    if painted:
        # One string a node: Graphviz reads none of more than 16,384 characters, and joins them.
        yield "  _background=" + " + ".join(f'"{each} "' for each in painted) + ";"


def _edges(drawn: DrawnGraph, bottom: float) -> Iterator[str]:
    row = {name: number for number, name in enumerate(drawn.graph.nodes)}
    for edge, curve in zip(drawn.graph.drawn_edges, drawn.curves(), strict=True):
        points = " ".join(_point(point, bottom) for point in behind_arrow(curve))
        style = ", style=dashed" if edge.kind is EdgeKind.STATEMENT else ""
        style = f', style=dotted, penwidth=1.5, color="{COLOUR}"' if drawn.graph.is_inferred else style
        yield f'  n{row[edge.source]} -> n{row[edge.target]} [pos="e,{_point(curve[-1], bottom)} {points}"{style}];'


def _caption(drawn: DrawnGraph) -> Iterator[str]:
    if drawn.caption:
        width = drawn.size[0] - 2 * MARGIN
        place = f"{MARGIN + width / 2:.2f},{MARGIN:.2f}"
        label = dot_label(drawn.caption)[:-1] + '\\l"'
        yield (
            f'  caption [pos="{place}", {_inches(width, 18)}, shape=plaintext, margin=0, '
            f'fontcolor="#5a626a", label={label}];'
        )


def _point(point: Floats, bottom: float) -> str:
    return f"{point[0]:.2f},{bottom - point[1]:.2f}"


def _inches(width: float, height: float) -> str:
    return f"width={width / POINTS_PER_INCH:.4f}, height={height / POINTS_PER_INCH:.4f}"
