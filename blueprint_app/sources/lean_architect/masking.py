"""Lean source text with comments and strings blanked, so that its commands can be looked for by simple patterns."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from blueprint_app.model.place import Place

_OPENING = re.compile(
    r"""--
      | /-
      | (?<![\w'.])r\#*"
      | "
      | (?<![\w'.!?)\]])'(?:\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|[^\\'\n])'(?!\w)
      | «[^»\n]*»
    """,
    re.VERBOSE,
)
_COMMENT_EDGE = re.compile(r"/-|-/")
_STRING_END = re.compile(r'(?:[^"\\]|\\.)*"', re.DOTALL)
_NOT_NEWLINE = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A Lean file: `text` as it is, `code` of the same length with comments, strings and characters blanked.

    `comments` are the block comments, as offsets of their beginning and end; `path` is relative to
    the project folder.
    """

    path: str
    text: str
    code: str
    comments: tuple[tuple[int, int], ...]
    line_starts: tuple[int, ...]

    def place(self, start: int, end: int = 0) -> Place:
        """The place of the characters from `start` to `end`."""
        line = bisect_right(self.line_starts, start)
        last = bisect_right(self.line_starts, max(start, end - 1)) if end else 0
        return Place(self.path, line, start - self.line_starts[line - 1] + 1, last)

    def comment_at(self, start: int) -> tuple[int, int] | None:
        """The block comment that begins at or after `start` with only white space and line comments between."""
        number = bisect_right(self.comments, (start, -1))
        if number == len(self.comments):
            return None
        begin, end = self.comments[number]
        between = self.code[start:begin]
        return (begin, end) if not between.strip() else None


def mask(path: str, text: str) -> MaskedText:
    """Blank what is no code."""
    pieces, comments, position = [], [], 0
    while (found := _OPENING.search(text, position)) is not None:
        start = found.start()
        if found[0].startswith("«"):
            pieces.append(text[position : found.end()])
            position = found.end()
            continue
        end = _end_of(text, found)
        if found[0] == "/-":
            comments.append((start, end))
        pieces.append(text[position:start])
        pieces.append(_NOT_NEWLINE.sub(" ", text[start:end]))
        position = end
    pieces.append(text[position:])
    lines = [0]
    lines.extend(found.end() for found in re.finditer(r"\n", text))
    return MaskedText(path, text, "".join(pieces), tuple(comments), tuple(lines))


def _end_of(text: str, opening: re.Match[str]) -> int:
    what, start = opening[0], opening.start()
    if what == "--":
        line_end = text.find("\n", start)
        return len(text) if line_end < 0 else line_end
    if what == "/-":
        return _end_of_comment(text, opening.end())
    if what == '"':
        closing = _STRING_END.match(text, opening.end())
        return closing.end() if closing else len(text)
    if what.startswith("r"):
        end = text.find('"' + what[1:-1], opening.end())
        return len(text) if end < 0 else end + len(what) - 1
    return opening.end()


def _end_of_comment(text: str, position: int) -> int:
    level = 1
    while (edge := _COMMENT_EDGE.search(text, position)) is not None:
        level += 1 if edge[0] == "/-" else -1
        position = edge.end()
        if not level:
            return position
    return len(text)
