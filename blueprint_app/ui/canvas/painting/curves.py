"""Edges as arrays of Bézier pieces, turned into just the line segments that a view needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from blueprint_app.ui.canvas.links import Indices, Mask, ranges
from blueprint_app.ui.canvas.moving.viewport import Box, Viewport

Floats = npt.NDArray[np.float64]

TOLERANCE = 0.2
"""How far, in pixels, a segment may lie from its curve."""
MOST_PIECES = 30_000
"""Beyond so many visible pieces the edges are drawn as straight lines."""
BATCH = 3000
"""About how many segments are computed at a time: one to three milliseconds' work."""


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """All edges of a scene, cut into cubic Bézier pieces.

    `pieces` is (p, 4, 2), in scene units; `edge_of` (p,) the edge of each; `boxes` (p, 4) left, top,
    right, bottom; `along` (p,) how far from its edge's start each begins, along the curve; `ends`
    (m, 2, 2) each edge's start and end; `arrivals` (m, 2) unit vectors of the direction it arrives in.
    """

    pieces: Floats
    edge_of: Indices
    boxes: Floats
    along: Floats
    ends: Floats
    arrivals: Floats
    edge_boxes: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Line segments in pixels.

    `lines` is (k, 4) as x1 y1 x2 y2, `edge_of` (k,) their edges, `along` (k,) pixels from the edge's start.
    """

    lines: Floats
    edge_of: Indices
    along: Floats


def curves_of(points: Floats, offsets: Indices) -> Curves:
    """Curves from a placement's `points` and `offsets`; an edge without a whole piece has none."""
    counts = np.diff(offsets)
    pieces_of = np.maximum((counts - 1) // 3, 0)
    edge_of = np.repeat(np.arange(len(counts), dtype=np.int64), pieces_of)
    firsts = ranges(np.zeros(len(counts), dtype=np.int64), pieces_of) * 3 + offsets[edge_of]
    pieces = points[firsts[:, None] + np.arange(4)].astype(np.float64).reshape(-1, 4, 2)
    boxes = np.concatenate([pieces.min(axis=1), pieces.max(axis=1)], axis=1)
    # The mean of chord and control polygon is close to a cubic's length (Gravesen 1997).
    legs = np.linalg.norm(np.diff(pieces, axis=1), axis=2).sum(axis=1)
    lengths = (legs + np.linalg.norm(pieces[:, 3] - pieces[:, 0], axis=1)) / 2
    before = np.cumsum(lengths) - lengths
    first_piece = np.cumsum(pieces_of) - pieces_of
    along = before - before[first_piece[edge_of]] if len(pieces) else before
    ends = np.full((len(counts), 2, 2), np.nan)
    arrivals = np.zeros((len(counts), 2))
    edge_boxes = np.full((len(counts), 4), np.nan)
    drawn = np.flatnonzero(pieces_of)
    if len(drawn):
        last = first_piece[drawn] + pieces_of[drawn] - 1
        ends[drawn, 0], ends[drawn, 1] = pieces[first_piece[drawn], 0], pieces[last, 3]
        arrivals[drawn] = _arrival(pieces[last])
        starts = first_piece[drawn]
        edge_boxes[drawn, :2] = np.minimum.reduceat(boxes[:, :2], starts, axis=0)
        edge_boxes[drawn, 2:] = np.maximum.reduceat(boxes[:, 2:], starts, axis=0)
    return Curves(pieces, edge_of, boxes, along, ends, arrivals, edge_boxes)


def _arrival(pieces: Floats) -> Floats:
    direction = pieces[:, 3] - pieces[:, 2]
    # A control point on the end itself gives no direction; the chord does.
    still = np.linalg.norm(direction, axis=1) < 1e-6
    direction[still] = pieces[still, 3] - pieces[still, 0]
    lengths = np.linalg.norm(direction, axis=1, keepdims=True)
    return direction / np.where(lengths > 0, lengths, 1)


def overlapping(boxes: Floats, box: Box) -> Mask:
    """Which of the (k, 4) boxes meet `box`; NaN boxes never do."""
    left, top, right, bottom = box
    return (boxes[:, 0] <= right) & (boxes[:, 2] >= left) & (boxes[:, 1] <= bottom) & (boxes[:, 3] >= top)


def segments_of(curves: Curves, view: Viewport, wanted: Mask) -> Iterator[Segments]:
    """The segments that show the `wanted` (m,) edges in a view, clipped to it, a few thousand at a time.

    The more there is to see the coarser it is: in a thicket nobody follows a single curve.
    """
    chosen = np.flatnonzero(overlapping(curves.boxes, view.box) & wanted[curves.edge_of])
    if len(chosen) > MOST_PIECES:
        yield from _chords(curves, view, wanted)
        return
    tolerance = TOLERANCE if len(chosen) < 3000 else 3 * TOLERANCE if len(chosen) < 10_000 else 6 * TOLERANCE
    steps = _steps(curves.pieces[chosen], tolerance / view.scale)
    for batch in _batches(steps):
        yield _segments(curves, view, chosen[batch], steps[batch])


def _batches(steps: Indices) -> Iterator[slice]:
    """Slices of pieces that make about `BATCH` segments each."""
    ends = np.cumsum(steps)
    cuts = np.searchsorted(ends, np.arange(BATCH, int(ends[-1]) if len(ends) else 0, BATCH))
    for start, end in pairwise([0, *np.unique(cuts).tolist(), len(steps)]):
        if end > start:
            yield slice(start, end)


def _segments(curves: Curves, view: Viewport, chosen: Indices, steps: Indices) -> Segments:
    pieces = curves.pieces[chosen] * view.scale + np.array(view.offset)
    owner = np.repeat(np.arange(len(chosen), dtype=np.int64), steps)
    number = ranges(np.zeros(len(chosen), dtype=np.int64), steps)
    start, end = _at(pieces, owner, number / steps[owner]), _at(pieces, owner, (number + 1) / steps[owner])
    lengths = np.hypot(end[:, 0] - start[:, 0], end[:, 1] - start[:, 1])
    before = np.cumsum(lengths) - lengths
    along = before - before[(np.cumsum(steps) - steps)[owner]] + curves.along[chosen][owner] * view.scale
    segments = Segments(np.concatenate([start, end], axis=1), curves.edge_of[chosen][owner], along)
    left, top, right, bottom = view.box
    boxes = curves.boxes[chosen]
    inside = (boxes[:, :2].min(axis=0) > (left, top)).all() and (boxes[:, 2:].max(axis=0) < (right, bottom)).all()
    return segments if inside else _clipped(segments, view)


def _chords(curves: Curves, view: Viewport, wanted: Mask) -> Iterator[Segments]:
    chosen = np.flatnonzero(overlapping(curves.edge_boxes, view.box) & wanted)
    for start in range(0, len(chosen), BATCH):
        part = chosen[start : start + BATCH]
        lines = (curves.ends[part] * view.scale + np.array(view.offset)).reshape(-1, 4)
        yield _clipped(Segments(lines, part, np.zeros(len(part))), view)


def count_pieces(curves: Curves, view: Viewport, wanted: Mask) -> int:
    """How many pieces of the `wanted` edges a view meets."""
    return int((overlapping(curves.boxes, view.box) & wanted[curves.edge_of]).sum())


def _steps(pieces: Floats, tolerance: float) -> Indices:
    """Into how many segments each piece is cut to stay within `tolerance` (Wang's formula)."""
    bends = pieces[:, :-2] - 2 * pieces[:, 1:-1] + pieces[:, 2:]
    bend = np.hypot(bends[:, :, 0], bends[:, :, 1]).max(axis=1) if len(bends) else np.zeros(0)
    return np.clip(np.ceil(np.sqrt(0.75 * bend / tolerance)), 1, 40).astype(np.int64)


def _at(pieces: Floats, owner: Indices, t: Floats) -> Floats:
    t = t[:, None]
    u = 1 - t
    a, b, c, d = (pieces[owner, corner] for corner in range(4))
    return np.asarray(u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d)


def _clipped(segments: Segments, view: Viewport) -> Segments:
    """Cut to the picture (Liang and Barsky 1984), as painting far outside it is slow and loses precision."""
    margin = 4.0
    start, step = segments.lines[:, :2], segments.lines[:, 2:] - segments.lines[:, :2]
    low, high = np.array([-margin, -margin]), np.array([view.width + margin, view.height + margin])
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (low - start) / step, (high - start) / step
    inside = (start >= low) & (start <= high)
    flat = step == 0
    enter = np.where(flat, np.where(inside, -np.inf, np.inf), np.minimum(one, other))
    leave = np.where(flat, np.inf, np.maximum(one, other))
    # By columns: reducing rows of two is ten times slower.
    entering = np.maximum(enter[:, 0], enter[:, 1]).clip(min=0)
    leaving = np.minimum(leave[:, 0], leave[:, 1]).clip(max=1)
    kept = entering < leaving
    start, step, entering, leaving = start[kept], step[kept], entering[kept], leaving[kept]
    lines = np.concatenate([start + step * entering[:, None], start + step * leaving[:, None]], axis=1)
    along = segments.along[kept] + entering * np.hypot(step[:, 0], step[:, 1])
    return Segments(lines, segments.edge_of[kept], along)


def dashes_of(segments: Segments, dash: float, gap: float) -> Segments:
    """Only the dashes of segments, in pixels; they stay put on their edge while the view pans."""
    start = segments.lines[:, :2]
    step = segments.lines[:, 2:] - start
    lengths = np.hypot(step[:, 0], step[:, 1])
    period = dash + gap
    first = np.floor(segments.along / period)
    counts = (np.floor((segments.along + lengths) / period) - first + 1).astype(np.int64)
    owner = np.repeat(np.arange(len(lengths), dtype=np.int64), counts)
    number = first[owner] + ranges(np.zeros(len(lengths), dtype=np.int64), counts)
    begin = np.maximum(number * period - segments.along[owner], 0)
    end = np.minimum(number * period + dash - segments.along[owner], lengths[owner])
    kept = end > begin
    owner, begin, end = owner[kept], begin[kept], end[kept]
    unit = step[owner] / np.maximum(lengths[owner], 1e-9)[:, None]
    lines = np.concatenate([start[owner] + unit * begin[:, None], start[owner] + unit * end[:, None]], axis=1)
    return Segments(lines, segments.edge_of[owner], segments.along[owner] + begin)
