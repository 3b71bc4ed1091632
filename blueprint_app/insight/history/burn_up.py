"""The numbers over time, at even steps: what a burn-up chart draws."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from blueprint_app.insight.history.history import History
from blueprint_app.insight.history.moments import Counts

WEEK = timedelta(weeks=1)
LONGEST = 20_000
"""Steps of a series; clocks that are wrong by centuries make no longer one."""


@dataclass(frozen=True, slots=True)
class Step:
    """How many there were at the end of a step, and the commit of the point that tells so."""

    time: datetime
    counts: Counts
    commit: str


def burn_up(history: History, until: datetime, step: timedelta = WEEK) -> tuple[Step, ...]:
    """The counts at every step back from `until` (UTC), oldest first, to the first point; empty without a point.

    At each time the last point counts that was made until then.
    """
    points = history.readable
    if not points:
        return ()
    begin = min(point.commit.time for point in points)
    steps: list[Step] = []
    time = until
    # The line is walked once, from its end: what is later than the step is passed over.
    number = len(points) - 1
    while number >= 0 and len(steps) < LONGEST:
        while number >= 0 and points[number].commit.time > time:
            number -= 1
        if number < 0:
            break
        steps.append(Step(time, points[number].moment.counts, points[number].commit.id))
        if time - step < begin:
            break
        time -= step
    return tuple(reversed(steps))


def step_for(history: History, until: datetime, rows: int) -> timedelta:
    """The shortest of a day, a week, two, four, thirteen weeks ... in which a series has at most so many steps."""
    points = history.readable
    span = until - min((point.commit.time for point in points), default=until)
    for days in (1, 7, 14, 28, 91, 182, 364, 728, 3640):
        if span <= timedelta(days=days) * (rows - 1):
            return timedelta(days=days)
    return span / max(rows - 1, 1)
