"""Reads the imports at the head of a Lean file: which modules it is built on."""

import re

_SPACE = re.compile(r"(?:\s+|--[^\n]*)*")
_NAME = r"(?:«[^»\n]+»|[^\W\d][\w!?']*)"
_WORD = re.compile(r"(?:module|prelude)\b")
_IMPORT = re.compile(
    rf"(?:public\s+)?(?:meta\s+)?(?:private\s+)?import\s+(?:runtime\s+)?(?:all\s+)?(?P<name>{_NAME}(?:\.{_NAME})*)"
)


def read_imports(text: str) -> tuple[str, ...]:
    """The modules that a file's text imports, in order; reading stops at the first other command."""
    found: list[str] = []
    position = _skip_space(text, 0)
    while True:
        match = _IMPORT.match(text, position)
        if match is not None:
            found.append(match["name"])
        else:
            match = _WORD.match(text, position)
        if match is None:
            return tuple(dict.fromkeys(found))
        position = _skip_space(text, match.end())


def _skip_space(text: str, position: int) -> int:
    """The next place that is neither space nor comment; block comments nest."""
    while True:
        space = _SPACE.match(text, position)
        position = space.end() if space else position
        if not text.startswith("/-", position):
            return position
        position = _end_of_comment(text, position)


def _end_of_comment(text: str, position: int) -> int:
    depth = 0
    for mark in re.compile(r"/-|-/").finditer(text, position):
        depth += 1 if mark[0] == "/-" else -1
        if depth == 0:
            return mark.end()
    return len(text)
