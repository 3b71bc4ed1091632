"""The TeX of statements, proofs and references as a reader wants it: without comments and commands of the blueprint."""

import re
from bisect import bisect_left

from blueprint_app.sources.leanblueprint.machine import Machine
from blueprint_app.sources.leanblueprint.tree import Element

_COMMENT = re.compile(r"((?:^|[^\\])(?:\\\\)*)%[^\n]*(\n[ \t]*)?")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


class TextCutter:
    """Cuts stretches out of the files of a run."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._cuts = {source: _merged(cuts) for source, cuts in machine.cuts.items()}
        self._verbatims = {source: _merged(spans) for source, spans in machine.verbatims.items()}

    def text_of(self, element: Element) -> str:
        """The text between an environment's beginning and its end, "" where they are in different files."""
        if element.source < 0 or element.end <= element.start:
            return ""
        return self.stretch(element.source, element.start, element.end)

    def stretch(self, source: int, start: int, end: int) -> str:
        """The text of a file between two offsets, cuts and comments left out."""
        text = self._machine.files.files[source].text
        pieces = []
        position = start
        for cut_start, cut_end in _between(self._cuts.get(source, []), start, end):
            if cut_start > position:
                pieces.append(self._without_comments(source, position, min(cut_start, end)))
            position = max(position, min(cut_end, end))
        pieces.append(self._without_comments(source, position, end))
        joined = "".join(pieces) if text else ""
        return _EMPTY_LINES.sub("\n\n", joined).strip()

    def _without_comments(self, source: int, start: int, end: int) -> str:
        text = self._machine.files.files[source].text
        pieces = []
        position = start
        for raw_start, raw_end in _between(self._verbatims.get(source, []), start, end):
            if raw_start >= position:
                pieces.append(_uncommented(text[position:raw_start]))
                pieces.append(text[raw_start : min(raw_end, end)])
                position = min(raw_end, end)
        pieces.append(_uncommented(text[position:end]))
        return "".join(pieces)

    def reference_texts(self) -> dict[str, str]:
        """The text of each bibliography item."""
        starts = self._machine.reference_starts
        texts = {}
        for position, (key, source, start) in enumerate(starts):
            same = position + 1 < len(starts) and starts[position + 1][1] == source
            text = self._machine.files.files[source].text
            limit = starts[position + 1][2] if same else len(text)
            stop = min(
                (at for at in (text.find("\\bibitem", start), text.find("\\end{", start)) if at >= 0), default=limit
            )
            texts[key] = self.stretch(source, start, min(limit, stop))
        return texts


def _uncommented(text: str) -> str:
    if "%" not in text:
        return text
    return _COMMENT.sub(lambda found: found[1], text)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _between(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The spans, sorted and disjoint, that meet the stretch from `start` to `end`."""
    first = max(bisect_left(spans, (start, 0)) - 1, 0)
    last = bisect_left(spans, (end, 0))
    return [span for span in spans[first:last] if span[1] > start]
