"""What the scanner reads, construct by construct."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.lean.scan.declarations import ScannedDeclaration, scan_text


def read(text: str) -> dict[str, ScannedDeclaration]:
    return {each.name: each for each in scan_text(text).declarations if not each.is_generated}


def generated(text: str) -> set[str]:
    return {each.name for each in scan_text(text).declarations if each.is_generated}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("theorem a : True := trivial", ["a"]),
        ("\ufefftheorem a : True := trivial", ["a"]),
        ("lemma a : True := b\r\nlemma c : True := d\r\n", ["a", "c"]),
        ("namespace A\ntheorem b : True := c\nend A\ntheorem d : True := c", ["A.b", "d"]),
        ("namespace A.B\nend A.B\ndef c := 1", ["c"]),
        ("namespace A.B\nend B\ndef c := 1", ["A.c"]),
        ("namespace A\nsection b\nend b\ndef c := 1\nend A", ["A.c"]),
        ("namespace A section end\ndef c := 1", ["A.c"]),
        ("namespace A\nend\ndef c := 1", ["A.c"]),
        ("namespace A\nend Other\ndef c := 1", ["A.c"]),
        ("namespace A\nnamespace B\nend A.B\ndef c := 1", ["c"]),
        ("namespace A\ndef _root_.b.c := 1", ["b.c"]),
        ("namespace «A»\ndef «b c».d := 1", ["A.«b c».d"]),
        ("theorem a : True := b theorem c : True := d", ["a", "c"]),
        ("@[simp] theorem a : True := b", ["a"]),
        ("@[simp, to_additive\n  (attr := simp)]\nprotected theorem\n  a : True := b", ["a"]),
        ("noncomputable section\nnoncomputable def a := 1\nend\ndef b := 1", ["a", "b"]),
        ("open A in\n-- why\ntheorem b : True := c", ["b"]),
        ("set_option maxHeartbeats 1 in open A B in\n@[simp] lemma b : True := c", ["b"]),
        ("variable (h : ∑ x in s, f x = 0)\ntheorem a : True := b", ["a"]),
        ("attribute [local instance] A in\ntheorem a : True := b", ["a"]),
        ("omit [Foo] in\ntheorem a : True := b", ["a"]),
        ("theorem a : True := by\n  open B in\n  exact c\ntheorem d : True := e", ["a", "d"]),
        ("def a : M := do\n  elab `(command| theorem x : True := b)\ntheorem c : True := d", ["a", "c"]),
        ("def a : M := `(\n  theorem x : True := b)", ["a"]),
        ("alias ⟨a, _⟩ := b", ["a"]),
        ("alias ⟨a, c⟩ := b", ["a", "c"]),
        ("alias a := b", ["a"]),
        ("alias b ← a c", ["a", "c"]),
        ("alias b ↔ a c", ["a", "c"]),
        ("irreducible_def a : Nat := 1", ["a"]),
        ("class inductive A : Prop\n  | b", ["A"]),
        ("theorem a.{u, v} : True := b", ["a"]),
        ("mutual\ndef a := b\ndef b := a\nend\ndef c := 1", ["a", "b", "c"]),
        ('theorem a : x\' = "theorem b : c" := d -- theorem e : f', ["a"]),
        ("-- #exit\ntheorem a : b := c\n#exit\ntheorem d : e := f", ["a"]),
        ("theorem $name : True := b", []),
        ("#guard_msgs (drop info) in\ntheorem a : True := b", ["a"]),
        ("#check theorem\ntheorem a : True := b", ["a"]),
        ('local notation "x" => 1\nscoped[A] infixl:50 " + " => f\ntheorem a : True := b', ["a"]),
        ('syntax (name := a) "b" : term', ["a"]),
        ("  namespace A\n  theorem b : True := c\n  end A\n  theorem d : True := c", ["A.b", "d"]),
        ("instance (priority := low) a : B := c", ["a"]),
        ("example : True := trivial", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert list(read(text)) == names


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("theorem a (n : Nat := 3) : n = n := rfl", "theorem a (n : Nat := 3) : n = n"),
        ("def f : Nat → Nat\n  | 0 => 1\n  | n + 1 => n", "def f : Nat → Nat"),
        ("def f : Nat → Nat | 0 => 1 | n + 1 => n", "def f : Nat → Nat"),
        ("theorem a :\n    |x| ≤ 1 := by\n  simp", "theorem a :\n    |x| ≤ 1"),
        ("theorem a : let x := 1; x = 1 := rfl", "theorem a : let x := 1; x = 1"),
        ("theorem a : match b with | 0 => True | _ => False := c", "theorem a : match b with | 0 => True | _ => False"),
        ("theorem a : (f fun x => x) = |y| ∧ g = fun x => x := c", "theorem a : (f fun x => x) = |y| ∧ g = fun x => x"),
        ("theorem a : f = fun | 0 => 1 | _ => 2 := c", "theorem a : f = fun | 0 => 1 | _ => 2"),
        ("instance a : B where\n  c := 1", "instance a : B"),
        ("structure A extends B where\n  c : Nat", "structure A extends B"),
        ("@[simp] private lemma a : {x | p x} = ∅ := b", "lemma a : {x | p x} = ∅"),
        ("axiom a : 1 = 2\n\ntheorem b : True := c", "axiom a : 1 = 2"),
        ("theorem a : x /- y := z -/ = 1 := c", "theorem a : x /- y := z -/ = 1"),
    ],
)
def test_statement_is_the_text_up_to_the_proof(text: str, statement: str) -> None:
    assert next(iter(read(text).values())).statement == statement


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theorem a : True := sorry", (False, True)),
        ("theorem a : sorry := trivial", (True, False)),
        ("theorem a : True := by\n  admit", (False, True)),
        ("theorem a : True := by\n  stop\n  simp", (False, True)),
        ("theorem a : True := sorryAx _", (False, True)),
        ("theorem a : True := by sorry_using [b]", (False, True)),
        ("theorem a : True := by simp -- sorry", (False, False)),
        ("theorem a : x = `sorry := b", (False, False)),
        ("theorem a : stop = 1 := b.sorry not_sorry sorry' «sorry»", (False, False)),
        ("def a : Nat → Nat\n  | 0 => sorry\n  | _ => 1", (False, True)),
        ("def a := b\nwhere\n  b := sorry", (False, True)),
        ("theorem a : True := b\n\nexample : True := sorry", (False, False)),
        ("theorem a : True := by\n  open B in\n  sorry", (False, True)),
    ],
)
def test_sorry(text: str, expected: tuple[bool, bool]) -> None:
    declaration = read(text)["a"]
    assert (declaration.statement_sorry, declaration.proof_sorry) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("structure A where\n  x : Nat\n  y z : Nat := 1", {"A.mk", "A.x"}),
        ("structure A extends B.C α, D, e : F where\n  make ::\n  x : Nat", {"A.make", "A.toC", "A.toD", "A.e", "A.x"}),
        ("structure A where (x : Nat) (y : Nat)", {"A.mk", "A.x", "A.y"}),
        ("inductive A\n  | b (x : |c| < 1)\n  | d | e : A\n  deriving Repr", {"A.b", "A.d", "A.e", "instRepr"}),
        ("@[to_additive] theorem mul_one' : a := b", {"add_zero'"}),
        ("@[to_additive] def A.CommGroup.prod := b", {"A.AddCommGroup.sum"}),
        ('@[to_additive (attr := simp) add_foo "doc"] theorem A.mul_foo : a := b', {"add_foo", "A.add_foo"}),
        ("@[ext] structure A", {"A.mk", "A.ext", "A.ext_iff"}),
        ("@[ext, simp] theorem A.ext' : b := c", {"A.ext'_iff"}),
        ("@[mk_iff] structure A : Prop", {"A.mk", "A_iff"}),
        ("@[mk_iff is_a] structure A : Prop", {"A.mk", "is_a"}),
        ("@[reassoc (attr := simp)] lemma a : b := c", {"a_assoc"}),
        ("namespace A\nattribute [to_additive] B.mul_c d\nend A", {"A.B.add_c", "A.d"}),
        ("def a : Nat := b where b : Nat := 1", {"a.b"}),
        ("def a : Nat :=\n  let rec loop : Nat → Nat := f\n  loop 1", {"a.loop"}),
        ("irreducible_def a : Nat := 1", {"a_def"}),
        ("export A (b c)", {"b", "c"}),
        ("deriving instance Repr, DecidableEq for A", {"instRepr", "instDecidableEq"}),
    ],
)
def test_what_comes_along(text: str, names: set[str]) -> None:
    assert names <= generated(text)
    assert len(generated(text)) - len(names) <= 2


def test_places_and_documentation() -> None:
    text = "/-- Of b. -/\n@[simp]\nprivate theorem b :\n  True := by\n  simp\n\n/-! end -/\n/-- Of c. -/\ndef c := 1\n"
    b, c = read(text).values()
    assert (b.line, b.column, b.start_line, b.end_line, b.doc, b.is_private) == (3, 17, 2, 5, "Of b.", True)
    assert (c.line, c.column, c.start_line, c.end_line, c.doc, c.is_private) == (9, 5, 9, 9, "Of c.", False)


def test_documentation_inside_of_an_attribute_is_the_attributes() -> None:
    attribute = '@[blueprint "l"\n  (statement := /-- TeX, theorem b : -/)\n  (proof := /-- more -/)]'
    text = f"/-- Of a. -/\n{attribute}\ntheorem a : b := c"
    assert read(text)["a"].doc == "Of a."
    assert read("@[blueprint (statement := /-- TeX -/)] theorem a : b := c")["a"].doc == ""


def test_an_unnamed_instance_is_known_by_its_class() -> None:
    (found,) = scan_text("namespace A\ninstance [B c] : D.AddGroup (E c) := f\nend A").declarations
    assert (found.name, found.kind, found.is_anonymous) == ("A.instAddGroup", "instance", True)


def test_namespaces_and_commands_of_its_own() -> None:
    scanned = scan_text('namespace A.B\nnamespace C\nend C\nend A.B\nnamespace D\nmacro "x" : term => `(1)')
    assert scanned.namespaces == {"A.B", "A.B.C", "D"}
    assert not scanned.makes_commands
    assert scan_text('elab "declare" n:ident : command => foo n').makes_commands


WORDS = [
    "theorem", "def", "structure", "inductive", "instance", "class", "namespace", "section", "end", "mutual", "open",
    "in", "variable", "@[", "]", "(", ")", "{", "}", "⟨", "⟩", ":=", "=>", "|", ":", "where", "extends", "deriving",
    "to_additive", "let", "have", "fun", "match", "sorry", "alias", "←", "export", "attribute", "private", "public",
    "module", "a", "b.c", "«d e»", "_root_.f", "\n", "\n  ", "/--", "-/", "--", '"', "'", "#check", "#exit", ",", ";",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_any_sequence_of_words_is_read(text: str) -> None:
    lines = text.count("\n") + 1
    for each in scan_text(text).declarations:
        assert 1 <= each.start_line <= each.line <= lines
        assert each.start_line <= each.end_line <= lines
        assert each.column >= 1
        assert "\n" not in each.name


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    scan_text(data.decode("utf-8", errors="replace"))


@pytest.mark.parametrize(
    "piece",
    [
        "open ( ", "open A in ", "open A\n", "open )", "@[", "@[a", "\n@[", "/-", "-/", '"', '\\"', "r#", "«", "'", "(",
        "private ", "theorem ", "theorem a ", "theorem a : |", "| ", "=> ", "fun | ", "instance (priority ",
        "namespace A ", "namespace A\n", "section\n", "end A ", "alias ⟨", "export A (b ", "attribute [to_additive] ",
        "a ", "structure A extends B, ", "inductive A | ", "deriving instance ", "deriving A, ", "where ", "let rec a ",
        "stop ", "stop\n", "sorry ", "\n", " ",
        "variable (", "x.", "x.y", "/-- d -/ ", "#guard_msgs in ", "scoped[A ", "initialize ", "mutual ", "@[ext, ",
    ],
)  # fmt: skip
@pytest.mark.slow
def test_no_text_takes_long(piece: str) -> None:
    # Each of these would take hours if some step went through the rest of the text for every piece.
    scan_text("theorem first : True := trivial\n" + piece * (400_000 // len(piece)))
