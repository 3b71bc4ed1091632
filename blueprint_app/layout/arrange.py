"""A whole problem to a placement: engines draw the connected parts, loose ones are gathered by chapter and section.

A layered drawing alone puts every node without edges into one row, miles wide; a project with few
edges, or none, is better shown by its chapters and sections.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from blueprint_app.layout.blocks import (
    Block,
    beside_or_below,
    boxed,
    drawn_block,
    grid_block,
    packed,
    placement_of,
)
from blueprint_app.layout.drawing import Drawing, Part
from blueprint_app.layout.label_size import text_width
from blueprint_app.layout.parts import part_numbers
from blueprint_app.layout.placement import Indices, LayoutProblem, Placement

Engine = Callable[[Part], Drawing]

FEW_LOOSE = 12
"""Up to this many loose nodes are shown without boxes around them."""

LARGE_PART = 30
FEW_FOR_A_BOX = 3
"""A section with fewer loose nodes gets no box of its own inside its chapter's."""

WIDEST_TITLE = 360.0
TITLE_FONT_SIZE = 14.0


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    """A connected part: its nodes, its edges, and the smallest group that holds it, or -1."""

    nodes: Indices
    edges: Indices
    home: int


def arrange(problem: LayoutProblem, draw: Engine, name: str) -> Placement:
    """The placement of `problem`, its connected parts drawn by `draw`, the engine called `name`."""
    count = len(problem.sizes)
    if not count:
        empty = Block(0.0, 0.0, np.zeros(0, np.int64), np.zeros(0, np.int64))
        return placement_of(empty, problem, name)
    groups = _GroupTree(problem)
    items = _items(problem, groups)
    main = [item for item in items if _is_main(item, count)]
    in_main = {id(item) for item in main}
    loose = [item for item in items if id(item) not in in_main]
    loose_count = sum(len(item.nodes) for item in loose)
    if main and loose_count <= FEW_LOOSE:
        rest = _contents(problem, loose, [], draw)
    else:
        rest = _grouped(problem, loose, groups, draw, deep=2 * loose_count > count)
    if not main:
        return placement_of(packed(rest), problem, "grouped")
    drawing = packed([_drawn(problem, item, draw) for item in sorted(main, key=lambda item: -len(item.nodes))])
    return placement_of(beside_or_below(drawing, rest) if rest else drawing, problem, name)


def _is_main(item: _Item, count: int) -> bool:
    """Whether a part is the graph's own shape and not something to be put into a box."""
    size = len(item.nodes)
    if not len(item.edges):
        return False
    return 2 * size > count or (item.home < 0 and (size >= LARGE_PART or 4 * size > count))


def _items(problem: LayoutProblem, groups: "_GroupTree") -> list[_Item]:
    """The connected parts in the order of their first nodes."""
    number = part_numbers(len(problem.sizes), problem.edges)
    by_part = np.argsort(number, kind="stable")
    nodes = np.split(by_part, np.flatnonzero(np.diff(number[by_part])) + 1)
    edge_part = number[problem.edges[:, 0]]
    by_edge_part = np.argsort(edge_part, kind="stable")
    starts = np.searchsorted(edge_part[by_edge_part], np.arange(len(nodes) + 1))
    return [
        _Item(members, by_edge_part[starts[index] : starts[index + 1]], groups.smallest_around(members))
        for index, members in enumerate(nodes)
    ]


def _drawn(problem: LayoutProblem, item: _Item, draw: Engine) -> Block:
    row = np.searchsorted(item.nodes, problem.edges[item.edges])
    part = Part(problem.sizes[item.nodes], row, problem.boxes[item.nodes])
    return drawn_block(part, draw(part), item.nodes, item.edges)


def _contents(problem: LayoutProblem, items: Sequence[_Item], boxes: Sequence[Block], draw: Engine) -> list[Block]:
    """Drawn parts, largest first, then the nodes without edges, then the boxes of smaller groups."""
    linked = sorted((item for item in items if len(item.edges)), key=lambda item: -len(item.nodes))
    blocks = [_drawn(problem, item, draw) for item in linked]
    alone = [item.nodes for item in items if not len(item.edges)]
    if alone:
        blocks.append(grid_block(problem, np.sort(np.concatenate(alone))))
    return [*blocks, *boxes]


def _grouped(
    problem: LayoutProblem, items: Sequence[_Item], groups: "_GroupTree", draw: Engine, *, deep: bool
) -> list[Block]:
    """Items in the boxes of their groups: of chapters and all below them if `deep`, else of the outermost only."""
    held: dict[int, list[_Item]] = {}
    for item in items:
        held.setdefault(item.home if deep else groups.outermost(item.home), []).append(item)
    inner: dict[int, list[Block]] = {}
    # Children stand behind their parents: from the last to the first, all inside a group is ready.
    for group in range(len(problem.groups) - 1, -1, -1):
        own, boxes = held.get(group, []), inner.get(group, [])[::-1]
        parent = groups.parents[group]
        if parent >= 0 and not boxes and sum(len(item.nodes) for item in own) < FEW_FOR_A_BOX:
            held.setdefault(parent, []).extend(own)
        elif own or boxes:
            title = min(text_width(problem.groups[group].title, TITLE_FONT_SIZE), WIDEST_TITLE)
            content = packed(_contents(problem, own, boxes, draw))
            inner.setdefault(parent, []).append(boxed(content, group, title))
    return _contents(problem, held.get(-1, []), inner.get(-1, [])[::-1], draw)


class _GroupTree:
    """The groups as a tree, without those that say nothing as they hold every node."""

    def __init__(self, problem: LayoutProblem) -> None:
        count = len(problem.sizes)
        total = [len(group.members) for group in problem.groups]
        for index in range(len(total) - 1, -1, -1):
            parent = problem.groups[index].parent
            if not -1 <= parent < index:
                raise ValueError(f"group {index} has the parent {parent}, which does not stand before it")
            if parent >= 0:
                total[parent] += total[index]
        says_nothing = [size >= count for size in total]
        self.parents = [
            -1 if group.parent < 0 or says_nothing[group.parent] else group.parent for group in problem.groups
        ]
        self._home = np.full(count, -1)
        for index, group in enumerate(problem.groups):
            if not says_nothing[index]:
                self._home[list(group.members)] = index

    def smallest_around(self, nodes: Indices) -> int:
        """The smallest group that holds all of the nodes, or -1."""
        homes = np.unique(self._home[nodes]).tolist()
        shared = self._chain(homes[0])
        for home in homes[1:]:
            chain = set(self._chain(home))
            shared = [group for group in shared if group in chain]
        return shared[0] if shared else -1

    def outermost(self, group: int) -> int:
        """The group that holds `group` and lies in no other."""
        return self._chain(group)[-1] if group >= 0 else -1

    def _chain(self, group: int) -> list[int]:
        """The group and those around it, outwards."""
        chain = []
        while group >= 0:
            chain.append(group)
            group = self.parents[group]
        return chain
