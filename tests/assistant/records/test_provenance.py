"""From records to who wrote what."""

import pytest

from blueprint_app.assistant.records.provenance import contribution_of, provenance_of
from blueprint_app.assistant.records.record import Actor, HumanSaid, Judgement, Outcome, Verdict
from blueprint_app.model.provenance import Part
from tests.assistant.records.attempts import HASH, full


def said(verdict: Judgement, by: str = "Ada", time: str = "2026-11-04T10:00:00+00:00") -> Verdict:
    return Verdict(f"v{time}", "x", verdict, by, time, "", HASH)


@pytest.mark.parametrize(
    ("task", "outcome", "verdicts", "brings"),
    [
        ("prove", Outcome.VERIFIED, (), "draft"),
        ("state", Outcome.COMPILED, (), "draft"),
        ("prove", Outcome.UNJUDGED, (), "draft"),
        ("prove", Outcome.FAILED, (), ""),
        ("prove", Outcome.ABANDONED, (), ""),
        ("prove", Outcome.REJECTED, (), ""),
        ("explain", Outcome.VERIFIED, (), ""),
        ("split", Outcome.COMPILED, (said(Judgement.ACCEPTED),), ""),
        ("prove", Outcome.VERIFIED, (said(Judgement.REJECTED),), ""),
        ("prove", Outcome.VERIFIED, (said(Judgement.NOTE),), "draft"),
        ("prove", Outcome.VERIFIED, (said(Judgement.ACCEPTED),), "accepted"),
        ("prove", Outcome.FAILED, (said(Judgement.ACCEPTED),), "accepted"),
        ("prove", Outcome.VERIFIED, (said(Judgement.ACCEPTED), said(Judgement.REJECTED, "Emmy")), "accepted"),
    ],
)
def test_what_an_attempt_brings(task: str, outcome: Outcome, verdicts: tuple[Verdict, ...], brings: str) -> None:
    found = contribution_of(full(task=task, outcome=outcome, verdicts=verdicts))
    assert ("" if found is None else "accepted" if found.accepted else "draft") == brings


def test_a_contribution_tells_model_date_and_marks() -> None:
    record = full(task="state", outcome=Outcome.COMPILED, verdicts=(said(Judgement.FAITHFUL), said(Judgement.NOTE)))
    found = contribution_of(record)
    assert found is not None
    assert (found.part, found.model, found.date, found.level) == (
        Part.STATEMENT, "m-large-0426", record.time.start, "compiled",
    )  # fmt: skip
    assert [(mark.by, mark.is_faithful, mark.statement_sha256) for mark in found.marks] == [("Ada", True, HASH)]
    nameless = contribution_of(full(actor=Actor("model"), outcome=Outcome.COMPILED))
    assert nameless is not None
    assert nameless.model
    for kind in ("human", "tactics"):
        own = contribution_of(full(actor=Actor(kind), outcome=Outcome.COMPILED))
        assert own is not None
        assert own.model == ""


def test_what_the_record_itself_says_counts_as_the_first_word() -> None:
    early = full(outcome=Outcome.VERIFIED, human=HumanSaid("accepted", "Ada"))
    assert early.is_accepted
    taken_back = full(
        outcome=Outcome.VERIFIED, human=HumanSaid("accepted", "Ada"), verdicts=(said(Judgement.REJECTED),)
    )
    assert contribution_of(taken_back) is None
    assert not full(human=HumanSaid("who knows", "Ada")).is_accepted


def test_records_are_gathered_by_label() -> None:
    records = [full("lem:a", outcome=Outcome.VERIFIED), full("lem:a"), full("lem:b", outcome=Outcome.COMPILED)]
    found = provenance_of(records)
    assert {node: len(each) for node, each in found.contributions.items()} == {"lem:a": 1, "lem:b": 1}
