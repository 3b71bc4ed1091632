"""Names that a declaration brings along: fields, parents, constructors, local definitions."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from blueprint_app.lean.names import NAME, NOT_AFTER, NOT_BEFORE, PART, parts_of, unquoted
from blueprint_app.lean.scan.commands import BRACKET, OPENING

_EXTENDS = re.compile(rf"{NOT_BEFORE}extends{NOT_AFTER}")
_PARENT = re.compile(rf"\s*(?:(?P<own>{PART})\s*:\s*)?@?(?P<structure>{NAME})")
_DERIVING = re.compile(rf"{NOT_BEFORE}deriving{NOT_AFTER}")
_DERIVED = re.compile(rf"[ \t]*,?\s*({NAME})")
_CONSTRUCTOR_NAME = re.compile(rf"\s*(?:(?:private|protected)\s+)?({PART})\s*::")
_ENTRY = re.compile(
    rf"[ \t]*(?:@\[[^\]\n]*\][ \t]*)?(?:(?P<visibility>private|protected)[ \t]+)?(?P<bracket>[(\[{{⦃]?)[ \t]*"
    rf"(?P<names>{PART}(?:[ \t]+{PART})*)[ \t]*(?=[:({{\[⦃|]|$)"
)
_GROUP = re.compile(rf"[(\[{{⦃][ \t]*(?P<names>{PART}(?:[ \t]+{PART})*)[ \t]*:(?!=)")
_CASE = re.compile(rf"\|\s*(?:@\[[^\]]*\]\s*)?(?:(?:private|protected)\s+)?({PART})|([()\[\]{{}}⟨⟩⦃⦄])")
_LET_REC = re.compile(rf"{NOT_BEFORE}let\s+rec{NOT_AFTER}\s+(?:@\[[^\]]*\]\s*)?({PART})")
_WHERE = re.compile(rf"{NOT_BEFORE}where{NOT_AFTER}")


class Member(NamedTuple):
    """A name that stands inside a declaration, and its offset."""

    name: str
    offset: int
    is_private: bool = False


def parents(code: str, start: int, end: int) -> Iterator[str]:
    """The projections to the parents named by the ``extends`` between two offsets: ``toGroup``."""
    found = _EXTENDS.search(code, start, end)
    if found is None:
        return
    for first, last in _split_at_commas(code, found.end(), end):
        if parent := _PARENT.match(code, first, last):
            yield unquoted(parent["own"]) if parent["own"] else f"to{_capitalised(parts_of(parent['structure'])[-1])}"


def constructor_name(code: str, start: int, end: int) -> tuple[str, int] | None:
    """The name that a structure gives to its constructor with ``name ::``, and the offset behind it."""
    named = _CONSTRUCTOR_NAME.match(code, start, end)
    return (unquoted(named[1]), named.end()) if named else None


def fields(code: str, start: int, end: int) -> Iterator[Member]:
    """The fields of a structure whose body begins at `start`."""
    stop = _DERIVING.search(code, start, end)
    yield from entries(code, start, stop.start() if stop else end)


def constructors(code: str, start: int, end: int) -> Iterator[Member]:
    """The constructors of an inductive type."""
    depth = 0
    stop = _DERIVING.search(code, start, end)
    for found in _CASE.finditer(code, start, stop.start() if stop else end):
        if found[2]:
            depth = max(0, depth + (1 if found[2] in OPENING else -1))
        elif depth == 0:
            yield Member(unquoted(found[1]), found.start(1))


def derived_classes(code: str, start: int, end: int) -> Iterator[str]:
    """The classes that a ``deriving`` clause names, without their namespaces."""
    for clause in _DERIVING.finditer(code, start, end):
        position = clause.end()
        while found := _DERIVED.match(code, position, end):
            yield parts_of(found[1])[-1]
            position = found.end()


def local_definitions(code: str, start: int, end: int) -> Iterator[Member]:
    """Definitions inside a proof or value that get names of their own: ``let rec`` and those after ``where``."""
    for found in _LET_REC.finditer(code, start, end) if code.find("let rec", start, end) >= 0 else ():
        yield Member(unquoted(found[1]), found.start(1))
    if code.find("where", start, end) >= 0 and (where := _WHERE.search(code, start, end)):
        yield from entries(code, where.end(), end)


def entries(code: str, start: int, end: int) -> Iterator[Member]:
    """What the leftmost lines of an indented block name; binder groups of one line count one by one."""
    depth, column = 0, None
    position = start
    while position < end:
        line_end = code.find("\n", position, end)
        line_end = end if line_end < 0 else line_end
        line = code[position:line_end]
        indentation = len(line) - len(line.lstrip())
        if line.strip() and depth == 0:
            is_first_line = position == start
            if column is None and not is_first_line:
                column = indentation
            if is_first_line or indentation <= (column or 0):
                yield from _named_in(line, position)
        for bracket in BRACKET.finditer(line):
            depth = max(0, depth + (1 if bracket.group() in OPENING else -1))
        position = line_end + 1


def _named_in(line: str, offset: int) -> Iterator[Member]:
    entry = _ENTRY.match(line)
    if entry is None:
        return
    groups = _GROUP.finditer(line) if entry["bracket"] else [entry]
    for group in groups:
        for name in re.finditer(PART, group["names"]):
            place = offset + group.start("names") + name.start()
            yield Member(unquoted(name.group()), place, entry["visibility"] == "private")


def _split_at_commas(code: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, first = 0, start
    for position in range(start, end):
        character = code[position]
        if character in "([{⟨⦃":
            depth += 1
        elif character in ")]}⟩⦄":
            depth -= 1
        elif character == "," and depth == 0:
            yield first, position
            first = position + 1
    yield first, end


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
