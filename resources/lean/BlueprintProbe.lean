import Lean

/-! # What a built project holds of a list of declarations

Run as `lean --run BlueprintProbe.lean facts|signatures QUESTION ANSWER` with the project's build folders in
`LEAN_PATH`. QUESTION and ANSWER are JSON files. The question:

    {"imports": [["A", "B"], …],      modules to import, each as the list of its name's parts
     "own": [["A", "B"], …],          the project's own modules
     "names": [["Foo", "bar"], …]}    the declarations asked for

This file never imports the project: it is elaborated in a clean environment, so that no notation, instance or macro
of the project can change what it means, and no name is ever written into Lean code. `facts` reads the compiled
modules as data, without loading extensions, which would run the project's own initialisers. Only `signatures` does
that, as printing needs the project's notation; nothing but text for people is taken from it.

Only long-lived parts of Lean's library are used; where versions differ, `first` takes what there is. -/

open Lean

namespace BlueprintProbe

/-! ## The question -/

structure Question where
  imports : Array Name
  own : NameSet
  /-- The names asked for, in the order of the question. -/
  names : Array Name

def nameOfParts (parts : Json) : Except String Name := do
  let parts ← parts.getArr?
  parts.foldlM (init := Name.anonymous) fun name part => return .str name (← part.getStr?)

def namesOf (question : Json) (field : String) : Except String (Array Name) := do
  (← (← question.getObjVal? field).getArr?).mapM nameOfParts

def readQuestion (file : System.FilePath) : IO Question := do
  let text ← IO.FS.readFile file
  let parsed : Except String Question := do
    let json ← Json.parse text
    let own ← namesOf json "own"
    return {
      imports := ← namesOf json "imports"
      own := own.foldl (fun set name => set.insert name) {}
      names := ← namesOf json "names" }
  match parsed with
  | .ok question => return question
  | .error message => throw (IO.userError s!"the question is damaged: {message}")

/-! ## Constants -/

/-- Whether a constant was more than an axiom before its module's interface was exported without its body. -/
def lostBody : Environment → Name → Bool := by
  first
  | exact fun env name => match getOriginalConstKind? env name with
    | some .axiom | none => false
    | some _ => true
  | exact fun env name => wasOriginallyTheorem env name
  | exact fun _ _ => false

def moduleOf (env : Environment) (name : Name) : Option Name :=
  (env.getModuleIdxFor? name).bind fun index => env.header.moduleNames[index.toNat]?

/-- What is read and what for. -/
structure Reading where
  env : Environment
  question : Question
  /-- The numbers of the constants asked for. -/
  asked : NameMap Nat := {}

/-- Whether a constant is a true axiom. What a library exports without its body only looks like one; of the project's
own modules everything is loaded, and what they note about themselves is not believed. -/
def Reading.isAxiom (reading : Reading) (name : Name) : Bool :=
  match reading.env.find? name with
  | some (.axiomInfo _) =>
    !(lostBody reading.env name && (moduleOf reading.env name).any fun module => !reading.question.own.contains module)
  | _ => false

def Reading.kindOf (reading : Reading) (name : Name) : ConstantInfo → String
  | .axiomInfo _ => if reading.isAxiom name then "axiom" else "theorem"
  | .thmInfo _ => "theorem"
  | .opaqueInfo _ => "opaque"
  | .quotInfo _ => "quot"
  | .ctorInfo _ => "constructor"
  | .recInfo _ => "recursor"
  | .inductInfo _ => "inductive"
  | .defnInfo value => match value.hints with
    | .abbrev => "abbrev"
    | _ => "def"

def valueOf : ConstantInfo → Option Expr
  | .defnInfo v => some v.value
  | .thmInfo v => some v.value
  | .opaqueInfo v => some v.value
  | _ => none

/-- What the types of an inductive family and of its constructors mention, the family itself left out. -/
def familyConstants (env : Environment) (family : List Name) : Array Name := Id.run do
  let mut found := #[]
  for member in family do
    if let some (.inductInfo v) := env.find? member then
      found := found ++ v.type.getUsedConstants
      for constructor in v.ctors do
        if let some c := env.find? constructor then
          found := found ++ c.type.getUsedConstants
  return found.filter fun name => !family.contains name

/-- The constants that a constant rests on directly: those of its type and value, and what it was made with. -/
def constantsBelow (env : Environment) (name : Name) : Array Name :=
  match env.find? name with
  | none => #[]
  | some info =>
    let below := info.type.getUsedConstants
    match info with
    | .inductInfo v => familyConstants env v.all
    | .ctorInfo v => below.push v.induct
    | .recInfo v => v.all.foldl (fun found member => found.push member) below
    | _ => match valueOf info with
      | some value => below ++ value.getUsedConstants
      | none => below

/-- Whether the last part of a name is one that Lean invents for pieces of a declaration. -/
def isPiece : Name → Bool
  | .num _ _ => true
  | .str _ part =>
    part.startsWith "_" || ["match_", "proof_", "eq_", "sizeOf_spec_"].any fun start =>
      part.startsWith start && (part.drop start.length).all Char.isDigit
  | .anonymous => false

/-- The declaration that a person wrote and that this constant is a piece of; the constant itself if there is none. -/
def owner (env : Environment) (name : Name) : Name := Id.run do
  let mut current := name
  for _ in [0:64] do
    if isPiece current then current := current.getPrefix else break
  return if env.contains current then current else name

/-! ## One walk below all that was asked -/

/-- What lies below a constant; each field is a set, kept as the bits of a number. -/
structure Below where
  axioms : Nat := 0
  /-- Declarations whose own text has a `sorry`. -/
  gaps : Nat := 0
  /-- Declarations asked for, not looking past them. -/
  uses : Nat := 0

def Below.join (a b : Below) : Below :=
  { axioms := a.axioms ||| b.axioms, gaps := a.gaps ||| b.gaps, uses := a.uses ||| b.uses }

/-- Names numbered in the order in which they turn up. -/
structure Numbering where
  names : Array Name := #[]
  numbers : NameMap Nat := {}

def Numbering.bit (numbering : Numbering) (name : Name) : Nat × Numbering :=
  match numbering.numbers.find? name with
  | some number => (1 <<< number, numbering)
  | none =>
    let number := numbering.names.size
    (1 <<< number, { names := numbering.names.push name, numbers := numbering.numbers.insert name number })

def Numbering.select (numbering : Numbering) (bits : Nat) : Array Name := Id.run do
  let mut selected := #[]
  for number in [0:numbering.names.size] do
    if bits.testBit number then selected := selected.push numbering.names[number]!
  return selected

structure Walk where
  known : NameMap Below := {}
  axioms : Numbering := {}
  gaps : Numbering := {}

/-- A constant whose constants below are being looked at. -/
structure Visit where
  name : Name
  below : Array Name
  next : Nat := 0
  found : Below := {}

def begin (env : Environment) (name : Name) : Visit :=
  { name, below := constantsBelow env name }

/-- What a constant that is known adds to one that mentions it: one asked for hides the uses behind it. -/
def Reading.seenFrom (reading : Reading) (user name : Name) (below : Below) : Below :=
  match reading.asked.find? name with
  | some number => { below with uses := if user == name then 0 else 1 <<< number }
  | none => below

/-- Depth first with a stack of its own, as chains of dependencies are thousands of constants long. -/
partial def walk (reading : Reading) (state : Walk) (stack : Array Visit) : Walk :=
  match stack.back? with
  | none => state
  | some visit =>
    let rest := stack.pop
    if h : visit.next < visit.below.size then
      let name := visit.below[visit.next]
      if name == ``sorryAx then
        let (axiomBit, axioms) := state.axioms.bit name
        let (gapBit, gaps) := state.gaps.bit (owner reading.env visit.name)
        let found := visit.found.join { axioms := axiomBit, gaps := gapBit }
        walk reading { state with axioms, gaps } (rest.push { visit with next := visit.next + 1, found })
      else match state.known.find? name with
        | some below =>
          let found := visit.found.join (reading.seenFrom visit.name name below)
          walk reading state (rest.push { visit with next := visit.next + 1, found })
        | none =>
          -- A first entry at once, so that even an ill-founded environment has an end; the visit writes the full one.
          let state := { state with known := state.known.insert name {} }
          walk reading state ((rest.push visit).push (begin reading.env name))
    else
      let (axiomBit, axioms) := if reading.isAxiom visit.name then state.axioms.bit visit.name else (0, state.axioms)
      let found := visit.found.join { axioms := axiomBit }
      walk reading { state with axioms, known := state.known.insert visit.name found } rest

def walkAll (reading : Reading) (names : Array Name) : Walk :=
  names.foldl (init := {}) fun state name =>
    if state.known.contains name then state
    else walk reading { state with known := state.known.insert name {} } #[begin reading.env name]

/-! ## The answer -/

/-- All applications of `sorryAx` inside an expression. -/
partial def sorriesIn (e : Expr) (found : Array Expr := #[]) : Array Expr :=
  if !e.getUsedConstants.contains ``sorryAx then found
  else if e.getAppFn.isConstOf ``sorryAx then found.push e
  else match e with
    | .app f a => sorriesIn a (sorriesIn f found)
    | .lam _ t b _ => sorriesIn b (sorriesIn t found)
    | .forallE _ t b _ => sorriesIn b (sorriesIn t found)
    | .letE _ t v b _ => sorriesIn b (sorriesIn v (sorriesIn t found))
    | .mdata _ b => sorriesIn b found
    | .proj _ _ b => sorriesIn b found
    | _ => found

/-- The body below the binders that the statement has as well. -/
def bodyBelow : Expr → Expr → Expr
  | .forallE _ _ type _, .lam _ _ body _ => bodyBelow type body
  | .mdata _ type, value => bodyBelow type value
  | _, value => value

/-- Whether a value holds a `sorry` that is not merely the statement's own, repeated by elaboration. -/
def valueHasSorry (env : Environment) (state : Walk) (name : Name) (info : ConstantInfo) : Bool :=
  match valueOf info with
  | none => false
  | some value =>
    let stated := sorriesIn info.type
    let ownPiece (constant : Name) : Bool :=
      constant != name && owner env constant == name && match state.known.find? constant with
        | some below => (state.gaps.select below.gaps).contains name
        | none => false
    (sorriesIn (bodyBelow info.type value)).any (fun gap => !stated.contains gap)
      || value.getUsedConstants.any ownPiece

def usesOfStatement (reading : Reading) (state : Walk) (name : Name) (info : ConstantInfo) (all : Below) : Nat :=
  match info with
  | .thmInfo _ | .axiomInfo _ | .opaqueInfo _ =>
    info.type.getUsedConstants.foldl (init := 0) fun bits constant =>
      match state.known.find? constant with
      | some below => bits ||| (reading.seenFrom name constant below).uses
      | none => bits
  | _ => all.uses

/-- The constant that a written name stands for: itself, or a private declaration of the project. -/
def resolveAll (env : Environment) (own : NameSet) (names : Array Name) : Array (Option Name) := Id.run do
  let mut hidden : NameMap Name := {}
  if names.any fun name => !env.contains name then
    -- The private declarations of the project's own modules, by the name that a person writes.
    for index in [0:env.header.moduleNames.size] do
      if own.contains env.header.moduleNames[index]! then
        for constant in (env.header.moduleData[index]?.map (·.constNames)).getD #[] do
          if let some written := privateToUserName? constant then
            hidden := hidden.insert written constant
  return names.map fun name => if env.contains name then some name else hidden.find? name

/-- Full names, a private declaration's with its module, so that none can pass for another. -/
def fullNames (found : Array Name) : Json :=
  .arr (found.map fun name => .str name.toString)

/-- Names as people write them. -/
def writtenNames (found : Array Name) : Json :=
  .arr (found.map fun name => .str ((privateToUserName? name).getD name).toString)

/-- First and last line, both counted from 1. -/
def linesOf (ranges : DeclarationRanges) : Json :=
  .arr #[toJson ranges.range.pos.line, toJson ranges.range.endPos.line]

/-- What `facts` says of the declaration asked for under a number. -/
def factsOf (reading : Reading) (state : Walk) (number : Nat) (name : Name) : CoreM Json := do
  let env := reading.env
  let some info := env.find? name | return .mkObj [("asked", toJson number), ("exists", .bool false)]
  let below := (state.known.find? name).getD {}
  let used (bits : Nat) : Json := .arr <| (Array.range reading.question.names.size).filterMap fun other =>
    if other != number && bits.testBit other then some (toJson other) else none
  let stated := info.type.getUsedConstants.contains ``sorryAx
  let gaps := state.gaps.select below.gaps
  let mut fields := [
    ("asked", toJson number), ("exists", .bool true), ("name", .str name.toString),
    ("kind", .str (reading.kindOf name info)), ("private", .bool (isPrivateName name)),
    ("statementSorry", .bool stated),
    ("proofSorry", .bool (valueHasSorry env state name info || (gaps.contains name && !stated))),
    ("sorryIn", writtenNames (gaps.filter (· != name))),
    ("axioms", fullNames (state.axioms.select below.axioms)),
    ("uses", used below.uses), ("statementUses", used (usesOfStatement reading state name info below))]
  if let some module := moduleOf env name then fields := ("module", .str module.toString) :: fields
  if let some ranges ← findDeclarationRanges? name then fields := ("lines", linesOf ranges) :: fields
  if let some doc ← (findDocString? env name : IO _) then fields := ("doc", .str doc) :: fields
  return .mkObj fields

/-- The kind as a person would say it, which takes the state of extensions to know. -/
def Reading.spokenKind (reading : Reading) (name : Name) (info : ConstantInfo) : String :=
  let env := reading.env
  if isClass env name then "class"
  else if isStructure env name then "structure"
  else if Meta.isInstanceCore env name then "instance"
  else reading.kindOf name info

def signatureOf (reading : Reading) (number : Nat) (name : Name) : MetaM Json := do
  let some info := reading.env.find? name | return .mkObj [("asked", toJson number), ("exists", .bool false)]
  let text ← try pure (toString (← PrettyPrinter.ppSignature name).fmt) catch _ => pure ""
  return .mkObj [("asked", toJson number), ("exists", .bool true), ("signature", .str text),
    ("kind", .str (reading.spokenKind name info))]

/-- The environment of the question. Extensions come with the project's initialisers, which run on loading. -/
def importAll (question : Question) (extensions : Bool) : IO Environment := do
  let imports : Array Import := question.imports.map fun name => { module := name }
  initialise extensions
  load imports extensions
where
  initialise (extensions : Bool) : IO Unit := do
    if extensions then unsafe enableInitializersExecution
  load : Array Import → Bool → IO Environment := by
    first
    | exact fun imports extensions => importModules imports {} (loadExts := extensions)
    | exact fun imports _ => importModules imports {}

/-- Runs an action over the environment; whatever it would print is dropped. -/
def inEnvironment {α : Type} (env : Environment) (action : CoreM α) : IO α := do
  let context : Core.Context := { fileName := "<probe>", fileMap := default, maxHeartbeats := 0 }
  let (value, _) ← action.toIO context { env }
  return value

def header (env : Environment) (walked : Nat) : Json :=
  .mkObj [("probe", toJson (1 : Nat)), ("lean", .str Lean.versionString),
    ("modules", toJson env.header.moduleNames.size), ("walked", toJson walked)]

def facts (question : Question) : IO (Array Json) := do
  let env ← importAll question false
  let found := resolveAll env question.own question.names
  let mut asked : NameMap Nat := {}
  for number in [0:found.size] do
    if let some name := found[number]! then
      unless asked.contains name do asked := asked.insert name number
  let reading := { env, question, asked }
  let state := walkAll reading (found.filterMap id)
  let answers ← inEnvironment env <| (Array.range found.size).mapM fun number =>
    match found[number]! with
    | some name => factsOf reading state number name
    | none => pure (.mkObj [("asked", toJson number), ("exists", .bool false)])
  return #[header env state.known.size] ++ answers

def signatures (question : Question) : IO (Array Json) := do
  let env ← importAll question true
  let found := resolveAll env question.own question.names
  let answers ← inEnvironment env <| (Array.range found.size).filterMapM fun number =>
    match found[number]! with
    | some name => return some (← (signatureOf { env, question } number name).run')
    | none => pure none
  return #[header env 0] ++ answers

/-- What went wrong is an answer too: the caller drops the module that cannot be imported and asks again. -/
def answer (task : String) (question : Question) : IO (Array Json) := do
  try
    match task with
    | "facts" => facts question
    | "signatures" => signatures question
    | _ => throw (IO.userError s!"unknown task {task}")
  catch error => return #[.mkObj [("failed", .str (toString error))]]

end BlueprintProbe

def main (arguments : List String) : IO UInt32 := do
  let [task, question, target] := arguments
    | IO.eprintln "usage: lean --run BlueprintProbe.lean facts|signatures QUESTION ANSWER"
      return 2
  let lines ← BlueprintProbe.answer task (← BlueprintProbe.readQuestion question)
  IO.FS.writeFile target (String.join (lines.toList.map fun line => line.compress ++ "\n"))
  return 0
