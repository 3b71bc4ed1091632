"""The hatching of nodes whose Lean text a model drafted, as lines: not every reader of pictures knows patterns."""

import math
from collections.abc import Iterator

from blueprint_app.export.looks import Look

SPACING = 7.0
"""Points between lines, along the edge of a box."""
OPACITY = 0.5

Segment = tuple[float, float, float, float]
"""From x, y to x, y."""


def hatching(centre: tuple[float, float], size: tuple[float, float], *, box: bool) -> Iterator[Segment]:
    """Lines through a box or an ellipse, each from its lower left to its upper right where y goes down."""
    half_width, half_height = size[0] / 2, size[1] / 2
    reach = half_width + half_height if box else math.hypot(half_width, half_height)
    for number in range(-int(reach / SPACING), int(reach / SPACING) + 1):
        offset = number * SPACING
        ends = _in_box(offset, half_width, half_height) if box else _in_ellipse(offset, half_width, half_height)
        if ends is not None and ends[1] - ends[0] > 1e-6:
            left, right = ends
            x, y = centre
            yield x + left, y + offset - left, x + right, y + offset - right


def background(look: Look, centre: tuple[float, float], size: tuple[float, float], *, box: bool) -> str:
    """A node's inside with its hatching in Graphviz's own drawing language (xdot), where y goes up.

    It is painted before edges and nodes, so the node itself is then drawn without a fill.
    """
    (x, y), (width, height) = centre, size
    drawn = []
    if look.fill:
        left, right, bottom, top = x - width / 2, x + width / 2, y - height / 2, y + height / 2
        drawn += [_colour("C", look.fill), _colour("c", look.fill)]
        if box:
            drawn.append(
                f"P 4 {left:.2f} {bottom:.2f} {right:.2f} {bottom:.2f} {right:.2f} {top:.2f} {left:.2f} {top:.2f}"
            )
        else:
            drawn.append(f"E {x:.2f} {y:.2f} {width / 2:.2f} {height / 2:.2f}")
    # A name cannot be made transparent; thin lines leave the text legible too.
    faint = f"{look.border}{round(OPACITY * 255):02x}" if len(look.border) == 7 else look.border
    drawn += ["S 17 -setlinewidth(0.6)", _colour("c", faint)]
    for x1, y1, x2, y2 in hatching((x, y), size, box=box):
        drawn.append(f"L 2 {x1:.2f} {2 * y - y1:.2f} {x2:.2f} {2 * y - y2:.2f}")
    return " ".join(drawn)


def _colour(operation: str, colour: str) -> str:
    """Names are those of the web, as elsewhere in the picture."""
    named = colour if colour.startswith("#") else f"/svg/{colour}"
    return f"{operation} {len(named)} -{named}"


def _in_box(offset: float, half_width: float, half_height: float) -> tuple[float, float]:
    return max(-half_width, offset - half_height), min(half_width, offset + half_height)


def _in_ellipse(offset: float, half_width: float, half_height: float) -> tuple[float, float] | None:
    """Where the line x + y = offset enters and leaves an ellipse about the origin."""
    wide, high = half_width**2, half_height**2
    under = wide * high * (wide + high - offset**2)
    if under < 0:
        return None
    middle, half = offset * wide / (wide + high), math.sqrt(under) / (wide + high)
    return middle - half, middle + half
