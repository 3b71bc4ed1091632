"""A whole problem to a placement: engines draw the connected parts, the parts are packed with the loose nodes."""

from collections.abc import Callable

import numpy as np

from blueprint_app.layout.drawing import Drawing, Part, extent
from blueprint_app.layout.placement import LayoutProblem, Placement

Engine = Callable[[Part], Drawing]


def arrange(problem: LayoutProblem, draw: Engine, name: str) -> Placement:
    """The placement of `problem`, its connected parts drawn by `draw`, the engine called `name`."""
    part = Part(problem.sizes, problem.edges, problem.boxes)
    if not len(problem.sizes):
        return Placement(
            np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(1, np.int64),
            np.full((len(problem.groups), 4), np.nan), (0.0, 0.0, 0.0, 0.0), name,
        )  # fmt: skip
    drawing = draw(part)
    left, top, right, bottom = extent(part, drawing)
    origin = np.array([left, top])
    return Placement(
        drawing.centres - origin,
        drawing.points - origin,
        drawing.offsets,
        np.full((len(problem.groups), 4), np.nan),
        (0.0, 0.0, right - left, bottom - top),
        name,
    )
