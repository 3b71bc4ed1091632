"""What a search asks beyond the words of a project's nodes: Lean packages, and vectors of texts."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.bootstrap.models import ledger, model_client
from blueprint_app.user_folders import cache_folder

if TYPE_CHECKING:
    from blueprint_app.assistant.embedding import Embedder
    from blueprint_app.insight.search.vectors import VectorCache
    from blueprint_app.lean.library_index import LibraryIndex


def library_index(folder: Path) -> "LibraryIndex | None":
    """The search in the Lean packages of a project, or None where there is no Lean project; reads nothing yet."""
    from blueprint_app.insight.search.tex_words import words_of_lean, words_of_name
    from blueprint_app.lean.library_index import LibraryIndex, LibraryWords
    from blueprint_app.lean.project import read_project as read_lean_project

    project = read_lean_project(folder)
    if project is None:
        return None
    return LibraryIndex(project, cache_folder() / "lean-libraries", LibraryWords(words_of_name, words_of_lean))


def vector_cache() -> "VectorCache":
    """The vectors that models made of texts, kept in the user's cache folder."""
    from blueprint_app.insight.search.vectors import VectorCache

    return VectorCache(cache_folder() / "vectors")


class SearchSide:
    """What a search in one project may ask beyond the words of its nodes. Calls block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def embedder(self) -> "Embedder":
        """Vectors of texts, by the model that the user set for them."""
        return embedder()

    def libraries(self) -> "LibraryIndex | None":
        """The search in the project's Lean packages as they are now; None where there is no Lean project."""
        return library_index(self.folder) if self.folder.is_dir() else None


@cache
def embedder() -> "Embedder":
    """Who fetches vectors for a search by meaning, as the user has set it up."""
    from blueprint_app.assistant.batch.ledger import DayBudget
    from blueprint_app.assistant.embedding import Embedder

    return Embedder(model_client(), vector_cache(), day=DayBudget(ledger()))
