"""What Lean's side shows of a declaration, how strongly, and from where: never more than is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.place import Place

ALLOWED_AXIOMS = frozenset({"propext", "Classical.choice", "Quot.sound"})
"""The axioms of ordinary mathematics in Lean; a project may allow more."""


_OF_EVALUATION = frozenset({"Lean.ofReduceBool", "Lean.ofReduceNat", "Lean.trustCompiler"})


def axiom_in_words(name: str) -> str:
    """An axiom as a person would be told of it; those of ``native_decide`` by what they mean.

    Up to Lean 4.28 that tactic rests on three axioms of Lean's own; later each use makes an axiom named after itself.
    """
    if name == "sorryAx":
        return "a sorry"
    if name in _OF_EVALUATION or "native_decide" in name:
        return f"{name} (native_decide: the compiler is trusted, not the kernel)"
    return name


class EvidenceLevel(IntEnum):
    """How strong evidence is; a higher level includes what the lower ones tell."""

    NONE = 0
    """Nothing is known: the declaration is not the project's own, or nothing was read."""
    MISSING = 1
    """The declaration should be among the project's own and is not."""
    SOURCE = 2
    """Found by reading the ``.lean`` files."""
    BUILT = 3
    """Recorded by the last ``lake build``."""
    CHECKED = 4
    """Lean itself was asked: axioms are known."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where evidence came from if not from this machine: who published it, when, of which commit."""

    source: str
    date: str = ""
    commit: str = ""


@dataclass(frozen=True, slots=True)
class DeclarationEvidence:
    """What is known of one Lean declaration.

    `statement` is its text up to ``:=`` as written, `signature` as Lean prints it. `statement_sorry`
    and `proof_sorry` tell of a ``sorry`` in its own text: None where that is not known (a build
    that warned of nothing proves nothing). `axioms` and `sorry_in` (declarations below it whose own
    text has a ``sorry``) are None unless Lean was asked. `uses` are the names among those asked for that it
    rests on directly, None where not known. `stale` is true where sources are newer than the evidence.
    """

    name: str
    level: EvidenceLevel
    kind: str = ""
    module: str = ""
    place: Place | None = None
    statement: str = ""
    signature: str = ""
    doc: str = ""
    statement_sorry: bool | None = None
    proof_sorry: bool | None = None
    axioms: tuple[str, ...] | None = None
    sorry_in: tuple[str, ...] | None = None
    uses: tuple[str, ...] | None = None
    statement_uses: tuple[str, ...] | None = None
    stale: bool = False
    is_generated: bool = False
    """Whether the name was inferred (a field, a constructor, ``to_additive``) and not read as such."""
    is_external: bool = False
    """Whether it lies outside the project's own files and namespaces."""
    origin: Origin | None = None
    earlier: "DeclarationEvidence | None" = None
    """Stronger evidence that the sources have outrun: to be told of, never to be counted."""

    @property
    def has_own_sorry(self) -> bool:
        """Whether its own text is known to hold a ``sorry``."""
        return bool(self.statement_sorry or self.proof_sorry)


@dataclass(frozen=True, slots=True)
class ProjectEvidence:
    """All declarations known of a project, by full name, and what was looked at.

    `namespaces` are those in which nobody else declares anything, as far as can be told; `is_complete` is
    true if every source file was read, so that a name missing from them is missing indeed. `twice` are
    names that two places declare. `toolchain` is the content of ``lean-toolchain``. `remarks` say what
    could not be looked at, and why. `published` is the file of others' evidence that was taken into account.
    """

    declarations: Mapping[str, DeclarationEvidence]
    namespaces: frozenset[str] = frozenset()
    is_complete: bool = False
    twice: tuple[tuple[str, Place, Place], ...] = ()
    toolchain: str = ""
    allowed_axioms: frozenset[str] = ALLOWED_AXIOMS
    remarks: tuple[Diagnostic, ...] = ()
    published: Origin | None = None

    def of(self, name: str) -> DeclarationEvidence:
        """The evidence for a name: missing only if it lies in one of the project's own namespaces and all was read."""
        found = self.declarations.get(name)
        if found is not None:
            return found
        parts = name.split(".")
        own = any(".".join(parts[:end]) in self.namespaces for end in range(1, len(parts)))
        if own and self.is_complete:
            return DeclarationEvidence(name, EvidenceLevel.MISSING)
        return DeclarationEvidence(name, EvidenceLevel.NONE, is_external=True)


NO_EVIDENCE = ProjectEvidence({})
"""Of a project whose Lean side was not looked at, or that has none."""


@dataclass(frozen=True, slots=True)
class NodeEvidence:
    """What is known of all declarations of a node together: as weak as the weakest of them."""

    declarations: tuple[DeclarationEvidence, ...] = ()

    @property
    def level(self) -> EvidenceLevel:
        """The weakest level among the node's declarations; MISSING as soon as one is missing."""
        levels = [each.level for each in self.declarations]
        if EvidenceLevel.MISSING in levels:
            return EvidenceLevel.MISSING
        return min(levels, default=EvidenceLevel.NONE)

    @property
    def is_stale(self) -> bool:
        """Whether any of it is older than the sources."""
        return any(each.stale for each in self.declarations)

    @property
    def is_found(self) -> bool:
        """Whether every declaration was found among the project's own."""
        return self.level >= EvidenceLevel.SOURCE

    @property
    def is_in_mathlib(self) -> bool:
        """Whether all declarations are known to live in Mathlib."""
        return bool(self.declarations) and all(each.module.split(".")[0] == "Mathlib" for each in self.declarations)

    @property
    def statement_sorry(self) -> bool:
        """Whether a statement is known to hold a ``sorry``."""
        return any(each.statement_sorry for each in self.declarations)

    @property
    def has_sorry(self) -> bool:
        """Whether a ``sorry`` is known in, or below, one of the declarations."""
        return any(
            each.has_own_sorry or each.sorry_in or "sorryAx" in (each.axioms or ()) for each in self.declarations
        )

    def foreign_axioms(self, allowed: frozenset[str]) -> tuple[str, ...]:
        """The axioms under the declarations that are not allowed, ``sorryAx`` apart."""
        names = {axiom for each in self.declarations for axiom in each.axioms or ()}
        names |= {each.name for each in self.declarations if each.kind == "axiom"}
        return tuple(sorted(names - allowed - {"sorryAx"}))

    def is_verified(self, allowed: frozenset[str]) -> bool:
        """Whether Lean itself was asked of every declaration, and found nothing that is not allowed."""
        return (
            self.level is EvidenceLevel.CHECKED
            and not self.is_stale
            and not self.has_sorry
            and not self.foreign_axioms(allowed)
            and all(each.axioms is not None for each in self.declarations)
        )


NO_NODE_EVIDENCE = NodeEvidence()
"""Of a node that names no declaration."""
