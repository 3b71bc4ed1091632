"""Placements of graphs in a snapshot file: plain numbers, believed only where they can be drawn."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

import numpy as np

from blueprint_app.export.snapshot_file.codec import LARGEST_NUMBER, UnfitError
from blueprint_app.layout.placement import Floats, Indices, Placement

Layouts = Mapping[str, Placement]
"""Placements by what was asked, as `layout.cache.fingerprint` names it."""

_FARTHEST = 1e7
"""Points; 20,000 nodes take about 100,000."""
_ENGINES = ("dot", "layered", "grouped", "plain")
_HEX = frozenset("0123456789abcdef")


def layouts_as_plain(layouts: Layouts) -> dict[str, Any]:
    """The placements as lists of numbers; the box of a group that is not drawn is null."""
    return {name: _plain(layouts[name]) for name in sorted(layouts)}


def layouts_of(found: object) -> dict[str, Placement]:
    """The placements that `layouts_as_plain` wrote. Raises UnfitError."""
    if not isinstance(found, dict):
        raise UnfitError("must be an object")
    placements = {}
    for name, each in found.items():
        try:
            if len(name) != 64 or not _HEX.issuperset(name):
                raise UnfitError("is no name of a layout")
            placements[name] = _placement(each)
        except UnfitError as error:
            error.steps.append(name)
            raise
    return placements


def _plain(placement: Placement) -> dict[str, Any]:
    boxes = [None if np.isnan(box).any() else box.tolist() for box in placement.group_boxes]
    return {
        "engine": placement.engine,
        "bounds": list(placement.bounds),
        "centres": placement.centres.tolist(),
        "points": placement.points.tolist(),
        "offsets": placement.offsets.tolist(),
        "group_boxes": boxes,
    }


def _placement(found: object) -> Placement:
    if not isinstance(found, dict):
        raise UnfitError("must be an object")
    if found.get("engine") not in _ENGINES:
        raise UnfitError(f"engine must be one of {', '.join(_ENGINES)}")
    left, top, right, bottom = _row(found.get("bounds"), 4, "bounds")
    if left > right or top > bottom:
        raise UnfitError("bounds enclose nothing")
    points = _rows(found.get("points"), 2, "points")
    return Placement(
        _rows(found.get("centres"), 2, "centres"),
        points,
        _offsets(found.get("offsets"), len(points)),
        _boxes(found.get("group_boxes")),
        (left, top, right, bottom),
        found["engine"],
    )


def _rows(found: object, width: int, what: str) -> Floats:
    if not isinstance(found, list):
        raise UnfitError(f"{what} must be a list")
    return np.array([_row(each, width, what) for each in found], np.float64).reshape(-1, width)


def _boxes(found: object) -> Floats:
    if not isinstance(found, list):
        raise UnfitError("group_boxes must be a list")
    nothing = [float("nan")] * 4
    rows = [nothing if each is None else _row(each, 4, "group_boxes") for each in found]
    return np.array(rows, np.float64).reshape(-1, 4)


def _row(found: object, width: int, what: str) -> list[float]:
    if not isinstance(found, list) or len(found) != width:
        raise UnfitError(f"{what} must have {width} numbers in a row")
    return [_coordinate(each, what) for each in found]


def _coordinate(found: object, what: str) -> float:
    if not isinstance(found, int | float) or isinstance(found, bool) or abs(found) > _FARTHEST or not isfinite(found):
        raise UnfitError(f"{what} must be numbers up to {_FARTHEST:,.0f}")
    return float(found)


def _offsets(found: object, points: int) -> Indices:
    """Where each curve begins: a start and three points a piece, from the first point to the last."""
    if not isinstance(found, list) or not all(type(each) is int and 0 <= each <= LARGEST_NUMBER for each in found):
        raise UnfitError("offsets must be a list of whole numbers")
    offsets = np.array(found, np.int64)
    lengths = np.diff(offsets)
    fits = len(offsets) > 0 and offsets[0] == 0 and offsets[-1] == points
    if not fits or (lengths < 4).any() or (lengths % 3 != 1).any():
        raise UnfitError("offsets do not fit the points")
    return offsets
