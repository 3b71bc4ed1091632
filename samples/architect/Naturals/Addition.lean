import Architect

blueprint_comment /--
\section{Addition}

Numbers are counted, and added by counting on.
-/

/-- The natural numbers, counted from `zero`. -/
@[blueprint]
inductive Count : Type where
  | zero : Count
  | succ : Count → Count

namespace Count

@[blueprint "def:add"
  (title := "Addition")
  (statement := /-- The sum $a + b$ counts on from $a$, once for each step of $b$. -/)
  (uses := [Count])]
def add (a : Count) : Count → Count
  | zero => a
  | succ b => succ (add a b)

@[simp, blueprint "lem:zero-add"
  (statement := /-- For each number $a$ we have $0 + a = a$,
    where $+$ is \cref{def:add}. -/)
  (uses := [add]) (latexEnv := "lemma")]
theorem zero_add (a : Count) : add zero a = a := by
  /-- By induction on $a$. -/
  induction a with
  | zero => rfl
  | succ a ih => exact congrArg succ ih

@[blueprint "lem:succ-add"
  (statement := /-- $(a + 1) + b = (a + b) + 1$. -/)
  (uses := ["def:add"]) (latexEnv := "lemma") (discussion := 12)]
theorem succ_add (a b : Count) : add (succ a) b = succ (add a b) := by
  induction b with
  | zero => rfl
  | succ b ih =>
    /-- The step from $b$ to $b + 1$ is the definition. -/
    exact congrArg succ ih

@[blueprint "thm:add-comm"
  (title := "Commutativity")
  (statement := /-- $a + b = b + a$ for all numbers. -/)
  (uses := ["def:add"])]
theorem add_comm (a b : Count) : add a b = add b a := by
  induction b with
  | zero =>
    /-- The beginning is \cref{lem:zero-add}, -/
    exact (zero_add a).symm
  | succ b ih =>
    /-- and the step is \cref{lem:succ-add}. -/
    sorry_using [zero_add, succ_add]

@[blueprint "thm:cancel"
  (statement := /-- If $a + c = b + c$ then $a = b$, and if $c + a = c + b$ then $a = b$. -/)
  (proof := /-- Count back from $c$. -/)
  (uses := [add, -Count])]
theorem cancel_right (a b c : Count) (h : add a c = add b c) : a = b := by
  induction c with
  | zero => exact h
  | succ c ih => exact ih (succ.inj h)

@[blueprint "thm:cancel" (proofUses := [add_comm])]
theorem cancel_left (a b c : Count) (h : add c a = add c b) : a = b :=
  cancel_right a b c (by rw [add_comm a c, add_comm b c]; exact h)

end Count
