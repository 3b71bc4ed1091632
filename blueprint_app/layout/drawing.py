"""A part of a graph that is already drawn, before the parts are put together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from blueprint_app.layout.placement import Floats, Indices


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A piece of a layout problem, with nodes and edges numbered from 0: see `LayoutProblem`."""

    sizes: Floats
    edges: Indices
    boxes: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Where a part's nodes and curves are, from any origin: see `Placement`."""

    centres: Floats
    points: Floats
    offsets: Indices


def extent(part: Part, drawing: Drawing) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all outlines and of all control points (which hold the curves)."""
    half = part.sizes / 2
    low = np.vstack((drawing.centres - half, drawing.points)).min(axis=0)
    high = np.vstack((drawing.centres + half, drawing.points)).max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def towards(centre: Floats, size: Floats, box: npt.NDArray[np.bool_], aim: Floats) -> Floats:
    """Where the rays from centres towards `aim` leave the outlines; all arguments are arrays of k rows.

    A ray without a direction leaves at the bottom.
    """
    half = size / 2
    ray = aim - centre
    ray = np.where((np.abs(ray).sum(axis=1) == 0)[:, None], np.array([0.0, 1.0]), ray)
    share = np.abs(ray) / half
    reach = np.where(box, share.max(axis=1), np.hypot(share[:, 0], share[:, 1]))
    return np.asarray(centre + ray / reach[:, None])
