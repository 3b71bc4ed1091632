"""What there is to read of one attempt, line by line: pure text, so that it is made off the UI thread."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from blueprint_app.assistant.records.draft_text import draft_in_text
from blueprint_app.assistant.records.insights import Step
from blueprint_app.assistant.records.record import AttemptRecord, CheckMessage
from blueprint_app.ui.attempts import words
from blueprint_app.verify.draft import Part

_MOST_LINES = 2000
"""Lines of a draft that are shown; Copy draft has all."""
_SHORT_HASH = 12


class Tone(Enum):
    """How a line is shown. In `ADDED` and `REMOVED` the sign stands in the text, in `WRONG` beside it."""

    HEADING = auto()
    WORDS = auto()
    FAINT = auto()
    CODE = auto()
    WRONG = auto()
    SAID = auto()
    ADDED = auto()
    REMOVED = auto()
    FACT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `name` stands before it: the number of a line of Lean, the name of a fact."""

    tone: Tone
    text: str
    name: str = ""


def told_of(step: Step, draft: str, before: AttemptRecord | None, draft_before: str) -> tuple[Line, ...]:
    """The Lean of an attempt with what Lean said of it, what changed since the one `before`, people's words, facts."""
    return (
        *_draft(step.record, draft),
        *_difference(step, draft, before, draft_before),
        *said_of(step.record),
        *facts_of(step),
    )


def is_lean(record: AttemptRecord) -> bool:
    """Whether what the attempt left is Lean text."""
    return record.draft.file.endswith(".lean")


# Lean


def _draft(record: AttemptRecord, text: str) -> Iterator[Line]:
    messages = list(record.check.messages)
    if text:
        draft = draft_in_text(text)
        for part, source in ((Part.HELPERS, draft.helpers), (Part.PROOF, draft.proof)):
            if source.strip():
                own = [each for each in messages if (each.part or Part.PROOF) == part and each.line]
                yield Line(Tone.HEADING, _title(record, part))
                yield from _numbered(source.rstrip("\n").split("\n"), own)
                messages = [each for each in messages if each not in own]
    if messages:
        yield Line(Tone.HEADING, "Lean says")
        for message in messages:
            yield from _said(message)
    if record.check.lint:
        yield Line(Tone.HEADING, "To be looked at")
        yield from (Line(Tone.WORDS, each) for each in record.check.lint)


def _title(record: AttemptRecord, part: Part) -> str:
    if part is Part.HELPERS:
        return "Lean: helpers, before the statement"
    return "Lean: statement" if record.task == "state" else "Lean: proof"


def _numbered(lines: Sequence[str], messages: Sequence[CheckMessage]) -> Iterator[Line]:
    wrong = {each.line for each in messages if each.severity == "error"}
    for number, text in enumerate(lines[:_MOST_LINES], start=1):
        yield Line(Tone.WRONG if number in wrong else Tone.CODE, text, str(number))
        for message in messages:
            if message.line == number or (number == len(lines) and message.line > number):
                yield from _said(message)
    if len(lines) > _MOST_LINES:
        yield Line(Tone.FAINT, f"{len(lines) - _MOST_LINES:,} more lines.")


def _said(message: CheckMessage) -> Iterator[Line]:
    tone = Tone.SAID if message.severity == "error" else Tone.FAINT
    for number, text in enumerate(message.text.strip().split("\n")):
        yield Line(tone, text if number else f"{message.severity}: {text}")


# What changed


def _difference(step: Step, draft: str, before: AttemptRecord | None, draft_before: str) -> Iterator[Line]:
    if before is None:
        return
    where = f"round {before.round}" if before.round else "the attempt before"
    if draft and draft_before:
        changed = _diff(draft_before, draft)
        yield Line(Tone.HEADING, f"Lean, compared with {where}")
        yield from changed or (Line(Tone.FAINT, "The draft is the same."),)
    if step.errors or step.difference:
        yield Line(Tone.HEADING, f"Errors, compared with {where}")
        yield from (
            map(_changed, step.difference) if step.difference else (Line(Tone.FAINT, "Lean found the same wrong."),)
        )


def _diff(before: str, after: str) -> tuple[Line, ...]:
    lines = list(difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=2))[2:]
    return tuple(_changed(line) for line in lines[:_MOST_LINES] if not line.startswith("@@"))


def _changed(line: str) -> Line:
    return Line({"+": Tone.ADDED, "-": Tone.REMOVED}.get(line[:1], Tone.CODE), line)


# People, and facts


def said_of(record: AttemptRecord) -> Iterator[Line]:
    """What people said of it, oldest first."""
    standing = record.standing()
    if standing:
        yield Line(Tone.HEADING, "What people said")
    for verdict in standing:
        words_ = verdict.verdict.value if not verdict.note else f"{verdict.verdict.value}: {verdict.note}"
        yield Line(Tone.FACT, f"{words_}  ({words.when(verdict.time)})", verdict.by)


def facts_of(step: Step) -> Iterator[Line]:
    """How it came about."""
    yield Line(Tone.HEADING, "About this attempt")
    for name, value in _facts(step):
        if value:
            yield Line(Tone.FACT, value, name)


def _facts(step: Step) -> Iterable[tuple[str, str]]:
    record = step.record
    actor, prompt, lean, check = record.actor, record.prompt, record.lean, record.check
    yield "When", f"{words.when(record.time.start)}, {_times(record)}"
    yield "By", _joined(words.maker(record), actor.endpoint_host and f"at {actor.endpoint_host}", actor.role)
    yield "Asked by", record.requested_by if record.actor.kind != "human" else ""
    yield "Prompt", _joined(prompt.template, prompt.sha256 and f"SHA-256 {prompt.sha256[:_SHORT_HASH]}…")
    yield "Told of", ", ".join(dict.fromkeys(piece.node for piece in prompt.context if piece.node))
    yield "Parameters", ", ".join(f"{name} {value}" for name, value in record.params.items() if value is not None)
    yield "Tokens", _usage(record)
    yield "So far", words.cost(step.cost) and f"{words.cost(step.cost)} at this node, with all before"
    yield "Answer", {"stop": "", "": ""}.get(record.finish, record.finish)
    yield "Level", check.level
    yield "Axioms", ", ".join(check.axioms)
    yield "Sandbox", check.sandbox
    yield "Lean", _joined(lean.version, lean.mathlib and f"Mathlib {lean.mathlib}")
    dirty = " with changes" if lean.dirty else ""
    yield "Project at", lean.project_commit and f"{lean.project_commit[:_SHORT_HASH]}{dirty}"
    yield "Record", record.file


def _times(record: AttemptRecord) -> str:
    spent = [(record.time.model_s, "model"), (record.time.lean_s, "Lean")]
    return ", ".join(f"{seconds:.1f} s {who}" for seconds, who in spent if seconds) or "no time noted"


def _usage(record: AttemptRecord) -> str:
    usage = record.usage
    if not (usage.prompt or usage.completion):
        return ""
    of_it = [f"{count:,} {what}" for count, what in ((usage.reasoning, "reasoning"), (usage.cached, "cached")) if count]
    told = f"{usage.prompt:,} in, {usage.completion:,} out" + (f" ({', '.join(of_it)})" if of_it else "")
    told += f", {words.cost(usage.cost)}" if usage.cost is not None else ""
    return f"{told}, estimated" if usage.estimated else told


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
