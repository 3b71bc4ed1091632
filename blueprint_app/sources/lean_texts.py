"""All TeX that a project keeps in Lean files, for the TeX reader to ask for."""

from blueprint_app.model.blueprint import SourceFile
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.sources.lean_architect.texts import ArchitectTexts, Memory
from blueprint_app.sources.lean_comments.texts import CommentTexts
from blueprint_app.sources.lean_files import LeanFiles
from blueprint_app.sources.splicing import SplicedText

Question = tuple[str, str]
"""Of what kind something is asked for, and by which name."""


class LeanTexts:
    """Implements `OtherTexts`; reads no file before something is asked for.

    `memory` holds what may still be so since the project was read before. `answers` are all that were given so far,
    `lean` the files that they come from.
    """

    def __init__(self, files: LeanFiles, memory: Memory | None = None) -> None:
        self.lean = files
        self.architect = ArchitectTexts(files, memory)
        self.comments = CommentTexts(files)
        self.answers: dict[Question, SplicedText | None] = {}

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """The Lean files that were read."""
        return tuple(self.lean.sources)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found wrong, and what a reader should know of the answers."""
        notes = self.architect.notes
        return (*self.lean.diagnostics, *notes)

    def node(self, label: str) -> SplicedText | None:
        """A node of LeanArchitect."""
        return self.answer(("node", label))

    def module(self, name: str) -> SplicedText | None:
        """A module of LeanArchitect."""
        return self.answer(("module", name))

    def is_generated(self, name: str) -> bool:
        """Whether a path is one that LeanArchitect writes."""
        return self.architect.is_generated(name)

    def extracted(self, name: str) -> SplicedText | None:
        """The comments of the Lean file that a missing TeX file is made from."""
        return self.answer(("extracted", name))

    def answer(self, question: Question) -> SplicedText | None:
        """What stands for a name of some kind."""
        kind, name = question
        ask = {"node": self.architect.node, "module": self.architect.module, "extracted": self.comments.of_input}[kind]
        self.answers[question] = ask(name)
        return self.answers[question]
