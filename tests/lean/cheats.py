"""A project of truths, gaps and cheats, each declaration named for what it is."""

SOURCES = {
    "Small": "import Small.Base\nimport Small.Cheats\nimport Small.Init\nimport Small.Quiet\n",
    "Small.Base": """
/-- Really so. -/
theorem Small.fine (a b : Nat) (h : a = b) : b = a := h.symm
theorem Small.classical (p : Prop) : p ∨ ¬p := Classical.em p
theorem Small.gap (n : Nat) : n * 0 = 0 := by sorry
theorem Small.aboveGap (n : Nat) : n * 0 + 0 = 0 := by rw [Small.gap]
theorem Small.farAboveGap : 5 * 0 + 0 = 0 := Small.aboveGap 5
theorem Small.statementGap : (sorry : Prop) → True := fun _ => trivial
def Small.number : Nat := 7
private theorem Small.hidden : Small.number = 7 := rfl
theorem Small.usesHidden : Small.number = 7 ∧ True := ⟨Small.hidden, trivial⟩
""",
    "Small.Cheats": """
import Small.Base
axiom Small.cheat : (0 : Nat) = 1
theorem Small.byAxiom : (0 : Nat) = 2 := absurd Small.cheat (by decide)
axiom «Classical.choice» : (0 : Nat) = 3
private axiom Small.secret : (0 : Nat) = 4
theorem Small.byDisguise : (0 : Nat) = 3 ∧ (0 : Nat) = 4 := ⟨«Classical.choice», Small.secret⟩
theorem Small.byEvaluation : 2 ^ 10 = 1024 := by native_decide
notation "where_am_I" => True
instance : OfNat Nat 1 := ⟨0⟩
inductive Small.Tree | leaf | node (l r : Small.Tree) (h : (sorry : Prop))
def Small.size : Small.Tree → Nat | .leaf => 1 | .node l r _ => Small.size l + Small.size r
""",
    # What runs when a compiled module is loaded with its extensions.
    "Small.Init": """
import Lean
initialize do IO.FS.writeFile "initialiser-ran" "yes"
theorem Small.plain : True := trivial
""",
    "Small.Quiet": "set_option warn.sorry false in\ntheorem Small.quiet : 1 = 2 := sorry\n",
}
NAMES = [
    "Small.fine", "Small.classical", "Small.gap", "Small.aboveGap", "Small.farAboveGap", "Small.statementGap",
    "Small.number", "Small.hidden", "Small.usesHidden", "Small.cheat", "Small.byAxiom", "Small.byDisguise",
    "Small.byEvaluation", "Small.plain", "Small.quiet", "Small.absent", "Nat.add_comm", "_root_.Small.Tree",
    "Small.size",
]  # fmt: skip
