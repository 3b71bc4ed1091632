"""x and y of every vertex once the order is fixed: near its neighbours, never over another."""

import numpy as np
from scipy.optimize import isotonic_regression

from blueprint_app.layout.layered.levels import Levels
from blueprint_app.layout.placement import Floats, Indices

NODE_GAP = 18.0
BEND_WIDTH = 10.0
ROUNDS = 24
LEAST_GAP, LARGEST_GAP = 43.0, 150.0
LAYERS_WIDTH = 3.5
"""A drawing wider than this many times its height gets more room between layers."""

# Bends pull hardest at each other, so that long edges run straight (Gansner et al. 1993, section 4).
_PULL = np.array([1.0, 2.0, 8.0])


def coordinates(levels: Levels, room: Floats) -> Floats:
    """The centres of all vertices, (vertices, 2); `room` is the width and height of each node."""
    width = np.full(len(levels.rank), BEND_WIDTH)
    width[: levels.count] = room[:, 0] + NODE_GAP
    x = _across(levels, width)
    return np.column_stack((x, _down(levels, room, float(np.ptp(x)))[levels.rank]))


def _across(levels: Levels, width: Floats) -> Floats:
    """Each vertex as near to the weighted mean of its neighbours as order and widths allow.

    One layer at a time: least squares under ``x[i + 1] - x[i] >= gap[i]``, which is an isotonic
    regression once the gaps are subtracted.
    """
    packed = [np.cumsum(width[vertices]) - width[vertices] / 2 for vertices in levels.layers]
    x = np.empty(len(levels.rank))
    for vertices, least in zip(levels.layers, packed, strict=True):
        x[vertices] = least - (least[-1] + least[0]) / 2
    is_bend = (np.arange(len(levels.rank)) >= levels.count).astype(np.int64)
    pull = _PULL[is_bend[levels.upper] + is_bend[levels.lower]]
    depth = len(levels.layers)
    for step in range(ROUNDS):
        downwards = step % 2 == 0
        both = step >= ROUNDS // 2
        for layer in range(depth) if downwards else range(depth - 1, -1, -1):
            above = 1.0 if downwards or both else 0.1
            below = 1.0 if not downwards or both else 0.1
            wish, weight = _wishes(levels, layer, x, pull, (above, below))
            vertices = levels.layers[layer]
            x[vertices] = isotonic_regression(wish - packed[layer], weights=weight).x + packed[layer]
    return x


def _wishes(levels: Levels, layer: int, x: Floats, pull: Floats, share: tuple[float, float]) -> tuple[Floats, Floats]:
    """Where each vertex of a layer would go on its own, and how strongly, from left to right."""
    size = len(levels.layers[layer])
    total, weight = np.zeros(size), np.zeros(size)
    for into, near, far, factor in (
        (layer, levels.lower, levels.upper, share[0]),
        (layer + 1, levels.upper, levels.lower, share[1]),
    ):
        if into < len(levels.layers):
            segments = slice(levels.segment_starts[into], levels.segment_starts[into + 1])
            place: Indices = levels.position[near[segments]]
            strength = pull[segments] * factor
            total += np.bincount(place, weights=strength * x[far[segments]], minlength=size)
            weight += np.bincount(place, weights=strength, minlength=size)
    loose = weight == 0
    wish = np.where(loose, x[levels.layers[layer]], total / np.where(loose, 1.0, weight))
    return wish, np.where(loose, 0.05, weight)


def _down(levels: Levels, room: Floats, width: float) -> Floats:
    """The y of each layer; layers stand further apart where the drawing is very wide."""
    depth = len(levels.layers)
    height = np.zeros(depth)
    np.maximum.at(height, levels.rank[: levels.count], room[:, 1])
    wished = width / (LAYERS_WIDTH * depth) - float(height.mean())
    gap = min(max(wished, LEAST_GAP), LARGEST_GAP)
    steps = (height[1:] + height[:-1]) / 2 + gap
    return np.concatenate(([0.0], np.cumsum(steps)))
