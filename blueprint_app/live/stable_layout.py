"""Changes a placement as little as a changed graph allows, so that a person's picture of it stays true."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from blueprint_app.layout.drawing import Drawing, Part, extent
from blueprint_app.layout.placement import Floats, Indices, LayoutProblem, Placement
from blueprint_app.live.gentle_curves import gentle_curves
from blueprint_app.live.room import GAP, Room
from blueprint_app.model.blueprint import NodeId

_USUAL_FALL = 90.0
_STEEPEST_FALL = 150.0
"""The way down from a node to its users, in points: where no edge tells it, and at most."""

_BOX_PADDING = 16.0
_MUCH = 0.25
"""The share of nodes that came or went from which a new layout is much better."""

_FEW = 20
"""So many new nodes are placed in any case, even if that is most of them."""

_LONG = 4.0
"""New edges are long if they are so many times longer than the usual edge."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnGraph:
    """A graph as it is shown: row i of `problem` and of `placement` is the node ``nodes[i]``."""

    nodes: Sequence[NodeId]
    problem: LayoutProblem
    placement: Placement


@dataclass(frozen=True, slots=True, eq=False)
class Adapted:
    """A placement of the changed graph, and whether a full new layout would be much better.

    `placement` is None where so much is new that nothing of the old picture would be left.
    """

    placement: Placement | None
    wants_new_layout: bool


def adapted(
    old: DrawnGraph, nodes: Sequence[NodeId], problem: LayoutProblem, earlier: Mapping[NodeId, NodeId] | None = None
) -> Adapted:
    """The placement of `problem` (row i is ``nodes[i]``) in which all that was in `old` stays where it is.

    New nodes stand near what they use and what uses them, without overlap; curves between nodes that
    stay are kept, others are simple. `earlier` gives nodes' former ids where they were renamed.
    Deterministic, and takes no engine: some 30 ms for a change at 1,000 nodes.
    """
    known = {node: index for index, node in enumerate(old.nodes)}
    former = earlier or {}
    row = np.array([known.get(former.get(node, node), -1) for node in nodes], np.int64)
    if (row < 0).sum() > max(_FEW, len(nodes) / 2):
        return Adapted(None, True)
    return _Adaptation(old, row, problem).result()


class _Adaptation:
    """One adaptation; `row` is each node's row in the old graph, or -1."""

    def __init__(self, old: DrawnGraph, row: Indices, problem: LayoutProblem) -> None:
        self.old, self.row, self.problem = old, row, problem
        count = len(row)
        self.centres = np.zeros((count, 2))
        self.placed = self.row >= 0
        self.centres[self.placed] = old.placement.centres[self.row[self.placed]]
        self.boxes = self._kept_boxes()
        self.fall = self._usual_fall()
        self.room = Room(self.centres, problem.sizes, self.placed, self.boxes.copy(), self.fall)
        self.above: list[list[int]] = [[] for _ in range(count)]
        self.below: list[list[int]] = [[] for _ in range(count)]
        for source, target in problem.edges.tolist():
            if source != target:
                self.below[source].append(target)
                self.above[target].append(source)

    def result(self) -> Adapted:
        came = np.flatnonzero(~self.placed)
        self._make_room_for_grown()
        for node in self._in_order(came.tolist()):
            self._place(node)
        points, offsets, drawn_anew = self._curves()
        part = Part(self.problem.sizes, self.problem.edges, self.problem.boxes)
        bounds = self._bounds(part, Drawing(self.centres, points, offsets))
        placement = Placement(self.centres, points, offsets, self.boxes, bounds, self.old.placement.engine)
        return Adapted(placement, self._is_poor(len(came), drawn_anew))

    # Groups.

    def _kept_boxes(self) -> Floats:
        """The drawn boxes of groups that are known by their titles, as long as they hold one of their nodes."""
        former = {title: index for index, title in enumerate(_titles(self.old.problem))}
        boxes = np.full((len(self.problem.groups), 4), np.nan)
        for index, title in enumerate(_titles(self.problem)):
            if title in former:
                box = self.old.placement.group_boxes[former[title]]
                members = self._members(index)
                centres = self.centres[members[self.placed[members]]]
                if ((centres > box[:2]) & (centres < box[2:])).all(axis=1).any():
                    boxes[index] = box
        return boxes

    def _members(self, group: int) -> Indices:
        """The nodes of a group and of the groups in it."""
        inside = {group}
        for index, each in enumerate(self.problem.groups):
            if each.parent in inside:
                inside.add(index)
        return np.array([node for index in sorted(inside) for node in self.problem.groups[index].members], np.int64)

    def _chain(self, node: int) -> list[int]:
        """The groups around a node that have boxes, innermost first."""
        group = next((index for index, each in enumerate(self.problem.groups) if node in each.members), -1)
        chain = []
        while group >= 0:
            if not np.isnan(self.boxes[group, 0]):
                chain.append(group)
            group = self.problem.groups[group].parent
        return chain

    # Nodes.

    def _make_room_for_grown(self) -> None:
        """Move nodes whose outlines grew into others' by as little as will do."""
        stayed = np.flatnonzero(self.placed)
        former = self.old.problem.sizes[self.row[stayed]]
        for node in stayed[(self.problem.sizes[stayed] > former + 0.5).any(axis=1)].tolist():
            size = self.problem.sizes[node]
            if not self.room.is_free(size, self.centres[node], node):
                self.placed[node] = False
                self._put(node, self.centres[node].copy(), -np.inf, np.inf, self._chain(node))

    def _in_order(self, waiting: list[int]) -> Iterator[int]:
        """The nodes one after another: those beside placed ones, what is linked with those, then the rest likewise."""
        left = dict.fromkeys(waiting)
        front = [node for node in waiting if any(self._placed_neighbours(node))]
        while left:
            front = front or [next(iter(left))]
            for node in front:
                if node in left:
                    del left[node]
                    yield node
            linked = (other for node in front for other in (*self.below[node], *self.above[node]))
            front = [other for other in dict.fromkeys(linked) if other in left]

    def _placed_neighbours(self, node: int) -> tuple[list[int], list[int]]:
        above = [other for other in self.above[node] if self.placed[other]]
        return above, [other for other in self.below[node] if self.placed[other]]

    def _place(self, node: int) -> None:
        above, below = self._placed_neighbours(node)
        chain = self._chain(node)
        if not above and not below:
            self._place_alone(node, chain)
            return
        top = max((self.centres[other, 1] for other in above), default=-np.inf)
        bottom = min((self.centres[other, 1] for other in below), default=np.inf)
        y = top + self.fall if above else bottom - self.fall
        if above and below and y > bottom - self.fall / 2:
            y = (top + bottom) / 2
        aim = np.array([self.centres[above + below, 0].mean(), y])
        if chain and not _holds(self.boxes[chain[0]], self.centres[above + below].mean(axis=0)):
            chain = []
        self._put(node, aim, top + 1, bottom - 1, chain)

    def _place_alone(self, node: int, chain: list[int]) -> None:
        """A node that nothing shown is linked with: in its group's box, or under everything."""
        if chain:
            left, _, right, bottom = self.boxes[chain[0]]
            aim = np.array([(left + right) / 2, bottom - _BOX_PADDING - self.problem.sizes[node, 1] / 2])
        else:
            aim = self._beside_loose(node)
        self._put(node, aim, -np.inf, np.inf, chain)

    def _beside_loose(self, node: int) -> Floats:
        """Beside the last of the nodes without edges and boxes, or at the left under everything where there is none."""
        size = self.problem.sizes[node]
        for other in range(len(self.row) - 1, -1, -1):
            if self.placed[other] and not self.above[other] and not self.below[other] and not self._chain(other):
                across = (self.problem.sizes[other, 0] + size[0]) / 2 + GAP
                return np.asarray(self.centres[other] + np.array([across, 0.0]))
        return np.array([self._left() + size[0] / 2, self._lowest() + 2 * GAP + size[1] / 2])

    def _put(self, node: int, aim: Floats, above: float, below: float, chain: list[int]) -> None:
        """Give a node the free place nearest to its aim, in its group's box where that has room or can grow."""
        size = self.problem.sizes[node]
        kept_out = ~np.isnan(self.boxes[:, 0])
        place = None
        if chain:
            kept_out[chain] = False
            place = self.room.free_place(size, aim, above, below, kept_out, _shrunk(self.boxes[chain[0]]))
            if place is None:
                place = self._grown_box_place(size, chain, node)
        if place is None:
            kept_out = ~np.isnan(self.boxes[:, 0])
            place = self.room.free_place(size, aim, above, below, kept_out)
        if place is None:
            place = np.array([aim[0], self._lowest() + 2 * GAP + size[1] / 2])
        self.centres[node] = place
        self.placed[node] = True

    def _grown_box_place(self, size: Floats, chain: list[int], node: int) -> Floats | None:
        """A place under a group's last row, if its box and those around it can grow down into free room."""
        left, _, right, bottom = self.boxes[chain[0]]
        place = np.array([left + _BOX_PADDING + size[0] / 2, bottom + size[1] / 2])
        grown = self.boxes.copy()
        added = size[1] + GAP
        for group in chain:
            grown[group, 2] = max(grown[group, 2], place[0] + size[0] / 2 + _BOX_PADDING)
            grown[group, 3] += added
        outer = grown[chain[-1]]
        strip = np.array([outer[0], self.boxes[chain[-1], 3] + 1, outer[2], outer[3]])
        others = [group for group in range(len(grown)) if group not in chain and not np.isnan(grown[group, 0])]
        inner_strip = np.array([left, bottom + 1, right, bottom + added])
        is_free = not any(_overlap(strip, grown[other]) or _overlap(inner_strip, grown[other]) for other in others)
        for area in (strip, inner_strip):
            middle = (area[:2] + area[2:]) / 2
            is_free = is_free and self.room.is_free(area[2:] - area[:2], middle, node)
        if not is_free:
            return None
        self.boxes[:] = grown
        self.room.fence(grown)
        return place

    def _usual_fall(self) -> float:
        edges = self.old.problem.edges
        falls = self.old.placement.centres[edges[:, 1], 1] - self.old.placement.centres[edges[:, 0], 1]
        steps, counts = np.unique(np.round(falls[falls > 1]), return_counts=True)
        return min(float(steps[np.argmax(counts)]), _STEEPEST_FALL) if len(steps) else _USUAL_FALL

    def _left(self) -> float:
        inside = self.centres[self.placed, 0] - self.problem.sizes[self.placed, 0] / 2
        return float(inside.min()) if len(inside) else 0.0

    def _lowest(self) -> float:
        ends = self.centres[self.placed, 1] + self.problem.sizes[self.placed, 1] / 2
        lowest = np.concatenate((ends, self.boxes[~np.isnan(self.boxes[:, 3]), 3]))
        return float(lowest.max()) if len(lowest) else 0.0

    # Curves.

    def _curves(self) -> tuple[Floats, Indices, Indices]:
        """Points and offsets as in `Placement`, and the edges that are drawn anew."""
        kept = self._kept_curves()
        anew = np.flatnonzero(kept < 0)
        simple = gentle_curves(self.problem, self.centres, anew)
        old_offsets, old_points = self.old.placement.offsets, self.old.placement.points
        counts = np.full(len(kept), 4, np.int64)
        counts[kept >= 0] = np.diff(old_offsets)[kept[kept >= 0]]
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        points = np.empty((offsets[-1], 2))
        for edge in np.flatnonzero(kept >= 0).tolist():
            points[offsets[edge] : offsets[edge + 1]] = old_points[
                old_offsets[kept[edge]] : old_offsets[kept[edge] + 1]
            ]
        points[offsets[anew][:, None] + np.arange(4)] = simple
        return points, offsets, anew

    def _kept_curves(self) -> Indices:
        """For each edge the old one whose curve still runs from outline to outline, or -1."""
        old = self.old.problem
        stays = self.row >= 0
        row = self.row[stays]
        stays[stays] = (
            (self.centres[stays] == self.old.placement.centres[row]).all(axis=1)
            & (self.problem.sizes[stays] == old.sizes[row]).all(axis=1)
            & (self.problem.boxes[stays] == old.boxes[row])
        )
        former = np.where(stays, self.row, -1)
        waiting: dict[tuple[int, int], list[int]] = {}
        for index, (source, target) in enumerate(old.edges.tolist()):
            waiting.setdefault((source, target), []).append(index)
        found = np.full(len(self.problem.edges), -1, np.int64)
        for edge, pair in enumerate(former[self.problem.edges].tolist()):
            same = waiting.get((pair[0], pair[1]))
            if same:
                found[edge] = same.pop(0)
        return found

    # The whole.

    def _bounds(self, part: Part, drawing: Drawing) -> tuple[float, float, float, float]:
        if not len(self.centres):
            return 0.0, 0.0, 0.0, 0.0
        drawn = self.boxes[~np.isnan(self.boxes[:, 0])]
        all_boxes = np.vstack((np.array(extent(part, drawing))[None], drawn))
        left, top = all_boxes[:, :2].min(axis=0)
        right, bottom = all_boxes[:, 2:].max(axis=0)
        return float(left), float(top), float(right), float(bottom)

    def _is_poor(self, came: int, drawn_anew: Indices) -> bool:
        """Whether much came or went, or new edges run far or upwards where the old ones did not."""
        went = len(self.old.nodes) - int((self.row >= 0).sum())
        if came + went > max(2.0, _MUCH * max(len(self.old.nodes), 1)):
            return True
        if not len(drawn_anew):
            return False
        old = self.old.placement.centres[self.old.problem.edges]
        new = self.centres[self.problem.edges[drawn_anew]]
        usual = float(np.median(np.hypot(*(old[:, 1] - old[:, 0]).T))) if len(old) else np.inf
        way = new[:, 1] - new[:, 0]
        upwards = (way[:, 1] < 0) & (self.problem.edges[drawn_anew, 0] != self.problem.edges[drawn_anew, 1])
        is_long = np.hypot(way[:, 0], way[:, 1]) > _LONG * usual
        return int((upwards | is_long).sum()) > max(3.0, 0.05 * len(self.problem.edges))


def _titles(problem: LayoutProblem) -> list[tuple[str, ...]]:
    """For each group its title after those of the groups around it, numbers left out as they shift."""
    found: list[tuple[str, ...]] = []
    for group in problem.groups:
        around = found[group.parent] if group.parent >= 0 else ()
        words = group.title.split(" ", 1)
        found.append((*around, words[-1] if words[0][:1].isdigit() else group.title))
    return found


def _holds(box: Floats, point: Floats) -> bool:
    return bool((point > box[:2]).all() and (point < box[2:]).all())


def _shrunk(box: Floats) -> Floats:
    """The room in a group's box for nodes: not over its title, not at its edge."""
    return np.asarray(box + np.array([_BOX_PADDING, _BOX_PADDING + 10.0, -_BOX_PADDING, -_BOX_PADDING]))


def _overlap(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> bool:
    return bool((first[:2] < second[2:]).all() and (first[2:] > second[:2]).all())
