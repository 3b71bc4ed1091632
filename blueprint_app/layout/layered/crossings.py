"""How many pairs of edge segments cross: what the order within the layers is judged by."""

import numpy as np

from blueprint_app.layout.layered.levels import Levels
from blueprint_app.layout.placement import Indices


def crossings(levels: Levels) -> int:
    """The number of crossing pairs of segments, over all layers.

    Two segments cross when their upper and their lower ends stand in opposite orders, so this is
    a count of inversions; numbering positions through all layers makes it one count.
    """
    if not len(levels.lower):
        return 0
    first = np.concatenate(([0], np.cumsum([len(vertices) for vertices in levels.layers])))
    through = levels.position + first[levels.rank]
    lower = through[levels.lower]
    by_ends = np.argsort(through[levels.upper] * len(through) + lower)
    return inversions(lower[by_ends])


def inversions(values: Indices) -> int:
    """The number of pairs i < j with ``values[i] > values[j]``; values are at least 0.

    From the highest bit down: values are kept grouped by their higher bits, in their given order
    within a group; there each 1 before a 0 at this bit is an inversion that this bit decides.
    """
    values = np.asarray(values, np.int32)
    index = np.arange(len(values), dtype=np.int32)
    total = 0
    for bit in range(int(values.max(initial=0)).bit_length() - 1, -1, -1):
        ones = (values >> bit) & 1
        group = values >> (bit + 1)
        starts = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1]))).astype(np.int32)
        sizes = np.diff(np.append(starts, len(values)))
        start = np.repeat(starts, sizes)
        before = np.cumsum(ones, dtype=np.int32) - ones
        before -= before[start]
        is_one = ones.astype(bool)
        total += int(before[~is_one].sum(dtype=np.int64))
        zeros = np.repeat(sizes - np.add.reduceat(ones, starts), sizes)
        target = start + np.where(is_one, zeros + before, index - start - before)
        grouped = np.empty_like(values)
        grouped[target] = values
        values = grouped
    return total
