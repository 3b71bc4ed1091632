"""Rectangles of drawn nodes inside each other, and the placement that they make together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from blueprint_app.layout.drawing import Drawing, Part, extent
from blueprint_app.layout.packing import ASPECT, grid, pack
from blueprint_app.layout.placement import Indices, LayoutProblem, Placement

NODE_GAP = 16.0
BLOCK_GAP = 28.0
PADDING = 16.0
TITLE_HEIGHT = 26.0


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A rectangle that holds drawn nodes, or other blocks at places counted from its left top, or both.

    `nodes` and `edges` are the problem's indices of what `drawing` shows; `group` is the index of
    the group whose box this is, or -1.
    """

    width: float
    height: float
    nodes: Indices
    edges: Indices
    drawing: Drawing | None = None
    inside: tuple[tuple["Block", float, float], ...] = ()
    group: int = -1


_NONE = np.zeros(0, np.int64)


def drawn_block(part: Part, drawing: Drawing, nodes: Indices, edges: Indices) -> Block:
    """A part that an engine drew, moved to the block's corner."""
    left, top, right, bottom = extent(part, drawing)
    corner = np.array([left, top])
    moved = Drawing(drawing.centres - corner, drawing.points - corner, drawing.offsets)
    return Block(right - left, bottom - top, nodes, edges, moved)


def grid_block(problem: LayoutProblem, nodes: Indices) -> Block:
    """Nodes without any edge, in rows and columns."""
    centres, width, height = grid(problem.sizes[nodes], NODE_GAP)
    return Block(width, height, nodes, _NONE, Drawing(centres, np.zeros((0, 2)), np.zeros(1, np.int64)))


def packed(blocks: Sequence[Block], within: float | None = None) -> Block:
    """Blocks side by side, in a screen's shape or `within` a width."""
    if len(blocks) == 1:
        return blocks[0]
    places, width, height = pack([(block.width, block.height) for block in blocks], BLOCK_GAP, within)
    inside = tuple((block, float(x), float(y)) for block, (x, y) in zip(blocks, places, strict=True))
    return Block(width, height, _NONE, _NONE, inside=inside)


def boxed(content: Block, group: int, title_width: float) -> Block:
    """A group's box around its content, with a strip for the title on top."""
    width = max(content.width, title_width) + 2 * PADDING
    height = content.height + TITLE_HEIGHT + PADDING
    return Block(width, height, _NONE, _NONE, inside=((content, PADDING, TITLE_HEIGHT),), group=group)


def beside_or_below(main: Block, rest: Sequence[Block]) -> Block:
    """The main drawing with the rest at its right or under it, whichever suits a screen better."""
    under, aside = packed(rest, max(main.width, ASPECT * main.height)), packed(rest)
    gap = 2 * BLOCK_GAP
    below = ((main, 0.0, 0.0), (under, 0.0, main.height + gap))
    beside = ((main, 0.0, 0.0), (aside, main.width + gap, 0.0))
    choices = (
        Block(max(main.width, under.width), main.height + gap + under.height, _NONE, _NONE, inside=below),
        Block(main.width + gap + aside.width, max(main.height, aside.height), _NONE, _NONE, inside=beside),
    )
    return min(choices, key=lambda block: max(block.width / ASPECT, block.height))


def placement_of(root: Block, problem: LayoutProblem, engine: str) -> Placement:
    """What the blocks show, with the problem's own numbering of nodes and edges."""
    centres = np.zeros((len(problem.sizes), 2))
    group_boxes = np.full((len(problem.groups), 4), np.nan)
    counts = np.zeros(len(problem.edges), np.int64)
    shown = list(_walk(root, 0.0, 0.0))
    for block, x, y in shown:
        if block.group >= 0:
            group_boxes[block.group] = x, y, x + block.width, y + block.height
        if block.drawing is not None:
            centres[block.nodes] = block.drawing.centres + np.array((x, y))
            counts[block.edges] = np.diff(block.drawing.offsets)
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    points = np.zeros((offsets[-1], 2))
    for block, x, y in shown:
        if block.drawing is not None and len(block.edges):
            own = block.drawing.offsets
            sizes = np.diff(own)
            target = np.repeat(offsets[block.edges] - own[:-1], sizes) + np.arange(own[-1])
            points[target] = block.drawing.points + np.array((x, y))
    return Placement(centres, points, offsets, group_boxes, (0.0, 0.0, root.width, root.height), engine)


def _walk(block: Block, x: float, y: float) -> Iterator[tuple[Block, float, float]]:
    """The block and all inside it, with their left tops."""
    waiting = [(block, x, y)]
    while waiting:
        block, x, y = waiting.pop()
        yield block, x, y
        waiting.extend((inner, x + dx, y + dy) for inner, dx, dy in block.inside)
