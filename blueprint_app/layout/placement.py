"""What a layout is asked and what it answers: plain arrays, to be cached, sent and painted as they are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """A titled set of nodes (a chapter, a section) that should stand together.

    `parent` is the index of the enclosing group or -1; `members` are indices of nodes that lie
    in this group and in no smaller one.
    """

    title: str
    parent: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LayoutProblem:
    """A graph to be placed.

    `sizes` is (n, 2): width and height of each node's outline in points; `edges` is (m, 2):
    indices of prerequisite and user; `boxes` is (n,) of bool: rectangle instead of ellipse. `groups` says
    which nodes belong together where edges do not say enough.
    """

    sizes: Floats
    edges: Indices
    boxes: npt.NDArray[np.bool_]
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """Where everything goes: x to the right, y down, in points; prerequisites stand above their users.

    `centres` is (n, 2). Edge i's curve is ``points[offsets[i]:offsets[i + 1]]``: a start and then
    three points a cubic Bézier piece, from the prerequisite's outline to the user's; `points` is
    (k, 2), `offsets` (m + 1,). `group_boxes` is (g, 4): left, top, right, bottom of each group
    that was drawn (NaN for the others). `bounds` is left, top, right, bottom of all. `engine`
    names what made it: "dot", "layered" or "grouped".
    """

    centres: Floats
    points: Floats
    offsets: Indices
    group_boxes: Floats
    bounds: tuple[float, float, float, float]
    engine: str
