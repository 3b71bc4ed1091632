"""Takes comments and literals out of Lean text without moving anything, so that all else can look for words."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    --[^\n]*
  | (?P<comment>/-)
  | "(?:[^"\\]++|\\.)*+(?:"|\\?\Z)
  | (?<![\w'!?.»])r(?P<hashes>\#*+)"
  | (?<![\w'!?»])'(?:\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|[^\\'\n])'
  | (?P<kept>«[^»\n]*»)
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT_MARK = re.compile(r"/-|-/")
_NOT_LINE_END = re.compile(r"[^\n]+")
_EXIT = re.compile(r"^\#exit\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Blanked:
    """`code` is the text with comments and literals as spaces, at the same offsets and with the same line ends.

    Quotation marks of strings stay. Everything from ``#exit`` on is gone. `docs` are the spans of
    documentation comments ``/-- ... -/``, in order.
    """

    code: str
    docs: tuple[tuple[int, int], ...]


def blanked(text: str) -> Blanked:
    """The text without its comments, strings and characters; what is never closed reaches to the end."""
    pieces: list[str] = []
    docs: list[tuple[int, int]] = []
    position = 0
    while found := _TOKEN.search(text, position):
        start, end = found.span()
        if found["kept"]:
            pieces.append(text[position:end])
            position = end
            continue
        if found["comment"]:
            end = _comment_end(text, end)
            if text.startswith("/--", start) and not text.startswith("/--/", start):
                docs.append((start, end))
        elif found["hashes"] is not None:
            end = _raw_string_end(text, end, found["hashes"])
        pieces.append(text[position:start])
        pieces.append(_spaces(text, start, end))
        position = end
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


def _raw_string_end(text: str, position: int, hashes: str) -> int:
    closing = text.find(f'"{hashes}', position)
    return len(text) if closing < 0 else closing + 1 + len(hashes)


def _spaces(text: str, start: int, end: int) -> str:
    """As many spaces as there are characters, with the line ends and a string's marks kept."""
    if text[start] == '"' and end - start > 1:
        return f'"{_spaces(text, start + 1, end - 1)}"' if end - start > 2 else '""'
    if text.find("\n", start, end) < 0:
        return " " * (end - start)
    return _NOT_LINE_END.sub(lambda run: " " * len(run.group()), text[start:end])
