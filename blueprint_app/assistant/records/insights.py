"""What can be learnt from all attempts: which obstacles recur, which model closes what, and how a node went."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from blueprint_app.assistant.records.record import AttemptRecord, Outcome

BRINGS_LEAN = frozenset({"state", "prove"})
"""The tasks whose outcome Lean judges."""


@dataclass(frozen=True, slots=True)
class RecurringBlocker:
    """What kept attempts back: how often, at which nodes (in the order of the first time), and when last."""

    kind: str
    about: str
    count: int
    nodes: tuple[str, ...]
    last: str


@dataclass(frozen=True, slots=True)
class ModelRow:
    """What one model did: a row of the table of who closed what at which cost.

    `closed` are the nodes for which it made a proof that was verified, `stated` those for which it made a statement
    that Lean takes, `accepted` those where a person put anything of it into the project. `cost` adds up what
    is known (None: nothing is), `unpriced` counts the attempts of which it is not; tokens and seconds add up all.
    """

    model: str
    host: str
    attempts: int
    nodes: tuple[str, ...]
    closed: tuple[str, ...]
    stated: tuple[str, ...]
    accepted: tuple[str, ...]
    failed: int
    tokens: int
    cost: float | None
    unpriced: int
    model_s: float
    lean_s: float

    @property
    def cost_of_each(self) -> float | None:
        """What a closed node cost, failures included; None where that cannot be said."""
        return None if self.cost is None or self.unpriced or not self.closed else self.cost / len(self.closed)


@dataclass(frozen=True, slots=True)
class Step:
    """One attempt on a node's timeline.

    `errors` is what Lean found wrong, as lines; `difference` what changed in them since the attempt before in the
    same run (unified, without headings; empty for the first). `cost` is what all up to here cost, as far as known.
    """

    record: AttemptRecord
    errors: tuple[str, ...]
    difference: tuple[str, ...]
    cost: float | None


def recurring_blockers(records: Iterable[AttemptRecord], least: int = 2) -> tuple[RecurringBlocker, ...]:
    """The obstacles that were met at least so often, the most frequent first."""
    met: dict[tuple[str, str], list[AttemptRecord]] = {}
    for record in records:
        if record.failure.kind or record.failure.blocker:
            about = " ".join(record.failure.blocker.split())
            met.setdefault((record.failure.kind, about), []).append(record)
    found = [
        RecurringBlocker(kind, about, len(each), _nodes(each), max(record.time.start for record in each))
        for (kind, about), each in met.items()
        if len(each) >= least
    ]
    return tuple(sorted(found, key=lambda blocker: (-blocker.count, -len(blocker.nodes), blocker.kind, blocker.about)))


def model_table(records: Iterable[AttemptRecord]) -> tuple[ModelRow, ...]:
    """A row for each model at each host, those that closed most first, then the cheaper ones."""
    by_model: dict[tuple[str, str], list[AttemptRecord]] = {}
    for record in records:
        if record.is_by_model:
            by_model.setdefault((record.model, record.actor.endpoint_host), []).append(record)
    rows = [_row(model, host, each) for (model, host), each in by_model.items()]
    return tuple(sorted(rows, key=lambda row: (-len(row.closed), -len(row.stated), row.cost or 0.0, row.model)))


def timeline(records: Iterable[AttemptRecord], node: str = "") -> tuple[Step, ...]:
    """The attempts at a node, the oldest first; all that are given if it is left out."""
    steps: list[Step] = []
    last_of_run: dict[str, tuple[str, ...]] = {}
    spent: float | None = None
    for record in sorted(records, key=lambda record: (record.time.start, record.id)):
        if node and record.node != node:
            continue
        errors = error_lines(record)
        before = last_of_run.get(record.run) if record.run else None
        if record.usage.cost is not None:
            spent = (spent or 0.0) + record.usage.cost
        steps.append(Step(record, errors, () if before is None else _difference(before, errors), spent))
        last_of_run[record.run] = errors
    return tuple(steps)


def error_lines(record: AttemptRecord) -> tuple[str, ...]:
    """What Lean found wrong, line by line. Places are left out: they move with every line of a draft."""
    errors = [message for message in record.check.messages if message.severity == "error"]
    lines = [line.rstrip() for message in errors for line in message.text.splitlines()]
    if not lines and record.failure.blocker:
        lines = [f"{record.failure.kind}: {record.failure.blocker}" if record.failure.kind else record.failure.blocker]
    return tuple(lines)


def total_cost(records: Iterable[AttemptRecord]) -> tuple[float | None, int]:
    """What the attempts cost as far as that is known (None: of none), and of how many models' it is not known."""
    asked = [record.usage for record in records if record.is_by_model]
    known = [usage.cost for usage in asked if usage.cost is not None]
    return (sum(known) if known else None), len(asked) - len(known)


def _row(model: str, host: str, records: Sequence[AttemptRecord]) -> ModelRow:
    cost, unpriced = total_cost(records)
    proofs = [record for record in records if record.task == "prove"]
    taken = frozenset({Outcome.COMPILED, Outcome.VERIFIED})
    return ModelRow(
        model=model,
        host=host,
        attempts=len(records),
        nodes=_nodes(records),
        closed=_nodes(record for record in proofs if record.outcome is Outcome.VERIFIED),
        stated=_nodes(record for record in records if record.task == "state" and record.outcome in taken),
        accepted=_nodes(record for record in records if record.is_accepted),
        failed=sum(record.outcome is Outcome.FAILED for record in records if record.task in BRINGS_LEAN),
        tokens=sum(record.usage.prompt + record.usage.completion for record in records),
        cost=cost,
        unpriced=unpriced,
        model_s=sum(record.time.model_s for record in records),
        lean_s=sum(record.time.lean_s for record in records),
    )


def _nodes(records: Iterable[AttemptRecord]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(record.node for record in records))


def _difference(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    if tuple(before) == tuple(after):
        return ()
    lines = list(difflib.unified_diff(before, after, lineterm="", n=1))
    return tuple(line for line in lines[2:] if not line.startswith("@@"))
