"""When a project was last looked at, so that "since my last visit" has an answer: a few texts in the settings."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

SAME_VISIT = timedelta(hours=8)
"""Who opens a project again within a working day is still at the same visit."""
_MOST = 200
"""Projects that are remembered."""


def visited(visits: Mapping[str, str], folder: str, now: datetime) -> dict[str, str]:
    """The visits once `folder` is opened at `now` (UTC): of each project the last visit and the present one."""
    former, present = _times(visits.get(folder, ""))
    if present is None or now - present > SAME_VISIT:
        former, present = present, now
    texts = [each.isoformat(timespec="seconds") if each is not None else "" for each in (former, present)]
    rest = {name: text for name, text in visits.items() if name != folder}
    return dict([(folder, " ".join(texts)), *list(rest.items())[: _MOST - 1]])


def last_visit(visits: Mapping[str, str], folder: str) -> datetime | None:
    """When the visit before the present one began; None for the first."""
    return _times(visits.get(folder, ""))[0]


def _times(text: str) -> tuple[datetime | None, datetime | None]:
    former, _, present = text.partition(" ")
    return _time(former), _time(present)


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)
