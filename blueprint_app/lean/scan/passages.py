"""Tells where the statement of a declaration ends and its proof or value begins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from blueprint_app.lean.names import NOT_AFTER
from blueprint_app.lean.scan.commands import OPENING

# What stands before a word is looked at afterwards: the expression engine is quick where a first character tells.
_MARK = re.compile(
    rf"""
    [()\[\]{{}}⟨⟩⦃⦄]  |  :=  |  =>  |  \|
  | (?P<cases>fun{NOT_AFTER}\s*(?=\|)  |  λ\s*(?=\|)  |  match{NOT_AFTER})
  | (?:let{NOT_AFTER}  |  have{NOT_AFTER}  |  letI{NOT_AFTER}  |  haveI{NOT_AFTER}  |  let_fun{NOT_AFTER}
    |  where{NOT_AFTER}  |  fun{NOT_AFTER})
  | λ
    """,
    re.VERBOSE,
)
_CLOSING = frozenset(")]}⟩⦄")
_INITIALS = frozenset("lhwfm")
_FUNCTION = frozenset({"fun", "λ"})
_BINDING = frozenset({"let", "have", "letI", "haveI", "let_fun"})


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a statement ends, and by what: ``:=``, ``where``, ``|``, or "" for the end of the declaration."""

    offset: int
    by: str


def cut_of(code: str, start: int, end: int) -> Cut:
    """The end of the statement in the declaration whose binders begin at `start`.

    A ``:=`` may belong to a ``let`` of the statement, and a ``|`` to an absolute value or to a ``match``
    in it; a ``|`` begins the cases of a definition if a ``=>`` of no ``fun`` comes before the ``:=``.
    """
    bindings = functions = 0
    bar = -1
    cases_are_inside = False
    for found in _outer_marks(code, start, end):
        mark = found.group()
        if found["cases"]:
            cases_are_inside = True
        elif mark == "where" or (mark == ":=" and not bindings):
            return Cut(found.start(), mark)
        elif mark == ":=":
            bindings -= 1
        elif mark in _BINDING:
            bindings += 1
        elif mark in _FUNCTION:
            functions += 1
        elif mark == "|" and bar < 0 and not cases_are_inside:
            bar = found.start()
        elif mark == "=>" and functions:
            functions -= 1
        elif mark == "=>" and bar >= 0:
            return Cut(bar, "|")
    return Cut(end, "")


def _outer_marks(code: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The marks that stand in no brackets."""
    depth = 0
    for found in _MARK.finditer(code, start, end):
        mark = found.group()
        if mark in OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and not (mark[0] in _INITIALS and _continues_name(code, found.start())):
            yield found


def _continues_name(code: str, position: int) -> bool:
    before = code[position - 1] if position else " "
    return before.isalnum() or before in "_.'«!?`"
