"""What is told of a draft that failed: the draft, three errors at most with their lines, and what failed before."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.context import context_of
from blueprint_app.assistant.prompts import read_prompt
from blueprint_app.assistant.repair import (
    REPAIR,
    REPLAN,
    FailedDraft,
    as_answer,
    error_excerpt,
    errors_in_words,
    repair_messages,
)
from blueprint_app.assistant.tasks import Task
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.verify.draft import Draft, Part
from blueprint_app.verify.verdict import LeanMessage

PROOF = "by\n" + "\n".join(f"  step{number}" for number in range(2, 13))
DRAFT = Draft(PROOF, "theorem h : 1 = 1 := rfl")


def error(line: int, column: int = 2, text: str = "it fails", part: Part = Part.PROOF) -> LeanMessage:
    return LeanMessage("error", line, column, text, part=part)


def test_the_marked_line_stands_among_its_neighbours() -> None:
    assert error_excerpt(DRAFT, error(10, 2, "unsolved goals\nn : Nat\n⊢ n = 0")) == (
        "error in the proof, line 10, column 3:\n\n"
        "   6 |   step6\n   7 |   step7\n   8 |   step8\n   9 |   step9\n"
        "> 10 |   step10\n     |   ^\n"
        "  11 |   step11\n  12 |   step12\n\n"
        "unsolved goals\nn : Nat\n⊢ n = 0"
    )


def test_helpers_are_quoted_from_their_own_text() -> None:
    shown = error_excerpt(DRAFT, error(1, 8, part=Part.HELPERS))
    assert "error in the helpers, line 1" in shown
    assert "> 1 | theorem h" in shown


def test_an_error_elsewhere_shows_lean_s_words_alone() -> None:
    assert error_excerpt(DRAFT, error(3, part=Part.STATEMENT)) == "error in the statement:\nit fails"


def test_three_errors_are_shown_and_the_rest_counted() -> None:
    shown = errors_in_words(FailedDraft(DRAFT, tuple(error(line, text=f"number {line}") for line in range(2, 8))))
    assert "number 4" in shown
    assert "number 5" not in shown
    assert shown.endswith("(3 more errors.)")


def test_warnings_are_no_errors_and_a_detail_stands_in() -> None:
    warning = LeanMessage("warning", 1, 0, "unused variable")
    assert errors_in_words(FailedDraft(DRAFT, (warning,), "It rests on sorryAx.")) == "It rests on sorryAx."
    assert "gives no reason" in errors_in_words(FailedDraft(DRAFT, (warning,)))


def test_a_long_message_keeps_its_beginning_and_the_goal_at_its_end() -> None:
    shown = error_excerpt(DRAFT, error(2, text="omega failed\n" + "h : x\n" * 2000 + "⊢ final goal"))
    assert "omega failed" in shown
    assert shown.endswith("⊢ final goal")
    assert "characters are left out" in shown
    assert len(shown) < 2500


@given(st.text(), st.integers(-5, 100), st.integers(-5, 100), st.sampled_from(list(Part)))
def test_any_message_can_be_shown(text: str, line: int, column: int, part: Part) -> None:
    assert error_excerpt(Draft(text), error(line, column, text, part))


def test_only_statement_last_draft_and_failures_are_sent(primes: Snapshot) -> None:
    context = context_of(primes, NodeId("thm:zeckendorf-exists"), Task.PROVE)
    failed = FailedDraft(DRAFT, (error(2),))
    earlier = [f"round {number}: {'x ' * 500}" for number in range(9)]
    messages = repair_messages(read_prompt("prove"), read_prompt(REPAIR), context, failed, earlier)
    assert [message.role for message in messages] == ["system", "user", "assistant", "user"]
    assert messages[2].content == as_answer(DRAFT)
    assert messages[2].content == f"```lean helpers\ntheorem h : 1 = 1 := rfl\n```\n\n```lean\n{PROOF}\n```"
    last = messages[3].content
    assert "round 2" not in last
    assert "- round 8" in last
    assert len(last) < 5000


def test_another_plan_is_asked_for_in_other_words(primes: Snapshot) -> None:
    context = context_of(primes, NodeId("thm:zeckendorf-exists"), Task.PROVE)
    failed = FailedDraft(Draft("by simp"), (error(1),))
    mended = repair_messages(read_prompt("prove"), read_prompt(REPAIR), context, failed)
    planned = repair_messages(read_prompt("prove"), read_prompt(REPLAN), context, failed)
    assert mended[:3] == planned[:3]
    assert "different plan" in planned[3].content
    assert "different plan" not in mended[3].content
    assert "What failed before" not in mended[3].content
