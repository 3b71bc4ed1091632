"""From a blueprint's graph to the arrays that a layout is asked: the one place where layout knows of nodes."""

from collections.abc import Callable, Mapping

import numpy as np

from blueprint_app.layout.label_size import BOX_HEIGHT, outline_size
from blueprint_app.layout.placement import Group, LayoutProblem
from blueprint_app.model.blueprint import Heading, Node, NodeId
from blueprint_app.model.graph import DependencyGraph, NodeBox
from blueprint_app.model.snapshot import Snapshot

Measure = Callable[[Node, bool], tuple[float, float]]
"""Width and height in points of a node's outline; the flag says whether it is a box."""


def short_label_size(node: Node, box: bool) -> tuple[float, float]:
    """Room for what leanblueprint draws in a node."""
    return outline_size(node.short_label, box=box)


def problem_of(snapshot: Snapshot, graph: DependencyGraph, measure: Measure = short_label_size) -> LayoutProblem:
    """The layout problem of `graph`: row i is ``graph.nodes[i]``, edge i is ``graph.drawn_edges[i]``."""
    row = {node: index for index, node in enumerate(graph.nodes)}
    drawn_as_one = {box.id: box for box in graph.boxes}
    boxes = [node in drawn_as_one or snapshot.status[node].shape == "box" for node in graph.nodes]
    sizes = [
        _box_size(drawn_as_one[node]) if node in drawn_as_one else measure(snapshot.nodes[node], box)
        for node, box in zip(graph.nodes, boxes, strict=True)
    ]
    edges = [(row[edge.source], row[edge.target]) for edge in graph.drawn_edges]
    return LayoutProblem(
        sizes=np.array(sizes, np.float64).reshape(-1, 2),
        edges=np.array(edges, np.int64).reshape(-1, 2),
        boxes=np.array(boxes, np.bool_),
        groups=_groups(snapshot, row, drawn_as_one),
    )


def _box_size(box: NodeBox) -> tuple[float, float]:
    """Room for a box's title with its counts below."""
    return outline_size(box.short_title, box=True)[0], BOX_HEIGHT


def _groups(snapshot: Snapshot, row: Mapping[NodeId, int], boxes: Mapping[NodeId, NodeBox]) -> tuple[Group, ...]:
    """The headings that hold nodes of the graph, each with the nodes right under it, parents first."""
    headings = {heading.key: heading for heading in snapshot.blueprint.headings}
    members: dict[int, list[int]] = {}
    for node, index in row.items():
        around = boxes[node].path if node in boxes else snapshot.nodes[node].path
        path = [key for key in around if key in headings]
        for key in path:
            members.setdefault(key, [])
        if path:
            members[path[-1]].append(index)
    kept = [key for key in headings if key in members]
    number = {key: index for index, key in enumerate(kept)}
    return tuple(
        Group(_heading_title(headings[key]), _enclosing(headings, key, number), tuple(members[key])) for key in kept
    )


def _heading_title(heading: Heading) -> str:
    return f"{heading.number} {heading.title}".strip()


def _enclosing(headings: Mapping[int, Heading], key: int, number: Mapping[int, int]) -> int:
    """Index of the nearest kept heading around `key`, or -1; a heading that claims a later parent has none."""
    parent = headings[key].parent
    while parent is not None and parent in headings:
        if parent in number:
            return number[parent] if number[parent] < number[key] else -1
        parent = headings[parent].parent
    return -1
