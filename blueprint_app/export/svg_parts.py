"""The parts that every SVG of a placed graph has: outlines, lines, arrowheads, and the boxes of chapters."""

from collections.abc import Iterator

from blueprint_app.export.drawn_graph import DrawnGraph
from blueprint_app.export.plain_text import xml
from blueprint_app.layout.blocks import PADDING, TITLE_HEIGHT
from blueprint_app.layout.placement import Floats


def groups(drawn: DrawnGraph) -> Iterator[str]:
    """A titled box around each group of nodes."""
    for title, left, top, width, height in drawn.group_boxes():
        yield (
            f'<g class="group"><rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" rx="4"/>'
            f'<text x="{left + PADDING:.1f}" y="{top + 0.7 * TITLE_HEIGHT:.1f}">{xml(title)}</text></g>'
        )


def path_data(points: Floats) -> str:
    """A line of cubic curves; `points` is (1 + 3 n, 2), in points."""
    first, *rest = (f"{x:.1f} {y:.1f}" for x, y in points.tolist())
    return f"M{first}C{' '.join(rest)}"


def arrow_corners(back: Floats, tip: Floats) -> str:
    """The corners of an arrowhead from the end of the line, `back`, to the outline, `tip`."""
    along = tip - back
    across = along[::-1] * (-0.38, 0.38)
    corners = (tip, back + across, back + along * 0.3, back - across)
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def outline(centre: tuple[float, float], size: tuple[float, float], paint: str = "", *, box: bool) -> str:
    """A node's rectangle or ellipse, with more attributes in `paint`."""
    (x, y), (width, height) = centre, size
    more = f" {paint}" if paint else ""
    if box:
        corner = f'x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width:.1f}" height="{height:.1f}"'
        return f"<rect {corner}{more}/>"
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{width / 2:.1f}" ry="{height / 2:.1f}"{more}/>'
