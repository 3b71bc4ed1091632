"""Tagged declarations are found with their names, extents and gaps."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.sources.lean_architect.declarations import ModuleComment, Tagged, scan_file
from blueprint_app.sources.lean_architect.masking import mask


def tagged(text: str) -> list[Tagged]:
    return [entry for entry in scan_file(mask("A.lean", text)).entries if isinstance(entry, Tagged)]


def test_names_follow_namespaces_and_sections() -> None:
    found = tagged(
        "namespace A.B\nsection s\n@[blueprint] theorem x : True := trivial\nend s\nend A.B\n"
        "@[simp, blueprint]\nprotected noncomputable def _root_.y := 1\n"
        "namespace C\nnoncomputable section\n@[blueprint] lemma «z w»: True := trivial\nend\n"
        "@[blueprint] theorem v.w (n) : True := trivial\nend C\n@[blueprint] def u := 1"
    )
    assert [entry.names for entry in found] == [("A.B.x",), ("y",), ("C.«z",), ("C.v.w",), ("u",)]
    assert found[3].scopes == ("C.v", "C", "")


def test_sorry_is_told_apart_by_where_it_stands() -> None:
    found = tagged(
        "@[blueprint] theorem a (x : Nat := 5) : (sorry : Prop) := trivial\n"
        "@[blueprint] theorem b : True := by\n  exact sorry\n"
        '@[blueprint] theorem c : True := by\n  -- sorry\n  have s := "sorry"\n  exact sorry_free\n'
        "@[blueprint] theorem d :\n    let n := 1; n = 1 := rfl\n\ntheorem e : True := sorry\n"
        "@[blueprint] def f : Nat → Nat\n  | 0 => sorry\n  | n => n\n"
    )
    assert [(entry.statement_sorry, entry.proof_sorry) for entry in found] == [
        (True, False),
        (False, True),
        (False, False),
        (False, False),
        (False, True),
    ]


def test_what_stands_in_a_proof_belongs_to_its_own_declaration() -> None:
    first, second = tagged(
        "@[blueprint] theorem a : True := by\n  /-- One. -/\n  skip\n  sorry_using [b, C.d]\n"
        "@[blueprint (statement := /-- Two. -/)] theorem b : True := trivial\n"
    )
    assert [doc.text for doc in first.proof_docs] == ["One."]
    assert first.proof_names == ("b", "C.d")
    assert second.proof_docs == ()
    assert (first.place.line, first.proof_place.end_line, second.place.line) == (1, 4, 5)


def test_attributes_in_other_forms() -> None:
    found = tagged(
        '@[to_additive (attr := simp, blueprint "thm:b") b_add "doc"]\ntheorem b_mul : True := trivial\n'
        "@[simp]\n@[blueprint]\n/-- Doc. -/\ntheorem c : True := trivial\n"
        'attribute [blueprint "x"] Nat.add_comm\n  Nat.mul_comm\n\n@[blueprint] instance : Inhabited Nat := ⟨0⟩\n'
        "@[blueprint_other] theorem not : True := trivial\n"
    )
    assert [entry.names for entry in found] == [
        ("b_mul", "b_add"),
        ("c",),
        ("Nat.add_comm",),
        ("Nat.mul_comm",),
        (),
    ]
    assert found[1].doc is not None
    assert found[1].doc.text == "Doc."


def test_comments_for_the_text_stand_in_order() -> None:
    found = scan_file(
        mask("A.lean", "blueprint_comment /-- One. -/\n@[blueprint] def a := 1\nblueprint_comment\n  /-- Two. -/\n")
    ).entries
    assert [entry.doc.text if isinstance(entry, ModuleComment) else entry.names for entry in found] == [
        "One.",
        ("a",),
        "Two.",
    ]


PIECES = ["@[", "blueprint", "]", "(", ")", "theorem a", "def b", ":=", "\n", "sorry", "/--", "-/", '"', "namespace N",
          "end N", "attribute [", "blueprint_comment ", "(statement := ", "x", "|", "⟨"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_text_is_scanned_without_failing(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for entry in scan_file(mask("A.lean", text)).entries:
        if isinstance(entry, Tagged):
            assert 1 <= entry.place.line <= text.count("\n") + 1
