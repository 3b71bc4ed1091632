"""Drafts out of answers as models write them; the statement is never the model's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.lean_reply import (
    DraftedStatement,
    LeanBlock,
    Problem,
    draft_from,
    lean_in,
    parted,
    statement_from,
)
from blueprint_app.lean.scan.declarations import scan_text
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.goal import Goal, goal_in

FILE = """import Primes.Sums
open Nat
namespace Primes

/-- Doubling. -/
@[simp] theorem twice_le (n : Nat) (h : 0 < n) :
    n ≤ 2 * n := by
  sorry

end Primes
"""
STATED = "theorem twice_le (n : Nat) (h : 0 < n) : n ≤ 2 * n"


@pytest.fixture(scope="module")
def goal() -> Goal:
    declaration = next(each for each in scan_text(FILE).declarations if each.name == "Primes.twice_le")
    return goal_in(FILE, declaration, "Primes.Twice", "Primes/Twice.lean")


def fenced(text: str, info: str = "lean") -> str:
    return f"```{info}\n{text}\n```"


OMEGA = "by\n  omega"

ANSWERS = {
    "as asked": (fenced(OMEGA), OMEGA, ""),
    "words around": (f"We use omega.\n\n{fenced(OMEGA)}\n\nThis closes it.", OMEGA, ""),
    "lean4": (fenced(OMEGA, "lean4"), OMEGA, ""),
    "attributes of the fence": (fenced(OMEGA, "{.lean}").replace("{.lean}", "lean {.numberLines}"), OMEGA, ""),
    "tildes": (f"~~~lean\n{OMEGA}\n~~~", OMEGA, ""),
    "no language": (fenced(OMEGA, ""), OMEGA, ""),
    "not closed": (f"```lean\n{OMEGA}", OMEGA, ""),
    "indented in a list": ("1. So:\n\n   ```lean\n   by\n     omega\n   ```", OMEGA, ""),
    "thoughts before": (f"<think>\nMaybe\n```lean\nby simp\n```\n</think>\n{fenced(OMEGA)}", OMEGA, ""),
    "thoughts without a beginning": (f"Maybe {fenced('by simp')}\n</think>\n{fenced(OMEGA)}", OMEGA, ""),
    "not fenced at all": ("by\n  omega", OMEGA, ""),
    "not fenced, words around": (f"Here it is:\n\n{STATED} := by\n  omega\n\nThat is all.", OMEGA, ""),
    "a colon too much": (fenced(":= by\n  omega"), OMEGA, ""),
    "a term": (fenced("Nat.le_mul_of_pos_left n (by decide)"), "Nat.le_mul_of_pos_left n (by decide)", ""),
    "cases": (fenced("| 0 => rfl\n| n + 1 => by omega"), "| 0 => rfl\n| n + 1 => by omega", ""),
    "the by is missing": (fenced("intro k\nomega"), "by\n  intro k\n  omega", ""),
    "the by is missing behind have": (fenced("have h := rfl\nomega"), "by\n  have h := rfl\n  omega", ""),
    "a have of a term": (fenced("have h : 1 = 1 := rfl\nNat.le h"), "have h : 1 = 1 := rfl\n  Nat.le h", ""),
    "tactics at the margin": (fenced("by\nhave h := 1\nomega"), "by\n  have h := 1\n  omega", ""),
    "statement repeated": (fenced(f"{STATED} := by\n  omega"), OMEGA, ""),
    "statement repeated as a lemma, wrapped": (
        fenced("lemma twice_le (n : Nat)\n    (h : 0 < n)  :\n  n ≤ 2*n :=\n  by omega"), "by omega", "",
    ),
    "statement with its full name, attributes and remarks": (
        fenced("@[simp]\ntheorem Primes.twice_le (n : Nat) /- as given -/ (h : 0 < n) : n ≤ 2 * n := by\n  omega"),
        OMEGA,
        "",
    ),
    "statement as an example": (fenced("example (n : Nat) (h : 0 < n) : n ≤ 2 * n := by\n  omega"), OMEGA, ""),
    "the whole file": (
        fenced(f"import Mathlib\nopen Nat\nnamespace Primes\n{STATED} := by\n  omega\n\nend Primes\n#print axioms a"),
        OMEGA,
        "",
    ),
    "helpers as asked": (
        fenced("theorem a : 1 = 1 := rfl", "lean helpers") + "\n\n" + fenced(OMEGA),
        OMEGA,
        "theorem a : 1 = 1 := rfl",
    ),
    "helpers in the same block": (
        fenced(f"/-- One. -/\nprivate lemma a : 1 = 1 := by\n  rfl\n\ndef b := 2\n\n{STATED} := by\n  omega"),
        OMEGA,
        "/-- One. -/\nprivate lemma a : 1 = 1 := by\n  rfl\n\ndef b := 2",
    ),
    "corrected in a second block": (
        fenced(f"theorem a : 1 = 1 := by simp\n\n{STATED} := by\n  simp") + "\nNo, rather:\n"
        + fenced(f"theorem a : 1 = 1 := rfl\n\n{STATED} := by\n  omega"),
        OMEGA,
        "theorem a : 1 = 1 := rfl",
    ),
    "two proofs": (fenced("by simp") + "\nThat fails for 0. Better:\n" + fenced(OMEGA), OMEGA, ""),
    "other languages between": (
        fenced("\\begin{proof}\\end{proof}", "latex") + fenced("n : Nat\n⊢ n ≤ 2 * n", "text") + "\n\n" + fenced(OMEGA),
        OMEGA,
        "",
    ),
    "what comes after is dropped": (fenced(f"{STATED} := by\n  omega\n\ntheorem after : True := trivial"), OMEGA, ""),
    "what changes Lean stays to be seen": (
        fenced(f'macro "gap" : tactic => `(tactic| sorry)\nopen Real\nopen Nat\nvariable (k : A)\n{STATED} := by gap'),
        "by gap",
        'macro "gap" : tactic => `(tactic| sorry)\n\nopen Real\n\nvariable (k : A)',
    ),
    "open in": (fenced(f"open Nat in\n{STATED} := by\n  omega"), OMEGA, ""),
    "a string that looks like Lean": (fenced('by\n  trace "theorem x :="'), 'by\n  trace "theorem x :="', ""),
}  # fmt: skip


@pytest.mark.parametrize("case", ANSWERS)
def test_a_draft_is_found(case: str, goal: Goal) -> None:
    text, proof, helpers = ANSWERS[case]
    assert draft_from(text, goal) == Draft(proof, helpers)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I do not know.", "no Lean text"),
        ("By induction on n we see that it holds.", "no Lean text"),
        ("", "no Lean text"),
        ("<think>\n```lean\nby omega\n```", "no Lean text"),
        (fenced("print(1)", "python"), "no Lean text"),
        (fenced("n : Nat\n⊢ n ≤ 2 * n", ""), "no Lean text"),
        (fenced("-- nothing yet"), "no proof of Primes.twice_le"),
        (fenced("theorem a : 1 = 1 := rfl"), "no proof of Primes.twice_le"),
        (fenced("theorem twice_le (n : Nat) (h : 1 < n) : n ≤ 2 * n := by omega"), "changes the statement"),
        (fenced("theorem twice_le (n : Nat) : n ≤ 2 * n := by omega"), "changes the statement"),
        (fenced("theorem twice_le (n : Nat) (h : 0 < n) : n ≤ 2 * n ∨ True := by simp"), "changes the statement"),
        (fenced("def twice_le (n : Nat) (h : 0 < n) : n ≤ 2 * n := by omega"), "changes the statement"),
        (fenced("theorem twice_le (n : Nat) (h : 0 < n) : n ≤ 2 * n"), "no proof of Primes.twice_le"),
    ],
)
def test_an_answer_without_a_draft_says_why(text: str, words: str, goal: Goal) -> None:
    problem = draft_from(text, goal)
    assert isinstance(problem, Problem)
    assert words in problem.what_happened
    assert problem.what_to_do


@given(st.text(alphabet=st.sampled_from(list("by :=\n`~<>/-|theormlai n{}()\"'#«»⊢")), max_size=200))
def test_any_answer_is_read(text: str) -> None:
    declaration = next(each for each in scan_text(FILE).declarations if each.name == "Primes.twice_le")
    result = draft_from(text, goal_in(FILE, declaration, "Primes.Twice", "Primes/Twice.lean"))
    assert isinstance(result, Problem) or result.proof.strip()
    assert isinstance(statement_from(text), Problem | DraftedStatement)


@given(st.from_regex(r"(  [a-z ]{0,19}[a-z]\n|\n){1,5}", fullmatch=True), st.booleans())
def test_a_proof_in_a_fence_comes_through_unchanged(body: str, closed: bool) -> None:
    declaration = next(each for each in scan_text(FILE).declarations if each.name == "Primes.twice_le")
    goal = goal_in(FILE, declaration, "Primes.Twice", "Primes/Twice.lean")
    proof = f"by\n  skip\n{body}  done"
    assert draft_from(f"```lean\n{proof}" + ("\n```" if closed else ""), goal) == Draft(proof)


def test_a_line_of_blanks_comes_out_empty(goal: Goal) -> None:
    assert draft_from("```lean\nby\n  skip\n   \n  done\n```", goal) == Draft("by\n  skip\n\n  done")


def test_thoughts_are_told_apart() -> None:
    assert parted("<think>a</think>b") == ("a", "b")
    assert parted("a</thinking>\n\nb") == ("a", "b")
    assert parted("<think>a") == ("a", "")
    assert parted("b") == ("", "b")


def test_blocks_are_found_in_order() -> None:
    reply = lean_in(fenced("def a := 1", "lean helpers") + "\n" + "```lean\nby simp")
    assert reply is not None
    assert reply.blocks == (LeanBlock("def a := 1", True), LeanBlock("by simp"))
    assert not reply.is_whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            fenced("/-- Doc. -/\ntheorem a_le (n : Nat) : n ≤ n := by\n  sorry"),
            DraftedStatement("a_le", "theorem", "/-- Doc. -/\ntheorem a_le (n : Nat) : n ≤ n :="),
        ),
        (fenced("theorem a : 1 = 1"), DraftedStatement("a", "theorem", "theorem a : 1 = 1 :=")),
        (
            fenced("def helper := 1", "lean helpers") + "\n" + fenced("theorem a : helper = 1 := sorry"),
            DraftedStatement("a", "theorem", "theorem a : helper = 1 :=", "def helper := 1"),
        ),
        (
            fenced("import Mathlib\n\nnoncomputable def two (n : Nat) : Nat :=\n  2 * n"),
            DraftedStatement("two", "def", "noncomputable def two (n : Nat) : Nat :=\n  2 * n"),
        ),
        (
            fenced("structure P where\n  x : Nat\n  y : Nat"),
            DraftedStatement("P", "structure", "structure P where\n  x : Nat\n  y : Nat"),
        ),
        (
            fenced("theorem a : 1 = 2 := sorry") + "\nBetter:\n" + fenced("theorem a : 1 = 1 := sorry"),
            DraftedStatement("a", "theorem", "theorem a : 1 = 1 :="),
        ),
    ],
)
def test_a_statement_is_taken_without_its_proof(text: str, expected: DraftedStatement) -> None:
    drafted = statement_from(text)
    assert drafted == expected
    assert drafted.is_definition == (expected.kind in ("def", "structure"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No.", "no Lean text"),
        (fenced("by omega"), "no declaration"),
        (fenced("example : 1 = 1 := rfl"), "without a name"),
    ],
)
def test_an_answer_without_a_statement_says_why(text: str, words: str) -> None:
    problem = statement_from(text)
    assert isinstance(problem, Problem)
    assert words in problem.what_happened
