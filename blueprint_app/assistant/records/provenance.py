"""What records tell of who wrote the Lean text of a project's nodes."""

from collections.abc import Iterable

from blueprint_app.assistant.records.record import (
    ABOUT_THE_STATEMENT,
    AttemptRecord,
    Judgement,
    Outcome,
)
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.provenance import Contribution, FaithfulMark, Part, ProjectProvenance

PARTS = {"state": Part.STATEMENT, "prove": Part.PROOF}
"""The tasks that bring Lean text, and for which part of a node."""

_WAITING = frozenset({Outcome.COMPILED, Outcome.VERIFIED, Outcome.UNJUDGED})


def provenance_of(records: Iterable[AttemptRecord], remarks: tuple[Diagnostic, ...] = ()) -> ProjectProvenance:
    """All drafts that wait for a person and all that were put into the project, by the label that they were made for.

    What failed, was given up or was turned down brings nothing.
    """
    found: dict[str, list[Contribution]] = {}
    for record in records:
        contribution = contribution_of(record)
        if contribution is not None:
            found.setdefault(record.node, []).append(contribution)
    return ProjectProvenance({node: tuple(each) for node, each in found.items()}, remarks)


def contribution_of(record: AttemptRecord) -> Contribution | None:
    """What an attempt brings to its node; None if nothing."""
    part, accepted = PARTS.get(record.task), _accepted(record)
    if part is None or not (accepted or (record.outcome in _WAITING and not record.is_rejected)):
        return None
    return Contribution(
        attempt=record.id,
        part=part,
        model=(record.model or "a model that is not named") if record.is_by_model else "",
        date=record.time.start,
        level=record.check.level,
        accepted=accepted,
        statement_sha256=record.statement_sha256,
        marks=tuple(
            FaithfulMark(each.by, each.time, each.verdict is Judgement.FAITHFUL, each.statement_sha256)
            for each in record.standing()
            if each.verdict in ABOUT_THE_STATEMENT
        ),
    )


def _accepted(record: AttemptRecord) -> str:
    """When it was last put into the project; "" if it is not there."""
    return max((each.time for each in record.standing() if each.verdict is Judgement.ACCEPTED), default="")
