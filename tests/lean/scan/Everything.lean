import Lean
/-! Module text with a theorem notReal : False := sorry -/

open Lean

universe u v

/-- Doc of `plain`. -/
theorem plain (n : Nat) : n = n := rfl

namespace Outer section
variable {α : Type u}
/- nested /- comment theorem hidden1 : True := trivial -/ still -/
def «odd name» : Nat := 1
def quoted.«x y».z : Nat := 1
theorem two : True := trivial theorem three : True := trivial
end end Outer

namespace A.B
namespace C
theorem inC : True := trivial
end C
section s.t
theorem inSection : True := trivial
end s.t
theorem _root_.rooted : True := trivial
theorem _root_.A.rooted' : True := trivial
end A.B

@[simp] private theorem hiddenPrivate : 1 + 1 = 2 := rfl
private def Deep.priv : Nat := 3

structure Point (α : Type u) where
  /-- first -/
  x : α
  y : α
  (z w : Nat)
  private secret : Nat := 0
  deriving Repr, BEq

structure Point3 (α : Type u) extends Point α, Inhabited α where
  make ::
  depth : α
  f (n : Nat) : Nat := n
  {implicitField : Nat}
  [dec : DecidableEq α]

class Magic (α : Type u) extends Mul α where
  magic : α → α
  protected law : ∀ x, magic (x * x) = x

structure OneLine where (a : Nat) (b : Nat)
structure Empty' : Type
structure OldStyle := (p q : Nat)

inductive Tree (α : Type u) where
  | leaf
  | /-- doc -/ node (l : Tree α) (v : α) (r : Tree α)
  deriving Inhabited

inductive Colour | red | green | «deep blue»
  deriving DecidableEq

class inductive Holds (p : Prop) : Prop
  | intro (h : p) : Holds p

inductive Vec (α : Type u) : Nat → Type u
  | nil : Vec α 0
  | cons {n} (a : α) (v : Vec α n) : Vec α (n+1)

mutual
inductive Even' : Nat → Prop
  | zero : Even' 0
  | succ {n} : Odd' n → Even' (n+1)
inductive Odd' : Nat → Prop
  | succ {n} : Even' n → Odd' (n+1)
end

mutual
def isEven : Nat → Bool
  | 0 => true
  | n+1 => isOdd n
def isOdd : Nat → Bool
  | 0 => false
  | n+1 => isEven n
end

instance : Inhabited OneLine := ⟨⟨0, 0⟩⟩
instance named : Inhabited Empty' := ⟨⟨⟩⟩
instance (priority := low) prio : Inhabited Colour := ⟨.red⟩
instance (priority := low) : Coe Nat Colour := ⟨fun _ => .red⟩
instance {α : Type u} [Inhabited α] : Inhabited (Vec α 1) where
  default := .cons default .nil
namespace Tree
instance : Functor Tree where
  map := go
where
  go {α β} (f : α → β) : Tree α → Tree β
    | leaf => leaf
    | node l v r => node (go f l) (f v) (go f r)
end Tree

def withWhere (n : Nat) : Nat := helper n + other
where
  helper (n : Nat) : Nat := n + 1
  other : Nat := 2

def withLetRec (n : Nat) : Nat :=
  let rec loop : Nat → Nat
    | 0 => 0
    | k+1 => loop k
  loop n

abbrev Short := Nat
opaque hidden : Nat
axiom assumed : 1 = 2
noncomputable def choice : Nat := Classical.choice ⟨0⟩
unsafe def dangerous : Nat := unsafeCast 1
partial def forever (n : Nat) : Nat := forever (n + 1)
protected theorem Point.own : True := trivial
@[inline, simp] protected def Point.sum (p : Point Nat) : Nat := p.x + p.y
@[simp]
theorem
  nameOnNextLine : True := trivial

set_option maxHeartbeats 400000 in
-- a comment
/-- doc after in -/
theorem afterIn : True := trivial
open Nat in theorem afterOpen : True := trivial
open Nat in
open List in
@[simp] theorem afterTwo : True ∧ True := by
  open Nat in
  exact ⟨trivial, trivial⟩
variable (n : Nat) in
include n in
theorem afterVariable : n = n := by
  set_option maxRecDepth 1000 in
  rfl
theorem str : "theorem fake : True := sorry".length = 28 := by decide
def chr : Char := '"'
def chr2 : Char := '\''
def prime' : Nat := 1
def r (s : String) := s
def raw : String := r#"theorem "fake2" : sorry"#
def raw2 := r r"\"
def interp := s!"a {"theorem fake3"} b"
theorem letIn : let x := 1; x = 1 := by intro x; rfl
theorem haveIn : have x := 1; x = 1 := by sorry
theorem defaultArg (n : Nat := 3) : n = n := rfl
theorem matchIn (b : Bool) : match b with | true => True | false => True := by cases b <;> trivial
theorem funCases : (fun | 0 => 0 | n+1 => n : Nat → Nat) 0 = 0 := rfl
theorem sorryInType : (sorry : Prop) → True := fun _ => trivial
theorem byCases : Nat → True
  | 0 => trivial
  | _+1 => sorry
theorem admitted : True := by
  admit
def sorryName : Name := `sorry
theorem stopped : 1 = 1 := by
  rfl
example : True := trivial
#check Nat
#eval 1
#guard_msgs in theorem guarded : True := trivial

  namespace Indented
  theorem indented : True := trivial
  @[simp] theorem indented2 : True ↔ True := Iff.rfl
  end Indented

noncomputable section
def inNoncomputable : Nat := 1
end
section Named
local notation (name := localFoo) "foo" => Nat
def inNamed : foo := 1
end Named
export Point (own)
namespace Ex
def Colour.inEx : Nat := 1
theorem x₁' (ε : Nat) : ε = ε := rfl
theorem αβ_lt? : True := trivial
theorem «theorem» : True := trivial
def «end».foo : Nat := 1
end Ex
syntax (name := mySyntax) "my_syntax" : term
macro (name := myMacro) "my_macro" : term => `(1)
elab (name := myElab) "my_elab" : term => return mkNatLit 1
notation (name := myNotation) "⟪" x "⟫" => Nat.succ x
initialize counter : IO.Ref Nat ← IO.mkRef 0
register_option my.option : Nat := { defValue := 1 }
deriving instance Hashable for Colour
deriving instance Repr, Ord for Tree
def crlf : Nat := 1
theorem abs (h : 1 ∣ 2) : (2 ∣ 2) := by exact ⟨1, rfl⟩
@[ext] structure Extensional where
  a : Nat
@[reducible] def gcd' (a b : Nat) : Nat := if a = 0 then b else gcd' (b % a) a
termination_by a
decreasing_by sorry
def sizeOfThing : Nat := 1
#exit
theorem afterExit : False := sorry
