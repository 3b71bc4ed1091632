"""Attempts for a terminal and for scripts."""

from collections.abc import Sequence
from typing import Any

from blueprint_app.assistant.records.insights import Step, model_table, recurring_blockers, timeline, total_cost
from blueprint_app.assistant.records.record import AttemptRecord
from blueprint_app.assistant.records.yaml_form import as_plain
from blueprint_app.model.diagnostic import Diagnostic

SCHEMA = "blueprint-attempts/1"
_MOST_BLOCKERS = 8


def attempts_as_text(records: Sequence[AttemptRecord], node: str = "") -> str:
    """A line an attempt; of one node with what changed in Lean's errors, else with what can be learnt from all."""
    if not records:
        return "No attempt was recorded.\n"
    if node:
        lines = [line for step in timeline(records) for line in _step(step)]
        return "\n".join([*lines, "", _sum(records)]) + "\n"
    width = min(max(len(record.node) for record in records), 40)
    lines = [f"{_clean(record.node):<{width}}  {_line(record)}" for record in records]
    return "\n".join([*lines, "", _sum(records), *_models(records), *_blockers(records)]) + "\n"


def attempts_as_json(records: Sequence[AttemptRecord], problems: Sequence[Diagnostic]) -> dict[str, Any]:
    """The records as they are in their files, with what people said of them later; schema ``blueprint-attempts/1``."""
    return {
        "schema": SCHEMA,
        "attempts": [
            {
                **as_plain(record),
                "file": record.file,
                "accepted": record.is_accepted,
                "verdicts": [as_plain(verdict) for verdict in record.verdicts],
            }
            for record in records
        ],
        "diagnostics": [
            {
                "severity": each.severity.value,
                "code": each.code,
                "message": each.message,
                "hint": each.hint,
                "file": each.place.file if each.place else None,
                "line": each.place.line if each.place else None,
            }
            for each in problems
        ],
    }


def _step(step: Step) -> list[str]:
    said = [f"    {each.by}: {each.verdict.value}  {each.note}".rstrip() for each in step.record.standing()]
    shown = step.difference or (() if step.record.round > 1 else tuple(f"  {line}" for line in step.errors))
    return [_line(step.record), *(f"    {line}" for line in shown[:20]), *map(_clean, said)]


def _line(record: AttemptRecord) -> str:
    usage, number = record.usage, f" round {record.round}" if record.round else ""
    told = [record.outcome.value]
    told += [record.check.level] if record.check.level not in ("", "none", record.outcome.value) else []
    told += [record.failure.blocker or record.failure.kind] if record.failure.blocker or record.failure.kind else []
    tokens = f"{usage.prompt + usage.completion:,} tokens" if usage.prompt + usage.completion else ""
    cost = "" if usage.cost is None else f"{usage.cost:.4f}"
    maker = record.model if record.is_by_model else record.actor.kind
    parts = (record.time.start[:16].replace("T", " "), f"{record.task}{number}", maker, ": ".join(told), tokens, cost)
    return _clean("  ".join(part for part in parts if part))


def _sum(records: Sequence[AttemptRecord]) -> str:
    cost, unpriced = total_cost(records)
    known = "" if cost is None else f", cost {cost:.4f}"
    missing = f" ({unpriced} without a price)" if unpriced and cost is not None else ""
    return f"{len(records)} attempts{known}{missing}"


def _models(records: Sequence[AttemptRecord]) -> list[str]:
    rows = model_table(records)
    if not rows:
        return []
    width = min(max(len(row.model) for row in rows), 40)
    lines = [
        f"  {_clean(row.model):<{width}}  proved {len(row.closed)}, stated {len(row.stated)} of {len(row.nodes)} nodes "
        f"in {row.attempts} attempts, {row.tokens:,} tokens" + ("" if row.cost is None else f", cost {row.cost:.4f}")
        for row in rows
    ]
    return ["", "Which model closes what", *lines]


def _blockers(records: Sequence[AttemptRecord]) -> list[str]:
    found = recurring_blockers(records)[:_MOST_BLOCKERS]
    lines = [f"  {each.count} times at {len(each.nodes)} nodes: {each.kind} {each.about}".rstrip() for each in found]
    return ["", "What recurs", *(_clean(line)[:120] for line in lines)] if lines else []


def _clean(text: str) -> str:
    """Without what could steer a terminal: the texts are those of models and of files by others."""
    return "".join(each if each.isprintable() else " " for each in text)
