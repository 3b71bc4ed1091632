"""Edges as smooth curves through their bends, from outline to outline."""

import numpy as np
import numpy.typing as npt

from blueprint_app.layout.drawing import Drawing, Part
from blueprint_app.layout.layered.levels import Levels
from blueprint_app.layout.placement import Floats, Indices

LOOP_WIDTH = 24.0
"""How far a self-loop reaches out of its node, in points."""

STEEPEST = 0.8
"""Largest sideways step per step down at a bend, so that a curve passes between its layer's nodes."""

_SPREAD = 0.35
_APART = 12.0


def curves(part: Part, levels: Levels, places: Floats, proper: Indices, turned: npt.NDArray[np.bool_]) -> Drawing:
    """The drawing of `part`; `proper` are its edges that are no self-loops, `turned` which of those run upwards."""
    centres = places[: levels.count]
    chains, starts = _chains(levels, places)
    _move_to_outlines(part, levels, chains, starts)
    pieces, piece_starts = _smooth(chains, starts)
    _spread_repeated(levels.edges, pieces, piece_starts)
    counts = np.full(len(part.edges), 4)
    counts[proper] = np.diff(piece_starts)
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    points = np.empty((offsets[-1], 2))
    points[_index(offsets[proper], counts[proper], turned)] = pieces
    loops = np.setdiff1d(np.arange(len(part.edges)), proper)
    if len(loops):
        points[offsets[loops][:, None] + np.arange(4)] = _loops(part, centres, part.edges[loops, 0])
    return Drawing(centres, points, offsets)


def _index(first: Indices, counts: Indices, backwards: npt.NDArray[np.bool_]) -> Indices:
    """``first[i], first[i] + 1, ...`` for each i in turn, `counts[i]` of them, from the end where `backwards`."""
    step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    turned = np.repeat(backwards, counts)
    return np.asarray(np.repeat(first, counts) + np.where(turned, np.repeat(counts, counts) - 1 - step, step))


def _chains(levels: Levels, places: Floats) -> tuple[Floats, Indices]:
    """Every edge's source, bends and target as points; bends within a straight upright run are left out."""
    bends = np.diff(levels.bend_starts)
    starts = np.concatenate(([0], np.cumsum(bends + 2))).astype(np.int64)
    vertices = np.empty(starts[-1], np.int64)
    vertices[starts[:-1]] = levels.edges[:, 0]
    vertices[starts[1:] - 1] = levels.edges[:, 1]
    inner = np.ones(len(vertices), bool)
    inner[starts[:-1]] = inner[starts[1:] - 1] = False
    vertices[inner] = levels.count + np.arange(int(bends.sum()))
    points = places[vertices]
    still = np.abs(np.diff(points[:, 0])) < 0.05
    needless = np.zeros(len(points), bool)
    needless[1:-1] = still[1:] & still[:-1] & inner[1:-1]
    kept = np.concatenate(([0], np.cumsum(~needless)))
    return points[~needless], kept[starts].astype(np.int64)


def _move_to_outlines(part: Part, levels: Levels, chains: Floats, starts: Indices) -> None:
    """Move the ends of every chain from the centres to the outlines, leaning towards the next point."""
    ends = (
        (starts[:-1], starts[:-1] + 1, levels.edges[:, 0], 1.0),
        (starts[1:] - 1, starts[1:] - 2, levels.edges[:, 1], -1.0),
    )
    lean = [chains[beyond, 0] - chains[end, 0] for end, beyond, _, _ in ends]
    for (end, _, node, side), wished in zip(ends, lean, strict=True):
        half = part.sizes[node] / 2
        shift = np.clip(wished * 0.25, -2 * _SPREAD * half[:, 0], 2 * _SPREAD * half[:, 0])
        rise = np.where(part.boxes[node], 1.0, np.sqrt(1 - (shift / half[:, 0]) ** 2))
        chains[end, 0] += shift
        chains[end, 1] += side * half[:, 1] * rise


def _smooth(chains: Floats, starts: Indices) -> tuple[Floats, Indices]:
    """Cubic Bézier pieces through each chain, without overshoot: x is a monotone cubic of y between points.

    Slopes are Fritsch and Butland's (1984): zero at a turn, else the harmonic mean of both sides.
    """
    step = np.diff(chains, axis=0)
    within = np.ones(len(step), bool)
    within[starts[1:-1] - 1] = False
    slope = np.where(within, step[:, 0] / np.where(step[:, 1] > 0, step[:, 1], 1.0), 0.0)
    tangent = np.zeros(len(chains))
    before, after = slope[:-1], slope[1:]
    same = before * after > 0
    total = np.where(same, before + after, 1.0)
    tangent[1:-1] = np.where(same, 2 * before * after / total, 0.0)
    tangent[starts[:-1]], tangent[starts[1:] - 1] = slope[starts[:-1]], slope[starts[1:] - 2]
    tangent = np.clip(tangent, -STEEPEST, STEEPEST)
    third = step[within] / 3
    first, last = chains[:-1][within], chains[1:][within]
    pieces = np.empty((len(first), 3, 2))
    pieces[:, 0, 1], pieces[:, 1, 1] = first[:, 1] + third[:, 1], last[:, 1] - third[:, 1]
    pieces[:, 0, 0] = first[:, 0] + tangent[:-1][within] * third[:, 1]
    pieces[:, 1, 0] = last[:, 0] - tangent[1:][within] * third[:, 1]
    pieces[:, 2] = last
    sizes = 3 * (np.diff(starts) - 1) + 1
    piece_starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    points = np.empty((piece_starts[-1], 2))
    is_start = np.zeros(len(points), bool)
    is_start[piece_starts[:-1]] = True
    points[is_start] = chains[starts[:-1]]
    points[~is_start] = pieces.reshape(-1, 2)
    return points, piece_starts


def _spread_repeated(edges: Indices, points: Floats, starts: Indices) -> None:
    """Bow the second and later edges between the same two nodes, which would hide each other."""
    if not len(edges):
        return
    order = np.lexsort((edges[:, 1], edges[:, 0]))
    same = np.concatenate(([False], (np.diff(edges[order], axis=0) == 0).all(axis=1)))
    if not same.any():
        return
    run = np.arange(len(order)) - np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
    for edge, times in zip(order[run > 0].tolist(), run[run > 0].tolist(), strict=True):
        points[starts[edge] + 1 : starts[edge + 1] - 1, 0] += _APART * times


def _loops(part: Part, centres: Floats, nodes: Indices) -> Floats:
    """A loop at the right of each node, (k, 4, 2)."""
    half = part.sizes[nodes] / 2
    across = np.where(part.boxes[nodes], 1.0, np.sqrt(1 - 0.25)) * half[:, 0]
    points = np.empty((len(nodes), 4, 2))
    points[:, :, 0] = (centres[nodes, 0] + across)[:, None]
    points[:, 1:3, 0] += LOOP_WIDTH
    points[:, :, 1] = centres[nodes, 1][:, None] + half[:, 1][:, None] * np.array([-0.5, -0.9, 0.9, 0.5])
    return points
