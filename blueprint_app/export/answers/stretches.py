"""Cuts a Markdown text where nothing reaches across, so that a growing answer is rendered at its growing end only."""

import re

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_LIST_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?:\s|\Z)")
_OPENS = {"$$": "$$", "\\[": "\\]"}
_ENVIRONMENT = re.compile(r"\\begin\{([a-zA-Z]+\*?)\}")


def stretches(text: str) -> list[str]:
    """The text in pieces, each of them whole blocks: joined they are the text.

    A piece begins behind an empty line with a line at the margin that goes on with nothing: no list item, and not
    inside of a fence or a displayed formula. A link whose address is defined in another piece stays as it is written.
    """
    pieces: list[str] = []
    current: list[str] = []
    until = ""
    after_blank = False
    for line in text.splitlines(keepends=True):
        if after_blank and not until and _begins(line):
            pieces.append("".join(current))
            current = []
        current.append(line)
        after_blank = not line.strip()
        until = _still_open(line, until)
    pieces.append("".join(current))
    return pieces


def _begins(line: str) -> bool:
    return not line[0].isspace() and _LIST_ITEM.match(line) is None


def _still_open(line: str, until: str) -> str:
    """What would end the fence or display that is open behind this line; "" for none."""
    stripped = line.strip()
    if until:
        is_fence = until[0] in "`~"
        ends = stripped.startswith(until) and not stripped.strip(until[0]) if is_fence else until in line
        return "" if ends else until
    if fence := _FENCE.match(line):
        return fence[1]
    for opening, closing in _OPENS.items():
        if stripped.startswith(opening):
            return "" if closing in stripped[2:] else closing
    begun = _ENVIRONMENT.match(stripped)
    if begun is not None:
        closing = f"\\end{{{begun[1]}}}"
        return "" if closing in stripped else closing
    return ""
