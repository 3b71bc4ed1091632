"""Makes the Lean packages of the open project searchable, when a person wants that, and finds declarations in them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.search.side import SearchSide

if TYPE_CHECKING:
    from blueprint_app.lean.library_index import LibraryHit, LibraryIndex

READING, _ASKING = "packages", "package search"
_ENOUGH = 8


class PackageSearch(QObject):
    """`found` carries the question that was asked last and a tuple of `LibraryHit`, best first.

    `read` carries the names of the packages that can be searched now and how many declarations were added;
    `failed` the `BlueprintError` that kept them from being read.
    """

    found = Signal(str, object)
    read = Signal(object, int)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._index: tuple[SearchSide, LibraryIndex | None] | None = None

    def ask(self, question: str, side: SearchSide) -> None:
        """Look for `question` in the packages that were read already."""
        known = self._index

        def work(context: JobContext) -> "tuple[LibraryHit, ...]":
            from blueprint_app.insight.search.full_text import asked_words

            index = known[1] if known is not None and known[0] is side else side.libraries()
            self._index = side, index
            return index.find(asked_words(question), _ENOUGH, context.check) if index is not None else ()

        self._jobs.start(_ASKING, work, lambda hits: self.found.emit(question, hits), is_long=True)

    def read_packages(self, side: SearchSide) -> None:
        """Read those that cannot be searched yet: a minute for one of Mathlib's size."""

        def work(context: JobContext) -> tuple[tuple[str, ...], int]:
            context.report(-1.0, "Looking for packages")
            index = side.libraries()
            libraries = index.libraries() if index is not None else ()
            if index is None or not libraries:
                raise BlueprintError(
                    "No Lean packages of this project are here to be read.",
                    "Fetch them with `lake update`, or build the project once.",
                )
            count = index.build(context.check, context.report)
            self._index = side, index
            return tuple(each.package.name for each in libraries), count

        def done(read: tuple[tuple[str, ...], int]) -> None:
            self.read.emit(*read)

        self._jobs.start(READING, work, done, self.failed.emit, title="Reading Lean packages")

    def forget(self) -> None:
        """Nothing is open any more."""
        for slot in (READING, _ASKING):
            self._jobs.cancel(slot)
        self._index = None
