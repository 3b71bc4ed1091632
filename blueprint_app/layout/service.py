"""What the rest of the application asks: an answer now, and a better one later where there is one."""

from collections.abc import Callable, Mapping
from pathlib import Path

from blueprint_app.layout.cache import PlacementCache, fingerprint
from blueprint_app.layout.child import Children, LayoutTimeoutError
from blueprint_app.layout.parts import is_dense, largest_part
from blueprint_app.layout.placement import LayoutProblem, Placement
from blueprint_app.model.errors import BlueprintError

DOT_NODES = 1000
"""Beyond this many nodes in one connected part dot's time explodes: the fast engine answers first."""

REFINABLE_NODES = 1500
"""Up to this many, dot's better drawing is worth waiting for in the background."""

FIRST_ANSWER_SECONDS = 15.0
REFINEMENT_SECONDS = 180.0
LAYERED_SECONDS = 600.0
PAINT_SECONDS = 120.0

MOST_REMEMBERED = 200
"""Placements from snapshot files that are kept until the program ends."""

_children = Children()
_remembered: dict[str, Placement] = {}


def never() -> None:
    """A `check` that never cancels."""


def prepare() -> None:
    """Start the worker process while something else is still being read; returns at once.

    Saves the first `place` some 0.3 s where nothing is cached.
    """
    _children.prepare()


def remember(placements: Mapping[str, Placement]) -> None:
    """Take these as answers of `place`, by fingerprint, until the program ends; none of them goes into a cache.

    They come from a snapshot file, which may be anyone's.
    """
    _remembered.update(placements)
    for name in list(_remembered)[:-MOST_REMEMBERED]:
        _remembered.pop(name, None)


def place(problem: LayoutProblem, cache_folder: Path | None = None, check: Callable[[], None] = never) -> Placement:
    """The best placement to be had soon: from the cache, by dot, or by the fast layered engine.

    Blocks; call it from a worker thread. `check` is called about every 20 ms and cancels by
    raising; the computation is ended then. dot is given up where it takes long or crashes. Raises
    `BlueprintError` when no engine could do it.
    """
    cache = PlacementCache(cache_folder)
    name = fingerprint(problem)
    for engine in ("dot", "layered"):
        kept = cache.read(name, engine, len(problem.sizes), len(problem.edges))
        if kept is not None:
            return kept
    if (given := _remembered.get(name)) is not None and _fits(given, problem):
        return given
    if _suits_dot(problem, DOT_NODES):
        try:
            return _ask("dot", problem, cache, name, check, FIRST_ANSWER_SECONDS)
        except LayoutTimeoutError:
            # A dense graph: go on as with a large one.
            check()
        except BlueprintError:
            return _ask("plain", problem, cache, name, check, LAYERED_SECONDS)
    return _ask("layered", problem, cache, name, check, LAYERED_SECONDS)


def can_refine(problem: LayoutProblem, placement: Placement) -> bool:
    """Whether `refine` could give something better than `placement`."""
    return placement.engine == "layered" and _suits_dot(problem, REFINABLE_NODES)


def refine(
    problem: LayoutProblem,
    cache_folder: Path | None = None,
    check: Callable[[], None] = never,
    seconds: float = REFINEMENT_SECONDS,
) -> Placement | None:
    """The placement by dot, however long it takes up to `seconds`; None when it takes longer.

    For the background, after `place`; cancels and fails as that does.
    """
    try:
        return _ask("dot", problem, PlacementCache(cache_folder), fingerprint(problem), check, seconds)
    except LayoutTimeoutError:
        return None


def paint(dot: str, form: str, check: Callable[[], None] = never) -> bytes:
    """DOT text in which every position is fixed, painted as "png" or "pdf"; cancels and fails as `place` does."""
    return _children.ask(form, dot.encode(), check, PAINT_SECONDS)


def _fits(placement: Placement, problem: LayoutProblem) -> bool:
    sizes = len(placement.centres), len(placement.offsets) - 1, len(placement.group_boxes)
    return sizes == (len(problem.sizes), len(problem.edges), len(problem.groups))


def _suits_dot(problem: LayoutProblem, most: int) -> bool:
    """Whether dot may be asked: no connected part of more than `most` nodes, and not too many edges."""
    count, edges = len(problem.sizes), len(problem.edges)
    return not is_dense(count, edges) and largest_part(count, problem.edges) <= most


def _ask(
    engine: str, problem: LayoutProblem, cache: PlacementCache, name: str, check: Callable[[], None], seconds: float
) -> Placement:
    placement = _children.place(engine, problem, check, seconds)
    cache.write(name, "dot" if engine == "dot" else "layered", placement)
    return placement
