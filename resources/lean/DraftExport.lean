import Lean

/-! # A compiled module as plain text

Run as `lean --run DraftExport.lean TARGET KNOWN OLEAN ANSWER`. OLEAN is a compiled module, TARGET the name of a
declaration as people write it, as a JSON list of its parts (`["A", "b"]`), KNOWN `-` or the text that this program
wrote of the same module without the draft. ANSWER gets a text with what it takes to check the target anew.

A compiled module is a piece of memory that a hostile draft may have written itself, with cached facts of terms that are
lies and with objects that are none. So this program runs where the draft ran, and nothing that it writes is believed:
the judge reads a text, makes every term from it itself, and has the kernel check each.

The text, a thing a line, words apart by one blank. Names, levels and terms are numbered from 0 in the order of their
lines, each kind by itself; name 0 is the empty one and level 0 is zero, without lines. HEX is UTF-8 in hexadecimal.

    V 1                                    version of the format
    S prefix HEX | U prefix NUMBER         name
    L s l | L m l l | L x l l | L p name   level: successor, max, imax, parameter
    E v NUMBER | E s level | E c name level… | E a fn arg | E l info type body | E p info type body
    E z type value body | E j name NUMBER term | E n NUMBER | E t HEX       term; names of bound variables are left out
    I name FLAGS                           import
    M name                                 a constant of the module, exported or not
    T name                                 the target's name
    C a name type params… | C t name type value params… | C d name hints type value params… | C o name type value params…
    C i name type NUMBER #all all… #constructors constructors… params…      inductive type and its number of parameters
    C k name type family | C r name #all all…                               constructor, recursor
-/

open Lean

namespace DraftExport

structure State where
  lines : Array String := #["V 1"]
  names : Std.HashMap Name Nat := {}
  levels : Std.HashMap Level Nat := {}
  terms : Std.HashMap Expr Nat := {}
  done : NameSet := {}

abbrev ExportM := StateT State IO

def line (text : String) : ExportM Unit :=
  modify fun state => { state with lines := state.lines.push text }

def hex (text : String) : String := Id.run do
  let digit (n : Nat) : Char := "0123456789abcdef".toList.getD n '0'
  let mut out := "x"
  for byte in text.toUTF8.data do
    out := (out.push (digit (byte.toNat / 16))).push (digit (byte.toNat % 16))
  return out

def name : Name → ExportM Nat
  | .anonymous => return 0
  | n@(.str parent part) => do
    if let some number := (← get).names[n]? then return number
    let above ← name parent
    number n s!"S {above} {hex part}"
  | n@(.num parent part) => do
    if let some number := (← get).names[n]? then return number
    let above ← name parent
    number n s!"U {above} {part}"
where
  number (n : Name) (text : String) : ExportM Nat := do
    line text
    modifyGet fun state =>
      let number := state.names.size + 1
      (number, { state with names := state.names.insert n number })

def level (l : Level) : ExportM Nat := do
  if let .zero := l then return 0
  if let some number := (← get).levels[l]? then return number
  let text ← match l with
    | .zero => pure ""
    | .succ a => pure s!"L s {← level a}"
    | .max a b => pure s!"L m {← level a} {← level b}"
    | .imax a b => pure s!"L x {← level a} {← level b}"
    | .param n => pure s!"L p {← name n}"
    | .mvar _ => throw (IO.userError "a level is unfinished")
  line text
  modifyGet fun state =>
    let number := state.levels.size + 1
    (number, { state with levels := state.levels.insert l number })

def infoOf : BinderInfo → String
  | .default => "d"
  | .implicit => "i"
  | .strictImplicit => "s"
  | .instImplicit => "c"

def words (numbers : List Nat) : String :=
  String.join (numbers.map fun number => s!" {number}")

partial def term (e : Expr) : ExportM Nat := do
  if let .mdata _ inner := e then return ← term inner
  if let some number := (← get).terms[e]? then return number
  let text ← match e with
    | .bvar index => pure s!"E v {index}"
    | .sort l => pure s!"E s {← level l}"
    | .const n ls => pure s!"E c {← name n}{words (← ls.mapM level)}"
    | .app f a => pure s!"E a {← term f} {← term a}"
    | .lam _ t b info => pure s!"E l {infoOf info} {← term t} {← term b}"
    | .forallE _ t b info => pure s!"E p {infoOf info} {← term t} {← term b}"
    | .letE _ t v b _ => pure s!"E z {← term t} {← term v} {← term b}"
    | .proj s index b => pure s!"E j {← name s} {index} {← term b}"
    | .lit (.natVal value) => pure s!"E n {value}"
    | .lit (.strVal value) => pure s!"E t {hex value}"
    | .mdata _ _ | .fvar _ | .mvar _ => throw (IO.userError "a term is unfinished")
  line text
  modifyGet fun state =>
    let number := state.terms.size
    (number, { state with terms := state.terms.insert e number })

def hintsOf : ReducibilityHints → String
  | .opaque => "o"
  | .abbrev => "a"
  | .regular height => toString height.toNat

def params (info : ConstantInfo) : ExportM String := do
  return words (← info.levelParams.mapM name)

def isLeftOut (info : ConstantInfo) : Bool := info.isUnsafe || info.isPartial

/-- The constants that must be there before this one can be checked. -/
def needed (info : ConstantInfo) : Array Name :=
  let below := info.type.getUsedConstants
  match info with
  | .inductInfo v => below ++ v.all.toArray ++ v.ctors.toArray
  | .ctorInfo v => below.push v.induct
  | .recInfo v => v.all.toArray
  | .defnInfo v => below ++ v.value.getUsedConstants
  | .thmInfo v => below ++ v.value.getUsedConstants
  | .opaqueInfo v => below ++ v.value.getUsedConstants
  | _ => below

def constant (info : ConstantInfo) : ExportM Unit := do
  let n ← name info.name
  match info with
  | .axiomInfo _ => line s!"C a {n} {← term info.type}{← params info}"
  | .thmInfo v => line s!"C t {n} {← term v.type} {← term v.value}{← params info}"
  | .defnInfo v => line s!"C d {n} {hintsOf v.hints} {← term v.type} {← term v.value}{← params info}"
  | .opaqueInfo v => line s!"C o {n} {← term v.type} {← term v.value}{← params info}"
  | .quotInfo _ => throw (IO.userError "a module of its own foundations is not judged")
  | .inductInfo v => do
    let family ← v.all.mapM name
    let constructors ← v.ctors.mapM name
    line s!"C i {n} {← term v.type} {v.numParams} {family.length}{words family} {
      constructors.length}{words constructors}{← params info}"
  | .ctorInfo v => line s!"C k {n} {← term v.type} {← name v.induct}"
  | .recInfo v => do
    let family ← v.all.mapM name
    line s!"C r {n} {family.length}{words family}"

/-- Writes constants of the module and all that they need, each once. -/
partial def constants (module : Std.HashMap Name ConstantInfo) (waiting : List Name) : ExportM Unit := do
  match waiting with
  | [] => return
  | n :: rest =>
    let some info := module[n]? | constants module rest
    if (← get).done.contains n || isLeftOut info then constants module rest
    else
      modify fun state => { state with done := state.done.insert n }
      constant info
      constants module ((needed info).toList ++ rest)

def nameOfParts (text : String) : Except String Name := do
  let parts ← (← Json.parse text).getArr?
  parts.foldlM (init := Name.anonymous) fun name part => return .str name (← part.getStr?)

/-- The module's constant for a name as people write it: the name itself, or that of a private declaration. -/
def resolve (data : ModuleData) (written : Name) : Name :=
  if data.constNames.contains written then written
  else (data.constNames.find? fun n => privateToUserName? n == some written).getD written

/-- The lines of another export that tell names, as a set of what they would be here. -/
def knownNames (text : String) : NameSet := Id.run do
  let mut names := #[Name.anonymous]
  let mut known : NameSet := {}
  for line in text.splitOn "\n" do
    match line.splitOn " " with
    | ["S", above, part] => names := names.push (.str (names.getD above.toNat! .anonymous) (unhex part))
    | ["U", above, part] => names := names.push (.num (names.getD above.toNat! .anonymous) part.toNat!)
    | ["M", n] => known := known.insert (names.getD n.toNat! .anonymous)
    | _ => pure ()
  return known
where
  value (c : Char) : Nat := if c.isDigit then c.toNat - '0'.toNat else c.toNat - 'a'.toNat + 10
  bytes : List Char → List UInt8
    | a :: b :: rest => UInt8.ofNat (value a * 16 + value b) :: bytes rest
    | _ => []
  unhex (text : String) : String :=
    (String.fromUTF8? (ByteArray.mk (bytes (text.toList.drop 1)).toArray)).getD ""

def flagsOf (i : Import) : String := by
  first
  | exact s!"{i.importAll} {i.isExported} {i.isMeta}"
  | exact "plain"

def exportModule (data : ModuleData) (written : Name) (known : Option NameSet) : ExportM Unit := do
  for i in data.imports do line s!"I {← name i.module} {flagsOf i}"
  for n in data.constNames do line s!"M {← name n}"
  let target := resolve data written
  line s!"T {← name target}"
  let module := (data.constNames.zip data.constants).foldl (init := {}) fun map (n, info) => map.insert n info
  let more := data.constants.toList.filter fun info => match known with
    | some names => !names.contains info.name
    | none => info matches .axiomInfo _
  constants module (target :: more.map (·.name))

end DraftExport

def main (arguments : List String) : IO UInt32 := do
  let [target, known, olean, answer] := arguments
    | IO.eprintln "usage: lean --run DraftExport.lean TARGET KNOWN OLEAN ANSWER"
      return 2
  let written ← IO.ofExcept (DraftExport.nameOfParts target)
  let names ← if known == "-" then pure none else some <$> (DraftExport.knownNames <$> IO.FS.readFile known)
  let (data, _) ← readModuleData olean
  let (_, state) ← (DraftExport.exportModule data written names).run {}
  let out ← IO.FS.Handle.mk answer .write
  for text in state.lines do out.putStr (text ++ "\n")
  out.flush
  return 0
