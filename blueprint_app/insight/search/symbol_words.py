"""What a mathematician says for a symbol, a command of LaTeX or a part of a Lean name: words to search by."""

import unicodedata


def _table(lines: str) -> dict[str, str]:
    """Lines of ``name name ...: words``; several names may share their words."""
    table: dict[str, str] = {}
    for line in lines.strip().splitlines():
        names, _, words = line.partition(":")
        table |= dict.fromkeys(names.split(), words.strip())
    return table


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GREEK = {
    unicodedata.name(letter).rsplit(" ", 1)[-1].lower(): letter
    for letter in map(chr, (*range(0x391, 0x3AA), *range(0x3B1, 0x3CA)))
    if unicodedata.name(letter, "").startswith("GREEK") and "FINAL" not in unicodedata.name(letter)
}
"""The names of the Greek letters, each with its small letter."""

NUMBER_SETS = {
    "N": "natural numbers N",
    "Z": "integers Z",
    "Q": "rational numbers Q",
    "R": "real numbers R",
    "C": "complex numbers C",
    "F": "finite field F",
    "P": "probability P",
    "E": "expectation E",
    "T": "torus T",
}
"""Letters in blackboard bold, as ``\\mathbb{Z}``."""

COMMANDS = _table(
    r"""
le leq leqslant lesssim preceq: less or equal
lt: less than
ge geq geqslant gtrsim succeq: greater or equal
gt: greater than
ll: much less
gg: much greater
ne neq: not equal
equiv: equivalent congruent
cong simeq: isomorphic
sim: similar equivalent
approx: approximately
propto: proportional
in: in
notin: not in
ni: contains
subset subseteq subseteqq: subset contained in
subsetneq: proper subset
supset supseteq: superset contains
emptyset varnothing: empty set
cup bigcup: union
cap bigcap: intersection
sqcup bigsqcup coprod: disjoint union coproduct
setminus smallsetminus: set difference minus
complement: complement
sum: sum
prod: product
int iint oint: integral
lim: limit
limsup: limit superior
liminf: limit inferior
sup: supremum
inf: infimum
max: maximum
min: minimum
argmax: maximiser
argmin: minimiser
infty: infinity infinite
partial: partial derivative boundary
nabla: gradient
Delta: laplacian Delta
sqrt: square root
frac tfrac dfrac cfrac: over
binom tbinom dbinom: binomial coefficient choose
log ln: logarithm log
exp: exponential exp
det: determinant
dim: dimension
ker: kernel
coker: cokernel
im Im: image
rank: rank
tr Tr: trace
gcd: greatest common divisor
lcm: least common multiple
deg: degree
Hom: homomorphisms
End: endomorphisms
Aut: automorphisms
Gal: galois group
Spec: spectrum
mod pmod bmod: modulo
mid: divides such that
nmid: does not divide
perp: orthogonal perpendicular
parallel: parallel
forall: for all every
exists: there exists
nexists: there is no
neg lnot: not
land wedge: and wedge
lor vee: or
iff Leftrightarrow leftrightarrow Longleftrightarrow: iff equivalent
implies Rightarrow Longrightarrow: implies
to rightarrow longrightarrow: to map
mapsto longmapsto: maps to
hookrightarrow hookto: embedding injection
twoheadrightarrow: surjection
circ: composition
times: product times
cdot ast: times
otimes bigotimes: tensor product
oplus bigoplus: direct sum
rtimes ltimes: semidirect product
ast star: convolution star
pm mp: plus minus
lfloor: floor
lceil: ceiling
lVert Vert: norm
lvert: absolute value size
langle: pairing
vdash: proves
models vDash: satisfies
aleph: aleph cardinal
ell: ell
hbar: planck
dagger: adjoint
hat widehat: hat
tilde widetilde: tilde
bar overline: bar
vec: vector
dot: dot
prime: prime
dots ldots cdots vdots: dots
L: L
ss: ss
o O: o
ae AE: ae
aa AA: a
i j l: i
S: section
"""
)
"""Commands of LaTeX without their backslash."""

SILENT_COMMANDS = _words(
    """
left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle quad qquad text textbf textit
textrm textsf texttt textsc textup emph mathrm mathbf mathcal mathfrak mathscr mathsf mathtt mathit mathbb
mathop boldsymbol bm operatorname rm bf it sf tt cal em displaystyle textstyle scriptstyle limits nolimits
mathopen mathclose mathbin mathrel mathord item noindent par newline hfill smallskip medskip bigskip centering
label nonumber notag tag hspace vspace phantom hphantom vphantom smash mbox hbox ensuremath underbrace
overbrace stackrel overset underset xrightarrow xleftarrow rangle rvert rVert rfloor rceil texorpdfstring
leavevmode protect relax footnote allowbreak leanok mathlibok notready colon semicolon textquoteright
textquoteleft mathstrut strut substack array url href
"""
)
"""Commands that say nothing by themselves; what they enclose is read."""

SIGNS = {
    **{letter: f" {name} " for name, letter in GREEK.items()},
    **{letter.upper(): f" {name} " for name, letter in GREEK.items()},
    **{sign: f" {NUMBER_SETS[letter]} " for sign, letter in zip("ℕℤℚℝℂ𝔽ℙ𝔼𝕋", "NZQRCFPET", strict=True)},
    **{
        sign: f" {COMMANDS[name]} "
        for sign, name in {
            "≤": "le",
            "≥": "ge",
            "≠": "ne",
            "≡": "equiv",
            "≅": "cong",
            "≃": "simeq",
            "∼": "sim",
            "≈": "approx",
            "∈": "in",
            "∉": "notin",
            "⊆": "subseteq",
            "⊂": "subset",
            "∅": "emptyset",
            "∪": "cup",
            "∩": "cap",
            "∑": "sum",
            "∏": "prod",
            "∫": "int",
            "∞": "infty",
            "√": "sqrt",
            "∀": "forall",
            "∃": "exists",
            "¬": "neg",
            "∧": "land",
            "∨": "lor",
            "↔": "iff",
            "⇔": "iff",
            "→": "to",
            "⇒": "implies",
            "↦": "mapsto",
            "↪": "hookrightarrow",
            "∘": "circ",
            "×": "times",
            "⊗": "otimes",
            "⊕": "oplus",
            "∣": "mid",
            "⊥": "perp",
            "±": "pm",
            "‖": "Vert",
            "⌊": "lfloor",
            "⌈": "lceil",
            "∂": "partial",
            "∇": "nabla",
            "…": "dots",
        }.items()
    },
    "<": " less than ",
    ">": " greater than ",
    "=": " equal ",
    "+": " plus ",
    "ø": "o",
    "ß": "ss",
    "æ": "ae",
    "ł": "l",
    "’": "'",
    "‘": "'",
    "–": "-",
    "—": "-",
}
"""Single characters, in formulas and in Lean."""

NAME_PARTS = _table(
    """
le: less or equal
lt: less than
ge: greater or equal
gt: greater than
eq: equal
ne: not equal
iff: iff equivalent
add: sum add
sub: difference minus
mul: product times
div: quotient division
neg: negation minus
inv: inverse
pow: power
sq: square
sqrt: square root
abs: absolute value
norm: norm
nonneg: nonnegative
nonpos: nonpositive
pos: positive
mem: member
card: cardinality size
comm: commutative
assoc: associative
symm: symmetric
refl: reflexive
trans: transitive
antisymm: antisymmetric
comp: composition
cond: conditional
indep: independent
ident: identical
distrib: distribution
dist: distance
edist: distance
meas: measure
ae: almost everywhere
fun: function
hom: homomorphism
iso: isomorphism
equiv: equivalence
inj: injective
surj: surjective
bij: bijective
cont: continuous
diff: differentiable difference
deriv: derivative
integ: integral
tendsto: tends limit
bdd: bounded
mono: monotone
anti: antitone
sup: supremum
inf: infimum
max: maximum
min: minimum
exists: exists
unique: unique
prod: product
pi: product
sum: sum
tsum: sum series
sdiff: set difference
inter: intersection
union: union
empty: empty
nonempty: nonempty
compl: complement
ker: kernel
range: range image
span: span
finrank: dimension rank
rank: rank
det: determinant
mat: matrix
lin: linear
alg: algebra
poly: polynomial
coeff: coefficient
char: characteristic
tors: torsion
ord: order
dvd: divides
mod: modulo
gcd: greatest common divisor
lcm: least common multiple
nat: natural numbers
int: integers
rat: rational numbers
real: real numbers
zmod: integers modulo
of: of
"""
)
"""Parts of Lean names by the naming convention of Mathlib, which abbreviates."""

STOP_WORDS = _words(
    """
a an the this that these those it its we one has have had is are be been being was were do does did can cannot
may might will would shall should must let if then than so such for of in on at to from by with without as and
or but not no nor any some each every all both either neither there here where when which who whom whose what
why how about into over under up out off only own same too very just also more most other s t given suppose
assume say says call called denote define defined definition following holds hold get gets make makes take
takes find know statement lemma theorem proposition corollary prove proof show shown states result results me
us you i several many few another various
"""
)
"""Words of a question that say nothing of what is asked for; single letters such as X stay, `a` and `i` apart."""
