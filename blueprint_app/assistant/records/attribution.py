"""Says in public what models did: a trailer for a commit, and a list for a paper or a pull request."""

from collections import Counter
from collections.abc import Iterable

from blueprint_app.assistant.records.record import ABOUT_THE_STATEMENT, AttemptRecord, Judgement, Verdict

TOOL = "blueprint-explorer"


def assisted_by_trailer(records: Iterable[AttemptRecord]) -> str:
    """The trailers for the models whose drafts were put into the project, a line each; "" where there are none.

    As the Linux kernel writes it: ``Assisted-by: TOOL:MODEL [HOST]``.
    """
    taken = (record for record in records if record.is_by_model and record.is_accepted)
    return "\n".join(dict.fromkeys(_trailer(record) for record in taken))


def disclosure(records: Iterable[AttemptRecord]) -> str:
    """A list in Markdown of what in the project a model drafted, and of what else models were asked; "" for nothing."""
    asked = [record for record in records if record.is_by_model]
    taken = [record for record in asked if record.is_accepted]
    parts = []
    if taken:
        rows = [_row(record) for record in taken]
        parts.append(_table(("Node", "Task", "Model", "Date", "Outcome", "Level", "Accepted by", "Faithful"), rows))
    elif asked:
        parts.append("Nothing that a model drafted was put into the project.\n")
    others = [record for record in asked if not record.is_accepted]
    if others:
        counted = Counter((record.task, record.model or "not named") for record in others)
        rows = [(task, model, str(count), _period(others, task, model)) for (task, model), count in counted.items()]
        parts.append("Asked without anything being taken over:\n\n" + _table(("Task", "Model", "Times", "When"), rows))
    return "\n".join(parts)


def _trailer(record: AttemptRecord) -> str:
    model, host = _one_line(record.model) or "unknown", _one_line(record.actor.endpoint_host)
    return f"Assisted-by: {TOOL}:{model.replace(' ', '-')}" + (f" [{host}]" if host else "")


def _row(record: AttemptRecord) -> tuple[str, ...]:
    standing = record.standing()
    return (
        record.node,
        record.task,
        record.model or "not named",
        record.time.start[:10],
        record.outcome.value,
        record.check.level,
        ", ".join(dict.fromkeys(each.by for each in standing if each.verdict is Judgement.ACCEPTED)),
        _faithful(standing) if record.task == "state" else "",
    )


def _faithful(standing: Iterable[Verdict]) -> str:
    said = [each for each in standing if each.verdict in ABOUT_THE_STATEMENT]
    words = [f"{each.by}: {'yes' if each.verdict is Judgement.FAITHFUL else 'no'}" for each in said]
    return ", ".join(words) or "not marked"


def _period(records: Iterable[AttemptRecord], task: str, model: str) -> str:
    days = sorted(
        record.time.start[:10] for record in records if record.task == task and (record.model or "not named") == model
    )
    return days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(_cell(text) for text in row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    """A text that cannot leave its cell, or be taken for markup."""
    plain = _one_line(text)
    for mark in "\\`*_<>|[]":
        plain = plain.replace(mark, f"\\{mark}")
    return plain


def _one_line(text: str) -> str:
    """Names come from files and servers of others: nothing in them may begin a line of its own."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
