"""Moves the places of what was read to where the same text stands now, so that it need not be read again."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from blueprint_app.model.place import Place
from blueprint_app.sources.splicing import Segment, SplicedText

Lines = dict[str, dict[int, int]]
"""For each file, the line on which what stood on a line stands now."""


def lines_moved(pairs: Sequence[tuple[SplicedText | None, SplicedText | None]]) -> Lines | None:
    """Where the lines of former texts are now, or None if some text is another one or stands otherwise in its file."""
    lines: Lines = {}
    for old, new in pairs:
        if old is new:
            continue
        if old is None or new is None or (old.text, old.source) != (new.text, new.source):
            return None
        if len(old.segments) != len(new.segments):
            return None
        for number, (before, after) in enumerate(zip(old.segments, new.segments, strict=True)):
            end = old.segments[number + 1].start if number + 1 < len(old.segments) else len(old.text)
            if not _note(lines, before, after, old.text.count("\n", before.start, end)):
                return None
    return lines


def _note(lines: Lines, before: Segment, after: Segment, breaks: int) -> bool:
    """Note where the lines of one segment went; whether it is the same but for that."""
    old, new = before.place, after.place
    shift = new.line - old.line
    same = (before.start, before.follows, old.file, old.column) == (after.start, after.follows, new.file, new.column)
    if not same or (old.end_line and old.end_line + shift != new.end_line):
        return False
    known = lines.setdefault(old.file, {})
    last = old.line + breaks if before.follows else max(old.line, old.end_line)
    return all(known.setdefault(line, line + shift) == line + shift for line in range(old.line, last + 1))


class Relocation:
    """Gives values as they were read, with each place in the files of `lines` moved; `is_lost` once one cannot be."""

    def __init__(self, lines: Lines) -> None:
        self._lines = {file: moved for file, moved in lines.items() if any(old != new for old, new in moved.items())}
        self._names: dict[type, tuple[str, ...]] = {}
        self.is_lost = False

    def of(self, value: Any) -> Any:  # noqa: ANN401 - the same as what is given
        """The value with its places moved; the very same object where none of them is elsewhere now."""
        if not self._lines or isinstance(value, str):
            return value
        if isinstance(value, Place):
            return self._place(value)
        if isinstance(value, tuple):
            moved = [self.of(each) for each in value]
            return tuple(moved) if any(one is not other for one, other in zip(moved, value, strict=True)) else value
        if isinstance(value, Mapping):
            entries = {key: self.of(each) for key, each in value.items()}
            return entries if any(entries[key] is not each for key, each in value.items()) else value
        names = self._names_of(type(value))
        changes = {name: new for name in names if (new := self.of(old := getattr(value, name))) is not old}
        return replace(value, **changes) if changes else value

    def _place(self, place: Place) -> Place:
        moved = self._lines.get(place.file)
        if moved is None or not place.line:
            return place
        line, end = moved.get(place.line), moved.get(place.end_line) if place.end_line else 0
        if line is None or end is None:
            self.is_lost = True
            return place
        return place if (line, end) == (place.line, place.end_line) else Place(place.file, line, place.column, end)

    def _names_of(self, kind: type) -> tuple[str, ...]:
        if kind not in self._names:
            self._names[kind] = tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()
        return self._names[kind]
