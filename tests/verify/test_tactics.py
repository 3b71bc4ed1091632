"""Cheap tactics: tried in one run of Lean, found one by one, and judged like anybody's draft."""

from pathlib import Path

import pytest

from blueprint_app.lean.project import read_project
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.goal import Goal, goal_of
from blueprint_app.verify.judge import JudgeWork
from blueprint_app.verify.tactics import CHEAP_TACTICS, tactics_text, try_tactics
from blueprint_app.verify.verdict import CheckLevel, Failure


def goal(statement: str, before: str = "import X\n") -> Goal:
    return Goal("a", "M", "M.lean", before, statement, " sorry", "", 2)


def test_every_tactic_gets_the_statement_without_its_name():
    statement = (
        "open Nat in\nset_option maxHeartbeats 100 in\n/-- About it. -/\n@[simp, grind =]\nprotected theorem A.b'.c\n"
        "    (n : Nat) : n = n :="
    )
    assert tactics_text(goal(statement), ("rfl", "simp")) == (
        "import X\n"
        "open Nat in\nset_option maxHeartbeats 100 in\nexample\n    (n : Nat) : n = n := by\n  rfl\n\n"
        '#print "blueprint: tried 0"\n\n'
        "open Nat in\nset_option maxHeartbeats 100 in\nexample\n    (n : Nat) : n = n := by\n  simp\n\n"
        '#print "blueprint: tried 1"\n\n'
    )


def test_cases_are_no_part_of_the_statement():
    text = tactics_text(goal("lemma a : ∀ n : Nat, n = n\n  "), ("rfl",))
    assert "example : ∀ n : Nat, n = n := by\n  rfl\n" in text


@pytest.mark.parametrize(
    "statement", ["def f : Nat :=", "instance x : Inhabited Nat ", "theorem a.{u} (A : Sort u) : A = A :="]
)
def test_what_has_no_example(statement):
    assert tactics_text(goal(statement), ("rfl",)) == ""


def work(folder: Path, cache: Path, name: str) -> JudgeWork:
    project = read_project(folder)
    assert project is not None
    return JudgeWork(str(folder), goal_of(project, name), Draft(""), cache_folder=str(cache))


@pytest.mark.slow
def test_one_that_works_is_found_and_judged(built_arena, programs_cache):
    draft, verdict = try_tactics(work(built_arena, programs_cache, "Arena.truth"))
    assert verdict.is_verified
    assert draft == Draft("by\n  omega")


@pytest.mark.slow
def test_what_a_search_finds_is_taken(built_arena, programs_cache):
    draft, verdict = try_tactics(work(built_arena, programs_cache, "Arena.truth"), ("no_such_tactic", "rfl", "exact?"))
    assert verdict.is_verified
    assert draft is not None
    assert draft.proof.startswith("by\n  exact ")
    assert "?" not in draft.proof


@pytest.mark.slow
def test_nothing_proves_what_is_false(built_arena, programs_cache):
    draft, verdict = try_tactics(work(built_arena, programs_cache, "Arena.mentioning"))
    assert draft is None
    assert (verdict.level, verdict.failure) == (CheckLevel.NONE, Failure.ERROR)
    assert verdict.detail == f"None of {', '.join(CHEAP_TACTICS)} proves it."


@pytest.mark.slow
def test_a_gap_of_the_project_is_no_proof(built_arena, programs_cache):
    draft, verdict = try_tactics(work(built_arena, programs_cache, "Arena.falsehood"), ("exact gap", "simpa using gap"))
    assert draft is None
    assert not verdict.is_verified
    assert verdict.failure is Failure.AXIOMS
    assert verdict.gaps == ("Arena.gap",)
