"""One level alone says "verified"."""

import pytest

from blueprint_app.verify.verdict import CheckLevel, Failure, LeanMessage, Verdict


@pytest.mark.parametrize("level", CheckLevel)
@pytest.mark.parametrize("failure", Failure)
def test_only_a_matched_statement_is_verified(level, failure):
    verified = Verdict(level, failure).is_verified
    assert verified == (level is CheckLevel.MATCHED and failure is Failure.NONE)


def test_the_levels_as_they_are_written_in_records():
    assert [str(level) for level in CheckLevel] == [
        "none",
        "compiled",
        "replayed",
        "statement matched, axioms allowed",
    ]


def test_errors_among_the_messages():
    warning, error = LeanMessage("warning", 1, 0, "unused"), LeanMessage("error", 2, 4, "unsolved goals\n⊢ False")
    assert Verdict(CheckLevel.NONE, Failure.ERROR, messages=(warning, error)).errors == (error,)
