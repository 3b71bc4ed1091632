"""Pieces of running text and of blocks in reading order, and the paragraphs they make."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from blueprint_app.export.prose.markup import EMPTY, Html, element, join

DECLARATIONS = 8
"""How many font declarations count in one group; more would only nest the markup."""

Wrap = Callable[[Html], Html]


class Kind(Enum):
    """Running text, a block that stands on its own, or the end of a paragraph."""

    RUN = auto()
    BLOCK = auto()
    BREAK = auto()


class Until(Enum):
    """What ends a stretch of text."""

    END = auto()
    GROUP = auto()
    ENVIRONMENT = auto()
    ITEM = auto()


class Piece(NamedTuple):
    """One piece of a text in reading order."""

    kind: Kind
    html: Html = EMPTY


@dataclass(slots=True)
class Flow:
    """Collects the pieces of one group, argument or environment."""

    pieces: list[Piece] = field(default_factory=list)
    _declared: list[tuple[int, Wrap]] = field(default_factory=list)

    def run(self, html: Html) -> None:
        """Add running text."""
        self.pieces.append(Piece(Kind.RUN, html))

    def block(self, html: Html) -> None:
        """Add a block that no paragraph may hold."""
        self.pieces.append(Piece(Kind.BLOCK, html))

    def end_paragraph(self) -> None:
        """End the paragraph here."""
        self.pieces.append(Piece(Kind.BREAK))

    def extend(self, pieces: Sequence[Piece]) -> None:
        """Add the pieces of a group inside this one."""
        self.pieces.extend(pieces)

    def declare(self, wrap: Wrap) -> None:
        r"""Style all that follows in this group, as ``\bfseries`` does."""
        if len(self._declared) < DECLARATIONS:
            self._declared.append((len(self.pieces), wrap))

    def done(self) -> list[Piece]:
        """The pieces with the group's declarations applied."""
        for start, wrap in reversed(self._declared):
            self.pieces[start:] = wrapped(self.pieces[start:], wrap)
        self._declared.clear()
        return self.pieces


def wrapped(pieces: Sequence[Piece], wrap: Wrap) -> list[Piece]:
    """The pieces with each stretch of running text put into `wrap`; blocks stay as they are."""
    result: list[Piece] = []
    for kind, stretch in _stretches(pieces):
        if kind is Kind.RUN:
            result.append(Piece(Kind.RUN, wrap(join(stretch))))
        else:
            result.extend(Piece(kind, html) for html in stretch)
    return result


def paragraphs(pieces: Sequence[Piece]) -> Html:
    """Blocks: the running text in paragraphs, the others between them."""
    made: list[Html] = []
    for kind, stretch in _stretches(pieces):
        if kind is Kind.BLOCK:
            made.extend(stretch)
        elif kind is Kind.RUN and (line := Html(join(stretch).strip())):
            made.append(element("p", line))
    return join(made)


def compact(pieces: Sequence[Piece]) -> Html:
    """The pieces as the content of a cell or list item: a lone stretch of text gets no paragraph of its own."""
    text = [piece.html for piece in pieces if piece.kind is Kind.RUN]
    breaks = {index for index, piece in enumerate(pieces) if piece.kind is Kind.BREAK}
    filled = {index for index, piece in enumerate(pieces) if piece.kind is not Kind.BREAK and piece.html.strip()}
    inner = [index for index in breaks if filled and min(filled) < index < max(filled)]
    if not inner and all(piece.kind is not Kind.BLOCK for piece in pieces):
        return Html(join(text).strip())
    return paragraphs(pieces)


def line(pieces: Sequence[Piece]) -> Html:
    """The pieces on one line, as for a title: paragraphs end in a space."""
    return Html(join([Html(" ") if piece.kind is Kind.BREAK else piece.html for piece in pieces]).strip())


def _stretches(pieces: Sequence[Piece]) -> list[tuple[Kind, list[Html]]]:
    """Neighbours of one kind together."""
    stretches: list[tuple[Kind, list[Html]]] = []
    for piece in pieces:
        if stretches and stretches[-1][0] is piece.kind:
            stretches[-1][1].append(piece.html)
        else:
            stretches.append((piece.kind, [piece.html]))
    return stretches
