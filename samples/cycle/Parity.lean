/-! # Even and odd numbers

Lean itself has no cycle here: only the written plan goes round in a circle.
-/

namespace Parity

def IsEven (n : Nat) : Prop :=
  ∃ k, n = 2 * k

def IsOdd (n : Nat) : Prop :=
  ∃ k, n = 2 * k + 1

theorem isOdd_succ {n : Nat} (h : IsEven n) : IsOdd (n + 1) := by
  obtain ⟨k, rfl⟩ := h
  exact ⟨k, rfl⟩

theorem isEven_succ {n : Nat} (h : IsOdd n) : IsEven (n + 1) := by
  obtain ⟨k, rfl⟩ := h
  exact ⟨k + 1, rfl⟩

theorem isEven_or_isOdd (n : Nat) : IsEven n ∨ IsOdd n := by
  induction n with
  | zero => exact Or.inl ⟨0, rfl⟩
  | succ n ih => exact ih.elim (Or.inr ∘ isOdd_succ) (Or.inl ∘ isEven_succ)

end Parity
