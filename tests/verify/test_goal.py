"""A declaration cut out of its file: every piece in its place, and nothing taken for a proof that is none."""

from pathlib import Path

import pytest

from blueprint_app.lean.project import LeanProject, read_project
from blueprint_app.model.errors import BlueprintError
from blueprint_app.verify.draft import Draft, Part, placed, text_with
from blueprint_app.verify.goal import Goal, goal_of
from tests.lean.records.projects import write_project

TEXT = """import Small.Base

/-! # About sums -/

namespace Small

open Nat in
/-- Zero on the left. -/
@[simp]
theorem zero_sum (n : Nat) (h : let k := 0; k = 0) :
    0 + n = n := by
  -- a comment
  simp

/-- By cases. -/
protected theorem cases : ∀ n : Nat, n = n
  | 0 => rfl
  | _ + 1 => rfl

instance unit : Inhabited Nat where
  default := 0

private theorem hidden : True := trivial -- so it is

/-- What comes next. -/
def size (n : Nat) : Nat := helper n
where
  helper (n : Nat) : Nat := n
termination_by n => n

structure Pair where
  left : Nat
deriving Repr

opaque oracle : Nat
theorem last : True :=
  trivial
end Small
"""


def project_of(folder: Path, text: str = TEXT, **more: str) -> LeanProject:
    sources = {"Small": "import Small.Work\n", "Small.Work": text, **more}
    project = read_project(write_project(folder / "small", sources))
    assert project is not None
    return project


@pytest.fixture
def project(tmp_path: Path) -> LeanProject:
    return project_of(tmp_path)


@pytest.mark.parametrize(
    ("name", "statement", "proof", "after"),
    [
        (
            "Small.zero_sum",
            "open Nat in\n/-- Zero on the left. -/\n@[simp]\ntheorem zero_sum (n : Nat) (h : let k := 0; k = 0) :\n"
            "    0 + n = n :=",
            " by\n  -- a comment\n  simp",
            "\n\n/-- By cases. -/",
        ),
        (
            "Small.cases",
            "/-- By cases. -/\nprotected theorem cases : ∀ n : Nat, n = n\n  ",
            "| 0 => rfl\n  | _ + 1 => rfl",
            "\n\ninstance",
        ),
        ("Small.unit", "instance unit : Inhabited Nat ", "where\n  default := 0", "\n\nprivate"),
        ("Small.hidden", "private theorem hidden : True :=", " trivial", " -- so it is\n"),
        (
            "Small.size",
            "/-- What comes next. -/\ndef size (n : Nat) : Nat :=",
            " helper n\nwhere\n  helper (n : Nat) : Nat := n\ntermination_by n => n",
            "\n\nstructure",
        ),
        ("Small.last", "theorem last : True :=", "\n  trivial", "\nend Small\n"),
    ],
)
def test_the_pieces(project, name, statement, proof, after):
    goal = goal_of(project, name)
    assert (goal.name, goal.module, goal.file) == (name, "Small.Work", "Small/Work.lean")
    assert (goal.statement, goal.proof) == (statement, proof)
    assert goal.after.startswith(after)
    assert goal.text == TEXT
    assert TEXT.splitlines()[goal.line - 1].startswith(statement.splitlines()[0].rstrip())


def test_a_private_declaration_by_the_name_that_lean_gives_it(project):
    assert goal_of(project, "_private.Small.Work.0.Small.hidden").name == "Small.hidden"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Small.absent", "no declaration Small.absent"),
        ("Small.Pair.left", "made by Lean"),
        ("Small.Pair", "no theorem or definition"),
        ("Small.oracle", "no proof to replace"),
    ],
)
def test_what_is_no_goal(project, name, words):
    with pytest.raises(BlueprintError, match=words):
        goal_of(project, name)


def test_two_of_one_name(tmp_path):
    project = project_of(tmp_path, "theorem a : True := trivial\n", **{"Small.Other": "theorem a : True := trivial\n"})
    with pytest.raises(BlueprintError, match=r"more than once: Small/(Other|Work)\.lean:1 and"):
        goal_of(project, "a")


def test_a_mutual_block(tmp_path):
    text = "mutual\ntheorem a : True := trivial\nend\ntheorem b : True := trivial\n"
    project = project_of(tmp_path, text)
    with pytest.raises(BlueprintError, match="mutual block"):
        goal_of(project, "a")
    assert goal_of(project, "b").proof == " trivial"


def test_a_command_of_the_projects_own_is_not_swallowed(tmp_path):
    project = project_of(tmp_path, "theorem a : True := by\n  trivial\n\nblueprint_comment about\n")
    with pytest.raises(BlueprintError, match="`blueprint_comment` stands at the margin"):
        goal_of(project, "a")


def test_line_ends_stay_as_they_are(tmp_path):
    project = project_of(tmp_path)
    path = tmp_path / "small/Small/Work.lean"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert goal_of(project, "Small.zero_sum").text.encode() == path.read_bytes()


def test_a_file_that_is_no_text(tmp_path):
    project = project_of(tmp_path)
    (tmp_path / "small/Small/Work.lean").write_bytes(b"theorem a : True := \xff\n")
    with pytest.raises(BlueprintError, match="no declaration"):
        goal_of(project, "a")


def test_a_stop_is_obeyed(project):
    class StopError(Exception):
        pass

    def check() -> None:
        raise StopError

    with pytest.raises(StopError):
        goal_of(project, "Small.last", check)


GOAL = Goal("a", "M", "M.lean", "import X\n\n", "theorem a :\n    True :=", " by\n  sorry", "\n\nend\n", 3)
CASES = Goal("a", "M", "M.lean", "", "theorem a : ∀ n : Nat, n = n\n", "| 0 => sorry", "\n", 1)


@pytest.mark.parametrize(
    ("goal", "draft", "text"),
    [
        (GOAL, Draft("by trivial"), "import X\n\ntheorem a :\n    True := by trivial\n\nend\n"),
        (GOAL, Draft(":= trivial\n"), "import X\n\ntheorem a :\n    True := trivial\n\nend\n"),
        (
            GOAL,
            Draft("b", "\ntheorem b : True := trivial\n"),
            "import X\n\ntheorem b : True := trivial\n\ntheorem a :\n    True := b\n\nend\n",
        ),
        (CASES, Draft("fun _ => rfl"), "theorem a : ∀ n : Nat, n = n := fun _ => rfl\n"),
        (CASES, Draft("| n => rfl"), "theorem a : ∀ n : Nat, n = n\n| n => rfl\n"),
        (CASES, Draft("where\n  a := 1"), "theorem a : ∀ n : Nat, n = n\nwhere\n  a := 1\n"),
        (GOAL, Draft("| n => rfl"), "import X\n\ntheorem a :\n    True\n| n => rfl\n\nend\n"),
    ],
)
def test_the_file_with_a_draft_in_it(goal, draft, text):
    assert text_with(goal, draft) == text
    assert text.startswith(placed(goal, draft).text.rstrip("\n"))


def test_lines_are_told_apart():
    text = placed(GOAL, Draft("by\n  skip\n  trivial", "-- one\ntheorem b : True := trivial"))
    lines = text.text.splitlines()
    parts = [text.part_at(number + 1) for number in range(len(lines))]
    assert parts == [
        (Part.BEFORE, 1),
        (Part.BEFORE, 2),
        (Part.HELPERS, 1),
        (Part.HELPERS, 2),
        (Part.HELPERS, 3),
        (Part.STATEMENT, 1),
        (Part.PROOF, 1),
        (Part.PROOF, 2),
        (Part.PROOF, 3),
    ]
    assert lines[7] == "  skip"
