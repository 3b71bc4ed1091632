import Primes.Fibonacci

/-! # Zeckendorf's theorem

Every number is a sum of Fibonacci numbers no two of which are neighbours. The existence is still open here.
-/

namespace Primes

/-- Indices from large to small, at least two apart, the last at least 2. -/
def Sparse : List Nat → Prop
  | [] => True
  | [k] => 2 ≤ k
  | k :: l :: rest => l + 2 ≤ k ∧ Sparse (l :: rest)

/-- The sum of the Fibonacci numbers with the given indices. -/
def fibSum (indices : List Nat) : Nat :=
  (indices.map fib).sum

/-- A sparse sum stays below the Fibonacci number after its largest. -/
theorem fibSum_lt : ∀ (k : Nat) (rest : List Nat), Sparse (k :: rest) → fibSum (k :: rest) < fib (k + 1)
  | k, [], h => by
    have two_le : 2 ≤ k := h
    obtain ⟨j, rfl⟩ : ∃ j, k = j + 2 := ⟨k - 2, by omega⟩
    have step : fib (j + 2 + 1) = fib (j + 1) + fib (j + 2) := rfl
    have := fib_succ_pos j
    simp only [fibSum, List.map, List.sum_cons, List.sum_nil]
    omega
  | k, l :: rest, h => by
    obtain ⟨gap, sparse⟩ := h
    obtain ⟨j, rfl⟩ : ∃ j, k = j + 2 := ⟨k - 2, by omega⟩
    have step : fib (j + 2 + 1) = fib (j + 1) + fib (j + 2) := rfl
    have below := fibSum_lt l rest sparse
    have := fib_mono (m := l + 1) (n := j + 1) (by omega)
    simp only [fibSum, List.map, List.sum_cons] at *
    omega

theorem exists_sparse (n : Nat) : ∃ indices, Sparse indices ∧ fibSum indices = n := by
  induction n using Nat.strongRecOn with
  | ind n ih =>
    -- The greedy choice: the largest Fibonacci number that fits, then the rest.
    sorry

end Primes
