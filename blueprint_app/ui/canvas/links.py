"""Who rests on whom, as arrays: what hovering highlights must be known within a frame."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Edges of a graph in both directions: node i's users are ``users[user_starts[i]:user_starts[i + 1]]``."""

    users: Indices
    user_starts: Indices
    prerequisites: Indices
    prerequisite_starts: Indices

    def foundation(self, node: int) -> Mask:
        """All that a node rests on, directly or not, without itself; (n,)."""
        return _reach(node, self.prerequisites, self.prerequisite_starts)

    def impact(self, node: int) -> Mask:
        """All that rests on a node, directly or not, without itself; (n,)."""
        return _reach(node, self.users, self.user_starts)

    def users_of(self, node: int) -> Indices:
        """The direct users of a node."""
        return self.users[self.user_starts[node] : self.user_starts[node + 1]]

    def prerequisites_of(self, node: int) -> Indices:
        """The direct prerequisites of a node."""
        return self.prerequisites[self.prerequisite_starts[node] : self.prerequisite_starts[node + 1]]


def links_of(count: int, edges: Indices) -> Links:
    """Links among `count` nodes of the (m, 2) edges from prerequisite to user."""
    users, user_starts = _grouped(edges[:, 0], edges[:, 1], count)
    prerequisites, prerequisite_starts = _grouped(edges[:, 1], edges[:, 0], count)
    return Links(users, user_starts, prerequisites, prerequisite_starts)


def _grouped(keys: Indices, values: Indices, count: int) -> tuple[Indices, Indices]:
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(keys, minlength=count), out=starts[1:])
    return np.asarray(values[np.argsort(keys, kind="stable")], dtype=np.int64), starts


def ranges(starts: Indices, lengths: Indices) -> Indices:
    """The numbers start, start + 1, ... of each range, one range after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) + np.repeat(starts - (ends - lengths), lengths), dtype=np.int64)


_FEW = 12
"""A front of fewer nodes is gone through one by one: a long chain would cost numpy's start for each of its nodes."""


def _reach(node: int, following: Indices, starts: Indices) -> Mask:
    seen = np.zeros(len(starts) - 1, dtype=np.bool_)
    seen[node] = True
    front = np.array([node], dtype=np.int64)
    while len(front):
        if len(front) < _FEW:
            front = _go_while_few(front.tolist(), seen, following, starts)
        else:
            ahead = following[ranges(starts[front], starts[front + 1] - starts[front])]
            front = np.unique(ahead[~seen[ahead]])
            seen[front] = True
    seen[node] = False
    return seen


def _go_while_few(front: list[int], seen: Mask, following: Indices, starts: Indices) -> Indices:
    """Mark what comes after `front` in `seen`, until there is nothing more or the front is a broad one."""
    is_seen = seen.data
    while 0 < len(front) < _FEW:
        ahead = []
        for each in front:
            for other in following[starts[each] : starts[each + 1]].tolist():
                if not is_seen[other]:
                    is_seen[other] = True
                    ahead.append(other)
        front = ahead
    return np.array(front, dtype=np.int64)
