"""Graphs shaped like blueprints, of any size, for measuring what no real project is large enough for."""

import numpy as np

from blueprint_app.layout.label_size import outline_size
from blueprint_app.layout.placement import Group, LayoutProblem
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.graph import Edge, EdgeKind, transitive_reduction

CHAPTER = 60


def blueprint_like(count: int, seed: int = 1) -> LayoutProblem:
    """A layout problem with `count` nodes in chapters of 60 and about 1.6 edges a node, transitively reduced.

    As in real blueprints a node uses mostly what stands shortly before it, often its chapter's
    definitions, sometimes a main result of an earlier chapter.
    """
    random = np.random.default_rng(seed)
    boxes = random.random(count) < 0.2
    edges: set[tuple[int, int]] = set()
    for node in range(1, count):
        start = node - node % CHAPTER
        for _ in range(int(random.integers(1, 4))):
            choice = random.random()
            if choice < 0.35 and node > start:
                source = max(start, node - int(random.geometric(0.15)))
            elif choice < 0.8 and node > start:
                source = start + int((node - start) * random.random() ** 2)
            else:
                source = int(start * (1 - random.random() ** 2)) // 7 * 7
            if source < node:
                edges.add((source, node))
    names = [NodeId(str(node)) for node in range(count)]
    given = [Edge(names[source], names[target], EdgeKind.PROOF) for source, target in sorted(edges)]
    kept = [(int(edge.source), int(edge.target)) for edge in transitive_reduction(names, given)]
    lengths = random.integers(4, 20, count).tolist()
    sizes = [outline_size("x" * length, box=box) for length, box in zip(lengths, boxes.tolist(), strict=True)]
    groups = [
        Group(f"{number + 1} Chapter", -1, tuple(range(first, min(first + CHAPTER, count))))
        for number, first in enumerate(range(0, count, CHAPTER))
    ]
    return LayoutProblem(np.array(sizes).reshape(-1, 2), np.array(kept, np.int64).reshape(-1, 2), boxes, tuple(groups))
