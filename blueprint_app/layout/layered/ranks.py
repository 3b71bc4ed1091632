"""Which layer each node stands in: above all that use it, with edges as short as they can be in total."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from blueprint_app.layout.placement import Indices


def forward_edges(edges: Indices, count: int) -> tuple[Indices, npt.NDArray[np.bool_]]:
    """The edges with some turned round so that no cycle is left, and which were turned.

    Within a set of nodes that rest on each other, edges against the order of the document are
    turned: what is left there climbs in that order, and between such sets there are no cycles.
    `edges` must hold no self-loops.
    """
    linked = csr_array((np.ones(len(edges), np.int8), (edges[:, 0], edges[:, 1])), shape=(count, count))
    _, component = connected_components(linked, directed=True, connection="strong")
    turned = (component[edges[:, 0]] == component[edges[:, 1]]) & (edges[:, 0] > edges[:, 1])
    return np.where(turned[:, None], edges[:, ::-1], edges), turned


def ranks_of(edges: Indices, count: int) -> Indices:
    """The layer of each node, from 0 at the top, for acyclic `edges`.

    Minimises the sum of the edges' lengths in layers (Gansner et al. 1993, section 2): a linear
    programme, solved as its dual, a flow of least cost, which takes half the time. The ranks are
    the flow's potentials, integral as the matrix is totally unimodular.
    """
    if not len(edges):
        return np.zeros(count, np.int64)
    pairs = np.unique(edges, axis=0)
    columns = np.arange(len(pairs))
    matrix = csr_array(
        (np.repeat([-1.0, 1.0], len(pairs)), (pairs.T.ravel(), np.tile(columns, 2))), shape=(count, len(pairs))
    )
    surplus = np.bincount(edges[:, 1], minlength=count) - np.bincount(edges[:, 0], minlength=count)
    answer = linprog(  # type: ignore[call-overload]  # its stubs know no sparse matrices
        -np.ones(len(pairs)), A_eq=matrix, b_eq=surplus.astype(np.float64), bounds=(0, None),
        method="highs-ds", options={"presolve": False},
    )  # fmt: skip
    if answer.status == 0:
        for sign in (-1, 1):
            ranks = np.round(sign * answer.eqlin.marginals).astype(np.int64)
            if (ranks[pairs[:, 1]] > ranks[pairs[:, 0]]).all():
                return _from_the_top(ranks, pairs)
    return longest_paths(pairs, count)


def _from_the_top(ranks: Indices, edges: Indices) -> Indices:
    """Every connected part moved up or down so that its highest node is in layer 0."""
    count = len(ranks)
    linked = csr_array((np.ones(len(edges), np.int8), (edges[:, 0], edges[:, 1])), shape=(count, count))
    parts, part = connected_components(linked, directed=False)
    top = np.full(parts, ranks.max())
    np.minimum.at(top, part, ranks)
    return np.asarray(ranks - top[part])


def longest_paths(edges: Indices, count: int) -> Indices:
    """Every node in the highest layer that its prerequisites leave: the fallback, with longer edges."""
    ranks = np.zeros(count, np.int64)
    for _ in range(count):
        below = ranks.copy()
        np.maximum.at(below, edges[:, 1], ranks[edges[:, 0]] + 1)
        if (below == ranks).all():
            break
        ranks = below
    return ranks
