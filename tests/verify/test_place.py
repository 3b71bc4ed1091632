"""A draft keeps to its place, or is told where it does not; no Lean is needed to see that."""

import pytest

from blueprint_app.lean.scan.declarations import scan_text
from blueprint_app.verify.draft import Draft, text_with
from blueprint_app.verify.goal import Goal, goal_in
from blueprint_app.verify.place import out_of_place

TEXT = """import A

namespace N

theorem above : True := trivial

/-- The goal. -/
theorem goal : True := by
  sorry

theorem below : True := trivial

end N
"""


def goal(text: str = TEXT, name: str = "N.goal") -> Goal:
    declaration = next(each for each in scan_text(text).declarations if each.name == name)
    return goal_in(text, declaration, "A.B", "A/B.lean")


@pytest.mark.parametrize(
    "draft",
    [
        Draft("by trivial"),
        Draft("trivial", "theorem helper : True := trivial\n\nprivate def more := 1"),
        Draft("by trivial -- and a comment"),
        Draft("helper\nwhere\n  helper : True := trivial"),
        Draft("by trivial", "section\nvariable (n : Nat)\ntheorem helper : n = n := rfl\nend"),
        Draft('by\n  have : "/-" = "/-" := rfl\n  trivial'),
    ],
)
def test_what_keeps_to_its_place(draft):
    assert out_of_place(goal(), draft) == ""
    assert text_with(goal(), draft).endswith(goal().after)


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (Draft(""), "no proof"),
        (Draft(" \n", "theorem a : True := trivial"), "no proof"),
        (Draft("by trivial /- the rest"), "comment"),
        (Draft('by trivial "'), "comment or of a string"),
        (Draft("by trivial\n#exit"), "comment or of a string"),
        (Draft("trivial", "end N"), "declared above or below"),
        (Draft("trivial", "end N\nnamespace M"), "declared above or below"),
        (Draft("trivial\nend M\nnamespace N", "end N\nnamespace M"), "no longer states N.goal"),
        (
            Draft("trivial\nend M\nnamespace N\ntheorem goal : True := t", "end N\nnamespace M"),
            "no longer states N.goal",
        ),
        (Draft("trivial", "theorem goal : True := trivial"), "no longer states N.goal"),
        (Draft("-/ trivial", "theorem goal : True := trivial\n/-"), "no longer states N.goal"),
    ],
)
def test_what_does_not(draft, words):
    assert words in out_of_place(goal(), draft)


def test_an_import_where_there_was_none():
    bare = goal("theorem goal : True := sorry\n", "goal")
    assert "imports something else" in out_of_place(bare, Draft("trivial", "import Lean"))
    assert out_of_place(bare, Draft("trivial", "open Nat")) == ""


def test_a_file_that_ends_early_by_itself():
    short = goal(f"{TEXT}#exit\ntheorem lost : True := trivial\n")
    assert out_of_place(short, Draft("trivial")) == ""
