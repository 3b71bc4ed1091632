"""Sorts out the thoughts that some local servers leave at the head of an answer, between <think> and </think>."""

from dataclasses import dataclass

_OPEN, _CLOSE = "<think>", "</think>"

Part = tuple[bool, str]
"""Whether it is a thought, and the text."""


@dataclass(eq=False, slots=True)
class ThoughtSplit:
    """Takes an answer piece by piece. Only a tag that it begins with counts: later ones are the answer's own."""

    _state: str = "head"
    _held: str = ""

    def parts(self, piece: str) -> list[Part]:
        """What is known of the text up to here; the beginning of a tag is held back."""
        self._held += piece
        found: list[Part] = []
        if self._state == "head":
            self._look_for_opening()
        if self._state == "thought":
            found += self._thought()
        if self._state == "gap":
            self._skip_gap()
        if self._state == "text":
            found += self.rest()
        return found

    def rest(self) -> list[Part]:
        """What was held back; no more is to come."""
        held, self._held = self._held, ""
        return [(self._state == "thought", held)] if held else []

    def _look_for_opening(self) -> None:
        head = self._held.lstrip()
        if head.startswith(_OPEN):
            self._held = head.removeprefix(_OPEN)
            self._state = "thought"
        elif head and not _OPEN.startswith(head):
            self._state = "text"

    def _skip_gap(self) -> None:
        """Empty lines between the thoughts and the answer belong to neither."""
        self._held = self._held.lstrip()
        if self._held:
            self._state = "text"

    def _thought(self) -> list[Part]:
        thought, tag, after = self._held.partition(_CLOSE)
        if tag:
            self._held, self._state = after, "gap"
        else:
            kept = _length_of_beginning(thought)
            thought, self._held = thought[: len(thought) - kept], thought[len(thought) - kept :]
        return [(True, thought)] if thought else []


def _length_of_beginning(text: str) -> int:
    """How many characters at the end of `text` may be the beginning of the closing tag."""
    return next((size for size in range(len(_CLOSE) - 1, 0, -1) if text.endswith(_CLOSE[:size])), 0)
