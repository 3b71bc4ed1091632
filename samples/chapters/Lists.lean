/-! # Sorting by insertion -/

namespace Lists

/-- Each entry is at most every later one. -/
def Sorted : List Nat → Prop
  | [] => True
  | x :: rest => (∀ y ∈ rest, x ≤ y) ∧ Sorted rest

def insert (x : Nat) : List Nat → List Nat
  | [] => [x]
  | y :: rest => if x ≤ y then x :: y :: rest else y :: insert x rest

def sort : List Nat → List Nat
  | [] => []
  | x :: rest => insert x (sort rest)

theorem insert_perm (x : Nat) : ∀ l, (insert x l).Perm (x :: l)
  | [] => .refl _
  | y :: rest => by
    rw [insert]
    split
    · exact .refl _
    · exact ((insert_perm x rest).cons y).trans (.swap x y rest)

theorem sort_perm : ∀ l, (sort l).Perm l
  | [] => .refl _
  | x :: rest => (insert_perm x (sort rest)).trans ((sort_perm rest).cons x)

theorem sorted_insert (x : Nat) : ∀ {l}, Sorted l → Sorted (insert x l)
  | [], _ => ⟨by simp, trivial⟩
  | y :: rest, ⟨least, sorted⟩ => by
    rw [insert]
    split
    · next le =>
      refine ⟨fun z hz => ?_, least, sorted⟩
      rcases List.mem_cons.mp hz with rfl | hz
      · exact le
      · exact Nat.le_trans le (least z hz)
    · next gt =>
      refine ⟨fun z hz => ?_, sorted_insert x sorted⟩
      rcases List.mem_cons.mp ((insert_perm x rest).mem_iff.mp hz) with rfl | hz
      · omega
      · exact least z hz

theorem sorted_sort : ∀ l, Sorted (sort l)
  | [] => trivial
  | x :: rest => sorted_insert x (sorted_sort rest)

/-- Equal up to order and both sorted: equal. -/
theorem eq_of_perm {l m : List Nat} (perm : l.Perm m) (hl : Sorted l) (hm : Sorted m) : l = m := by
  sorry

end Lists
