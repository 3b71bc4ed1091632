r"""The project's own TeX macros that a text uses, written so that anybody can read the text with them."""

import re
from collections.abc import Iterable

from blueprint_app.model.blueprint import MacroDefinition

_CONTROL = re.compile(r"\\([A-Za-z@]+|[^A-Za-z\s])")


def macros_in(texts: Iterable[str], macros: Iterable[MacroDefinition]) -> tuple[MacroDefinition, ...]:
    """The macros that the texts use, and those that these use in turn, in the order of their definition."""
    known = {macro.name: macro for macro in macros}
    used: set[str] = set()
    waiting = [name for text in texts for name in _CONTROL.findall(text)]
    while waiting:
        name = waiting.pop()
        if name in known and name not in used:
            used.add(name)
            waiting += _CONTROL.findall(known[name].body)
    return tuple(macro for name, macro in known.items() if name in used)


def written(macros: Iterable[MacroDefinition]) -> str:
    r"""The definitions as ``\newcommand``, a line each; what a ``\def`` takes between words stays a ``\def``."""
    return "\n".join(_line(macro) for macro in macros)


def _line(macro: MacroDefinition) -> str:
    if macro.delimited is not None:
        return f"\\def\\{macro.name}{macro.delimited}{{{macro.body}}}"
    arity = f"[{macro.parameters}]" if macro.parameters else ""
    default = f"[{macro.default}]" if macro.default is not None else ""
    return f"\\newcommand{{\\{macro.name}}}{arity}{default}{{{macro.body}}}"
