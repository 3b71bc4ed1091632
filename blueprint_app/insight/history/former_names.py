"""Under which ids the nodes of now went at each moment: a node that was renamed is the same one in a replay."""

from collections.abc import Mapping, Sequence

from blueprint_app.insight.history.events import renamed
from blueprint_app.insight.history.history import HistoryPoint


def former_names(points: Sequence[HistoryPoint]) -> tuple[Mapping[str, str], ...]:
    """For each point the ids then by those at the last point, of the nodes for which they differ."""
    found: list[Mapping[str, str]] = [{}] if points else []
    for number in range(len(points) - 2, -1, -1):
        before, after = points[number].moment, points[number + 1].moment
        found.append(_earlier(found[-1], renamed(before, after)))
    return tuple(reversed(found))


def _earlier(names: Mapping[str, str], old_ids: Mapping[str, str]) -> Mapping[str, str]:
    """The names one moment earlier: `names` gives those of the moment, `old_ids` the ids from before by these."""
    if not old_ids:
        return names
    taken = {then: now for now, then in names.items()}
    return {**names, **{taken.get(new, new): old for new, old in old_ids.items()}}
