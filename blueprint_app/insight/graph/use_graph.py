"""The uses of a whole snapshot by row number, for questions that are asked of all nodes at once."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from blueprint_app.insight.remembering import remembers
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.model.snapshot import Snapshot

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class UseGraph:
    """Nodes by their row in the document; its lists are shared and never changed.

    `uses` and `users` are the direct neighbours of each row. `heads` stand in an order in which each comes after those
    that it rests on; the rows of a cycle stand together under their first one, which `cycles` tells, and `group_of` of
    each row.
    """

    ids: tuple[NodeId, ...]
    rows: dict[NodeId, int]
    uses: list[list[int]]
    users: list[list[int]]
    heads: list[int]
    cycles: dict[int, tuple[int, ...]]
    group_of: list[int]

    @property
    def groups(self) -> Iterator[tuple[int, ...]]:
        """Rows that stand alone, or those of a cycle, each group after those that it rests on."""
        cycles = self.cycles
        return (cycles.get(row, (row,)) for row in self.heads)

    @property
    def order(self) -> list[int]:
        """All rows, each after those that it rests on."""
        return [row for group in self.groups for row in group] if self.cycles else self.heads

    def marked_above(self, marks: Sequence[int]) -> list[int]:
        """For each row the marked rows that rest on it or are it: one integer as a set of positions in `marks`."""
        return self._marked(marks, self.heads[::-1], self.users)

    def marked_below(self, marks: Sequence[int]) -> list[int]:
        """For each row the marked rows that it rests on or is, in the same form."""
        return self._marked(marks, self.heads, self.uses)

    def _marked(self, marks: Sequence[int], heads: Iterable[int], following: list[list[int]]) -> list[int]:
        found = [0] * len(self.ids)
        for position, row in enumerate(marks):
            found[row] = 1 << position
        for head in heads:
            group = self.cycles.get(head)
            if group is None:
                for other in following[head]:
                    found[head] |= found[other]
                continue
            bits = 0
            for row in group:
                bits |= found[row]
                for other in following[row]:
                    bits |= found[other]
            for row in group:
                found[row] = bits
        return found

    def last_gaps(self, gaps: Collection[int]) -> list[int]:
        """For each row the only one of `gaps` that it rests on; -1 where there is none, -2 where there are several.

        A gap within a cycle counts for all the others of the cycle.
        """
        inside = bytearray(len(self.ids))
        for gap in gaps:
            inside[gap] = 1
        below, through = [-1] * len(self.ids), [-1] * len(self.ids)
        for head in self.heads:
            group = self.cycles.get(head)
            if group is not None:
                self._last_gaps_of_cycle(group, inside, below, through)
                continue
            found = -1
            # Written out, as it is done for every use there is: `through` is what a user rests on by way of a row.
            for used in self.uses[head]:
                one = through[used]
                if one not in (-1, found):
                    found = one if found == -1 else -2
            below[head] = found
            through[head] = found if not inside[head] else head if found == -1 else -2
        return below

    def _last_gaps_of_cycle(
        self, group: tuple[int, ...], inside: bytearray, below: list[int], through: list[int]
    ) -> None:
        outside = -1
        for row in group:
            for used in self.uses[row]:
                if used not in group:
                    outside = _both(outside, through[used])
        for row in group:
            below[row] = outside
            for other in group:
                below[row] = _both(below[row], other if inside[other] and other != row else -1)
        for row in group:
            through[row] = _both(below[row], row if inside[row] else -1)

    def nearest(self, starts: Iterable[int]) -> tuple[list[int], list[int]]:
        """For each row the steps up to the nearest of `starts` that rests on it (-1: none), and which that is."""
        distance, origin = [-1] * len(self.ids), [-1] * len(self.ids)
        front = list(starts)
        for row in front:
            distance[row], origin[row] = 0, row
        for row in front:
            for used in self.uses[row]:
                if distance[used] < 0:
                    distance[used], origin[used] = distance[row] + 1, origin[row]
                    front.append(used)
        return distance, origin

    def longest(self, weight: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[int]]:
        """For each row the greatest sum of weights of a chain that ends in it, and the row before it (-1: none).

        A cycle counts as one place: no chain goes around in it.
        """
        best = [(0, 0)] * len(self.ids)
        before = [-1] * len(self.ids)
        for row in self.order:
            above, own = (-1, -1), self.group_of[row]
            for used in self.uses[row]:
                if best[used] > above and self.group_of[used] != own:
                    above, before[row] = best[used], used
            best[row] = max(above[0], 0) + weight[row][0], max(above[1], 0) + weight[row][1]
        return best, before

    def below(self, row: int) -> set[int]:
        """A row and all that it rests on."""
        seen, ahead = {row}, [row]
        while ahead:
            fresh = set(self.uses[ahead.pop()]) - seen
            seen |= fresh
            ahead += fresh
        return seen


def use_graph(snapshot: Snapshot) -> UseGraph:
    """The graph of all uses of a snapshot, in its reading."""
    return _by_rows(snapshot.whole)


@remembers
def impact_sizes(graph: UseGraph) -> list[int]:
    """How many nodes rest on each row, directly or not."""
    # Marked from the end, so that the sets of most rows are small numbers.
    return [found.bit_count() - 1 for found in graph.marked_above(graph.order[::-1])]


@remembers
def _by_rows(whole: DependencyGraph) -> UseGraph:
    ids = whole.nodes
    rows = {node: row for row, node in enumerate(ids)}
    group_of = list(range(len(ids)))
    cycles = {rows[cycle[0]]: tuple(rows[node] for node in cycle) for cycle in whole.cycles if len(cycle) > 1}
    for first, cycle in cycles.items():
        for row in cycle:
            group_of[row] = first
    source = np.array([rows[one] for one, _, _ in whole.edges], np.int64)
    target = np.array([rows[other] for _, other, _ in whole.edges], np.int64)
    uses, users = _neighbours(target, source, len(ids)), _neighbours(source, target, len(ids))
    groups = np.array(group_of, np.int64)
    apart = groups[source] != groups[target]
    waiting = np.bincount(groups[target[apart]], minlength=len(ids)).tolist()
    return UseGraph(ids, rows, uses, users, _ordered(users, group_of, cycles, waiting), cycles, group_of)


def _neighbours(of: Rows, which: Rows, count: int) -> list[list[int]]:
    """For each row those that stand beside it, in the order in which they are given."""
    order = np.argsort(of, kind="stable")
    ends = np.searchsorted(of[order], np.arange(count + 1)).tolist()
    listed = which[order].tolist()
    return [listed[start:end] for start, end in pairwise(ends)]


def _ordered(
    users: list[list[int]], group_of: list[int], cycles: dict[int, tuple[int, ...]], waiting: list[int]
) -> list[int]:
    """The first rows of all groups, each after what it rests on; `waiting` counts the uses that keep each back."""
    ready = [row for row, own in enumerate(group_of) if own == row and not waiting[row]]
    if not cycles:
        for row in ready:
            for user in users[row]:
                waiting[user] -= 1
                # A row that uses itself never waited for that, and goes below nought.
                if not waiting[user]:
                    ready.append(user)
        return ready
    for own in ready:
        for row in cycles.get(own, (own,)):
            for user in users[row]:
                following = group_of[user]
                if following != own:
                    waiting[following] -= 1
                    if not waiting[following]:
                        ready.append(following)
    return ready


def _both(one: int, other: int) -> int:
    """Two sets together, each of one gap, of none (-1) or of several (-2)."""
    if one == other or other == -1:
        return one
    return other if one == -1 else -2
