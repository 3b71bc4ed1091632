"""Takes comments and literals out of Lean text without moving anything, so that all else can look for words."""

import re
from dataclasses import dataclass

from blueprint_app.lean.names import QUOTED

# Every alternative begins with a character of its own: the expression engine then skips to these.
_TOKEN = re.compile(
    rf"""--[^\n]*|/-|"|{QUOTED}|'(?:\\(?:x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|.)|[^\\'\n])'""", re.DOTALL
)
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_RAW_PREFIX = re.compile(r"(?<![\w'!?.»])r(\#*+)\Z")
_LONGEST_RAW_PREFIX = 40
_STRING_MARK = re.compile(r"\\.|[\"{}]", re.DOTALL)
_LONGEST_INTERPOLATED = 4000
"""Characters; a string with terms in it that is longer is read as a plain one, so that hostile text costs no more."""
_COMMENT_MARK = re.compile(r"/-|-/")
_NOT_LINE_END = re.compile(r"[^\n]+")
_EXIT = re.compile(r"^\#exit\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Blanked:
    """`code` is the text with comments and literals as spaces, at the same offsets and with the same line ends.

    The first quotation mark of a string stays. Everything from ``#exit`` on is gone. `docs` are the spans of
    documentation comments ``/-- ... -/``, in order.
    """

    code: str
    docs: tuple[tuple[int, int], ...]


def blanked(text: str) -> Blanked:
    """The text without its comments, strings and characters; what is never closed reaches to the end."""
    pieces: list[str] = []
    docs: list[tuple[int, int]] = []
    position = 0
    search_from = 0
    while found := _TOKEN.search(text, search_from):
        start, end = found.span()
        first = text[start]
        if first == "«" or (first == "'" and _ends_name(text, start)):
            search_from = end if first == "«" else start + 1
            continue
        if first == "/":
            end = _comment_end(text, end)
            if text.startswith("/--", start) and not text.startswith("/--/", start):
                docs.append((start, end))
        elif first == '"':
            end = _string_end(text, start)
        pieces.append(text[position:start])
        pieces.append(_spaces(text, start, end))
        position = search_from = end
    pieces.append(text[position:])
    code = "".join(pieces)
    if exit_command := _EXIT.search(code):
        code = code[: exit_command.start()]
        docs = [span for span in docs if span[1] <= len(code)]
    return Blanked(code, tuple(docs))


def _comment_end(text: str, position: int) -> int:
    depth = 1
    for mark in _COMMENT_MARK.finditer(text, position):
        depth += 1 if mark.group() == "/-" else -1
        if depth == 0:
            return mark.end()
    return len(text)


def _ends_name(text: str, position: int) -> bool:
    """Whether the character before belongs to a name, so that a ``'`` here does too."""
    before = text[position - 1] if position else " "
    return before.isalnum() or before in "_'!?»"


def _string_end(text: str, start: int) -> int:
    prefix = _RAW_PREFIX.search(text, max(0, start - _LONGEST_RAW_PREFIX), start) if text[start - 1] in "r#" else None
    if prefix is None:
        if text[start - 1 : start] == "!" and (end := _interpolated_end(text, start)):
            return end
        found = _STRING.match(text, start)
        return found.end() if found else len(text)
    closing = text.find(f'"{prefix[1]}', start + 1)
    return len(text) if closing < 0 else closing + 1 + len(prefix[1])


def _interpolated_end(text: str, start: int) -> int:
    """The end of a string such as ``s!"a {f "b"} c"``, whose braces hold terms with strings; 0 if none is near."""
    inside = ['"']
    for mark in _STRING_MARK.finditer(text, start + 1, start + _LONGEST_INTERPOLATED):
        written = mark.group()
        if written == '"' and inside[-1] == '"':
            inside.pop()
            if not inside:
                return mark.end()
        elif written in ('"', "{"):
            inside.append(written)
        elif written == "}" and inside[-1] == "{":
            inside.pop()
    return 0


def _spaces(text: str, start: int, end: int) -> str:
    """As many spaces as there are characters, with the line ends and a string's first mark kept."""
    if text[start] == '"':
        return '"' + _spaces(text, start + 1, end) if end - start > 1 else '"'
    if text.find("\n", start, end) < 0:
        return " " * (end - start)
    return _NOT_LINE_END.sub(lambda run: " " * len(run.group()), text[start:end])
