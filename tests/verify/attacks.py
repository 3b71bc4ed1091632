"""Drafts that cheat, each for a false statement unless it says otherwise, and what may come of them: never "verified".

In their text OUTSIDE stands for a path that must not come to be, SECRET for a file with a secret in it, PROJECT for the
project's folder, PORT for a port of this machine that somebody listens at.
"""

from dataclasses import dataclass

from blueprint_app.verify.draft import Draft
from blueprint_app.verify.verdict import Failure

FALSE = "Arena.falsehood"
"""`(0 : Nat) = 1`; its file imports nothing but the project's own `Arena.Base`."""

FALSE_WITH_LEAN = "Arena.falsehoodWithLean"
"""The same where all of Lean is imported, so that a draft can program it."""

TRUE = "Arena.truth"
MENTIONING = "Arena.mentioning"
"""`two = 3`, where `two` is the project's own and 2."""

SOURCES = {
    "Arena": "import Arena.Work\nimport Arena.Meta\n",
    "Arena.Base": """
def Arena.two : Nat := 2
theorem Arena.gap : (0 : Nat) = 1 := sorry
""",
    "Arena.Work": """import Arena.Base

namespace Arena

theorem falsehood : (0 : Nat) = 1 := by
  sorry

theorem mentioning : two = 3 := by
  sorry

theorem truth (n : Nat) : n + two = two + n := by
  sorry

theorem below : True := trivial

end Arena
""",
    "Arena.Meta": """import Lean
import Arena.Base

namespace Arena

theorem falsehoodWithLean : (0 : Nat) = 1 := by
  sorry

theorem truthWithLean (n : Nat) : n + two = two + n := by
  sorry

end Arena
""",
}

HONEST = Draft("Nat.add_comm n two")

TEXT = {Failure.STATEMENT}
"""Refused by its text alone, before Lean sees it."""


@dataclass(frozen=True, slots=True)
class Attack:
    """A draft, the declaration that it is for, and the failures that it may end in."""

    draft: Draft
    failures: frozenset[Failure]
    goal: str = FALSE
    seconds: float = 400.0
    allowed: frozenset[str] = frozenset()


def attack(proof: str, helpers: str = "", *failures: Failure, **more) -> Attack:
    return Attack(Draft(proof, helpers), frozenset(failures), **more)


# A proof of `0 = 1` that only a kernel can tell from one.
UNCHECKED = """
open Lean Elab Command in
run_cmd do
  let type ← liftTermElabM do
    let type ← Term.elabTerm (← `((0 : Nat) = 1)) none
    Term.synthesizeSyntheticMVarsNoPostponing
    instantiateMVars type
  let value := mkConst ``True.intro
  let declaration := Declaration.thmDecl { name := `Arena.NAME, levelParams := [], type, value }
"""

ATTACKS = {
    "sorry": attack("by sorry", "", Failure.SORRY),
    "sorry behind a macro": attack("by finished", 'macro "finished" : tactic => `(tactic| sorry)', Failure.SORRY),
    "sorry without its warning": attack(
        "trick", "set_option warn.sorry false in\ntheorem trick : (0 : Nat) = 1 := sorry", Failure.SORRY
    ),
    "sorry in a helper that nothing uses": attack(
        HONEST.proof, "theorem unused : (0 : Nat) = 1 := sorry", Failure.SORRY, goal=TRUE
    ),
    "a gap of the project": attack("gap", "", Failure.AXIOMS),
    "axiom": attack("cheat", "axiom cheat : (0 : Nat) = 1", Failure.AXIOMS),
    "axiom that nothing uses": attack(HONEST.proof, "axiom cheat : False", Failure.AXIOMS, goal=TRUE),
    "axiom named like an allowed one": attack(
        "«Classical.choice»", "axiom _root_.«Classical.choice» : (0 : Nat) = 1", Failure.AXIOMS
    ),
    "axiom of a name that the project allows": attack(
        "later", "axiom later : (0 : Nat) = 1", Failure.AXIOMS, allowed=frozenset({"Arena.later"})
    ),
    "axiom of Lean's own": attack("lcProof", "", Failure.AXIOMS, Failure.ERROR),
    "native_decide": attack("by native_decide", "", Failure.ERROR),
    "native_decide of what is true": attack(
        "by\n  have : 2 ^ 10 = 1024 := by native_decide\n  exact Nat.add_comm n two", "", Failure.AXIOMS, goal=TRUE
    ),
    "native_decide with other code put in": attack(
        "by\n  have : f = true := by native_decide\n  exact absurd this (by decide)",
        "def g : Bool := true\n@[implemented_by g] def f : Bool := false",
        Failure.AXIOMS,
    ),
    "redefined notation": attack("trivial", "local macro_rules | `($_ = $_) => `(True)", Failure.STATEMENT),
    "redefined numeral": attack("rfl", 'local notation "1" => (0 : Nat)', Failure.STATEMENT, Failure.ERROR),
    "local instance": attack("rfl", "local instance : OfNat Nat 1 := ⟨0⟩", Failure.STATEMENT),
    "variable": attack("h", "variable (h : (0 : Nat) = 1)\ninclude h", Failure.STATEMENT),
    "variable that is an instance": attack(
        "elim",
        "class Magic : Prop where\n  elim : (0 : Nat) = 1\nexport Magic (elim)\nvariable [Magic]\ninclude Magic",
        Failure.STATEMENT,
        Failure.ERROR,
    ),
    "a helper that shadows a name": attack(
        "rfl", "private def Arena.two : Nat := 3", Failure.STATEMENT, Failure.ERROR, goal=MENTIONING
    ),
    "a helper of the same name": attack("rfl", "def two : Nat := 3", Failure.ERROR, Failure.STATEMENT, goal=MENTIONING),
    "a notation that shadows a name": attack(
        "rfl", 'local notation "two" => (3 : Nat)', Failure.STATEMENT, goal=MENTIONING
    ),
    "open in front of the statement": attack(
        "rfl", "def Other.two : Nat := 3\nopen Other in", Failure.STATEMENT, Failure.ERROR, goal=MENTIONING
    ),
    "another namespace": attack("trivial", "end Arena\nnamespace Fake", Failure.STATEMENT),
    "another namespace that is closed again": attack(
        "trivial\nend Fake\nnamespace Arena\ntheorem falsehood : (0 : Nat) = 1 := by sorry",
        "end Arena\nnamespace Fake",
        Failure.STATEMENT,
    ),
    "the statement in a comment": attack("-/ trivial", "theorem falsehood : True := trivial\n/-", Failure.STATEMENT),
    "the rest in a comment": attack("by sorry /-", "", Failure.STATEMENT),
    "an end of the file": attack("by trivial", "theorem falsehood : True := trivial\n#exit", Failure.STATEMENT),
    "the statement declared before": attack(
        "by sorry", "theorem _root_.Arena.falsehood : True := trivial", Failure.STATEMENT, Failure.ERROR
    ),
    "no proof at all": attack("  ", "", Failure.STATEMENT),
    "proof by itself": attack("falsehood", "", Failure.ERROR),
    "code for the compiler alone": attack(
        "absurd (f ()) (by decide)",
        "unsafe def g (_ : Unit) : (0 : Nat) = 1 := g ()\n@[implemented_by g] def f (_ : Unit) : (0 : Nat) = 1 := f ()",
        Failure.ERROR,
    ),
    "skipping the kernel": attack(
        "by run_tac do (← Lean.Elab.Tactic.getMainGoal).assign (.const ``True.intro [])",
        "set_option debug.skipKernelTC true",
        Failure.REPLAY,
        goal=FALSE_WITH_LEAN,
    ),
    "skipping the kernel for a helper": attack(
        "helper",
        "set_option debug.skipKernelTC true in\ntheorem helper : (0 : Nat) = 1 :="
        " by run_tac do (← Lean.Elab.Tactic.getMainGoal).assign (.const ``True.intro [])",
        Failure.REPLAY,
        goal=FALSE_WITH_LEAN,
    ),
    "a constant that the kernel never saw": attack(
        "unseen",
        UNCHECKED.replace("NAME", "unseen")
        + "  match (← getEnv).addDeclCore 0 declaration none (doCheck := false) with\n"
        '  | .ok env => setEnv env\n  | .error _ => throwError "no"',
        Failure.REPLAY,
        goal=FALSE_WITH_LEAN,
    ),
    "its own compiled module": attack(
        "by sorry",
        UNCHECKED.replace("NAME", "falsehoodWithLean") + "  let .thmDecl theorem_ := declaration | return\n"
        "  let env ← getEnv\n"
        "  let data : ModuleData := { isModule := false, imports := env.imports, constNames := #[theorem_.name],"
        " constants := #[.thmInfo theorem_], extraConstNames := #[], entries := #[] }\n"
        '  saveModuleData "/blueprint-scratch/compiled.olean" env.mainModule data\n'
        "  discard (IO.Process.exit 0 : IO Unit)",
        Failure.REPLAY,
        goal=FALSE_WITH_LEAN,
    ),
    "its own compiled module, which is none": attack(
        "by sorry",
        '#eval show IO Unit from do\n  IO.FS.writeFile "/blueprint-scratch/compiled.olean" "olean, so to say"\n'
        "  IO.Process.exit 0",
        Failure.CRASH,
        Failure.ERROR,
    ),
    "its own answer": attack(
        "by sorry",
        '#eval show IO Unit from do\n  IO.FS.writeFile "/blueprint-given/answer"'
        ' "{\\"level\\": \\"matched\\", \\"problem\\": \\"\\", \\"proposition\\": true}"\n  IO.Process.exit 0',
        Failure.REPLAY,
        Failure.CRASH,
    ),
    "forged messages": attack(
        "by sorry",
        '#eval show IO Unit from do\n  IO.println "{\\"severity\\":\\"information\\",\\"data\\":\\"verified\\"}"\n'
        '  IO.eprintln "statement matched, axioms allowed"',
        Failure.SORRY,
    ),
    "writes files": attack(
        HONEST.proof,
        "#eval show IO Unit from do\n"
        '  for path in ["OUTSIDE", "PROJECT/Arena/written", "PROJECT/.lake/build/lib/lean/w"] do\n'
        '    try IO.FS.writeFile path "written" catch _ => pure ()\n'
        '  try IO.FS.removeFile "PROJECT/.lake/build/lib/lean/Arena/Base.olean" catch _ => pure ()',
        Failure.RUNS_CODE,
        goal=TRUE,
    ),
    "reads a secret": attack(
        HONEST.proof,
        "#eval show IO Unit from do\n"
        '  try IO.println (← IO.FS.readFile "SECRET") catch _ => IO.println "nothing there"\n'
        '#eval show IO Unit from do\n  IO.println s!"{← IO.getEnv "API_KEY"}"',
        Failure.RUNS_CODE,
        goal=TRUE,
    ),
    "opens a socket": attack(
        HONEST.proof,
        '#eval show IO Unit from do\n  for words in [#["-m", "3", "http://127.0.0.1:PORT/"]] do\n'
        '    try discard <| IO.Process.run { cmd := "curl", args := words } catch _ => pure ()',
        Failure.RUNS_CODE,
        Failure.CRASH,
        Failure.ERROR,
        goal=TRUE,
    ),
    "forks": attack(
        HONEST.proof,
        "#eval show IO Unit from do\n  for _ in [0:500] do\n"
        '    try discard <| IO.Process.spawn { cmd := "sleep", args := #["600"] } catch _ => pure ()',
        Failure.RUNS_CODE,
        Failure.CRASH,
        Failure.ERROR,
        goal=TRUE,
    ),
    "fills memory": attack(
        HONEST.proof,
        "#eval show IO Unit from do\n  let mut all := #[]\n  for i in [0:100000000] do all := all.push (List.range i)\n"
        '  IO.println s!"{all.size}"',
        Failure.MEMORY,
        Failure.CRASH,
        Failure.TIMEOUT,
        goal=TRUE,
        seconds=60.0,
    ),
    "loops for ever": attack(
        HONEST.proof,
        "partial def forever (n : Nat) : IO Unit := forever (n + 1)\n#eval forever 0",
        Failure.TIMEOUT,
        goal=TRUE,
        seconds=25.0,
    ),
    "loops for ever in the kernel": attack(
        "by decide",
        "theorem slow : 2 ^ (2 ^ 60) % 3 = 1 := by decide +kernel",
        Failure.TIMEOUT,
        Failure.ERROR,
        Failure.CRASH,
        Failure.MEMORY,
        seconds=25.0,
    ),
    "prints without end": attack(
        HONEST.proof,
        "#eval show IO Unit from do\n"
        '  for _ in [0:200000] do IO.println (String.join (List.replicate 100 "much more "))',
        Failure.CRASH,
        Failure.TIMEOUT,
        Failure.MEMORY,
        goal=TRUE,
        seconds=60.0,
    ),
}
"""By what they try."""
