"""From a draft to its verdict: what is told of it, and what is told where nothing can be judged."""

import os
import pickle
import shutil
from pathlib import Path

import pytest

from blueprint_app.lean.project import LeanProject, read_project
from blueprint_app.model.errors import BlueprintError
from blueprint_app.verify import readiness as readying
from blueprint_app.verify.draft import Draft, Part
from blueprint_app.verify.goal import Goal, goal_of
from blueprint_app.verify.in_place import judge_in_place, verify_declaration
from blueprint_app.verify.judge import JudgeWork, judge_draft, judge_statement
from blueprint_app.verify.limits import JudgeLimits
from blueprint_app.verify.readiness import NotReady, Ready, readiness
from blueprint_app.verify.sandbox import NoSandbox
from blueprint_app.verify.verdict import CheckLevel, Failure
from tests.lean.conftest import lake_build
from tests.verify.attacks import HONEST
from tests.verify.processes import leaves_no_process


@pytest.fixture(autouse=True)
def _shared_cache(programs_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readying, "default_cache_folder", lambda: programs_cache)


def project_of(folder: Path) -> LeanProject:
    project = read_project(folder)
    assert project is not None
    return project


def work(folder: Path, draft: Draft, name: str = "Arena.truth", **more) -> JudgeWork:
    return JudgeWork(str(folder), goal_of(project_of(folder), name), draft, **more)


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_errors_carry_their_place_and_the_open_goal(built_arena):
    draft = Draft("by\n  induction n with\n  | zero => rfl\n  | succ n ih =>\n    skip", "theorem help : True :=\n  1")
    steps: list[tuple[float, str]] = []
    verdict = judge_draft(work(built_arena, draft), report=lambda part, note: steps.append((part, note)))
    assert (verdict.level, verdict.failure) == (CheckLevel.NONE, Failure.ERROR)
    in_helpers, open_goal = [error for error in verdict.errors if error.part in (Part.HELPERS, Part.PROOF)][:2]
    assert (in_helpers.part, in_helpers.line) == (Part.HELPERS, 2)
    assert (open_goal.part, open_goal.line) == (Part.PROOF, 4)
    assert "unsolved goals" in open_goal.text
    assert "⊢ n + 1 + two = two + (n + 1)" in open_goal.text
    assert "ih : n + two = two + n" in open_goal.text
    assert verdict.detail.startswith("Lean rejects it: ")
    assert [note for _, note in steps] == ["Compiling the statement", "Compiling the draft"]
    assert verdict.seconds > 0


@pytest.mark.slow
def test_a_helper_is_part_of_the_proof(built_arena):
    draft = Draft(
        "swap n two", "/-- The two change places. -/\ntheorem swap (a b : Nat) : a + b = b + a := by\n  omega"
    )
    verdict = judge_draft(work(built_arena, draft))
    assert verdict.is_verified, verdict
    assert verdict.lint == ()


@pytest.mark.slow
def test_a_definition_is_not_verified(arena_copy, lake):
    changed(arena_copy / "Arena/Work.lean", "theorem below : True := trivial", "def size (n : Nat) : Nat :=\n  sorry")
    verdict = judge_draft(work(arena_copy, Draft("n + two"), "Arena.size"))
    assert (verdict.level, verdict.failure) == (CheckLevel.REPLAYED, Failure.NONE)
    assert "for a person to say" in verdict.detail
    assert not verdict.is_verified


@pytest.mark.slow
def test_a_drafted_statement_compiles_at_most(built_arena):
    goal = goal_of(project_of(built_arena), "Arena.truth")
    stated = Goal(
        goal.name, goal.module, goal.file, goal.before, "theorem new (n : Nat) : n * Other.big = n :=", "", "\n", 1
    )
    helped = Draft("", "def Other.big : Nat := two")
    verdict = judge_statement(JudgeWork(str(built_arena), stated, helped))
    assert (verdict.level, verdict.failure) == (CheckLevel.COMPILED, Failure.NONE)
    assert not verdict.is_verified
    wrong = judge_statement(JudgeWork(str(built_arena), stated, Draft("")))
    assert (wrong.level, wrong.failure) == (CheckLevel.NONE, Failure.ERROR)
    assert "big" in wrong.detail


@pytest.mark.slow
def test_an_error_above_the_goal_is_not_the_drafts(arena_copy):
    changed(arena_copy / "Arena/Work.lean", "theorem mentioning", "theorem broken : True := 1\n\ntheorem mentioning")
    verdict = judge_draft(work(arena_copy, HONEST))
    assert (verdict.level, verdict.failure) == (CheckLevel.NONE, Failure.ERROR)
    assert verdict.detail.startswith("The file does not compile up to the statement itself.")
    assert verdict.errors[0].part is Part.BEFORE


@pytest.mark.slow
def test_options_of_the_project_hold(arena_copy, lake):
    lakefile = arena_copy / "lakefile.toml"
    lakefile.write_text(f"{lakefile.read_text()}\n[leanOptions]\nautoImplicit = false\n", encoding="utf-8")
    assert "completed successfully" in lake_build(lake, arena_copy)
    changed(arena_copy / "Arena/Work.lean", "theorem below : True", "theorem below (x : α) : x = x")
    verdict = judge_draft(work(arena_copy, Draft("rfl"), "Arena.below"))
    assert verdict.failure is Failure.ERROR
    assert "α" in verdict.detail


@pytest.mark.slow
def test_a_stop_ends_lean(built_arena):
    class StopError(Exception):
        pass

    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls > 60:
            raise StopError

    looping = Draft(HONEST.proof, "partial def ever (n : Nat) : IO Unit := ever (n + 1)\n#eval ever 0")
    with pytest.raises(StopError), leaves_no_process():
        judge_draft(work(built_arena, looping), check)


def test_work_and_verdict_can_be_sent(built_arena, monkeypatch):
    monkeypatch.setattr(readying, "find_sandbox", lambda: NoSandbox("There is none.", "Install it."))
    job = work(built_arena, HONEST)
    assert pickle.loads(pickle.dumps(job)) == job
    verdict = judge_draft(job)
    assert pickle.loads(pickle.dumps(verdict)) == verdict


def test_without_a_sandbox_nothing_runs(built_arena, monkeypatch):
    monkeypatch.setattr(readying, "find_sandbox", lambda: NoSandbox("There is none.", "Install it."))
    verdict = judge_draft(work(built_arena, Draft("by sorry")))
    assert (verdict.level, verdict.failure) == (CheckLevel.NONE, Failure.NO_SANDBOX)
    assert verdict.detail == "There is none. Install it."
    assert [finding.word for finding in verdict.lint] == ["sorry"]


@pytest.mark.slow
def test_one_run_without_a_sandbox_compiles_at_most(built_arena, monkeypatch):
    monkeypatch.setattr(readying, "find_sandbox", lambda: NoSandbox("There is none.", "Install it."))
    verdict = judge_draft(work(built_arena, HONEST, unsandboxed=True))
    assert (verdict.level, verdict.failure) == (CheckLevel.COMPILED, Failure.NONE)
    assert verdict.sandbox == "none"
    assert not verdict.is_verified
    wrong = judge_draft(work(built_arena, Draft("rfl"), unsandboxed=True))
    assert (wrong.level, wrong.failure) == (CheckLevel.NONE, Failure.ERROR)


def test_without_lean(built_arena, monkeypatch, tmp_path):
    for name in ("bwrap", "prlimit", "true"):
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ELAN_HOME", str(tmp_path / "elan"))
    verdict = judge_draft(work(built_arena, HONEST))
    assert (verdict.level, verdict.failure) == (CheckLevel.NONE, Failure.NO_LEAN)
    assert "There is no Lean on this machine" in verdict.detail


def test_without_a_build(arena_copy):
    shutil.rmtree(arena_copy / ".lake")
    verdict = judge_draft(work(arena_copy, HONEST))
    assert (verdict.level, verdict.failure) == (CheckLevel.NONE, Failure.NOT_BUILT)
    assert "Build the project." in verdict.detail


def test_with_a_build_that_is_out_of_date(arena_copy):
    changed(arena_copy / "Arena/Base.lean", "Nat := 2", "Nat := 3")
    verdict = judge_draft(work(arena_copy, HONEST))
    assert verdict.failure is Failure.NOT_BUILT
    assert "Arena.Base has changed" in verdict.detail


def test_the_goals_own_file_may_have_changed(arena_copy, tmp_path, monkeypatch):
    changed(arena_copy / "Arena/Work.lean", "theorem below", "theorem more : True := trivial\n\ntheorem below")
    monkeypatch.setattr(readying, "default_cache_folder", lambda: tmp_path / "cache")
    assert isinstance(readiness(arena_copy, "Arena.truth"), Ready)
    assert not (tmp_path / "cache").exists(), "to tell whether drafts could be judged no Lean is run"


def test_a_file_of_the_module_system(arena_copy):
    changed(arena_copy / "Arena/Work.lean", "import Arena.Base", "/- so be it -/ module\n\npublic import Arena.Base")
    found = readiness(arena_copy, "Arena.truth")
    assert isinstance(found, NotReady)
    assert "module system" in found.reason


def test_no_goal_and_no_project(built_arena, tmp_path):
    found = readiness(built_arena, "Arena.absent")
    assert isinstance(found, NotReady)
    assert "no declaration Arena.absent" in str(found)
    assert isinstance(readiness(tmp_path, "Arena.truth"), NotReady)
    with pytest.raises(BlueprintError, match="no Lean project"):
        verify_declaration(tmp_path, "Arena.truth")


@pytest.mark.slow
def test_what_stands_in_the_project(arena_copy, lake):
    before = verify_declaration(arena_copy, "Arena.truth")
    assert before.failure is Failure.SORRY
    source = arena_copy / "Arena/Work.lean"
    source.write_text(source.read_text().replace("two + n := by\n  sorry", f"two + n :=\n  {HONEST.proof}"))
    lines: list[str] = []
    after = judge_in_place(arena_copy, "Arena.truth", on_line=lines.append)
    assert after.is_verified, after
    assert "Build completed successfully" in "\n".join(lines)


@pytest.mark.slow
def test_what_is_not_verified_is_not_built(arena_copy):
    lines: list[str] = []
    assert not judge_in_place(arena_copy, "Arena.truth", on_line=lines.append).is_verified
    assert lines == []


@pytest.mark.slow
def test_a_project_that_no_longer_builds(arena_copy):
    source = arena_copy / "Arena/Work.lean"
    changed(source, "two + n := by\n  sorry", f"two + n :=\n  {HONEST.proof}")
    changed(source, "theorem below : True := trivial", "theorem below : True := 1")
    verdict = judge_in_place(arena_copy, "Arena.truth")
    assert (verdict.level, verdict.failure) == (CheckLevel.REPLAYED, Failure.ERROR)
    assert "does not build any more" in verdict.detail


@pytest.mark.slow
def test_the_projects_own_list_of_axioms(arena_copy):
    changed(arena_copy / "Arena/Work.lean", "theorem falsehood", "axiom magic : (0 : Nat) = 1\n\ntheorem falsehood")
    assert verify_declaration(arena_copy, "Arena.falsehood", Draft("magic")).failure is Failure.AXIOMS
    (arena_copy / "blueprint").mkdir()
    (arena_copy / "blueprint/axioms.txt").write_text("Arena.magic\n", encoding="utf-8")
    verdict = verify_declaration(arena_copy, "Arena.falsehood", Draft("magic"))
    assert verdict.is_verified
    assert verdict.axioms == ("Arena.magic",)


@pytest.mark.slow
def test_limits_end_lean(built_arena):
    verdict = judge_draft(work(built_arena, HONEST, limits=JudgeLimits(seconds=0.5, memory=2**30)))
    assert (verdict.level, verdict.failure) == (CheckLevel.NONE, Failure.TIMEOUT)
    assert os.listdir(built_arena)
