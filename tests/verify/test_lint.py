"""Words that a person should look at, wherever they hide, and none that only look so."""

import pytest

from blueprint_app.verify.draft import Draft, Part
from blueprint_app.verify.lint import lint, runs_code


def words(proof: str, helpers: str = "") -> list[str]:
    return [finding.word for finding in lint(Draft(proof, helpers))]


@pytest.mark.parametrize(
    "word",
    [
        *("sorry", "admit", "axiom", "native_decide", "#exit", "#eval", "run_cmd", "run_tac", "elab", "macro"),
        *("notation", "instance", "initialize", "unsafe", "implemented_by", "extern", "csimp", "set_option", "import"),
    ],
)
def test_every_word_of_the_list(word):
    assert word in words("", f"theorem a : True := trivial\n{word} x")
    assert words(f'-- {word}\n/- {word} -/ by exact f "{word}" foo.{word} {word}\' «{word}»') == []


def test_where_it_stands():
    helpers, proof = lint(Draft("by\n  skip\n  sorry", "\n@[csimp] theorem a : f = g := b"))
    assert (helpers.word, helpers.line, helpers.part) == ("csimp", 2, Part.HELPERS)
    assert (proof.word, proof.line, proof.part) == ("sorry", 3, Part.PROOF)
    assert "leaves the proof out" in proof.message


def test_an_ordinary_proof_is_left_alone():
    assert words("by\n  induction n with\n  | zero => simp\n  | succ n ih => exact (by omega : n ≤ n)") == []


def test_it_reads_on_behind_an_exit():
    assert words("", "#exit\naxiom a : False\n#exit\n#eval 1") == ["#exit", "axiom", "#exit", "#eval"]


@pytest.mark.parametrize(
    "helpers",
    [
        "@[tactic foo] def x : Lean.Elab.Tactic.Tactic := fun _ => pure ()",
        "@[simp,\n term_elab foo] def x : T := y",
        "@[builtin_command_elab a] def x : T := y",
        "@[term_parser high] def x : T := y",
        "attribute [local init] x",
        "@[norm_num _ + _] def x : T := y",
    ],
)
def test_attributes_that_register_code(helpers):
    assert runs_code(lint(Draft("", helpers)))


@pytest.mark.parametrize(
    "helpers", ["@[simp] theorem tactic : True := t", "@[ext, grind =] theorem a (init : Nat) : p := t"]
)
def test_attributes_that_do_not(helpers):
    assert lint(Draft("", helpers)) == ()


@pytest.mark.parametrize(
    "word", ["#eval 1", "run_cmd x", "elab x", "macro x", "@[implemented_by x] def y := z", "unsafe def"]
)
def test_what_runs_code(word):
    assert runs_code(lint(Draft("by rfl", word)))
    assert not runs_code(lint(Draft("by sorry", "instance : A := b\nset_option x true\naxiom c : D")))


def test_other_ways_to_run_code():
    assert words("", '#eval! IO.println "x"\nsimproc f (x) := g') == ["#eval", "simproc"]
