"""The rows of the outline as plain values, so that 20,000 of them are filtered at once and without Qt."""

from collections.abc import Collection
from dataclasses import dataclass

from blueprint_app.insight.progress import is_proved
from blueprint_app.model.blueprint import Heading, Node, NodeId
from blueprint_app.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class OutlineTree:
    """Headings that hold nodes, and the nodes, in document order.

    Row i has the item `items[i]`, the parent row `parents[i]` (-1 at the top), stands at
    `positions[i]` among its siblings and has the rows `children[i]` below it; `roots` are the top
    rows. `rows` finds a node's row; `headings` are the keys of the headings in the order of their rows, and `tallies`
    holds (proved, to prove) below each heading's row.
    """

    items: tuple[Heading | Node, ...]
    parents: tuple[int, ...]
    positions: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    roots: tuple[int, ...]
    rows: dict[NodeId, int]
    headings: tuple[int, ...]
    tallies: tuple[tuple[int, int], ...]


def outline_of(snapshot: Snapshot, only: Collection[NodeId] | None = None) -> OutlineTree:
    """The outline of a snapshot; `only` leaves out other nodes and the headings that are then empty."""
    nodes = [node for node in snapshot.blueprint.nodes if only is None or node.id in only]
    builder = _Builder({heading.key: heading for heading in snapshot.blueprint.headings})
    for node in nodes:
        builder.add(node, done=is_proved(snapshot, node))
    return builder.tree()


class _Builder:
    def __init__(self, headings: dict[int, Heading]) -> None:
        self._headings = headings
        self._items: list[Heading | Node] = []
        self._parents: list[int] = []
        self._children: list[list[int]] = []
        self._roots: list[int] = []
        self._tallies: list[list[int]] = []
        self._heading_rows: dict[int, int] = {}

    def add(self, node: Node, *, done: bool) -> None:
        """Add `node` below its headings; nodes stand in document order, so do the headings they bring."""
        parent = -1
        for key in node.path:
            if key in self._headings:
                parent = self._heading_row(key, parent)
        self._append(node, parent)
        while parent >= 0 and node.kind != "definition":
            self._tallies[parent][0] += done
            self._tallies[parent][1] += 1
            parent = self._parents[parent]

    def _heading_row(self, key: int, parent: int) -> int:
        if key not in self._heading_rows:
            self._heading_rows[key] = self._append(self._headings[key], parent)
        return self._heading_rows[key]

    def _append(self, item: Heading | Node, parent: int) -> int:
        row = len(self._items)
        self._items.append(item)
        self._parents.append(parent)
        self._children.append([])
        self._tallies.append([0, 0])
        (self._children[parent] if parent >= 0 else self._roots).append(row)
        return row

    def tree(self) -> OutlineTree:
        positions = [0] * len(self._items)
        for siblings in (self._roots, *self._children):
            for position, row in enumerate(siblings):
                positions[row] = position
        return OutlineTree(
            tuple(self._items),
            tuple(self._parents),
            tuple(positions),
            tuple(map(tuple, self._children)),
            tuple(self._roots),
            {item.id: row for row, item in enumerate(self._items) if isinstance(item, Node)},
            tuple(self._heading_rows),
            tuple((done, total) for done, total in self._tallies),
        )
