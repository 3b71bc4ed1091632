"""Which nodes hang together: the connected parts of a graph, directions apart."""

import numpy as np

from blueprint_app.layout.placement import Indices

DENSE = 4
"""Edges a node beyond which dot takes minutes for what the layered engine draws in a second, however few the nodes are:
chapters drawn as boxes may all use each other."""

FEW_EDGES = 300
"""Up to this many dot is quick in any case."""


def is_dense(count: int, edges: int) -> bool:
    """Whether a graph of so many nodes and edges is none for dot."""
    return edges > max(FEW_EDGES, DENSE * count)


def part_numbers(count: int, edges: Indices) -> Indices:
    """The number of each node's connected part; parts are numbered in the order of their first nodes."""
    above = list(range(count))

    def root(node: int) -> int:
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for source, target in edges.tolist():
        first, second = sorted((root(source), root(target)))
        above[second] = first
    number: dict[int, int] = {}
    return np.array([number.setdefault(root(node), len(number)) for node in range(count)], np.int64)


def largest_part(count: int, edges: Indices) -> int:
    """Number of nodes in the largest connected part."""
    return int(np.bincount(part_numbers(count, edges)).max()) if count else 0
