"""The graph with long edges cut at every layer they pass: what ordering and coordinates work on."""

from dataclasses import dataclass

import numpy as np

from blueprint_app.layout.placement import Indices


@dataclass(slots=True, eq=False)
class Levels:
    """Vertices are the nodes (0 to `count` - 1) and, behind them, one bend per layer an edge passes.

    `rank` is each vertex's layer; `upper` and `lower` the ends of the segments, sorted by the lower
    one's layer, those into layer l at ``segment_starts[l]:segment_starts[l + 1]``. Edge e has the
    bends ``bend_starts[e]:bend_starts[e + 1]``, from the top. `layers` are the vertices of each
    layer from left to right, `position` each vertex's place in its layer: the two change together.
    """

    count: int
    rank: Indices
    upper: Indices
    lower: Indices
    segment_starts: Indices
    bend_starts: Indices
    edges: Indices
    layers: list[Indices]
    position: Indices

    def reorder(self, layer: int, vertices: Indices) -> None:
        """Put the vertices of a layer in this order."""
        self.layers[layer] = vertices
        self.position[vertices] = np.arange(len(vertices))


def levels_of(rank: Indices, edges: Indices) -> Levels:
    """The levels of acyclic `edges`, each from a lower rank to a higher one; the order is not chosen yet."""
    count = len(rank)
    span = rank[edges[:, 1]] - rank[edges[:, 0]]
    bend_starts = count + np.concatenate(([0], np.cumsum(span - 1))).astype(np.int64)
    owner = np.repeat(np.arange(len(edges)), span - 1)
    step = np.arange(len(owner)) - np.repeat(bend_starts[:-1] - count, span - 1)
    all_ranks = np.concatenate((rank, rank[edges[owner, 0]] + 1 + step))
    # Each edge is a chain: its source, its bends, its target; segments join what stands side by side.
    chain_starts = np.concatenate(([0], np.cumsum(span + 1))).astype(np.int64)
    chain = np.empty(chain_starts[-1], np.int64)
    chain[chain_starts[:-1]] = edges[:, 0]
    chain[chain_starts[1:] - 1] = edges[:, 1]
    inner = np.ones(len(chain), bool)
    inner[chain_starts[:-1]] = inner[chain_starts[1:] - 1] = False
    chain[inner] = count + np.arange(len(owner))
    joins = np.ones(max(len(chain) - 1, 0), bool)
    joins[chain_starts[1:-1] - 1] = False
    upper, lower = chain[:-1][joins], chain[1:][joins]
    by_layer = np.argsort(all_ranks[lower], kind="stable")
    upper, lower = upper[by_layer], lower[by_layer]
    depth = int(all_ranks.max()) + 1
    by_rank = np.argsort(all_ranks, kind="stable")
    starts = np.searchsorted(all_ranks[by_rank], np.arange(depth + 1))
    levels = Levels(
        count, all_ranks, upper, lower, np.searchsorted(all_ranks[lower], np.arange(depth + 1)),
        bend_starts, edges, [], np.zeros(len(all_ranks), np.int64),
    )  # fmt: skip
    levels.layers = [by_rank[starts[layer] : starts[layer + 1]] for layer in range(depth)]
    for layer, vertices in enumerate(levels.layers):
        levels.reorder(layer, vertices)
    return levels
