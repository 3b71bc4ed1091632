"""The order within each layer that makes few edges cross: a spectral start, barycentre sweeps, then swaps."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, diags_array

from blueprint_app.layout.layered.crossings import crossings
from blueprint_app.layout.layered.levels import Levels
from blueprint_app.layout.placement import Floats, Indices

SWEEPS = 24
SWAP_PASSES, FEW_SWAP_PASSES = 60, 16
SPECTRAL_STEPS = 250

AMPLE_SEGMENTS = 60_000
"""Up to here a second start and all swaps cost half a second."""

# The order is judged only every few sweeps, as counting crossings costs more than a sweep.
_JUDGE_EVERY = 3


def order_levels(levels: Levels) -> int:
    """Order all layers; returns the number of crossings left."""
    ample = len(levels.lower) <= AMPLE_SEGMENTS
    starts = [_along_the_graph(levels)]
    if ample:
        document = np.arange(levels.count, dtype=np.float64)
        starts.append(np.concatenate((document, _between(levels, document))))
    best = _Best(levels)
    for start in starts:
        _by_value(levels, start)
        best.judge()
        _sweeps(levels, SWEEPS, best)
    best.restore()
    _swap_neighbours(levels, SWAP_PASSES if ample else FEW_SWAP_PASSES)
    best.judge()
    best.restore()
    return best.crossings


class _Best:
    """The best order met so far."""

    def __init__(self, levels: Levels) -> None:
        self._levels = levels
        self._layers = levels.layers
        self.crossings = -1

    def judge(self) -> bool:
        """Keep the levels' present order if it is better than all before; whether it is."""
        found = crossings(self._levels)
        if 0 <= self.crossings <= found:
            return False
        self.crossings = found
        self._layers = [vertices.copy() for vertices in self._levels.layers]
        return True

    def restore(self) -> None:
        """Give the levels the best order."""
        for layer, vertices in enumerate(self._layers):
            self._levels.reorder(layer, vertices.copy())


def _sweeps(levels: Levels, number: int, best: _Best) -> None:
    for sweep in range(number):
        if best.crossings == 0:
            return
        _sweep(levels, downwards=sweep % 2 == 0)
        if sweep % _JUDGE_EVERY == _JUDGE_EVERY - 1:
            best.judge()


def _by_value(levels: Levels, value: Floats) -> None:
    for layer, vertices in enumerate(levels.layers):
        levels.reorder(layer, vertices[np.argsort(value[vertices], kind="stable")])


def _along_the_graph(levels: Levels) -> Floats:
    """A value for each vertex such that neighbours have close values: the graph laid along a line.

    The Fiedler vector of the normalised Laplacian, apart from the direction in which the layers
    run, as that one says nothing about the order within them; by power iteration on a small block.
    Bends lie between the ends of their edge.
    """
    count, edges = levels.count, levels.edges
    if not len(edges):
        return np.arange(count, dtype=np.float64)
    ends = np.concatenate((edges, edges[:, ::-1]))
    adjacency = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    degree = np.maximum(np.asarray(adjacency.sum(axis=1)).ravel(), 1e-9)
    half = np.sqrt(degree)
    walk = diags_array(1 / half) @ adjacency @ diags_array(1 / half)
    rank = levels.rank[:count].astype(np.float64)
    fixed = np.linalg.qr(np.column_stack((half, half * rank)))[0]
    block: Floats = np.random.default_rng(1).normal(size=(count, 4))
    block[:, 0] = np.arange(count) - (count - 1) / 2
    block *= half[:, None]
    for _ in range(SPECTRAL_STEPS):
        block = 0.5 * (block + np.asarray(walk @ block))
        block -= fixed @ (fixed.T @ block)
        block = np.linalg.qr(block)[0]
    _, turn = np.linalg.eigh(block.T @ np.asarray(walk @ block))
    value = (block @ turn[:, -1]) / half
    return np.concatenate((value, _between(levels, value)))


def _between(levels: Levels, value: Floats) -> Floats:
    """The nodes' values carried over to the bends, linearly along each edge."""
    bends = np.diff(levels.bend_starts)
    owner = np.repeat(np.arange(len(bends)), bends)
    step = np.arange(len(owner)) - np.repeat(levels.bend_starts[:-1] - levels.count, bends) + 1
    share = step / (bends[owner] + 1)
    return np.asarray(value[levels.edges[owner, 0]] * (1 - share) + value[levels.edges[owner, 1]] * share)


def _sweep(levels: Levels, *, downwards: bool) -> None:
    """Order each layer by the barycentres of its neighbours in the layer before it."""
    depth = len(levels.layers)
    for layer in range(1, depth) if downwards else range(depth - 2, -1, -1):
        into = layer if downwards else layer + 1
        segments = slice(levels.segment_starts[into], levels.segment_starts[into + 1])
        near, far = levels.lower[segments], levels.upper[segments]
        if not downwards:
            near, far = far, near
        size = len(levels.layers[layer])
        place = levels.position[near]
        degree = np.bincount(place, minlength=size)
        scale = 1.0 / len(levels.layers[layer - 1 if downwards else layer + 1])
        total = np.bincount(place, weights=(levels.position[far] + 0.5) * scale, minlength=size)
        own = (np.arange(size) + 0.5) / size
        centre = np.where(degree > 0, total / np.maximum(degree, 1), own)
        levels.reorder(layer, levels.layers[layer][np.argsort(centre, kind="stable")])


def _swap_neighbours(levels: Levels, passes: int) -> None:
    """Swap vertices that stand side by side wherever that removes crossings.

    Layers of one parity do not touch each other, and neither do the pairs (0, 1), (2, 3), ... of a
    layer: all of them are tried at once. Every second pass also swaps where nothing changes, which
    leads out of dead ends (a fifth fewer crossings), but for the last few.
    """
    count = len(levels.rank)
    sides = (_Neighbours(levels.lower, levels.upper, count), _Neighbours(levels.upper, levels.lower, count))
    for number in range(passes):
        least = 0 if number % 2 and number < passes - 4 else 1
        for parity in (0, 1):
            for first in (0, 1):
                _swap_some(levels, parity, first, least, sides)


def _swap_some(levels: Levels, parity: int, first: int, least: int, sides: "tuple[_Neighbours, ...]") -> None:
    """Swap the pairs that begin at the places `first`, `first` + 2, ... where `least` crossings or more go."""
    layers = [layer for layer in range(parity, len(levels.layers), 2) if len(levels.layers[layer]) > first + 1]
    if not layers:
        return
    rows = [levels.layers[layer][first:] for layer in layers]
    left = np.concatenate([row[: len(row) // 2 * 2 : 2] for row in rows])
    right = np.concatenate([row[1 : len(row) // 2 * 2 : 2] for row in rows])
    better = sum(side.gain(left, right, levels.position) for side in sides) >= least
    left, right = left[better], right[better]
    levels.position[left] += 1
    levels.position[right] -= 1
    for layer in np.unique(levels.rank[left]).tolist():
        vertices = levels.layers[layer]
        levels.layers[layer] = vertices[np.argsort(levels.position[vertices])]


class _Neighbours:
    """The neighbours of every vertex on one side, in one array."""

    def __init__(self, own: Indices, other: Indices, count: int) -> None:
        by_own = np.argsort(own, kind="stable")
        self._starts = np.searchsorted(own[by_own], np.arange(count + 1))
        self._other = other[by_own]

    def gain(self, left: Indices, right: Indices, position: Indices) -> npt.NDArray[np.float64]:
        """How many crossings on this side go if each `left` and `right` swap."""
        pair, a = self._expand(np.arange(len(left)), left)
        pair_of, b = self._expand(np.arange(len(pair)), right[pair])
        sign = np.sign(position[self._other[a[pair_of]]] - position[self._other[b]])
        return np.asarray(np.bincount(pair[pair_of], weights=sign, minlength=len(left)), np.float64)

    def _expand(self, owner: Indices, vertices: Indices) -> tuple[Indices, Indices]:
        """For every neighbour of every vertex: the vertex's owner, and the neighbour's index."""
        sizes = self._starts[vertices + 1] - self._starts[vertices]
        ends = np.cumsum(sizes)
        total = int(ends[-1]) if len(ends) else 0
        index = np.arange(total) + np.repeat(self._starts[vertices] - (ends - sizes), sizes)
        return np.repeat(owner, sizes), index
