"""What the window asks of a project's search beyond the words of its nodes: vectors of a model, and Lean packages."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from blueprint_app.assistant.embedding import Embedder
    from blueprint_app.lean.library_index import LibraryIndex


class SearchSide(Protocol):
    """All of it blocks, and belongs into a job."""

    @property
    def embedder(self) -> "Embedder":
        """Vectors of texts, by the model that is set for them."""

    def libraries(self) -> "LibraryIndex | None":
        """The search in the project's Lean packages as they are now; None where there is no Lean project."""


SearchOf = Callable[[Path], SearchSide]
