/-! # Finite sums

The notation of the first chapter, and the closed forms that the later chapters rest on. Everything is about
natural numbers, so no subtraction appears in a statement.
-/

namespace Primes

/-- The sum `f 0 + f 1 + ⋯ + f (n - 1)`. -/
def sumTo (f : Nat → Nat) : Nat → Nat
  | 0 => 0
  | n + 1 => sumTo f n + f n

/-- The product `f 0 * f 1 * ⋯ * f (n - 1)`. -/
def prodTo (f : Nat → Nat) : Nat → Nat
  | 0 => 1
  | n + 1 => prodTo f n * f n

variable {f g : Nat → Nat} {n : Nat}

@[simp] theorem sumTo_zero : sumTo f 0 = 0 := rfl

@[simp] theorem sumTo_succ : sumTo f (n + 1) = sumTo f n + f n := rfl

@[simp] theorem prodTo_zero : prodTo f 0 = 1 := rfl

@[simp] theorem prodTo_succ : prodTo f (n + 1) = prodTo f n * f n := rfl

/-- Sums of functions that agree below `n` are equal. -/
theorem sumTo_congr (h : ∀ k, k < n → f k = g k) : sumTo f n = sumTo g n := by
  induction n with
  | zero => rfl
  | succ n ih =>
    rw [sumTo_succ, sumTo_succ, ih fun k hk => h k (Nat.lt_succ_of_lt hk), h n (Nat.lt_succ_self n)]

theorem sumTo_add : sumTo (fun k => f k + g k) n = sumTo f n + sumTo g n := by
  induction n with
  | zero => rfl
  | succ n ih => simp only [sumTo_succ, ih]; omega

theorem mul_sumTo (c : Nat) : sumTo (fun k => c * f k) n = c * sumTo f n := by
  induction n with
  | zero => rfl
  | succ n ih => simp only [sumTo_succ, ih, Nat.mul_add]

/-- What a function gains from step to step, summed up, is what it gains altogether. -/
theorem telescope {F : Nat → Nat} (h : ∀ k, F (k + 1) = F k + f k) : F n = F 0 + sumTo f n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [h, ih, sumTo_succ, Nat.add_assoc]

theorem sumTo_const (c : Nat) : sumTo (fun _ => c) n = n * c := by
  induction n with
  | zero => simp
  | succ n ih => rw [sumTo_succ, ih, Nat.succ_mul]

/-- The young Gauss: twice the sum `0 + 1 + ⋯ + n`. -/
theorem two_mul_sumTo_id : 2 * sumTo (fun k => k) (n + 1) = n * (n + 1) := by
  induction n with
  | zero => rfl
  | succ n ih => rw [sumTo_succ, Nat.mul_add, ih]; grind

/-- The first `n` odd numbers make a square. -/
theorem sumTo_odd : sumTo (fun k => 2 * k + 1) n = n ^ 2 := by
  have := telescope (F := fun k => k ^ 2) (f := fun k => 2 * k + 1) (n := n) (by intro k; grind)
  simpa using this.symm

theorem six_mul_sumTo_sq : 6 * sumTo (fun k => k ^ 2) (n + 1) = n * (n + 1) * (2 * n + 1) := by
  induction n with
  | zero => rfl
  | succ n ih => rw [sumTo_succ, Nat.mul_add, ih]; grind

/-- Nicomachus: the sum of the first cubes is the square of the sum. -/
theorem sumTo_cubes : sumTo (fun k => k ^ 3) (n + 1) = sumTo (fun k => k) (n + 1) ^ 2 := by
  induction n with
  | zero => rfl
  | succ n ih =>
    have gauss := two_mul_sumTo_id (n := n)
    rw [sumTo_succ (n := n + 1), sumTo_succ (n := n + 1), ih]
    grind

/-- The geometric sum with ratio `x + 1`. -/
theorem mul_geometric (x : Nat) : x * sumTo (fun k => (x + 1) ^ k) n + 1 = (x + 1) ^ n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [sumTo_succ, Nat.mul_add, Nat.pow_succ, ← ih]; grind

/-- The powers of two below `2 ^ n` sum to one less than it. -/
theorem sumTo_two_pow : sumTo (fun k => 2 ^ k) n + 1 = 2 ^ n := by
  simpa using mul_geometric (n := n) 1

end Primes
