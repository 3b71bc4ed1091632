"""Conditionals: which branch plasTeX would take."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from blueprint_app.sources.tex.lexer import CONTROL, TEXT, Token
from blueprint_app.sources.tex.macros import Macro

if TYPE_CHECKING:
    from blueprint_app.sources.leanblueprint.machine import Machine
    from blueprint_app.sources.leanblueprint.vocabulary import Handler

_RELATIONS: dict[str, Callable[[int, int], bool]] = {"<": operator.lt, ">": operator.gt, "=": operator.eq}


def constant(value: bool) -> Handler:
    """A conditional that always takes the same branch."""

    def test(machine: Machine, token: Token) -> None:
        machine.branch(token, value)

    return test


def ifx(machine: Machine, token: Token) -> None:
    """``\\ifx`` and ``\\if``: whether two tokens agree, for ``\\ifx`` in what they mean."""
    first, second = machine.stream.next_character(), machine.stream.next_character()
    if first is None or second is None:
        return
    same = (first.kind, first.text) == (second.kind, second.text)
    if not same and token.text == "ifx" and first.kind == second.kind == CONTROL:
        same = _same_meaning(machine, first.text, second.text)
    machine.branch(token, same)


def _same_meaning(machine: Machine, first: str, second: str) -> bool:
    one, other = machine.meanings.get(first), machine.meanings.get(second)
    if isinstance(one, Macro) and isinstance(other, Macro):
        return [(t.kind, t.text) for t in one.body] == [(t.kind, t.text) for t in other.body]
    return one is other and one is not None


def ifdefined(machine: Machine, token: Token) -> None:
    """``\\ifdefined\\name``."""
    name = machine.stream.next()
    machine.branch(token, name is not None and is_defined(machine, name.text))


def ifcsname(machine: Machine, token: Token) -> None:
    """``\\ifcsname name\\endcsname``."""
    machine.branch(token, is_defined(machine, machine.spelt_name()))


def is_defined(machine: Machine, name: str) -> bool:
    """Whether the document, or plasTeX as far as it is known here, defines a control word."""
    return name in machine.meanings or name in machine.macros or name in _COMMON_NAMES


def ifnum(machine: Machine, token: Token) -> None:
    """``\\ifnum a<b`` and ``\\ifdim``, with numbers and counters."""
    first = read_number(machine)
    machine.stream.skip_spaces()
    relation = machine.stream.next_character()
    second = read_number(machine)
    compare: Callable[[int, int], bool] = _RELATIONS.get(relation.text if relation else "", operator.eq)
    machine.branch(token, compare(first, second))


def ifodd(machine: Machine, token: Token) -> None:
    """``\\ifodd``."""
    machine.branch(token, read_number(machine) % 2 == 1)


def ifcase(machine: Machine, token: Token) -> None:
    """``\\ifcase``: the branch of that number."""
    machine.take_branch(token, read_number(machine))


def ifmmode(machine: Machine, token: Token) -> None:
    """``\\ifmmode``."""
    machine.branch(token, machine.is_math_mode)


def ifvoid(machine: Machine, token: Token) -> None:
    """``\\ifvoid``, ``\\ifeof`` and other questions about registers, to which plasTeX says no."""
    read_number(machine)
    machine.branch(token, False)


def read_number(machine: Machine) -> int:
    """The integer that comes next, 0 where none does."""
    machine.stream.skip_spaces()
    token = machine.stream.next()
    if token is None:
        return 0
    if token.kind == TEXT:
        found = re.match(r"[+-]?\d{1,9}", token.text)
        if found is None:
            machine.stream.push((token,))
            return 0
        rest = token.text[found.end() :]
        if rest:
            machine.stream.push((token._replace(text=rest, start=token.start + found.end()),))
        return int(found[0])
    if token.kind == CONTROL:
        meaning = machine.meanings.get(token.text)
        if isinstance(meaning, Macro):
            machine.stream.push(meaning.expand(machine.stream, token))
            return read_number(machine)
        if token.text == "value":
            return machine.counters.value(machine.stream.read_name())
    return 0


_COMMON_NAMES = frozenset(
    [
        "relax",
        "par",
        "emph",
        "textbf",
        "textit",
        "frac",
        "sqrt",
        "alpha",
        "beta",
        "mathbb",
        "mathcal",
        "ifplastex",
        "plastexfalse",
    ]
)

HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("iftrue", "ifplastex", "ifhtml", "ifhmode"), constant(True)),
    **dict.fromkeys(("iffalse", "ifpdf", "ifvmode", "ifinner"), constant(False)),
    "if": ifx,
    "ifx": ifx,
    "ifdefined": ifdefined,
    "ifcsname": ifcsname,
    "ifnum": ifnum,
    "ifdim": ifnum,
    "ifodd": ifodd,
    "ifcase": ifcase,
    "ifmmode": ifmmode,
    **dict.fromkeys(("ifvoid", "ifhbox", "ifvbox", "ifeof"), ifvoid),
}
