"""The elements of a document, as far as a blueprint's meaning rests on them."""

from enum import IntEnum

from blueprint_app.model.blueprint import ListCommand
from blueprint_app.model.place import Place

DOCUMENT_LEVEL = -1000
END_OF_SECTIONS = 100
ENVIRONMENT_LEVEL = 201
COMMAND_LEVEL = 1001
"""plasTeX's levels: an element is closed by one of a level that its kind gives way to."""


class Role(IntEnum):
    """How an element takes in what follows it, and what ends it."""

    ROOT = 0
    DOCUMENT = 1
    SECTION = 2
    ENVIRONMENT = 3
    GROUP = 4
    ITEM = 5
    ROW = 6
    CELL = 7
    FRAGMENT = 8
    """What stands in an argument."""
    MARK = 9
    """Something that can be labelled and holds nothing: a caption, a link target."""


class Element:
    """A piece of the document with what was said directly in it.

    `depth` is the number of open contexts when it began; `theorems` are the theorem-like
    environments directly in it that a later proof beside them may prove; `rank` is how many of
    those its parent had before it.
    """

    __slots__ = (
        "also_in",
        "caption",
        "counter",
        "depth",
        "discussion",
        "end",
        "fresh",
        "has_paragraphs",
        "is_block",
        "is_empty",
        "is_proof",
        "is_theorem",
        "labels",
        "lean",
        "leanok",
        "level",
        "mathlibok",
        "name",
        "notready",
        "number",
        "opening",
        "parent",
        "place",
        "proves",
        "rank",
        "role",
        "source",
        "start",
        "theorems",
        "title",
        "uses",
    )

    def __init__(
        self, role: Role, name: str, parent: "Element | None", depth: int = 0, level: int = COMMAND_LEVEL
    ) -> None:
        self.role = role
        self.name = name
        self.parent = parent
        self.depth = depth
        self.level = level
        self.place: Place | None = None
        self.opening = 0
        self.source = -1
        self.start = self.end = 0
        self.counter = self.number = self.title = self.caption = ""
        self.is_theorem = self.is_proof = self.is_block = False
        self.is_empty = self.fresh = True
        self.has_paragraphs = role in (Role.SECTION, Role.ITEM, Role.CELL)
        self.rank = 0
        self.theorems: list[Element] = []
        self.labels: list[str] = []
        self.uses: list[ListCommand] = []
        self.lean: list[ListCommand] = []
        self.leanok: Place | None = None
        self.mathlibok: Place | None = None
        self.notready: Place | None = None
        self.discussion: str | None = None
        self.proves: list[str] = []
        self.also_in: list[str] = []

    def touch(self) -> None:
        """Note that something other than white space stands in it."""
        self.is_empty = False
        self.fresh = False

    def ancestors(self) -> "list[Element]":
        """The elements around it, innermost first."""
        found = []
        element = self.parent
        while element is not None:
            found.append(element)
            element = element.parent
        return found


class Context:
    """One level of TeX's grouping: what opened it, and which meanings to bring back at its end.

    `name` is None for a group in braces, else the environment's or command's name; `kind` says
    what it makes `\\item`, ``\\\\`` or ``\\caption`` mean inside.
    """

    __slots__ = ("kind", "name", "saved")

    def __init__(self, name: str | None, kind: str = "") -> None:
        self.name = name
        self.kind = kind
        self.saved: dict[str, object] | None = None
