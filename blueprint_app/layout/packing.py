"""Rectangles put side by side without overlap, in a shape that fits a screen."""

import math
from collections.abc import Sequence

import numpy as np

from blueprint_app.layout.placement import Floats

ASPECT = 1.6
"""Width over height that is aimed at: a window's."""

ORDER_IS_WORTH = 1.25
"""How much larger a packing in the given order may be than a denser one."""

_WIDTH_TRIALS = tuple(0.7 * 1.05**step for step in range(20))


def pack(sizes: Sequence[tuple[float, float]], gap: float, within: float | None = None) -> tuple[Floats, float, float]:
    """Places for rectangles of the given widths and heights: their left tops (n, 2), the width and the height.

    Several total widths are tried, or `within` alone if given; the result is the one that is largest
    on a screen of the wished aspect. Rectangles fill from the top left in their given order, later
    ones into gaps that earlier ones left; from high to low instead where the order costs much room.
    """
    if not sizes:
        return np.zeros((0, 2)), 0.0, 0.0
    area = sum((width + gap) * (height + gap) for width, height in sizes)
    widest = max(width for width, _ in sizes)
    wished = [within] if within is not None else [math.sqrt(area * ASPECT) * factor for factor in _WIDTH_TRIALS]
    limits = sorted({max(widest, limit) for limit in wished})
    in_order = min((_fill(sizes, gap, limit) for limit in limits), key=lambda filled: _cost(*filled[1:]))
    ranked = sorted(range(len(sizes)), key=lambda index: -sizes[index][1])
    by_height = [sizes[index] for index in ranked]
    dense = min((_fill(by_height, gap, limit) for limit in limits), key=lambda filled: _cost(*filled[1:]))
    if _cost(*in_order[1:]) <= ORDER_IS_WORTH * _cost(*dense[1:]):
        return in_order
    places = np.empty((len(sizes), 2))
    places[ranked] = dense[0]
    return places, dense[1], dense[2]


def _cost(width: float, height: float) -> float:
    """The area, counted higher the further the shape is from the wished aspect.

    The square of the screen's size that would show it all is area times skew; boxes within boxes
    need compactness more, so that the skew counts half.
    """
    if not width or not height:
        return 0.0
    ratio = width / (ASPECT * height)
    return width * height * math.sqrt(max(ratio, 1 / ratio))


def _fill(sizes: Sequence[tuple[float, float]], gap: float, limit: float) -> tuple[Floats, float, float]:
    """Each rectangle as high up as it fits within the width `limit`, then as far left as it can go.

    `skyline` holds the lower edge of what is placed, as steps (left, bottom), to which the next
    rectangle is pushed up (Baker, Coffman and Rivest's bottom-left rule).
    """
    skyline = [(0.0, 0.0)]
    places = []
    for width, height in sizes:
        needed = min(width + gap, limit + gap)
        top, left, first = math.inf, 0.0, 0
        for index, (start, _) in enumerate(skyline):
            if start + needed > limit + gap + 1e-6:
                break
            height_here = _lowest(skyline, index, start + needed)
            if height_here < top - 1e-6:
                top, left, first = height_here, start, index
        places.append((left, top))
        skyline = _raised(skyline, first, left, left + needed, top + height + gap)
    array = np.array(places)
    extents = array + np.array(sizes)
    return array, float(extents[:, 0].max()), float(extents[:, 1].max())


def _lowest(skyline: Sequence[tuple[float, float]], index: int, end: float) -> float:
    """The lowest lower edge between step `index` and the x `end`."""
    lowest = 0.0
    while index < len(skyline) and skyline[index][0] < end - 1e-6:
        lowest = max(lowest, skyline[index][1])
        index += 1
    return lowest


def _raised(
    skyline: list[tuple[float, float]], first: int, left: float, right: float, bottom: float
) -> list[tuple[float, float]]:
    """The skyline with the stretch from `left` to `right`, which begins in step `first`, at `bottom`."""
    last = first
    while last + 1 < len(skyline) and skyline[last + 1][0] <= right + 1e-6:
        last += 1
    rest = skyline[last + 1 :]
    if skyline[last][0] <= right:
        rest = [(right, skyline[last][1]), *rest]
    return [*skyline[:first], (left, bottom), *rest]


def grid(sizes: Floats, gap: float) -> tuple[Floats, float, float]:
    """Centres (n, 2) of outlines in rows and columns, in reading order, and the grid's width and height.

    Columns are as wide as their widest member; the number of columns that suits a screen best is taken.
    """
    count = len(sizes)
    guess = math.sqrt(count * ASPECT * float(sizes[:, 1].mean() + gap) / float(sizes[:, 0].mean() + gap))
    trials = {min(max(1, round(guess * factor)), count) for factor in _WIDTH_TRIALS}
    return min((_columns(sizes, gap, trial) for trial in sorted(trials)), key=lambda filled: _cost(*filled[1:]))


def _columns(sizes: Floats, gap: float, columns: int) -> tuple[Floats, float, float]:
    rows = -(-len(sizes) // columns)
    cells = np.zeros((rows * columns, 2))
    cells[: len(sizes)] = sizes
    widths = cells[:, 0].reshape(rows, columns).max(axis=0)
    heights = cells[:, 1].reshape(rows, columns).max(axis=1)
    x = np.cumsum(widths + gap) - gap - widths / 2
    y = np.cumsum(heights + gap) - gap - heights / 2
    places = np.stack((np.tile(x, rows), np.repeat(y, columns)), axis=1)[: len(sizes)]
    return places, float((widths + gap).sum() - gap), float((heights + gap).sum() - gap)
