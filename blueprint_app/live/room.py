"""Finds free room for a node among those that are placed already."""

import numpy as np
import numpy.typing as npt

from blueprint_app.layout.placement import Floats

GAP = 16.0
"""Room left between outlines, in points."""

_STEP_ACROSS = 24.0
_REACH_ACROSS, _REACH_DOWN = 50, 10
_STEPS_A_ROW = 6
_ASIDE_IS_CHEAPER = 1.6
_BETWEEN_ROWS = 40.0
_AGAINST_ORDER = 2000.0
_AT_ONCE = 400


def _lattice(row: float) -> tuple[Floats, Floats]:
    """Offsets to try and what each costs, in points: down more than aside, between the rows of the drawing most."""
    across = np.arange(-_REACH_ACROSS, _REACH_ACROSS + 1) * _STEP_ACROSS
    steps = np.arange(-_REACH_DOWN * _STEPS_A_ROW, _REACH_DOWN * _STEPS_A_ROW + 1)
    offsets = np.stack(np.meshgrid(across, steps * row / _STEPS_A_ROW), axis=-1).reshape(-1, 2)
    off_row = np.repeat(steps % _STEPS_A_ROW != 0, len(across))
    costs = np.hypot(offsets[:, 0], _ASIDE_IS_CHEAPER * offsets[:, 1]) + np.where(off_row, _BETWEEN_ROWS, 0.0)
    return offsets, costs


class Room:
    """Rectangles that are taken: `centres` and `sizes` are (n, 2), of which rows with `taken` count.

    `fences` are (f, 4): left, top, right, bottom of boxes that a node may be told to keep out of;
    `row` is the usual distance of the drawing's rows, in points.
    """

    def __init__(
        self, centres: Floats, sizes: Floats, taken: npt.NDArray[np.bool_], fences: Floats, row: float
    ) -> None:
        self._centres, self._sizes, self._taken = centres, sizes, taken
        self._offsets, self._costs = _lattice(row)
        self._reach = np.abs(self._offsets).max(axis=0)
        self._fences = fences

    def free_place(
        self,
        size: Floats,
        aim: Floats,
        above: float,
        below: float,
        kept_out: npt.NDArray[np.bool_],
        within: Floats | None = None,
    ) -> Floats | None:
        """The free centre nearest to `aim` for an outline of that size, or None far and wide.

        The centre should be below `above` and above `below` (y coordinates, where lower is
        larger); it keeps out of the fences of `kept_out`, (f,) of bool, and lies `within` a box
        (left, top, right, bottom) if that is given.
        """
        places = aim + self._offsets
        wrong = np.maximum(above - places[:, 1], 0) + np.maximum(places[:, 1] - below, 0)
        costs = self._costs + np.where(wrong > 0, _AGAINST_ORDER + wrong, 0.0)
        if within is not None:
            half = size / 2
            inside = (places - half >= within[:2]).all(axis=1) & (places + half <= within[2:]).all(axis=1)
            places, costs = places[inside], costs[inside]
        order = np.argsort(costs, kind="stable")
        blocks = self._blocks_near(aim, size, kept_out)
        for start in range(0, len(order), _AT_ONCE):
            tried = places[order[start : start + _AT_ONCE]]
            free = ~_meets(tried, size, blocks)
            if free.any():
                return np.asarray(tried[int(np.argmax(free))])
        return None

    def fence(self, fences: Floats) -> None:
        """Take these fences for those there were."""
        self._fences = fences.copy()

    def is_free(self, size: Floats, centre: Floats, but: int) -> bool:
        """Whether an outline touches no other; row `but` does not count."""
        taken = self._taken.copy()
        taken[but] = False
        boxes = _boxes(self._centres[taken], self._sizes[taken])
        return not bool(_meets(centre[None], size, boxes)[0])

    def _blocks_near(self, aim: Floats, size: Floats, kept_out: npt.NDArray[np.bool_]) -> Floats:
        """Outlines with the gap around them, and fences, that a place tried around `aim` could meet."""
        boxes = _boxes(self._centres[self._taken], self._sizes[self._taken] + 2 * GAP)
        boxes = np.vstack((boxes, self._fences[kept_out] + np.array([-GAP, -GAP, GAP, GAP])))
        far = self._reach + size + GAP
        near = ((boxes[:, :2] < aim + far) & (boxes[:, 2:] > aim - far)).all(axis=1)
        return np.asarray(boxes[near])


def _boxes(centres: Floats, sizes: Floats) -> Floats:
    return np.hstack((centres - sizes / 2, centres + sizes / 2))


def _meets(centres: Floats, size: Floats, boxes: Floats) -> npt.NDArray[np.bool_]:
    """For each centre (k, 2) whether an outline of `size` there shares room with any box (b, 4)."""
    lows, highs = centres - size / 2, centres + size / 2
    meets = (lows[:, None] < boxes[None, :, 2:] - 1e-6) & (highs[:, None] > boxes[None, :, :2] + 1e-6)
    both: npt.NDArray[np.bool_] = meets[:, :, 0] & meets[:, :, 1]
    return np.asarray(both.any(axis=1))
