"""Remembers what was worked out last from a snapshot: several questions that are asked of it begin with the same."""

from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Source = TypeVar("Source")
Result = TypeVar("Result")

_KEPT = 2
"""The snapshot that is shown and one beside it: two windows, or what was before a change."""


def remembers(work: Callable[[Source], Result]) -> Callable[[Source], Result]:
    """Keep the last results of a function of one object that never changes.

    Objects are told apart by what they are, not by what they hold: to compare two snapshots takes longer than the work.
    Safe from several threads: at worst two of them do the same work.
    """
    recent: deque[tuple[Source, Result]] = deque(maxlen=_KEPT)

    @wraps(work)
    def remembered(source: Source) -> Result:
        for known, result in tuple(recent):
            if known is source:
                return result
        result = work(source)
        recent.append((source, result))
        return result

    return remembered
