"""The uses of a whole snapshot by row number, for questions that are asked of all nodes at once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class UseGraph:
    """Nodes by their row in the document.

    `uses` and `users` are the direct neighbours of each row. `order` lists all rows so that each stands after the
    rows that it rests on; those of a cycle stand together, and `component` gives them one and the same first row.
    """

    ids: tuple[NodeId, ...]
    rows: dict[NodeId, int]
    uses: list[list[int]]
    users: list[list[int]]
    order: tuple[int, ...]
    component: list[int]

    def impact_sizes(self) -> list[int]:
        """How many nodes rest on each row, directly or not: one integer a node as a set of bits, users first."""
        bits: dict[int, int] = {}
        size = [0] * len(self.ids)
        position = {row: at for at, row in enumerate(reversed(self.order))}
        for members in self._components(backwards=True):
            inside = {self.component[members[0]]}
            reached = 0
            for row in members:
                for user in self.users[row]:
                    if self.component[user] not in inside:
                        reached |= bits[self.component[user]]
            count = reached.bit_count() + len(members) - 1
            for row in members:
                size[row] = count
                reached |= 1 << position[row]
            bits[self.component[members[0]]] = reached
        return size

    def last_gaps(self, gaps: Collection[int]) -> list[int]:
        """For each row the only one of `gaps` that it rests on; -1 where there is none, -2 where there are several.

        A gap within a cycle counts for all the others of the cycle.
        """
        inside = [row in gaps for row in range(len(self.ids))]
        below = [-1] * len(self.ids)
        for members in self._components():
            own = self.component[members[0]]
            outside = [used for row in members for used in self.uses[row] if self.component[used] != own]
            before = _only([*(below[used] for used in outside), *(used for used in outside if inside[used])])
            for row in members:
                below[row] = before
                if len(members) > 1:
                    below[row] = _only([before, *(other for other in members if other != row and inside[other])])
        return below

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
        for members in self._components():
            for row in members:
                outside = [used for used in self.uses[row] if self.component[used] != self.component[row]]
                before[row] = max(outside, key=lambda used: (best[used], -used), default=-1)
                above = best[before[row]] if outside else (0, 0)
                best[row] = above[0] + weight[row][0], above[1] + weight[row][1]
        return best, before

    def _components(self, *, backwards: bool = False) -> Iterable[list[int]]:
        """The rows of `order`, those of a cycle together."""
        members: list[int] = []
        for row in reversed(self.order) if backwards else self.order:
            if members and self.component[members[0]] != self.component[row]:
                yield members
                members = []
            members.append(row)
        if members:
            yield members


def use_graph(snapshot: Snapshot) -> UseGraph:
    """The graph of all uses of a snapshot, in its reading."""
    ids = snapshot.whole.nodes
    rows = {node: row for row, node in enumerate(ids)}
    uses: list[list[int]] = [[] for _ in ids]
    users: list[list[int]] = [[] for _ in ids]
    for source, target, _ in snapshot.whole.edges:
        before, after = rows[source], rows[target]
        uses[after].append(before)
        users[before].append(after)
    component = list(range(len(ids)))
    cycles: dict[int, list[int]] = {}
    for cycle in snapshot.whole.cycles:
        if len(cycle) > 1:
            members = [rows[node] for node in cycle]
            cycles[members[0]] = members
            for row in members:
                component[row] = members[0]
    return UseGraph(ids, rows, uses, users, _order(uses, users, component, cycles), component)


def _order(
    uses: list[list[int]], users: list[list[int]], component: list[int], cycles: dict[int, list[int]]
) -> tuple[int, ...]:
    """All rows, each after those that it rests on."""
    waiting = [0] * len(uses)
    for row, used in enumerate(uses):
        own = component[row]
        waiting[own] += len(used) if not cycles else sum(component[each] != own for each in used)
        waiting[own] -= row in used if not cycles else 0
    ready = [row for row in range(len(uses)) if component[row] == row and not waiting[row]]
    order: list[int] = []
    for own in ready:
        for row in cycles.get(own, (own,)):
            order.append(row)
            for user in users[row]:
                following = component[user]
                if following != own:
                    waiting[following] -= 1
                    if not waiting[following]:
                        ready.append(following)
    return tuple(order)


def _only(gaps: Iterable[int]) -> int:
    """The one gap among these, each at most one or (-2) several; -1 for none."""
    found = -1
    for gap in gaps:
        if gap == -2 or (found >= 0 and gap >= 0 and gap != found):
            return -2
        if gap >= 0:
            found = gap
    return found
