"""The same obstacle has the same name, whatever differs by chance."""

import pytest

from blueprint_app.assistant.drafting.blockers import Blocker, blocker_in, blocker_of, times_met
from blueprint_app.verify.verdict import CheckLevel, Failure, LeanMessage, Verdict


def said(text: str) -> LeanMessage:
    return LeanMessage("error", 1, 0, text)


@pytest.mark.parametrize(
    ("text", "kind", "about"),
    [
        ("Unknown identifier `Nat.foo`", "unknown name", "Nat.foo"),
        ("unknown constant 'Nat.foo'", "unknown name", "Nat.foo"),
        ("unsolved goals\nn : Nat\nh : 0 < n\n⊢ n = n + 0", "unsolved goals", "n = n + 0"),
        ("Type mismatch\n  h\nhas type\n  1 = 2", "type mismatch", "Type mismatch h has type 1 = 2"),
        ("failed to synthesize\n  `Add Prop`", "no instance", "Add Prop"),
        ("unexpected token 'theorem'; expected term", "syntax", "unexpected token 'theorem'; expected term"),
        ("omega could not prove the goal:\na possible counterexample", "arithmetic failed", None),
        ("Tactic `rfl` failed: no", "tactic failed", "Tactic `rfl` failed: no"),
    ],
)
def test_errors_have_kinds(text, kind, about):
    blocker = blocker_in(said(text))
    assert blocker.kind == kind
    if about is not None:
        assert blocker.about == about


def test_names_that_lean_makes_up_do_not_count():
    one = blocker_in(said("unsolved goals\nx✝ : Nat\n⊢ ?m.123 = x✝¹ + u_1"))
    other = blocker_in(said("unsolved goals\nx✝² : Nat\n⊢ ?m.77   = x✝ + u_2"))
    assert one == other


def test_a_verdict_without_a_failure_has_no_obstacle():
    assert blocker_of(Verdict(CheckLevel.MATCHED)) is None


def test_axioms_are_named():
    verdict = Verdict(CheckLevel.REPLAYED, Failure.AXIOMS, axioms=("cheat",))
    assert str(blocker_of(verdict)) == "axioms: cheat"


def test_the_first_error_counts():
    verdict = Verdict(CheckLevel.NONE, Failure.ERROR, messages=(said("Unknown identifier `a`"), said("type mismatch")))
    assert blocker_of(verdict) == Blocker("unknown name", "a")


def test_times_are_counted():
    a, b = Blocker("a"), Blocker("b")
    assert times_met(a, [b, a, b, a]) == 3
    assert times_met(b, []) == 1
