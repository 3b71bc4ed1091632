"""What a table says of one thing that was found, whatever found it."""

from dataclasses import dataclass

from blueprint_app.insight.search.search import folded
from blueprint_app.model.diagnostic import Severity
from blueprint_app.model.place import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: `kind` in a word or two, what was found, what to do, the node and the place that it is about.

    `terms` are further words by which it is found.
    """

    severity: Severity
    kind: str
    message: str
    hint: str = ""
    node: str = ""
    place: Place | None = None
    terms: str = ""

    @property
    def place_name(self) -> str:
        """The place in short: the file's name tells it from the others, its folder is in the tooltip."""
        return str(self.place).rsplit("/", 1)[-1] if self.place else ""

    @property
    def tooltip(self) -> str:
        """All of it."""
        where = "  ·  ".join(filter(None, (self.node, str(self.place or ""))))
        return "\n".join(filter(None, (self.message, self.hint, where)))

    def holds(self, words: tuple[str, ...]) -> bool:
        """Whether it holds all of these folded words."""
        parts = (self.kind, self.message, self.hint, self.node, str(self.place or ""), self.terms)
        text = folded(" ".join(parts))
        return all(word in text for word in words)
