"""From the records of a run back to how far it had come."""

from collections.abc import Callable, Sequence

from blueprint_app.assistant.drafting.blockers import Blocker
from blueprint_app.assistant.drafting.progress import Progress
from blueprint_app.assistant.records.record import AttemptRecord, Outcome
from blueprint_app.verify.draft import Draft, Part
from blueprint_app.verify.verdict import CheckLevel, Failure, LeanMessage, Verdict


def progress_of(
    records: Sequence[AttemptRecord],
    reply_of: Callable[[AttemptRecord], str],
    draft_of: Callable[[str], Draft],
) -> Progress:
    """How far a run had come that left these records, the oldest first.

    `reply_of` gives the text beside a record, `draft_of` the draft that such a text holds. An attempt that was
    stopped is as if it had not been made.
    """
    progress = Progress()
    for record in records:
        if record.outcome is not Outcome.FAILED or record.round != progress.number + 1:
            continue
        blocker = Blocker(record.failure.kind, record.failure.blocker)
        text = reply_of(record)
        if record.draft.file.endswith(".lean"):
            progress = progress.failed(draft_of(text), _verdict(record), blocker, record.id)
        else:
            progress = progress.unreadable(text, "The answer held no draft that could be judged.", blocker, record.id)
    return progress


def _verdict(record: AttemptRecord) -> Verdict:
    messages = tuple(
        LeanMessage(message.severity, message.line, message.column, message.text, part=_part(message.part))
        for message in record.check.messages
    )
    return Verdict(CheckLevel.NONE, Failure.ERROR, record.failure.blocker, messages)


def _part(word: str) -> Part:
    return Part(word) if word in frozenset(Part) else Part.PROOF
