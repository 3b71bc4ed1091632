"""Layered drawing by Graphviz's dot; in the child process only, as it holds the interpreter until it is done."""

import math

import numpy as np
from pygraphviz import graphviz as gv  # type: ignore[import-untyped]

from blueprint_app.layout.drawing import Drawing, Part

POINTS_PER_INCH = 72.0
_CREATE = 1
_NODES, _EDGES = 1, 2

QUICKER_FROM = 300
"""From this many nodes dot's optimisers are cut short: a third of the time at 1,000 nodes, as many crossings."""

_CUT_SHORT = {"nslimit": "2", "nslimit1": "2"}
_GRAPH_DEFAULTS = {"rankdir": "TB", "nodesep": "0.25", "splines": "true"}
_NODE_DEFAULTS = {"shape": "ellipse", "label": "", "fixedsize": "true", "width": "0.75", "height": "0.5", "pos": ""}
_EDGE_DEFAULTS = {"arrowhead": "none", "pos": ""}


def rank_gap(count: int) -> float:
    """Inches between layers: more in large graphs, which are wide, so that edges do not run flat."""
    return 0.6 * max(1.0, math.sqrt(count / 200))


class DotError(RuntimeError):
    """Graphviz gave no drawing."""


def draw_with_dot(part: Part) -> Drawing:
    """The drawing that dot makes of `part`, spline curves included; raises `DotError`."""
    graph = gv.agraphnew(b"part", False, True)
    context = gv.gvContextWithBuiltins()
    try:
        nodes, edges = _build(graph, part)
        if gv.gvLayout(context, graph, b"dot") != 0:
            raise DotError("dot gave up")
        gv.gvRender(context, graph, format=b"dot")
        return _read(graph, nodes, edges)
    finally:
        gv.gvFreeLayout(context, graph)
        gv.agclose(graph)
        gv.gvFreeContext(context)


def _build(graph: object, part: Part) -> tuple[list[object], list[object]]:
    """The part as a Graphviz graph; the handles of its nodes and edges in order."""
    graph_attributes = {**_GRAPH_DEFAULTS, "ranksep": f"{rank_gap(len(part.sizes)):.3f}"}
    if len(part.sizes) >= QUICKER_FROM:
        graph_attributes |= _CUT_SHORT
    for kind, defaults in ((0, graph_attributes), (_NODES, _NODE_DEFAULTS), (_EDGES, _EDGE_DEFAULTS)):
        for name, value in defaults.items():
            gv.agattr(graph, kind, name.encode(), value.encode())
    nodes = []
    for number, ((width, height), box) in enumerate(zip(part.sizes.tolist(), part.boxes.tolist(), strict=True)):
        node = gv.agnode(graph, b"%d" % number, _CREATE)
        gv.agset(node, b"width", b"%.4f" % (width / POINTS_PER_INCH))
        gv.agset(node, b"height", b"%.4f" % (height / POINTS_PER_INCH))
        if box:
            gv.agset(node, b"shape", b"box")
        nodes.append(node)
    edges = [
        gv.agedge(graph, nodes[source], nodes[target], b"%d" % number, _CREATE)
        for number, (source, target) in enumerate(part.edges.tolist())
    ]
    return nodes, edges


def _read(graph: object, nodes: list[object], edges: list[object]) -> Drawing:
    """The positions that `gvRender` left in the graph; Graphviz's y goes up."""
    centres = np.array([gv.agget(node, b"pos").split(b",")[:2] for node in nodes]).astype(np.float64)
    curves = [_curve(gv.agget(edge, b"pos")) for edge in edges]
    offsets = np.concatenate(([0], np.cumsum([len(curve) for curve in curves]))).astype(np.int64)
    points = np.concatenate(curves) if curves else np.zeros((0, 2))
    flip = np.array([1.0, -1.0])
    return Drawing(centres.reshape(-1, 2) * flip, points * flip, offsets)


def _curve(text: bytes) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """A spline's control points; raises `DotError` for an edge that dot left out."""
    points = [point.split(b",") for point in text.split(b";")[0].split() if point[:1] not in b"es"]
    if len(points) < 4:
        raise DotError("dot drew no curve for an edge")
    return np.array(points).astype(np.float64).reshape(-1, 2)
