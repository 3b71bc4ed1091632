"""What is said of an attempt in a few words: in rows, headings and facts."""

from collections.abc import Iterable
from datetime import datetime

from blueprint_app.assistant.records.record import ABOUT_THE_STATEMENT, AttemptRecord, Judgement, Outcome, Verdict
from blueprint_app.ui.look.icons import Tone

_TONES = {
    Outcome.VERIFIED: Tone.GOOD,
    Outcome.COMPILED: Tone.OPEN,
    Outcome.UNJUDGED: Tone.OPEN,
    Outcome.ANSWERED: Tone.PLAIN,
    Outcome.ABANDONED: Tone.PLAIN,
}
_TASKS = {
    "explain": "explanation",
    "state": "statement",
    "prove": "proof",
    "critique": "critique",
    "counterexample": "counterexample",
    "split": "split",
    "retell": "retelling",
    "related": "related results",
}


def when(time: str) -> str:
    """A moment of a record as the clock here shows it."""
    return f"{datetime.fromisoformat(time).astimezone():%Y-%m-%d %H:%M}"


def short_when(time: str) -> str:
    """A moment where there is little room: the year only if it is another one."""
    moment, now = datetime.fromisoformat(time).astimezone(), datetime.now().astimezone()
    return f"{moment:%d %b %H:%M}" if moment.year == now.year else f"{moment:%d %b %Y}"


def task_in_words(record: AttemptRecord) -> str:
    """What was asked for, and in which round."""
    word = _TASKS.get(record.task, record.task)
    return f"{word}, round {record.round}" if record.round else word


def maker(record: AttemptRecord) -> str:
    """Who made it: the model's name, or what else it was."""
    if record.is_by_model:
        return record.model or "a model that is not named"
    return {"human": record.requested_by or "a person", "tactics": "cheap tactics"}.get(record.actor.kind, "unknown")


def state(record: AttemptRecord) -> str:
    """What came of it, by the newest that is known: what a person decided stands above what Lean said."""
    if record.is_accepted:
        return "accepted"
    return "rejected" if record.is_rejected else record.outcome.value


def tone(record: AttemptRecord) -> Tone:
    """The sign that goes with `state`."""
    if record.is_accepted:
        return Tone.GOOD
    return Tone.BAD if record.is_rejected else _TONES.get(record.outcome, Tone.BAD)


def remark(record: AttemptRecord) -> str:
    """The second line of a row: what stood in the way, or how far the judging came."""
    if record.failure.blocker or record.failure.kind:
        return " ".join((record.failure.blocker or record.failure.kind).split())
    faithful = faithful_in_words(record.standing())
    level = record.check.level if record.check.level not in ("", "none", record.outcome.value) else ""
    return ", ".join(part for part in (level, faithful) if part)


def faithful_in_words(standing: Iterable[Verdict]) -> str:
    """What people said of whether a statement is faithful; "" if nobody said anything."""
    said = [each for each in standing if each.verdict in ABOUT_THE_STATEMENT]
    against = [each.by for each in said if each.verdict is Judgement.UNFAITHFUL]
    if against:
        return f"not faithful, says {', '.join(against)}"
    return f"faithful, says {', '.join(each.by for each in said)}" if said else ""


def tokens(record: AttemptRecord) -> str:
    """How many tokens the question and the answer had; "" where none are known."""
    count = record.usage.prompt + record.usage.completion
    return f"{'~' if record.usage.estimated else ''}{count:,}" if count else ""


def short_tokens(records: Iterable[AttemptRecord]) -> str:
    """How many tokens all of them had, in thousands where there are many."""
    count = sum(record.usage.prompt + record.usage.completion for record in records)
    return f"{count / 1000:,.0f}k tokens" if count >= 10_000 else f"{count:,} tokens" if count else ""


def cost(amount: float | None) -> str:
    """Money, as far as it is known."""
    return "" if amount is None else f"${amount:,.2f}" if amount >= 1 else f"${amount:.2g}"
