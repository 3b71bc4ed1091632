"""All TeX that a project keeps in Lean files, for the TeX reader to ask for."""

from blueprint_app.model.blueprint import SourceFile
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.sources.lean_architect.texts import ArchitectTexts
from blueprint_app.sources.lean_comments.texts import CommentTexts
from blueprint_app.sources.lean_files import LeanFiles
from blueprint_app.sources.splicing import SplicedText


class LeanTexts:
    """Implements `OtherTexts`; reads no file before something is asked for."""

    def __init__(self, files: LeanFiles) -> None:
        self._files = files
        self.architect = ArchitectTexts(files)
        self.comments = CommentTexts(files)

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """The Lean files that were read."""
        return tuple(self._files.sources)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found wrong, and what a reader should know of the answers."""
        notes = self.architect.notes
        return (*self._files.diagnostics, *notes)

    def node(self, label: str) -> SplicedText | None:
        """A node of LeanArchitect."""
        return self.architect.node(label)

    def module(self, name: str) -> SplicedText | None:
        """A module of LeanArchitect."""
        return self.architect.module(name)

    def is_generated(self, name: str) -> bool:
        """Whether a path is one that LeanArchitect writes."""
        return self.architect.is_generated(name)

    def extracted(self, name: str) -> SplicedText | None:
        """The comments of the Lean file that a missing TeX file is made from."""
        return self.comments.of_input(name)
