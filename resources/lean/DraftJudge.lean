import Lean

/-! # Whether a draft proves what was stated

Run as `lean --run DraftJudge.lean QUESTION ANSWER` with the project's build folders in `LEAN_PATH`. Both are JSON files:

    {"stated": FILE,      the module with a `sorry` for the proof, as text (see DraftExport.lean)
     "drafted": FILE,     the module with the draft, as text
     "own": [["A", "B"]], the project's own modules
     "allowed": [["propext"]]}

Nothing of the draft runs here, and no memory that it has written is read: every term is made anew from text, so that
each fact cached in it is true, and every constant goes through the kernel on top of the same imports. Compiled
modules of the project are read as data, without their extensions.

The answer: `{"level": "none" | "replayed" | "matched", "problem": "" | "replay" | "statement" | "axioms", "detail": TEXT,
"axioms": [NAME], "gaps": [NAME], "leavesOut": BOOL, "proposition": BOOL, "lean": VERSION}`. -/

open Lean

namespace DraftJudge

/-! ## The text -/

/-- A constant of the module. -/
inductive Entry where
  | assumed (params : List Name) (type : Expr)
  | theorem (params : List Name) (type value : Expr)
  | definition (params : List Name) (hints : ReducibilityHints) (type value : Expr)
  | opaque (params : List Name) (type value : Expr)
  | inductive (params : List Name) (type : Expr) (parameters : Nat) (family constructors : List Name)
  | constructor (type : Expr) (family : Name)
  | recursor (family : List Name)

structure Text where
  names : Array Name := #[.anonymous]
  levels : Array Level := #[.zero]
  terms : Array Expr := #[]
  imports : Array Name := #[]
  /-- The imports with their modifiers, to be compared. -/
  header : Array String := #[]
  known : NameSet := {}
  entries : Std.HashMap Name Entry := {}
  order : Array Name := #[]
  target : Name := .anonymous

abbrev Parse := StateT Text (Except String)

/-- Far above what a person's proof holds, far below where Lean's own counters end. -/
def highestVariable : Nat := 500000
def mostLevels : Nat := 5000000

def number (word : String) : Parse Nat :=
  match word.toNat? with
  | some n => return n
  | none => throw "a number is damaged"

def at_ {α : Type} (all : Array α) (word : String) : Parse α := do
  match all[← number word]? with
  | some found => return found
  | none => throw "a number points ahead"

def name (word : String) : Parse Name := do at_ (← get).names word
def level (word : String) : Parse Level := do at_ (← get).levels word
def term (word : String) : Parse Expr := do at_ (← get).terms word

def digit (c : Char) : Nat := if c.isDigit then c.toNat - '0'.toNat else c.toNat - 'a'.toNat + 10

/-- Text from `x` and hexadecimal digits. -/
def unhex (word : String) : Parse String := do
  let rec bytes (digits : List Char) (found : ByteArray) : ByteArray :=
    match digits with
    | a :: b :: rest => bytes rest (found.push (UInt8.ofNat (digit a * 16 + digit b)))
    | _ => found
  match String.fromUTF8? (bytes (word.toList.drop 1) .empty) with
  | some text => return text
  | none => throw "a text is damaged"

def info : String → Parse BinderInfo
  | "d" => return .default
  | "i" => return .implicit
  | "s" => return .strictImplicit
  | "c" => return .instImplicit
  | _ => throw "a binder is damaged"

def readTerm : List String → Parse Expr
  | ["v", index] => do
    let index ← number index
    if index > highestVariable then throw "a bound variable is out of all bounds"
    return .bvar index
  | ["s", l] => return .sort (← level l)
  | "c" :: n :: ls => return .const (← name n) (← ls.mapM level)
  | ["a", f, a] => return .app (← term f) (← term a)
  | ["l", i, t, b] => return .lam `x (← term t) (← term b) (← info i)
  | ["p", i, t, b] => return .forallE `x (← term t) (← term b) (← info i)
  | ["z", t, v, b] => return .letE `x (← term t) (← term v) (← term b) false
  | ["j", s, index, b] => return .proj (← name s) (← number index) (← term b)
  | ["n", value] => return .lit (.natVal (← number value))
  | ["t", value] => return .lit (.strVal (← unhex value))
  | _ => throw "a term is damaged"

def readLevel : List String → Parse Level
  | ["s", a] => return .succ (← level a)
  | ["m", a, b] => return .max (← level a) (← level b)
  | ["x", a, b] => return .imax (← level a) (← level b)
  | ["p", n] => return .param (← name n)
  | _ => throw "a level is damaged"

def counted (count : String) (rest : List String) : Parse (List Name × List String) := do
  let n ← number count
  return (← (rest.take n).mapM name, rest.drop n)

def hints : String → Parse ReducibilityHints
  | "o" => return .opaque
  | "a" => return .abbrev
  | height => return .regular (UInt32.ofNat (← number height))

def readEntry : List String → Parse (Name × Entry)
  | "a" :: n :: t :: ps => return (← name n, .assumed (← ps.mapM name) (← term t))
  | "t" :: n :: t :: v :: ps => return (← name n, .theorem (← ps.mapM name) (← term t) (← term v))
  | "d" :: n :: h :: t :: v :: ps => return (← name n, .definition (← ps.mapM name) (← hints h) (← term t) (← term v))
  | "o" :: n :: t :: v :: ps => return (← name n, .opaque (← ps.mapM name) (← term t) (← term v))
  | "i" :: n :: t :: parameters :: count :: rest => do
    let (family, rest) ← counted count rest
    let count :: rest := rest | throw "a type is damaged"
    let (constructors, ps) ← counted count rest
    return (← name n, .inductive (← ps.mapM name) (← term t) (← number parameters) family constructors)
  | ["k", n, t, family] => return (← name n, .constructor (← term t) (← name family))
  | "r" :: n :: count :: rest => return (← name n, .recursor (← counted count rest).1)
  | _ => throw "a constant is damaged"

def readLine (line : String) : Parse Unit := do
  match line.splitOn " " with
  | ["V", "1"] | [""] => return
  | ["S", above, part] => do
    let n := Name.str (← name above) (← unhex part)
    modify fun text => { text with names := text.names.push n }
  | ["U", above, part] => do
    let n := Name.num (← name above) (← number part)
    modify fun text => { text with names := text.names.push n }
  | "L" :: rest => do
    if (← get).levels.size > mostLevels then throw "there are too many levels"
    let l ← readLevel rest
    modify fun text => { text with levels := text.levels.push l }
  | "E" :: rest => do
    let e ← readTerm rest
    modify fun text => { text with terms := text.terms.push e }
  | "I" :: n :: flags => do
    let n ← name n
    let shown := " ".intercalate (n.toString :: flags)
    modify fun text => { text with imports := text.imports.push n, header := text.header.push shown }
  | ["M", n] => do
    let n ← name n
    modify fun text => { text with known := text.known.insert n }
  | ["T", n] => do
    let n ← name n
    modify fun text => { text with target := n }
  | "C" :: rest => do
    let (n, entry) ← readEntry rest
    if (← get).entries.contains n then throw s!"{n} is there twice"
    modify fun text => { text with entries := text.entries.insert n entry, order := text.order.push n }
  | _ => throw "a line is damaged"

def readText (file : System.FilePath) : IO (Except String Text) := do
  let lines := (← IO.FS.readFile file).splitOn "\n"
  return (lines.forM readLine {}).map (·.2)

/-! ## What a constant rests on -/

def Entry.typeOf : Entry → Option Expr
  | .assumed _ t | .theorem _ t _ | .definition _ _ t _ | .opaque _ t _ | .inductive _ t _ _ _ | .constructor t _ =>
    some t
  | .recursor _ => none

def Entry.valueOf : Entry → Option Expr
  | .theorem _ _ v | .definition _ _ _ v | .opaque _ _ v => some v
  | _ => none

def used (e : Option Expr) : Array Name := (e.map (·.getUsedConstants)).getD #[]

/-- The inductive types that come and go as one with a constant. -/
def Entry.familyOf (text : Text) : Entry → List Name
  | .inductive _ _ _ family _ | .recursor family => family
  | .constructor _ one => match text.entries[one]? with
    | some (.inductive _ _ _ family _) => family
    | _ => []
  | _ => []

/-- The constants in the types of a family and of its constructors. -/
def familyBelow (text : Text) (family : List Name) : Array Name := Id.run do
  let mut found := #[]
  for member in family do
    if let some (.inductive _ type _ _ constructors) := text.entries[member]? then
      found := found ++ type.getUsedConstants
      for constructor in constructors do
        found := found ++ used ((text.entries[constructor]?).bind (·.typeOf))
  return found

/-! ## Through the kernel -/

structure Replay where
  env : Environment
  begun : NameSet := {}

abbrev ReplayM := StateT Replay (ExceptT String IO)

/-- Adds a declaration if the kernel takes it; says why not in few words, as a draft's terms may be too large to print. -/
def addDeclaration (shown : Name) (declaration : Declaration) : ReplayM Unit := do
  match (← get).env.addDeclCore 0 declaration none with
  | .ok env => modify fun state => { state with env }
  | .error problem =>
    let reason := match problem with
      | .unknownConstant _ n => s!"there is no {n}"
      | .declTypeMismatch .. => "its value is of another type"
      | .appTypeMismatch .. => "a function is applied to something of another type"
      | .deepRecursion => "it is nested too deeply"
      | .other message => message
      | _ => "it is not well typed"
    throw s!"The kernel rejects {shown}: {reason}."

def familyDeclaration (text : Text) (family : List Name) : Except String Declaration := do
  let mut types : Array InductiveType := #[]
  let mut shape : Option (List Name × Nat) := none
  for member in family do
    let some (.inductive params type parameters all constructors) := text.entries[member]?
      | throw s!"{member} is no inductive type"
    unless all == family do throw s!"{member} is of another family"
    let mut made := #[]
    for constructor in constructors do
      let some (.constructor type owner) := text.entries[constructor]? | throw s!"{constructor} is no constructor"
      unless owner == member do throw s!"{constructor} is of another type"
      made := made.push { name := constructor, type }
    types := types.push { name := member, type, ctors := made.toList }
    shape := some (params, parameters)
  let some (params, parameters) := shape | throw "a family is empty"
  return .inductDecl params parameters types.toList false

partial def add (text : Text) (constant : Name) : ReplayM Unit := do
  if (← get).env.contains constant then return
  let some entry := text.entries[constant]? | throw s!"There is no {constant} in what was compiled."
  let family := entry.familyOf text
  let begun := if family.isEmpty then constant else family.head!
  if (← get).begun.contains begun then throw s!"{constant} rests on itself."
  modify fun state => { state with begun := state.begun.insert begun }
  let own := family ++ (family.map fun member => match text.entries[member]? with
    | some (.inductive _ _ _ _ constructors) => constructors
    | _ => []).flatten
  let below := if family.isEmpty then used entry.typeOf ++ used entry.valueOf else familyBelow text family
  for needed in below do
    unless own.contains needed do add text needed
  match entry with
  | .assumed levelParams type => addDeclaration constant (.axiomDecl { name := constant, levelParams, type, isUnsafe := false })
  | .theorem levelParams type value => addDeclaration constant (.thmDecl { name := constant, levelParams, type, value })
  | .definition levelParams hints type value =>
    addDeclaration constant (.defnDecl { name := constant, levelParams, type, value, hints, safety := .safe })
  | .opaque levelParams type value =>
    addDeclaration constant (.opaqueDecl { name := constant, levelParams, type, value, isUnsafe := false })
  | _ => addDeclaration constant (← ofExcept (familyDeclaration text family))
  unless (← get).env.contains constant do throw s!"The kernel makes no {constant}."
where
  ofExcept {α : Type} : Except String α → ReplayM α
    | .ok value => return value
    | .error message => throw message

/-! ## Against what was stated -/

def sameTerm (a b : Option Expr) : Bool :=
  match a, b with
  | some a, some b => a.equal b
  | none, none => true
  | _, _ => false

/-- Whether two constants are the same as far as a statement that mentions them can tell. -/
def sameEntry (stated drafted : Entry) : Bool :=
  match stated, drafted with
  | .assumed ps t, .assumed ps' t' => ps == ps' && t.equal t'
  | .theorem ps t _, .theorem ps' t' _ => ps == ps' && t.equal t'
  | .definition ps _ t v, .definition ps' _ t' v' => ps == ps' && t.equal t' && v.equal v'
  | .opaque ps t v, .opaque ps' t' v' => ps == ps' && t.equal t' && v.equal v'
  | .inductive ps t n all cs, .inductive ps' t' n' all' cs' => ps == ps' && t.equal t' && n == n' && all == all' && cs == cs'
  | .constructor t one, .constructor t' one' => t.equal t' && one == one'
  | .recursor all, .recursor all' => all == all'
  | _, _ => false

def sameStatement (stated drafted : Entry) : Bool :=
  match stated, drafted with
  | .theorem ps t _, .theorem ps' t' _ => ps == ps' && t.equal t'
  | .definition ps _ t _, .definition ps' _ t' _ => ps == ps' && t.equal t'
  | .opaque ps t _, .opaque ps' t' _ => ps == ps' && t.equal t'
  | _, _ => false

/-- What a constant brings into a statement that mentions it. -/
def meaning (text : Text) (entry : Entry) : Array Name :=
  match entry with
  | .theorem _ t _ => t.getUsedConstants
  | _ =>
    let family := entry.familyOf text
    let own := used entry.typeOf ++ used entry.valueOf ++ family.toArray
    own ++ familyBelow text family

/-- The first constant under the statement that differs from what was stated. -/
partial def firstDifference (stated drafted : Text) (waiting : List Name) (seen : NameSet) : Option Name :=
  match waiting with
  | [] => none
  | n :: rest =>
    if seen.contains n then firstDifference stated drafted rest seen
    else match stated.entries[n]? with
      | none => if drafted.entries.contains n then some n else firstDifference stated drafted rest (seen.insert n)
      | some entry => match drafted.entries[n]? with
        | none => some n
        | some other =>
          if sameEntry entry other then
            firstDifference stated drafted ((meaning stated entry).toList ++ rest) (seen.insert n)
          else some n

/-! ## Axioms -/

/-- Whether a constant was more than an axiom before its module's interface was exported without its body. -/
def lostBody : Environment → Name → Bool := by
  first
  | exact fun env name => match getOriginalConstKind? env name with
    | some .axiom | none => false
    | some _ => true
  | exact fun env name => wasOriginallyTheorem env name
  | exact fun _ _ => false

structure Question where
  stated : System.FilePath
  drafted : System.FilePath
  own : NameSet
  allowed : NameSet

def isOwn (question : Question) (env : Environment) (constant : Name) : Bool :=
  match env.getModuleIdxFor? constant with
  | some index => (env.header.moduleNames[index.toNat]?).any question.own.contains
  | none => true

/-- What makes the kernel believe compiled code; older versions of Lean have no axiom for it. -/
def trustsCompiler (constant : Name) : Bool :=
  constant == `Lean.reduceBool || constant == `Lean.reduceNat

/-- What of that the constants of a text mention. The kernel could not even try: nothing of a draft is compiled here. -/
def trusted (text : Text) : Array Name := Id.run do
  let axioms := [`Lean.ofReduceBool, `Lean.ofReduceNat, `Lean.trustCompiler]
  let mut found := #[]
  for n in text.order do
    if let some entry := text.entries[n]? then
      for below in used entry.typeOf ++ used entry.valueOf do
        if (trustsCompiler below || axioms.contains below) && !found.contains below then found := found.push below
  return found

def isAxiom (question : Question) (env : Environment) (constant : Name) : Bool :=
  trustsCompiler constant || match env.find? constant with
    | some (.axiomInfo _) => isOwn question env constant || !lostBody env constant
    | _ => false

def constantsBelow (env : Environment) (constant : Name) : Array Name := Id.run do
  let some info := env.find? constant | return #[]
  let below := info.type.getUsedConstants
  match info with
  | .inductInfo v =>
    let mut found := below ++ v.all.toArray
    for constructor in v.ctors do found := found.push constructor
    return found
  | .ctorInfo v => return below.push v.induct
  | .recInfo v => return below ++ v.all.toArray
  | .defnInfo v => return below ++ v.value.getUsedConstants
  | .thmInfo v => return below ++ v.value.getUsedConstants
  | .opaqueInfo v => return below ++ v.value.getUsedConstants
  | _ => return below

structure Found where
  seen : Std.HashSet Name := {}
  axioms : Array Name := #[]
  gaps : Array Name := #[]

partial def walk (question : Question) (env : Environment) (waiting : Array Name) (found : Found) : Found :=
  match waiting.back? with
  | none => found
  | some constant =>
    let rest := waiting.pop
    if found.seen.contains constant then walk question env rest found
    else
      let below := constantsBelow env constant
      let found := { found with seen := found.seen.insert constant }
      let found := if isAxiom question env constant then { found with axioms := found.axioms.push constant } else found
      let found := if below.contains ``sorryAx then { found with gaps := found.gaps.push constant } else found
      walk question env (rest ++ below) found

/-- Whether an axiom is one of the allowed: by name, and in the draft's own module only if it was stated there. -/
def isAllowed (question : Question) (stated drafted : Text) (constant : Name) : Bool :=
  question.allowed.contains constant && constant != ``sorryAx && match drafted.entries[constant]? with
    | none => true
    | some entry => (stated.entries[constant]?).any fun other => sameEntry other entry

/-! ## The verdict -/

structure Answer where
  level : String := "none"
  problem : String := ""
  detail : String := ""
  found : Found := {}
  /-- Whether the draft itself has a `sorry`, and not only what it rests on. -/
  leavesOut : Bool := false
  proposition : Bool := true

def Answer.json (answer : Answer) : Json :=
  let names (all : Array Name) : Json := .arr (all.map fun n => .str n.toString)
  .mkObj [("level", .str answer.level), ("problem", .str answer.problem), ("detail", .str answer.detail),
    ("axioms", names answer.found.axioms), ("gaps", names answer.found.gaps),
    ("leavesOut", .bool answer.leavesOut), ("proposition", .bool answer.proposition), ("lean", .str Lean.versionString)]

/-- The kernel takes nothing for a theorem whose type is no proposition. -/
def isProposition (env : Environment) (target : Name) (entry : Entry) : Bool :=
  match entry with
  | .theorem _ _ _ => true
  | .definition levelParams _ type value => isTheorem levelParams type value
  | .opaque levelParams type value => isTheorem levelParams type value
  | _ => false
where
  isTheorem (levelParams : List Name) (type value : Expr) : Bool :=
    let declaration := Declaration.thmDecl { name := .str target "asTheorem", levelParams, type, value }
    match env.addDeclCore 0 declaration none with
    | .ok _ => true
    | .error _ => false

def compare (question : Question) (stated drafted : Text) (env : Environment) : Answer := Id.run do
  let fails (problem detail : String) (found : Found := {}) : Answer := { level := "replayed", problem, detail, found }
  let target := stated.target
  let some goal := stated.entries[target]? | return fails "statement" s!"There is no {target} in what was stated."
  let some entry := drafted.entries[target]? | return fails "statement" s!"The draft has no {target}."
  unless drafted.target == target do return fails "statement" s!"The draft is of {drafted.target}, not of {target}."
  unless sameStatement goal entry do return fails "statement" s!"The statement of {target} is not the one that was stated."
  if let some n := firstDifference stated drafted (used goal.typeOf).toList {} then
    return fails "statement" s!"{n}, which the statement mentions, is not what it was when it was stated."
  let more := drafted.order.filter fun n => !stated.known.contains n
  let found := walk question env (more.push target) {}
  let bad := found.axioms.filter fun n => !isAllowed question stated drafted n
  unless bad.isEmpty do
    let leavesOut := found.gaps.any fun n => n == target || more.contains n
    return { fails "axioms" s!"It rests on {", ".intercalate (bad.toList.map toString)}." found with leavesOut }
  let proposition := isProposition env target entry
  return { level := "matched", found, proposition }

def importAll (names : Array Name) : IO Environment :=
  load (names.map fun name => { module := name })
where
  load : Array Import → IO Environment := by
    first
    | exact fun imports => importModules imports {} (loadExts := false)
    | exact fun imports => importModules imports {}

def judge (question : Question) : IO Answer := do
  let stated ← IO.ofExcept (← readText question.stated)
  let drafted ← match ← readText question.drafted with
    | .ok text => pure text
    | .error message => return { problem := "replay", detail := s!"What was compiled cannot be read: {message}." }
  unless stated.header == drafted.header do
    return { problem := "statement", detail := "The draft imports something else than its file." }
  let env ← importAll stated.imports
  for n in drafted.order do
    if env.contains n then
      return { problem := "statement", detail := s!"{n} is declared already in what the file imports." }
  let bad := (trusted drafted).filter fun n => !question.allowed.contains n
  unless bad.isEmpty do
    return { problem := "axioms", detail := "It trusts the compiler.", found := { axioms := bad } }
  match ← ((drafted.order.forM (add drafted)).run { env }).run with
  | .error message => return { problem := "replay", detail := message }
  | .ok (_, state) => return compare question stated drafted state.env

def nameOfParts (parts : Json) : Except String Name := do
  (← parts.getArr?).foldlM (init := Name.anonymous) fun name part => return .str name (← part.getStr?)

def readQuestion (file : System.FilePath) : IO Question := do
  let json ← IO.ofExcept (Json.parse (← IO.FS.readFile file))
  let names (field : String) : Except String NameSet := do
    let all ← (← (← json.getObjVal? field).getArr?).mapM nameOfParts
    return all.foldl (fun set name => set.insert name) {}
  let path (field : String) : Except String System.FilePath := do
    return ⟨← (← json.getObjVal? field).getStr?⟩
  return {
    stated := ← IO.ofExcept (path "stated")
    drafted := ← IO.ofExcept (path "drafted")
    own := ← IO.ofExcept (names "own")
    allowed := ← IO.ofExcept (names "allowed") }

end DraftJudge

def main (arguments : List String) : IO UInt32 := do
  let [question, answer] := arguments
    | IO.eprintln "usage: lean --run DraftJudge.lean QUESTION ANSWER"
      return 2
  let verdict ← DraftJudge.judge (← DraftJudge.readQuestion question)
  IO.FS.writeFile answer (verdict.json.compress ++ "\n")
  return 0
