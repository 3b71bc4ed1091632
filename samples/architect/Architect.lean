import Lean

/-!
Stands in for LeanArchitect, so that this sample builds without any package: it accepts the
attribute with its options, the comments for the text and the tactics, and records nothing.
-/

open Lean Elab

syntax blueprintUse := "-"? (ident <|> str)
syntax blueprintUses := "[" blueprintUse,* "]"
syntax blueprintText := Parser.Command.plainDocComment <|> str
syntax blueprintValue := blueprintText <|> blueprintUses <|> num <|> &"true" <|> &"false"
syntax blueprintOption := "(" ident " := " blueprintValue ")"
syntax (name := blueprint) "blueprint" "?"? (ppSpace str)? (ppSpace blueprintOption)* : attr

initialize registerBuiltinAttribute {
  name := `blueprint
  descr := "Tags a declaration for the blueprint."
  applicationTime := .afterCompilation
  add := fun _ _ _ => pure ()
}

elab "blueprint_comment " Parser.Command.plainDocComment : command => pure ()

elab Parser.Command.plainDocComment t:tactic : tactic => Tactic.evalTactic t

macro "sorry_using" " [" ident,* "]" : tactic => `(tactic| sorry)
