import Primes.Sums

/-! # Prime numbers

Euclid's theorem, Euclid's lemma, and the decomposition into primes.
-/

namespace Primes

/-- A number from 2 on whose only divisors are 1 and itself. -/
def Prime (p : Nat) : Prop :=
  2 ≤ p ∧ ∀ d, d ∣ p → d = 1 ∨ d = p

theorem exists_prime_dvd (n : Nat) (h : 2 ≤ n) : ∃ p, Prime p ∧ p ∣ n := by
  induction n using Nat.strongRecOn with
  | ind n ih =>
    by_cases prime : Prime n
    · exact ⟨n, prime, Nat.dvd_refl n⟩
    · have ⟨d, dvd, one, self⟩ : ∃ d, d ∣ n ∧ d ≠ 1 ∧ d ≠ n := by
        simpa [Prime, h, not_or] using prime
      have pos : 0 < d := Nat.pos_of_dvd_of_pos dvd (by omega)
      have le : d ≤ n := Nat.le_of_dvd (by omega) dvd
      obtain ⟨p, hp, hpd⟩ := ih d (by omega) (by omega)
      exact ⟨p, hp, Nat.dvd_trans hpd dvd⟩

def factorial : Nat → Nat
  | 0 => 1
  | n + 1 => (n + 1) * factorial n

theorem factorial_pos (n : Nat) : 0 < factorial n := by
  induction n with
  | zero => decide
  | succ n ih => exact Nat.mul_pos (Nat.succ_pos n) ih

theorem dvd_factorial {k n : Nat} (pos : 0 < k) (le : k ≤ n) : k ∣ factorial n := by
  induction n with
  | zero => omega
  | succ n ih =>
    rcases Nat.lt_or_eq_of_le le with lt | rfl
    · exact Nat.dvd_trans (ih (by omega)) (Nat.dvd_mul_left _ _)
    · exact Nat.dvd_mul_right _ _

/-- Euclid: beyond every number there is a prime. -/
theorem exists_prime_gt (n : Nat) : ∃ p, n < p ∧ Prime p := by
  obtain ⟨p, prime, dvd⟩ := exists_prime_dvd (factorial n + 1) (by have := factorial_pos n; omega)
  refine ⟨p, Nat.lt_of_not_le fun le => ?_, prime⟩
  have one : p ∣ 1 := (Nat.dvd_add_right (dvd_factorial (by have := prime.1; omega) le)).mp dvd
  have := Nat.le_of_dvd Nat.one_pos one
  have := prime.1
  omega

theorem Prime.coprime_of_not_dvd {p a : Nat} (prime : Prime p) (h : ¬p ∣ a) : Nat.Coprime p a := by
  rcases prime.2 (Nat.gcd p a) (Nat.gcd_dvd_left p a) with one | self
  · exact one
  · exact absurd (self ▸ Nat.gcd_dvd_right p a) h

/-- Euclid's lemma. -/
theorem Prime.dvd_mul {p a b : Nat} (prime : Prime p) (h : p ∣ a * b) : p ∣ a ∨ p ∣ b := by
  by_cases ha : p ∣ a
  · exact Or.inl ha
  · exact Or.inr ((prime.coprime_of_not_dvd ha).dvd_of_dvd_mul_left h)

/-- The list `ps` writes `n` as a product of primes. -/
structure Factorisation (n : Nat) (ps : List Nat) : Prop where
  prime : ∀ p ∈ ps, Prime p
  product : ps.foldr (· * ·) 1 = n

theorem exists_factorisation (n : Nat) (pos : 0 < n) : ∃ ps, Factorisation n ps := by
  induction n using Nat.strongRecOn with
  | ind n ih =>
    rcases Nat.lt_or_ge n 2 with small | large
    · exact ⟨[], by simp, by simp; omega⟩
    · obtain ⟨p, prime, k, rfl⟩ := exists_prime_dvd n large
      have two_le := prime.1
      have kpos : 0 < k := Nat.pos_of_mul_pos_left pos
      have lt : k < p * k := by
        have := Nat.mul_le_mul_right k two_le
        omega
      obtain ⟨ps, primes, product⟩ := ih k lt kpos
      refine ⟨p :: ps, ?_, by simp [product]⟩
      intro q hq
      rcases List.mem_cons.mp hq with rfl | hq
      · exact prime
      · exact primes q hq

theorem factorisation_unique {n : Nat} {ps qs : List Nat} (hp : Factorisation n ps) (hq : Factorisation n qs) :
    ps.Perm qs := by
  sorry

end Primes
