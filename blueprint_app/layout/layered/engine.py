"""The steps of Sugiyama's method in order (Sugiyama, Tagawa, Toda 1981; Gansner et al. 1993)."""

import numpy as np

from blueprint_app.layout.drawing import Drawing, Part
from blueprint_app.layout.layered.coordinates import coordinates
from blueprint_app.layout.layered.curves import LOOP_WIDTH, curves
from blueprint_app.layout.layered.levels import levels_of
from blueprint_app.layout.layered.ordering import order_levels
from blueprint_app.layout.layered.ranks import forward_edges, ranks_of


def draw_layered(part: Part) -> Drawing:
    """A layered drawing of `part`: any graph, cyclic or not, with repeated edges and self-loops."""
    count = len(part.sizes)
    if not count:
        return Drawing(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(len(part.edges) + 1, np.int64))
    proper = np.flatnonzero(part.edges[:, 0] != part.edges[:, 1])
    forward, reversed_ = forward_edges(part.edges[proper], count)
    levels = levels_of(ranks_of(forward, count), forward)
    order_levels(levels)
    room = part.sizes.copy()
    looped = np.unique(part.edges[part.edges[:, 0] == part.edges[:, 1], 0])
    room[looped, 0] += 2 * LOOP_WIDTH
    places = coordinates(levels, room)
    return curves(part, levels, places, proper, reversed_)
