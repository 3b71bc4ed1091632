"""For pictures, that have room for one name a node: whose lines most of it are, and when it was last changed."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from blueprint_app.insight.attribution.credits import UNKNOWN, NodeCredit


def leading_person(credit: NodeCredit) -> str:
    """Who has the most lines in a node's text and Lean together, the first by name of equals; "" for nobody."""
    lines: Counter[str] = Counter()
    for each in (*credit.text.people, *credit.lean.people):
        lines[each.name] += each.lines
    # Lines of before the clone begins are somebody's, too: they lead where nobody who is known has more.
    return min(lines, key=lambda name: (-lines[name], name == UNKNOWN, name), default="")


def last_change(credit: NodeCredit) -> datetime | None:
    """When the newest of the lines that are there today was written; None where none is known."""
    times = [each.last for each in (*credit.text.people, *credit.lean.people) if each.name != UNKNOWN]
    return max(times, default=None)


def most_leading(people: Iterable[str], most: int) -> tuple[str, ...]:
    """Who leads at the most nodes, given the leader of each; by name among equals, nobody and unknown left out."""
    counted = Counter(name for name in people if name and name != UNKNOWN)
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    return tuple(ranked[:most])
