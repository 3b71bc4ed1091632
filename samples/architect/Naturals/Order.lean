import Naturals.Addition

/- @[blueprint "lem:never"] stands in a comment and tags nothing. -/

namespace Count

@[blueprint "def:le"
  (statement := /-- We write $a \le b$ if $b = a + c$ for some $c$. -/)
  (uses := [add])]
def Le (a b : Count) : Prop := ∃ c, b = add a c

@[blueprint "lem:le-refl" (latexEnv := "lemma")
  (statement := /-- $a \le a$. -/) (uses := [Le])]
theorem le_refl (a : Count) : Le a a := ⟨zero, rfl⟩

@[blueprint "thm:le-total" (notReady := true)
  (statement := /-- Of two numbers one is the smaller, or they are equal. -/)
  (uses := [Le]) (proofUses := ["thm:add-comm", "lem:le-refl"])]
theorem le_total (a b : Count) : Le a b ∨ Le b a := sorry

end Count

attribute [blueprint "lem:core-add-comm" (latexEnv := "lemma")
  (statement := /-- Lean's own numbers commute as well. -/) (proof := /-- This is in Lean's library. -/)]
  Nat.add_comm
