import Primes.Prime

/-! # Fermat numbers

Their product formula, and why no two of them share a divisor.
-/

namespace Primes

/-- The Fermat numbers `3, 5, 17, 257, …`. -/
def fermat (n : Nat) : Nat :=
  2 ^ 2 ^ n + 1

/-- The product of the Fermat numbers before `fermat n` is two less than it. -/
theorem prodTo_fermat (n : Nat) : prodTo fermat n + 2 = fermat n := by
  induction n with
  | zero => rfl
  | succ n ih =>
    have square : 2 ^ 2 ^ (n + 1) = (2 ^ 2 ^ n) ^ 2 := by rw [Nat.pow_succ 2 n, Nat.pow_mul]
    have before : prodTo fermat n + 1 = 2 ^ 2 ^ n := by rw [fermat] at ih; omega
    rw [prodTo_succ, fermat, fermat, square, ← before]
    grind

theorem dvd_prodTo {f : Nat → Nat} {k n : Nat} (h : k < n) : f k ∣ prodTo f n := by
  induction n with
  | zero => omega
  | succ n ih =>
    rcases Nat.lt_or_eq_of_le (Nat.le_of_lt_succ h) with lt | rfl
    · exact Nat.dvd_trans (ih lt) (Nat.dvd_mul_right _ _)
    · exact Nat.dvd_mul_left _ _

theorem fermat_odd (n : Nat) : fermat n % 2 = 1 := by
  obtain ⟨k, hk⟩ := Nat.exists_eq_succ_of_ne_zero (Nat.pos_iff_ne_zero.mp (Nat.two_pow_pos n))
  rw [fermat, hk, Nat.pow_succ]
  omega

/-- Two different Fermat numbers have no common divisor. -/
theorem fermat_coprime {m n : Nat} (h : m < n) : Nat.gcd (fermat m) (fermat n) = 1 := by
  have left := Nat.gcd_dvd_left (fermat m) (fermat n)
  have right := Nat.gcd_dvd_right (fermat m) (fermat n)
  have two : Nat.gcd (fermat m) (fermat n) ∣ 2 :=
    (Nat.dvd_add_right (Nat.dvd_trans left (dvd_prodTo h))).mp (prodTo_fermat n ▸ right)
  have le := Nat.le_of_dvd (by decide) two
  have odd := fermat_odd m
  generalize Nat.gcd (fermat m) (fermat n) = d at *
  match d, le with
  | 0, _ => simp at two
  | 1, _ => rfl
  | 2, _ => omega

end Primes
