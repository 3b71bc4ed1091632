"""What a run through a document finds: settings, labels, elements, stretches of text, faults."""

from dataclasses import dataclass, field

from blueprint_app.model.blueprint import LEANBLUEPRINT_COLOURS, GraphColour, MacroDefinition
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.leanblueprint.files import ProjectFiles
from blueprint_app.sources.leanblueprint.tree import Element
from blueprint_app.sources.tex.lexer import Token


@dataclass
class Settings:
    """What the document says of itself and of its graph."""

    title: str = ""
    home: str = ""
    github: str = ""
    dochome: str = ""
    kinds: tuple[str, ...] = ()
    graph_scope: str | None = None
    reduced: bool = True
    blueprint_loaded: bool = False
    colours: dict[str, GraphColour] = field(default_factory=lambda: dict(LEANBLUEPRINT_COLOURS))
    section_depth: int = 2


class Findings:
    """All that a run has found so far.

    `labels` maps a label to the element that it names; `unreachable_labels` those that
    leanblueprint would not find. `cuts` are stretches of each file to be left out of texts,
    `verbatims` stretches in which ``%`` is no comment. `references` maps a bibliography key to its mark.
    """

    def __init__(self, files: ProjectFiles) -> None:
        self.files = files
        self.settings = Settings()
        self.current_label: Element | None = None
        self.labels: dict[str, Element] = {}
        self.label_places: dict[str, list[Place]] = {}
        self.unreachable_labels: dict[str, Element] = {}
        self.theorems: list[Element] = []
        self.proofs: list[Element] = []
        self.sections: list[Element] = []
        self.macros: dict[str, MacroDefinition] = {}
        self.cuts: dict[int, list[tuple[int, int]]] = {}
        self.verbatims: dict[int, list[tuple[int, int]]] = {}
        self.references: dict[str, str] = {}
        self.reference_starts: list[tuple[str, int, int]] = []
        self.unknown_kinds: set[str] = set()
        self.has_document = False
        self.diagnostics: list[Diagnostic] = []

    def place(self, token: Token) -> Place:
        """Where a token stands."""
        return self.files.place(token.source, token.start)

    def report(self, severity: Severity, code: str, message: str, hint: str = "", place: Place | None = None) -> None:
        """Keep a finding about the content."""
        self.diagnostics.append(Diagnostic(severity, code, message, hint, place))

    def cut(self, source: int, start: int, end: int) -> None:
        """Leave a stretch of a file out of the text that is shown of a node."""
        if end > start:
            self.cuts.setdefault(source, []).append((start, end))

    def bind_label(self, text: str, is_plain: bool, place: Place) -> None:
        """Let a label name what stepped a counter last."""
        label = " ".join(text.split())
        element = self.current_label
        if not label or element is None:
            return
        if not is_plain:
            self.unreachable_labels.setdefault(label, element)
            return
        self.label_places.setdefault(label, []).append(place)
        self.labels[label] = element
        element.labels.append(label)
