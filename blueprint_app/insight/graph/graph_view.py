"""What of a graph is shown that is too large to be read at once: around a node, along paths, what is left, in boxes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from blueprint_app.insight.standing import standing_of
from blueprint_app.model.blueprint import Heading, NodeId
from blueprint_app.model.graph import (
    DependencyGraph,
    Edge,
    EdgeKind,
    NodeBox,
    adjacency,
    find_cycles,
    reach,
    transitive_reduction,
)
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot

_RANKS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4}
_NOT_DONE = frozenset({Headline.CONTRADICTED, Headline.NOT_READY, Headline.AI_DRAFTED, Headline.INFORMAL})


class Level(StrEnum):
    """What is drawn as one box."""

    CHAPTER = "chapter"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Focus:
    """A node with `up` steps towards its foundation and `down` towards its impact; None is as far as it goes."""

    node: NodeId
    up: int | None = None
    down: int | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of a graph a person wants to see; every part narrows what the others leave.

    `path` are two nodes: what stands on any way between them. `opened` are the ids of boxes whose nodes are shown.
    """

    focus: Focus | None = None
    path: tuple[NodeId, NodeId] | None = None
    hides_done: bool = False
    collapsed: Level | None = None
    opened: frozenset[NodeId] = frozenset()

    def within(self, nodes: Collection[NodeId]) -> "Narrowing":
        """Without what speaks of other nodes than these."""
        focus = self.focus if self.focus is not None and self.focus.node in nodes else None
        path = self.path if self.path is not None and all(node in nodes for node in self.path) else None
        return self if (focus, path) == (self.focus, self.path) else replace(self, focus=focus, path=path)

    def renamed(self, names: Mapping[NodeId, NodeId]) -> "Narrowing":
        """The same of nodes that are called otherwise now; `names` gives newer ids by former ones."""
        focus, path = self.focus, self.path
        if focus is not None:
            focus = replace(focus, node=names.get(focus.node, focus.node))
        if path is not None:
            path = names.get(path[0], path[0]), names.get(path[1], path[1])
        return replace(self, focus=focus, path=path)


EVERYTHING = Narrowing()


@dataclass(frozen=True, slots=True)
class Shown:
    """A graph as it is shown, and what is not seen in it.

    `nodes` counts the blueprint's nodes in it, by themselves or in a box, `total` those of the whole graph,
    `hidden_done` those that are left out because they are done. `is_apart` says that no way leads between the two
    nodes of a path.
    """

    graph: DependencyGraph
    nodes: int
    total: int
    hidden_done: int = 0
    is_apart: bool = False


def done_nodes(snapshot: Snapshot) -> frozenset[NodeId]:
    """The nodes at which nothing is left to do, however the graph is coloured.

    Statement and proof are in Lean as far as is known: declared so, unless Lean's side shows better or worse, or in
    Mathlib. A node that is contradicted or not ready, and one where a model's text waits for a person, is not done.
    What it rests on does not matter here.
    """
    standing = standing_of(snapshot)
    headlines = snapshot.headlines
    return frozenset(
        node
        for node in standing.stated & standing.proved
        if headlines[node] not in _NOT_DONE and not snapshot.waits_for_person(node)
    )


def shown_graph(snapshot: Snapshot, graph: DependencyGraph, narrowing: Narrowing) -> Shown:
    """What is shown of `graph`, a graph of the snapshot; the same graph itself where nothing is narrowed.

    Only uses between nodes that are shown are drawn: none stands for a way over what is hidden.
    """
    total = len(graph.nodes)
    if narrowing == EVERYTHING:
        return Shown(graph, total, total)
    kept, is_apart = _around(graph, narrowing)
    done = done_nodes(snapshot) if narrowing.hides_done or narrowing.collapsed else frozenset()
    hidden = kept & done - _named(narrowing) if narrowing.hides_done else frozenset()
    kept -= hidden
    boxes = _boxes(snapshot, graph, kept, hidden, narrowing, done)
    shown = _part(graph, kept, boxes) if boxes or len(kept) < total else graph
    return Shown(shown, len(kept), total, len(hidden), is_apart)


def box_of(graph: DependencyGraph, node: NodeId) -> NodeBox | None:
    """The box of a graph in which a node stands, if it is not shown by itself."""
    return next((box for box in graph.boxes if node in box.members), None)


def _named(narrowing: Narrowing) -> frozenset[NodeId]:
    """The nodes that a person has named, which are shown in any case."""
    focus = () if narrowing.focus is None else (narrowing.focus.node,)
    return frozenset((*focus, *(narrowing.path or ())))


def _around(graph: DependencyGraph, narrowing: Narrowing) -> tuple[frozenset[NodeId], bool]:
    """The nodes that focus and path leave, and whether the two nodes of the path have nothing to do with each other."""
    kept, is_apart = frozenset(graph.nodes), False
    if narrowing.focus is not None:
        focus = narrowing.focus
        above = reach(focus.node, adjacency(graph.edges, backwards=True), focus.up) if focus.up != 0 else {}
        below = reach(focus.node, adjacency(graph.edges), focus.down) if focus.down != 0 else {}
        kept &= {focus.node, *above, *below}
    if narrowing.path is not None:
        between = nodes_between(graph, *narrowing.path)
        kept = kept & between | set(narrowing.path) if narrowing.focus is not None else between
        is_apart = len(between) == len(set(narrowing.path)) and not _are_joined(graph, *narrowing.path)
    return kept, is_apart


def nodes_between(graph: DependencyGraph, one: NodeId, other: NodeId) -> frozenset[NodeId]:
    """Every node on any way from one node to the other, whichever of them rests on the other, and both themselves."""
    uses, users = adjacency(graph.edges, backwards=True), adjacency(graph.edges)
    found = {one, other}
    for start, end in ((one, other), (other, one)):
        ahead = reach(start, users)
        if end in ahead:
            found |= ahead.keys() & reach(end, uses).keys()
    return frozenset(found)


def _are_joined(graph: DependencyGraph, one: NodeId, other: NodeId) -> bool:
    return any({edge.source, edge.target} == {one, other} for edge in graph.edges)


def _part(graph: DependencyGraph, kept: Collection[NodeId], boxes: tuple[NodeBox, ...]) -> DependencyGraph:
    """The graph of the nodes that are kept, those of a box as one; its drawn edges are reduced anew."""
    place = {node: box.id for box in boxes for node in box.members}
    members = tuple(dict.fromkeys(place.get(node, node) for node in graph.nodes if node in kept))
    inside = [edge for edge in graph.edges if edge.source in kept and edge.target in kept]
    edges = _merged(inside, place) if boxes else tuple(inside)
    drawn = edges if graph.drawn_edges == graph.edges else transitive_reduction(members, edges)
    cycles = find_cycles(members, edges) if graph.cycles or boxes else ()
    return replace(graph, nodes=members, edges=edges, drawn_edges=drawn, cycles=cycles, boxes=boxes)


def _merged(edges: Iterable[Edge], place: Mapping[NodeId, NodeId]) -> tuple[Edge, ...]:
    """One edge for all those between two boxes; one of them in a statement makes it a use in the statement."""
    found: dict[tuple[NodeId, NodeId], EdgeKind] = {}
    for edge in edges:
        ends = place.get(edge.source, edge.source), place.get(edge.target, edge.target)
        is_inside = ends[0] == ends[1] and edge.source in place
        if not is_inside and (edge.kind is EdgeKind.STATEMENT or ends not in found):
            found[ends] = edge.kind
    return tuple(Edge(*ends, kind) for ends, kind in found.items())


def _boxes(
    snapshot: Snapshot,
    graph: DependencyGraph,
    kept: Collection[NodeId],
    hidden: Collection[NodeId],
    narrowing: Narrowing,
    done: Collection[NodeId],
) -> tuple[NodeBox, ...]:
    """The boxes that stand for the nodes that are kept, but for those that are opened and the nodes that are named."""
    if narrowing.collapsed is None:
        return ()
    headings = {heading.key: heading for heading in snapshot.blueprint.headings}
    chosen: dict[tuple[int, ...], int] = {}
    inside: dict[int, list[NodeId]] = {}
    named = _named(narrowing)
    for node in graph.nodes:
        if (node in kept or node in hidden) and node not in named:
            path = snapshot.nodes[node].path
            if path not in chosen:
                chosen[path] = _position(path, headings, narrowing.collapsed)
            if chosen[path] >= 0:
                inside.setdefault(path[chosen[path]], []).append(node)
    around = {path[at]: path[:at] for path, at in chosen.items() if at >= 0}
    ids = _ids(snapshot, headings, inside)
    found = (
        NodeBox(
            ids[key],
            headings[key].level,
            _title(headings[key]),
            tuple(node for node in nodes if node in kept),
            len(nodes),
            sum(node in done for node in nodes),
            around[key],
        )
        for key, nodes in inside.items()
        if ids[key] not in narrowing.opened
    )
    return tuple(box for box in found if box.members)


def headings_by_node(snapshot: Snapshot, level: Level) -> dict[NodeId, Heading]:
    """The chapter (or section) in which each node stands, in document order; nodes outside of all are left out."""
    headings = {heading.key: heading for heading in snapshot.blueprint.headings}
    found: dict[NodeId, Heading] = {}
    for node in snapshot.blueprint.nodes:
        at = _position(node.path, headings, level)
        if at >= 0:
            found[node.id] = headings[node.path[at]]
    return found


def _position(path: tuple[int, ...], headings: Mapping[int, Heading], level: Level) -> int:
    """Where in a path the heading stands that is drawn as a box: the innermost up to that level, else the outermost."""
    known = [at for at, key in enumerate(path) if key in headings]
    fitting = [at for at in known if _RANKS.get(headings[path[at]].level, 9) <= _RANKS[level]]
    return fitting[-1] if fitting else known[0] if known else -1


def _title(heading: Heading) -> str:
    return f"{heading.number} {heading.title}".strip() or heading.level


def _ids(snapshot: Snapshot, headings: Mapping[int, Heading], keys: Iterable[int]) -> dict[int, NodeId]:
    """An id for each heading that outlives a change of the text around it, and is no node's."""
    found: dict[int, NodeId] = {}
    taken: set[str] = set(snapshot.nodes)
    for key in keys:
        heading = headings[key]
        name = f"{heading.level} {_title(heading)}"
        found[key] = NodeId(name if name not in taken else f"{name} ({key})")
        taken.add(found[key])
    return found
