"""Histories by hand: a week between points, nodes named in a line of text."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from blueprint_app.insight.history.history import Commit, History, HistoryPoint
from blueprint_app.insight.history.moments import Moment, NodeThen
from blueprint_app.model.headline import Headline

START = datetime(2025, 1, 6, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def node(name: str, marks: str = "", statement: str = "", names: tuple[str, ...] = (), kind: str = "lemma") -> NodeThen:
    """A node whose marks are s (stated), p (proved)."""
    stated, proved = "s" in marks, "p" in marks
    headline = Headline.CLAIMED if proved else Headline.STATED if stated else Headline.INFORMAL
    text = statement or f"text of {name}"
    return NodeThen(name, (name,), kind, name, headline, stated, proved, proved, "", "", names, text, "a proof")


def moment(text: str, **more: str) -> Moment:
    """``a:sp b:s c``."""
    parts = (part.partition(":") for part in text.split())
    return Moment(tuple(node(name, marks) for name, _, marks in parts), **more)


def point(number: float, what: str | Moment, **more: str) -> HistoryPoint:
    """The point of week `number`."""
    commit = Commit(f"{number:040}", START + number * WEEK, "Ada", f"week {number}")
    return HistoryPoint(commit, moment(what, **more) if isinstance(what, str) else what)


def history(*whats: str | Moment) -> History:
    """A point a week."""
    points = tuple(point(number, what) for number, what in enumerate(whats))
    return History(points, points[-1].commit if points else None, len(points), len(points))


def proving(proved: Sequence[int], total: int = 100) -> History:
    """So many of `total` proved at the beginning of each week."""
    names = [f"n{number}" for number in range(total)]
    return history(*(" ".join(f"{n}:sp" if i < done else n for i, n in enumerate(names)) for done in proved))
