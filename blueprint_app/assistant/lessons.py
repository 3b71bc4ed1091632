"""What attempts that failed have taught: a line each, for the context of the next one."""

from collections.abc import Sequence

from blueprint_app.assistant.records.record import AttemptRecord, Outcome
from blueprint_app.assistant.tasks import Task

MOST = 6
"""Lessons that are told, the newest first."""

_SAY_NOTHING = frozenset({"refused", "incomplete answer", "no Lean in the reply", "timeout", "crash"})
"""Failures that are no lesson about the mathematics."""


def lessons_of(records: Sequence[AttemptRecord], task: Task) -> tuple[str, ...]:
    """The lessons of a node's records, oldest first, for one task; the same obstacle is told once."""
    found: dict[str, int] = {}
    for record in reversed(records):
        if record.task == task and record.outcome is Outcome.FAILED and record.failure.kind not in _SAY_NOTHING:
            lesson = ": ".join(filter(None, (record.failure.kind, record.failure.blocker)))
            if lesson:
                found[lesson] = found.get(lesson, 0) + 1
    return tuple(
        f"{lesson} (met {times} times)" if times > 1 else lesson for lesson, times in list(found.items())[:MOST]
    )
