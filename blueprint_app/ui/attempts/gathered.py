"""All attempts of a project as the window shows them, gathered off the UI thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from blueprint_app.assistant.records.insights import (
    ModelRow,
    RecurringBlocker,
    Step,
    model_table,
    recurring_blockers,
    timeline,
)
from blueprint_app.assistant.records.record import AttemptRecord
from blueprint_app.assistant.records.store import AttemptStore


@dataclass(frozen=True, slots=True)
class Gathered:
    """The attempts, newest first, and what can be told from them. `steps` and `before` go by an attempt's id.

    `before` is the attempt before it in the same run, at the same node.
    """

    records: tuple[AttemptRecord, ...] = ()
    steps: Mapping[str, Step] = field(default_factory=dict)
    before: Mapping[str, AttemptRecord] = field(default_factory=dict)
    blockers: tuple[RecurringBlocker, ...] = ()
    models: tuple[ModelRow, ...] = ()


NOTHING = Gathered()


def gather(store: AttemptStore, check: Callable[[], None]) -> Gathered:
    """Read what lies on disk; what was read before is read again only where it changed."""
    records, _problems = store.read(check)
    steps = timeline(records)
    check()
    return Gathered(
        records[::-1],
        {step.record.id: step for step in steps},
        _before(records),
        recurring_blockers(records),
        model_table(records),
    )


def _before(records: tuple[AttemptRecord, ...]) -> dict[str, AttemptRecord]:
    found: dict[str, AttemptRecord] = {}
    last: dict[tuple[str, str], AttemptRecord] = {}
    for record in records:
        key = record.run, record.node
        if record.run and key in last:
            found[record.id] = last[key]
        last[key] = record
    return found
