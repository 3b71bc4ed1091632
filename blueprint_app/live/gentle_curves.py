"""One simple curve an edge, from outline to outline: for edges that no layout engine has routed."""

import numpy as np

from blueprint_app.layout.drawing import towards
from blueprint_app.layout.placement import Floats, Indices, LayoutProblem

_LEAN = 0.25
"""How far an end leans towards the other end, as a share of the way aside."""

_WIDEST_LEAN = 0.7
"""The furthest that an end leans, as a share of half the outline's width."""

_PULL = 0.4
"""How far control points stand from their ends, as a share of the way down."""

_BOW = 0.12
"""How far an edge that does not run down bows aside, as a share of its length."""

_LEAST_FALL = 6.0
_LOOP_WIDTH = 24.0


def gentle_curves(problem: LayoutProblem, centres: Floats, edges: Indices) -> Floats:
    """A cubic Bézier piece for each of the edges with these indices: (k, 4, 2).

    An edge to a lower node leaves its prerequisite downwards and enters its user from above; others bow
    a little, so that they do not hide in a row of nodes; an edge from a node to itself is a loop at its right.
    """
    source, target = problem.edges[edges, 0], problem.edges[edges, 1]
    halves = problem.sizes / 2
    fall = centres[target, 1] - centres[source, 1] - halves[source, 1] - halves[target, 1]
    curves = _bowed(problem, centres, source, target)
    down = np.flatnonzero(fall > _LEAST_FALL)
    curves[down] = _falling(problem, centres, source[down], target[down])
    loops = np.flatnonzero(source == target)
    curves[loops] = _loops(problem, centres, source[loops])
    return curves


def _falling(problem: LayoutProblem, centres: Floats, source: Indices, target: Indices) -> Floats:
    aside = centres[target, 0] - centres[source, 0]
    first = _leaning(problem, centres, source, aside, 1.0)
    last = _leaning(problem, centres, target, -aside, -1.0)
    way = last - first
    pull = np.stack((0.15 * way[:, 0], _PULL * way[:, 1]), axis=1)
    return np.stack((first, first + pull, last - pull, last), axis=1)


def _leaning(problem: LayoutProblem, centres: Floats, nodes: Indices, aside: Floats, side: float) -> Floats:
    """Points on the outlines' lower (side 1) or upper (-1) halves, leaning `aside`."""
    half = problem.sizes[nodes] / 2
    shift = np.clip(_LEAN * aside, -_WIDEST_LEAN * half[:, 0], _WIDEST_LEAN * half[:, 0])
    rise = np.where(problem.boxes[nodes], 1.0, np.sqrt(1 - (shift / half[:, 0]) ** 2))
    return centres[nodes] + np.stack((shift, side * half[:, 1] * rise), axis=1)


def _bowed(problem: LayoutProblem, centres: Floats, source: Indices, target: Indices) -> Floats:
    way = centres[target] - centres[source]
    bow = _BOW * np.stack((-way[:, 1], way[:, 0]), axis=1)
    middle = (centres[source] + centres[target]) / 2 + bow
    first = towards(centres[source], problem.sizes[source], problem.boxes[source], middle)
    last = towards(centres[target], problem.sizes[target], problem.boxes[target], middle)
    pulls = (first + 2 * middle) / 3, (last + 2 * middle) / 3
    return np.stack((first, *pulls, last), axis=1)


def _loops(problem: LayoutProblem, centres: Floats, nodes: Indices) -> Floats:
    half = problem.sizes[nodes] / 2
    across = np.where(problem.boxes[nodes], 1.0, np.sqrt(0.75)) * half[:, 0]
    curves = np.empty((len(nodes), 4, 2))
    curves[:, :, 0] = (centres[nodes, 0] + across)[:, None] + np.array([0.0, _LOOP_WIDTH, _LOOP_WIDTH, 0.0])
    curves[:, :, 1] = centres[nodes, 1][:, None] + half[:, 1][:, None] * np.array([-0.5, -0.9, 0.9, 0.5])
    return curves
