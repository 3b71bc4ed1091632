"""What there is to read of an attempt: Lean's messages at their lines, what changed, and nothing that is not known."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.records.draft_text import text_of_draft
from blueprint_app.assistant.records.insights import Step, timeline
from blueprint_app.assistant.records.record import CheckMade, CheckMessage, Outcome
from blueprint_app.ui.attempts.telling import Line, Tone, told_of
from blueprint_app.verify.draft import Draft
from tests.assistant.records.attempts import full


def told(record, draft, before=None, draft_before=""):
    steps = {step.record.id: step for step in timeline([each for each in (before, record) if each is not None])}
    return told_of(steps[record.id], draft, before, draft_before)


def with_messages(*messages, **more):
    return full(check=CheckMade("none", (), tuple(messages)), **more)


def test_a_line_that_lean_rejects_is_marked_and_the_message_stands_below_it():
    record = with_messages(CheckMessage("error", 2, 2, "unsolved goals\n⊢ p", "proof"))
    lines = told(record, "by\n  simp\n  done")
    at = lines.index(Line(Tone.WRONG, "  simp", "2"))
    assert lines[at + 1 : at + 4] == (
        Line(Tone.SAID, "error: unsolved goals"),
        Line(Tone.SAID, "⊢ p"),
        Line(Tone.CODE, "  done", "3"),
    )


def test_helpers_have_lines_and_messages_of_their_own():
    record = with_messages(
        CheckMessage("error", 1, 0, "in the helper", "helpers"), CheckMessage("error", 1, 0, "in the proof", "proof")
    )
    lines = told(record, text_of_draft(Draft("by rfl", "theorem t : True := by simp\nlemma s := 1")))
    wrong = [line.text for line in lines if line.tone is Tone.WRONG]
    assert wrong == ["theorem t : True := by simp", "by rfl"]
    said = [line.text for line in lines if line.tone is Tone.SAID]
    assert said == ["error: in the helper", "error: in the proof"]


def test_a_message_beyond_the_last_line_is_not_lost():
    record = with_messages(CheckMessage("error", 9, 0, "unexpected end of input", "proof"))
    lines = told(record, "by")
    assert Line(Tone.SAID, "error: unexpected end of input") in lines


def test_a_message_of_no_line_stands_below_the_draft():
    record = with_messages(CheckMessage("error", 0, 0, "the statement differs", "statement"))
    lines = [line.text for line in told(record, "by rfl")]
    assert lines.index("Lean says") < lines.index("error: the statement differs")


def test_the_difference_to_the_round_before_is_told_of_lean_and_of_errors():
    first = with_messages(
        CheckMessage("error", 1, 0, "old error", "proof"), start="2026-11-03T10:00:00+00:00", id="a", round=1
    )
    second = with_messages(
        CheckMessage("error", 1, 0, "new error", "proof"), start="2026-11-03T11:00:00+00:00", id="b", round=2
    )
    lines = told(second, "by\n  omega", first, "by\n  simp")
    assert Line(Tone.HEADING, "Lean, compared with round 1") in lines
    removed = [line.text for line in lines if line.tone is Tone.REMOVED]
    added = [line.text for line in lines if line.tone is Tone.ADDED]
    assert removed == ["-  simp", "-old error"]
    assert added == ["+  omega", "+new error"]


def test_the_same_again_is_said_in_words():
    first = with_messages(CheckMessage("error", 1, 0, "e", "proof"), start="2026-11-03T10:00:00+00:00", id="a")
    second = with_messages(CheckMessage("error", 1, 0, "e", "proof"), start="2026-11-03T11:00:00+00:00", id="b")
    texts = [line.text for line in told(second, "by simp", first, "by simp")]
    assert "The draft is the same." in texts
    assert "Lean found the same wrong." in texts


def test_facts_leave_out_what_is_not_known():
    bare = replace(full(), outcome=Outcome.ABANDONED, actor=replace(full().actor, endpoint_host="", role=""))
    bare = replace(bare, params={}, lean=type(bare.lean)(), usage=type(bare.usage)())
    names = [line.name for line in told(bare, "") if line.tone is Tone.FACT]
    assert "Parameters" not in names
    assert "Tokens" not in names
    assert "Lean" not in names
    facts = {line.name: line.text for line in told(full(), "") if line.tone is Tone.FACT}
    assert facts["Tokens"] == "1,200 in, 300 out (100 reasoning, 50 cached), $0.012, estimated"
    assert facts["Prompt"] == "prove/3, SHA-256 9f86d081884c…"
    assert facts["By"] == "m-large-0426, at localhost, prover"


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.text())))
def test_every_line_of_a_draft_and_every_message_is_there(text, found):
    messages = tuple(CheckMessage("error", line, 0, said, "proof") for line, said in found)
    record = with_messages(*messages)
    lines = told_of(Step(record, (), (), None), text, None, "")
    code = "\n".join(line.text for line in lines if line.name.isdigit() and line.tone in (Tone.CODE, Tone.WRONG))
    if not text.startswith("-- ") and text.strip():
        assert code == text.rstrip("\n")
    assert sum(line.text.startswith("error: ") and line.tone is Tone.SAID for line in lines) >= len(messages)
