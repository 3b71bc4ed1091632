"""How fast a project went lately, and between which numbers of weeks the rest would take at that pace: no promise."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from blueprint_app.insight.history.burn_up import WEEK, burn_up
from blueprint_app.insight.history.history import History

RECENT_WEEKS = 12
WINDOW = 4
"""Weeks over which a pace is taken: single weeks of people who work in bursts say nothing."""
FEWEST_WEEKS = 6
"""A younger history has no pace yet."""
LOW, HIGH = 0.1, 0.9
LONGEST_YEARS = 20
"""What would take longer is not told in weeks."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Proofs declared done in a week, over the last `weeks` full weeks.

    `proved` and `grown` are how many proofs and how many nodes to prove were added in them (in the balance: what was
    taken back counts against it). `slow` and `fast` are what one window of `WINDOW` weeks in ten did not reach, and
    what one in ten exceeded, in proofs a week. `left` is what remains to be proved; `least_weeks` to `most_weeks` is
    how long it would take at those. `most_weeks` is None where the slow windows brought nothing: then no end can be
    told. Both are None where there is no pace, and `why_none` tells why in words.
    """

    weeks: int
    proved: int
    grown: int
    left: int
    slow: float = 0.0
    fast: float = 0.0
    least_weeks: int | None = None
    most_weeks: int | None = None
    why_none: str = ""


def pace_of(history: History, now: datetime) -> Pace:
    """The pace in the weeks before `now` (UTC)."""
    steps = burn_up(history, now)[-(RECENT_WEEKS + 1) :]
    if not steps:
        return Pace(0, 0, 0, 0, why_none="There is no history to take a pace from.")
    proved = [step.counts.proved for step in steps]
    weeks, left = len(steps) - 1, steps[-1].counts.left
    grown = steps[-1].counts.to_prove - steps[0].counts.to_prove
    whole = Pace(weeks, proved[-1] - proved[0], grown, left)
    if left == 0:
        return _without(whole, "Nothing is left to prove.")
    if weeks < FEWEST_WEEKS:
        return _without(whole, f"The history is younger than {FEWEST_WEEKS} weeks.")
    if whole.proved <= 0:
        more = "nothing was proved" if len(set(proved)) == 1 else "no more was proved than taken back"
        return _without(whole, f"In the last {weeks} weeks {more}.")
    paces = sorted((late - early) / WINDOW for early, late in zip(proved, proved[WINDOW:], strict=False))
    slow, fast = max(quantile(paces, LOW), 0.0), quantile(paces, HIGH)
    if fast <= 0:
        return _without(whole, f"In most of the last {weeks} weeks no more was proved than taken back.")
    most = _weeks(left, slow)
    return Pace(weeks, whole.proved, grown, left, slow, fast, _weeks(left, fast), most)


def quantile(values: Sequence[float], part: float) -> float:
    """The value that `part` of the sorted values do not exceed, between neighbours in proportion."""
    place = part * (len(values) - 1)
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def _weeks(left: int, pace: float) -> int | None:
    if pace <= 0 or left / pace * WEEK > timedelta(days=365.25 * LONGEST_YEARS):
        return None
    return math.ceil(left / pace)


def _without(pace: Pace, why: str) -> Pace:
    return Pace(pace.weeks, pace.proved, pace.grown, pace.left, why_none=why)
