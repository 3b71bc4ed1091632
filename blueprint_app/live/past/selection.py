"""Which of very many changes are read, so that a long history is there within a minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blueprint_app.live.past.trees import State

_SLICES = ((1, "day"), (7, "week"), (28, "four weeks"), (91, "thirteen weeks"))
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Selection:
    """The states to be read, and how they were chosen in words: "" for all of them."""

    states: tuple[State, ...]
    how: str = ""


def selection(states: Sequence[State], times: Sequence[datetime], most: int) -> Selection:
    """All states if there are at most so many, else the first and the last of each day, or week, or longer.

    `times` are those of the states. The choice for days that are over stays the same when commits are added.
    """
    if len(states) <= most:
        return Selection(tuple(states))
    for days, word in _SLICES:
        last = {int(time.timestamp()) // (days * _DAY_SECONDS): number for number, time in enumerate(times)}
        chosen = sorted({0, len(states) - 1, *last.values()})
        if len(chosen) <= most:
            return Selection(tuple(states[number] for number in chosen), f"the last of each {word}")
    step = (len(states) - 1) / max(most - 1, 1)
    chosen = sorted({round(number * step) for number in range(most)})
    return Selection(tuple(states[number] for number in chosen), f"{len(chosen)} of them, evenly chosen")
