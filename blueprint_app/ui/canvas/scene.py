"""The graph as the canvas paints it: plain arrays and strings, made once per snapshot, layout and colours."""

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np

from blueprint_app.export.titles import plain_title
from blueprint_app.layout.placement import Group, LayoutProblem, Placement
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.graph import DependencyGraph, EdgeKind, NodeBox
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.canvas.links import Indices, Links, Mask, links_of
from blueprint_app.ui.canvas.moving.viewport import Box
from blueprint_app.ui.canvas.painting.curves import Curves, Floats, curves_of
from blueprint_app.ui.theme.schemes import LEANBLUEPRINT_SCHEME, ColourScheme, leanblueprint_words, styles_of
from blueprint_app.ui.theme.styles import NodeStyle
from blueprint_app.ui.theme.themes import LIGHT, Theme


@dataclass(frozen=True, slots=True)
class GroupBox:
    """The frame of a chapter or section: `box` in scene units; `depth` 0 for the outermost."""

    title: str
    box: Box
    depth: int


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What is written on and about each node, one entry a node.

    `labels` are the short labels, `captions` what kind and number it is ("Lemma 2.3"), `titles`
    its title in plain characters or else its short label, `tooltips` all in full.
    """

    labels: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    tooltips: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything that is painted, in scene units (points); n nodes and m edges, in the graph's order.

    `rects` is (n, 4): left, top, width, height; `boxes` (n,) rectangle instead of ellipse; `style_of`
    (n,) an index into `styles`. `edges` is (m, 2), prerequisite and user; `dashed` (m,) a use in the
    statement. `links` joins the drawn edges, `rests_on` all edges, reduced or not. `weight` (n,) tells
    which labels matter first where not all fit. `is_inferred` says that the author wrote none of the edges.
    `collapsed` are those of `ids` that stand for a chapter or section; `is_narrowed` tells that the graph has more.
    """

    name: str
    ids: tuple[NodeId, ...]
    rects: Floats
    boxes: Mask
    style_of: Indices
    styles: tuple[NodeStyle, ...]
    words: Words
    edges: Indices
    dashed: Mask
    curves: Curves
    links: Links
    rests_on: Links
    weight: Floats
    groups: tuple[GroupBox, ...]
    bounds: Box
    theme: Theme
    scheme: ColourScheme = field(default=LEANBLUEPRINT_SCHEME)
    is_inferred: bool = False
    collapsed: tuple[NodeBox, ...] = ()
    is_narrowed: bool = False

    @cached_property
    def box_of(self) -> dict[NodeId, NodeBox]:
        """The boxes by the ids that they have in the scene, and by those of the nodes in them."""
        return {each: box for box in self.collapsed for each in (box.id, *box.members)}

    def standing_for(self, node: str | None) -> int | None:
        """The place of a node in the arrays, or of the box in which it is; None where neither is shown."""
        if node is None or node in self.index:
            return None if node is None else self.index[node]
        box = self.box_of.get(NodeId(node))
        return None if box is None else self.index[box.id]

    @cached_property
    def index(self) -> dict[str, int]:
        """Each node's place in the arrays."""
        return {node: position for position, node in enumerate(self.ids)}

    @cached_property
    def corners(self) -> Floats:
        """The nodes' (n, 4) left, top, right, bottom."""
        return np.concatenate([self.rects[:, :2], self.rects[:, :2] + self.rects[:, 2:]], axis=1)

    @cached_property
    def faded_styles(self) -> tuple[NodeStyle, ...]:
        """The styles of nodes that step back."""
        return tuple(style.faded(self.theme) for style in self.styles)

    @cached_property
    def style_counts(self) -> tuple[tuple[NodeStyle, int], ...]:
        """The styles that occur and of how many nodes, most frequent first."""
        counts = Counter(self.style_of.tolist())
        return tuple((self.styles[number], count) for number, count in counts.most_common())

    def node_at(self, x: float, y: float, reach: float = 0.0) -> int | None:
        """The node whose outline holds a point of the scene, else the nearest whose frame is within `reach`."""
        left, top, right, bottom = self.corners.T
        for node in np.flatnonzero((left <= x) & (x <= right) & (top <= y) & (y <= bottom))[::-1]:
            _, _, width, height = self.rects[node]
            u, v = (2 * (x - left[node]) / width - 1, 2 * (y - top[node]) / height - 1)
            if self.boxes[node] or u * u + v * v <= 1:
                return int(node)
        # Only nodes that are themselves no larger than the reach need its help.
        away = np.maximum(np.maximum(left - x, x - right), np.maximum(top - y, y - bottom)).clip(min=0)
        away[np.minimum(right - left, bottom - top) > 2.5 * reach] = np.inf
        nearest = int(np.argmin(away)) if len(away) else -1
        return nearest if nearest >= 0 and away[nearest] <= reach else None

    def centre(self, node: int) -> tuple[float, float]:
        """The middle of a node."""
        left, top, width, height = self.rects[node].tolist()
        return left + width / 2, top + height / 2


def empty_scene(theme: Theme = LIGHT) -> Scene:
    """A scene without a node."""
    none = np.zeros((0, 2), dtype=np.int64)
    links = links_of(0, none)
    return Scene(
        name="", ids=(), rects=np.zeros((0, 4)), boxes=np.zeros(0, dtype=np.bool_),
        style_of=np.zeros(0, dtype=np.int64), styles=(), words=Words(), edges=none, dashed=np.zeros(0, dtype=np.bool_),
        curves=curves_of(np.zeros((0, 2)), np.zeros(1, dtype=np.int64)), links=links, rests_on=links,
        weight=np.zeros(0), groups=(), bounds=(0.0, 0.0, 0.0, 0.0), theme=theme,
    )  # fmt: skip


def scene_of(
    snapshot: Snapshot,
    graph: DependencyGraph,
    problem: LayoutProblem,
    placement: Placement,
    scheme: ColourScheme,
    theme: Theme,
) -> Scene:
    """The scene of a graph: `problem` and `placement` hold its nodes and drawn edges in the graph's order.

    Raises ValueError where the placement is not of this graph. Takes about 0.3 s for 20,000 nodes:
    call it in a job, and `recoloured` where only colours change.
    """
    if len(problem.sizes) != len(graph.nodes) or len(placement.offsets) != len(graph.drawn_edges) + 1:
        raise ValueError("the placement is of another graph")
    position = {node: number for number, node in enumerate(graph.nodes)}
    boxes = {box.id: box for box in graph.boxes}
    nodes = [boxes.get(node) or snapshot.nodes[node] for node in graph.nodes]
    drawn = np.array([(position[e.source], position[e.target]) for e in graph.drawn_edges], dtype=np.int64)
    every = np.array([(position[e.source], position[e.target]) for e in graph.edges], dtype=np.int64)
    rests_on = links_of(len(nodes), every.reshape(-1, 2))
    styles, style_of = styles_of(scheme, snapshot, graph.nodes, theme, graph.boxes)
    users = np.diff(rests_on.user_starts)
    weighty = np.array([isinstance(node, NodeBox) or node.kind == "theorem" for node in nodes], dtype=np.float64)
    return Scene(
        name=graph.name,
        ids=graph.nodes,
        rects=np.concatenate([placement.centres - problem.sizes / 2, problem.sizes], axis=1),
        boxes=problem.boxes,
        style_of=np.array(style_of, dtype=np.int64),
        styles=styles,
        words=_words(snapshot, nodes),
        edges=drawn.reshape(-1, 2),
        dashed=np.array([edge.kind is EdgeKind.STATEMENT for edge in graph.drawn_edges], dtype=np.bool_),
        curves=curves_of(placement.points, placement.offsets),
        links=links_of(len(nodes), drawn.reshape(-1, 2)),
        rests_on=rests_on,
        weight=users + 8 * weighty,
        groups=_group_boxes(problem.groups, placement.group_boxes),
        bounds=placement.bounds,
        theme=theme,
        scheme=scheme,
        is_inferred=graph.is_inferred,
        collapsed=graph.boxes,
    )


def recoloured(scene: Scene, snapshot: Snapshot, scheme: ColourScheme, theme: Theme) -> Scene:
    """The same scene in other colours."""
    styles, style_of = styles_of(scheme, snapshot, scene.ids, theme, scene.collapsed)
    return replace(scene, styles=styles, style_of=np.array(style_of, dtype=np.int64), scheme=scheme, theme=theme)


def stands_still(old: Scene, new: Scene) -> bool:
    """Whether both are in the same theme and what they share, which is not nothing, lies at the same places."""
    if old.theme is not new.theme:
        return False
    if old.ids == new.ids:
        return bool(old.ids) and np.array_equal(old.rects, new.rects)
    both = [node for node in new.ids if node in old.index]
    before, after = (scene.rects[[scene.index[node] for node in both]] for scene in (old, new))
    return bool(both) and np.array_equal(before, after)


def is_alike(one: object, other: object) -> bool:
    """Whether two scenes, or parts of them, look the same in every respect."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, Scene | Words | Curves | Links) and type(one) is type(other):
        return all(is_alike(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    return bool(one == other)


def _words(snapshot: Snapshot, nodes: list[Node | NodeBox]) -> Words:
    written = [_of_box(each) if isinstance(each, NodeBox) else _of_node(snapshot, each) for each in nodes]
    labels, captions, titles, tooltips = zip(*written, strict=True) if written else ((), (), (), ())
    return Words(labels, captions, titles, tooltips)


def _of_node(snapshot: Snapshot, node: Node) -> tuple[str, str, str, str]:
    caption, title = f"{node.caption} {node.number}".strip(), plain_title(node.title)
    return node.short_label, caption, title or node.short_label, _tooltip(snapshot, node, caption, title)


def _of_box(box: NodeBox) -> tuple[str, str, str, str]:
    plain = replace(box, title=plain_title(box.title))
    return plain.short_title, plain.counts, plain.title, f"{box.level.capitalize()} {plain.title}\n{plain.counts}"


def _tooltip(snapshot: Snapshot, node: Node, caption: str, title: str) -> str:
    """Plain text: heading, label, headline and what leanblueprint's colours say."""
    border, fill, _ = leanblueprint_words(snapshot, node)
    heading = f"{caption} ({title})" if title else caption
    label = f"\n{node.labels[-1]}" if node.labels else ""
    state = ", ".join(words for words in (border, fill) if words)
    return f"{heading}{label}\n{snapshot.headlines[node.id].value}  ·  {state}"


def _group_boxes(groups: tuple[Group, ...], boxes: Floats) -> tuple[GroupBox, ...]:
    """The groups that were drawn, outer before inner."""
    depths: list[int] = []
    for group in groups:
        depths.append(depths[group.parent] + 1 if group.parent >= 0 else 0)
    drawn = [
        GroupBox(plain_title(group.title), (float(box[0]), float(box[1]), float(box[2]), float(box[3])), depth)
        for group, box, depth in zip(groups, boxes, depths, strict=True)
        if not np.isnan(box).any()
    ]
    return tuple(sorted(drawn, key=lambda group: group.depth))
