import Primes.Sums

/-! # Fibonacci numbers

Sums, the addition formula, and the greatest common divisor.
-/

namespace Primes

/-- The Fibonacci numbers `0, 1, 1, 2, 3, 5, 8, …`. -/
def fib : Nat → Nat
  | 0 => 0
  | 1 => 1
  | n + 2 => fib n + fib (n + 1)

theorem fib_add_two (n : Nat) : fib (n + 2) = fib n + fib (n + 1) := rfl

theorem fib_succ_pos (n : Nat) : 0 < fib (n + 1) := by
  induction n with
  | zero => decide
  | succ n ih => rw [fib_add_two]; omega

theorem fib_le_succ (n : Nat) : fib n ≤ fib (n + 1) := by
  cases n with
  | zero => decide
  | succ n => rw [fib_add_two]; omega

theorem fib_mono {m n : Nat} (h : m ≤ n) : fib m ≤ fib n := by
  induction h with
  | refl => exact Nat.le_refl _
  | step _ ih => exact Nat.le_trans ih (fib_le_succ _)

/-- `F 0 + F 1 + ⋯ + F (n - 1)` is one less than `F (n + 1)`. -/
theorem sumTo_fib (n : Nat) : sumTo fib n + 1 = fib (n + 1) := by
  have := telescope (F := fun k => fib (k + 1)) (f := fib) (n := n)
    fun k => (fib_add_two k).trans (Nat.add_comm _ _)
  have one : fib 1 = 1 := rfl
  simp only [Nat.zero_add, one] at this
  omega

theorem sumTo_fib_sq (n : Nat) : sumTo (fun k => fib k ^ 2) (n + 1) = fib n * fib (n + 1) := by
  induction n with
  | zero => rfl
  | succ n ih => rw [sumTo_succ, ih, fib_add_two]; grind

/-- The addition formula. -/
theorem fib_add (m n : Nat) : fib (m + n + 1) = fib (m + 1) * fib (n + 1) + fib m * fib n := by
  induction n generalizing m with
  | zero => simp [fib]
  | succ n ih =>
    have step := ih (m + 1)
    rw [show m + (n + 1) + 1 = m + 1 + n + 1 by omega, step, fib_add_two m, fib_add_two n]
    grind

/-- Cassini's identity, with its sign moved to one side or the other. -/
theorem cassini (n : Nat) :
    fib (2 * n) * fib (2 * n + 2) + 1 = fib (2 * n + 1) ^ 2 ∧
      fib (2 * n + 1) * fib (2 * n + 3) = fib (2 * n + 2) ^ 2 + 1 := by
  induction n with
  | zero => decide
  | succ n ih =>
    have h1 := fib_add_two (2 * n)
    have h2 := fib_add_two (2 * n + 1)
    have h3 := fib_add_two (2 * n + 2)
    have h4 := fib_add_two (2 * n + 3)
    simp only [Nat.mul_add, Nat.mul_one, Nat.add_assoc] at *
    grind

/-- Neighbours have no common divisor. -/
theorem fib_coprime_succ (n : Nat) : Nat.gcd (fib n) (fib (n + 1)) = 1 := by
  induction n with
  | zero => rfl
  | succ n ih =>
    rw [fib_add_two, Nat.add_comm (fib n), Nat.gcd_self_add_right, Nat.gcd_comm]
    exact ih

theorem fib_dvd_mul (m k : Nat) : fib m ∣ fib (m * k) := by
  induction k with
  | zero => exact Nat.dvd_zero _
  | succ k ih =>
    cases m with
    | zero => simp [fib]
    | succ m =>
      rw [show (m + 1) * (k + 1) = (m + 1) * k + m + 1 by grind, fib_add]
      exact Nat.dvd_add (Nat.dvd_mul_left _ _) (Nat.dvd_trans ih (Nat.dvd_mul_right _ _))

theorem fib_dvd {m n : Nat} (h : m ∣ n) : fib m ∣ fib n := by
  obtain ⟨k, rfl⟩ := h
  exact fib_dvd_mul m k

/-- One step of Euclid's algorithm on the indices. -/
theorem gcd_fib_add (m n : Nat) : Nat.gcd (fib m) (fib (m + n)) = Nat.gcd (fib m) (fib n) := by
  cases n with
  | zero => simp [fib]
  | succ n =>
    have coprime : Nat.Coprime (fib m) (fib (m + 1)) := fib_coprime_succ m
    rw [← Nat.add_assoc, fib_add, Nat.mul_comm (fib m) (fib n), Nat.gcd_add_mul_right_right]
    exact coprime.symm.gcd_mul_left_cancel_right _

/-- The greatest common divisor of two Fibonacci numbers is a Fibonacci number. -/
theorem fib_gcd (m n : Nat) : Nat.gcd (fib m) (fib n) = fib (Nat.gcd m n) := by
  induction h : m + n using Nat.strongRecOn generalizing m n with
  | ind s ih =>
    rcases Nat.eq_zero_or_pos m with rfl | hm
    · simp [fib]
    rcases Nat.eq_zero_or_pos n with rfl | hn
    · simp [fib]
    rcases Nat.le_total m n with hmn | hnm
    · obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_le hmn
      rw [gcd_fib_add, ih (m + k) (by omega) m k rfl, Nat.gcd_self_add_right]
    · obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_le hnm
      rw [Nat.gcd_comm, gcd_fib_add, ih (n + k) (by omega) n k rfl, Nat.gcd_comm (n + k), Nat.gcd_self_add_right]

end Primes
