"""TeX that stands in files of another kind, for the TeX reader to go on with, each character with its true place."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from blueprint_app.model.blueprint import SourceFile
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.place import Place

LEAN_ARCHITECT = "LeanArchitect"
LEAN_COMMENTS = "leanblueprint-extract"


class Segment(NamedTuple):
    """From the offset `start` on, text comes from `place`; line by line if `follows`, else all of it from there."""

    start: int
    place: Place
    follows: bool


@dataclass(frozen=True, slots=True)
class SplicedText:
    """A text put together from pieces of other files; `source` names the kind of those files."""

    text: str
    source: str
    segments: tuple[Segment, ...]

    def place(self, start: int, end: int = 0) -> Place:
        """The place in its own file of the characters from `start` to `end`."""
        first = self._place_at(start)
        last = self._place_at(max(start, end - 1), is_last=True) if end else first
        if not end or last.file != first.file or last.line < first.line:
            return first
        return Place(first.file, first.line, first.column, last.line)

    def _place_at(self, offset: int, *, is_last: bool = False) -> Place:
        number = bisect_right(self.segments, offset, key=lambda segment: segment.start) - 1
        segment = self.segments[max(number, 0)]
        place = segment.place
        if not segment.follows:
            return Place(place.file, place.end_line or place.line) if is_last else place
        lines = self.text.count("\n", segment.start, offset)
        if not lines:
            return Place(place.file, place.line, place.column + offset - segment.start)
        return Place(place.file, place.line + lines, offset - self.text.rfind("\n", 0, offset))


@dataclass
class SpliceBuilder:
    """Puts a `SplicedText` together."""

    source: str
    parts: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    length: int = 0

    def write(self, text: str, place: Place) -> None:
        """Add text that stands for something at `place`."""
        self._add(text, place, follows=False)

    def quote(self, text: str, place: Place) -> None:
        """Add text that stands word for word at `place`."""
        self._add(text, place, follows=True)

    def append(self, other: SplicedText) -> None:
        """Add all of another text."""
        self.segments += [segment._replace(start=segment.start + self.length) for segment in other.segments]
        self.parts.append(other.text)
        self.length += len(other.text)

    def _add(self, text: str, place: Place, *, follows: bool) -> None:
        if text:
            self.segments.append(Segment(self.length, place, follows))
            self.parts.append(text)
            self.length += len(text)

    def finish(self) -> SplicedText:
        """The text so far."""
        segments = tuple(self.segments) or (Segment(0, Place("", 0), False),)
        return SplicedText("".join(self.parts), self.source, segments)


class OtherTexts(Protocol):
    """What the TeX reader asks for when a document calls for text that is not in TeX files.

    Each answer is None where there is nothing of that name.
    """

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """The files that were read for the answers so far."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found wrong in them."""

    def node(self, label: str) -> SplicedText | None:
        """What ``\\inputleannode{label}`` stands for."""

    def module(self, name: str) -> SplicedText | None:
        """What ``\\inputleanmodule{name}`` stands for."""

    def is_generated(self, name: str) -> bool:
        """Whether ``\\input{name}`` only brings in what `node` and `module` answer."""

    def extracted(self, name: str) -> SplicedText | None:
        """What ``\\input{name}`` stands for where the file is generated and not there."""
