"""The blueprint as its author wrote it: nodes, what they use, what is claimed of them, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.place import Place

NodeId = NewType("NodeId", str)


class Reading(StrEnum):
    """How repeated lists, Mathlib nodes, definitions and cycles count.

    `LEANBLUEPRINT` equals leanblueprint's own reading, fact for fact; `STRICT` repairs the places
    where that one misleads.
    """

    LEANBLUEPRINT = "leanblueprint"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of a ``\\uses`` or ``\\lean`` list (a label, a declaration) and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class ListCommand:
    """One ``\\uses{...}`` or ``\\lean{...}`` as written, empty entries included."""

    entries: tuple[ListEntry, ...]
    place: Place

    @property
    def texts(self) -> tuple[str, ...]:
        """The entries' texts, in order."""
        return tuple(entry.text for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Passage:
    """What the statement and the proof of a node have in common: text, uses and claims.

    `tex` is the source between ``\\begin`` and ``\\end`` without comments and without the
    blueprint's own commands; project macros are not expanded in it. `uses` and `lean` hold every
    such command in order: leanblueprint takes the last, the strict reading their union. A flag
    is the place of its command, or None. `is_blank` is true where there is nothing at all between
    ``\\begin`` and ``\\end``: leanblueprint takes a blank proof for no proof.
    """

    tex: str
    place: Place
    uses: tuple[ListCommand, ...] = ()
    lean: tuple[ListCommand, ...] = ()
    leanok: Place | None = None
    mathlibok: Place | None = None
    notready: Place | None = None
    is_blank: bool = False

    @property
    def is_leanok(self) -> bool:
        """Whether the author claims it to be formalised; ``\\mathlibok`` implies it."""
        return self.leanok is not None or self.mathlibok is not None


@dataclass(frozen=True, slots=True)
class Heading:
    """A part, chapter, section ... of the document; `key` tells headings apart within a blueprint."""

    key: int
    level: str
    number: str
    title: str
    place: Place
    parent: int | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Landmark:
    """A labelled thing that is no node: an equation, a section, a remark, a list item, a proof.

    It can be referred to and, by mistake, be used; `leanok` tells whether it carries the flag, as
    leanblueprint looks at it even there. `inside` is the node that holds it, if one does;
    `theorem_kind` the kind of the theorem-like environment that it is or stands in, "" for none.
    `id` is the label that counts where there are several.
    `usable` is false where leanblueprint would not find the label, though a reader can.
    """

    label: str
    id: str
    kind: str
    number: str
    place: Place
    leanok: bool = False
    inside: NodeId | None = None
    theorem_kind: str = ""
    title: str = ""
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Node:
    """One definition, lemma, proposition, theorem or corollary of the blueprint.

    `kind` is the environment's name, `caption` the word printed for it ("Lemma"), `number` the
    printed number ("" when unnumbered), `path` the keys of the headings around it, outermost
    first, `also_in` the keys of further headings whose graph shows it (``\\alsoIn``).
    `spare_proofs` are proofs that another one replaced: kept so that nothing of the author's is lost.
    """

    id: NodeId
    labels: tuple[str, ...]
    kind: str
    caption: str
    number: str
    title: str
    path: tuple[int, ...]
    statement: Passage
    proof: Passage | None = None
    discussion: str | None = None
    also_in: tuple[int, ...] = ()
    spare_proofs: tuple[Passage, ...] = ()
    source: str = "leanblueprint"

    @property
    def heading(self) -> str:
        """How a person calls it: ``Lemma 2.3 (Jensen bound)``."""
        name = f"{self.caption} {self.number}".strip()
        return f"{name} ({self.title})" if self.title else name

    @property
    def short_label(self) -> str:
        """What leanblueprint draws: the id after its last colon."""
        return self.id.rsplit(":", 1)[-1]


@dataclass(frozen=True, slots=True)
class MacroDefinition:
    """A macro of the project, for showing its formulas: name without backslash, arity, body.

    `default` is the first argument's default where it is optional, `delimited` the parameter
    text of a ``\\def`` that is not plain ``#1#2...``.
    """

    name: str
    parameters: int
    body: str
    default: str | None = None
    delimited: str | None = None


@dataclass(frozen=True, slots=True)
class GraphColour:
    """A colour of leanblueprint's scheme: its CSS value and its name in the legend."""

    value: str
    description: str


LEANBLUEPRINT_COLOURS: Mapping[str, GraphColour] = {
    "mathlib": GraphColour("darkgreen", "Dark green"),
    "stated": GraphColour("green", "Green"),
    "can_state": GraphColour("blue", "Blue"),
    "not_ready": GraphColour("#FFAA33", "Orange"),
    "proved": GraphColour("#9CEC8B", "Green"),
    "can_prove": GraphColour("#A3D6FF", "Blue"),
    "defined": GraphColour("#B0ECA3", "Light green"),
    "fully_proved": GraphColour("#1CAC78", "Dark green"),
}

DEFAULT_KINDS = ("definition", "lemma", "proposition", "theorem", "corollary")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read: path relative to the project folder, SHA-256 of its bytes, encoding."""

    path: str
    sha256: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A bibliography entry: what ``\\cite`` shows for it, and its text."""

    key: str
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Packing:
    """What a snapshot file was made of: the name of the project's folder, its commit ("" if not known), and when.

    `date` is ISO 8601 in UTC. `is_dirty` tells that files differed from the commit, None where that is not known.
    """

    project: str
    date: str
    commit: str = ""
    is_dirty: bool | None = None


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A whole blueprint as read, before any status is derived.

    `folder` is the absolute project folder; `theorem_kinds` the environments that are nodes;
    `graph_scope` is None for one graph per document, else the sectioning level (``dep_by=``).
    `labels` maps each label to the id of its node; `landmarks` each other label to what it names.
    `packing` is there if it was read from a snapshot file, which `folder` then names: there is nothing behind it that
    could be followed, asked or changed.
    """

    folder: str
    title: str
    nodes: tuple[Node, ...]
    headings: tuple[Heading, ...] = ()
    labels: Mapping[str, NodeId] = field(default_factory=dict)
    landmarks: Mapping[str, Landmark] = field(default_factory=dict)
    home: str = ""
    github: str = ""
    dochome: str = ""
    theorem_kinds: tuple[str, ...] = DEFAULT_KINDS
    graph_scope: str | None = None
    reduced: bool = True
    colours: Mapping[str, GraphColour] = field(default_factory=lambda: LEANBLUEPRINT_COLOURS)
    macros: tuple[MacroDefinition, ...] = ()
    references: Mapping[str, Reference] = field(default_factory=dict)
    files: tuple[SourceFile, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    packing: Packing | None = None

    @property
    def is_packed(self) -> bool:
        """Whether it was read from a snapshot file, so that the project itself is not at hand."""
        return self.packing is not None
