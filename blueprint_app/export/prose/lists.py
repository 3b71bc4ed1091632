"""Lists: itemize, enumerate with LaTeX's and the author's own numbering, description."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blueprint_app.export.prose.flow import Until, compact, line
from blueprint_app.export.prose.markup import EMPTY, Html, element, text
from blueprint_app.export.prose.stream import end_tokens, source_of
from blueprint_app.sources.tex.lexer import CONTROL, tokens_of

if TYPE_CHECKING:
    from blueprint_app.export.prose.converter import Converter

LISTS = frozenset({"itemize", "enumerate", "description", "inparaenum", "compactenum", "compactitem", "list", "steps"})
_NUMBERED = frozenset({"enumerate", "inparaenum", "compactenum", "steps"})
_DEFAULTS = ("{arabic}.", "({alph})", "{roman}.", "{Alph}.")
_COUNTERS = re.compile(r"\\(arabic|alph|roman|Alph|Roman)\s*(?:\*|\{\s*\w*\s*\})")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def read(converter: Converter, name: str) -> Html:
    r"""The list `name`, whose ``\begin`` was just passed, up to its ``\end``."""
    stream = converter.stream
    kind = name.rstrip("*")
    option = source_of(stream.option() or [])
    if kind == "list":
        stream.argument()
        stream.argument()
    converter.open_environments.append(name)
    converter.list_depth += kind in _NUMBERED
    style, number = numbering(option, max(converter.list_depth, 1))
    items: list[Html] = []
    before = compact(converter.read(Until.ITEM))
    while _at_item(converter):
        marker = converter.stream.option()
        own = None if marker is None else line(converter.converted(marker))
        if marker is None and kind in _NUMBERED:
            own, number = _marker(converter, style, number), number + 1
        items.append(_item(own, compact(converter.read(Until.ITEM)), kind))
    converter.list_depth -= kind in _NUMBERED
    converter.open_environments.pop()
    _pass_end(converter, name)
    tag = {"description": "dl"}.get(kind, "ol" if kind in _NUMBERED else "ul")
    return Html((element("p", before) if before else EMPTY) + element(tag, *items, class_="items"))


def numbering(option: str, depth: int) -> tuple[str, int]:
    """The style of a numbered list, ``({roman})`` say, and its first number, from its options.

    Known are enumitem's ``label=``, ``start=`` and ``label*=``, and the short form of the packages
    enumerate and enumitem (``[(i)]``).
    """
    default = _DEFAULTS[min(depth, len(_DEFAULTS)) - 1]
    start = re.search(r"start\s*=\s*(\d{1,6})", option)
    number = int(start.group(1)) if start else 1
    label = re.search(r"label\*?\s*=\s*(\{(?:[^{}]|\{[^{}]*\})*\}|[^,]*)", option)
    if label is not None:
        given = label.group(1).strip()
        given = given[1:-1] if given.startswith("{") and given.endswith("}") else given
        return _COUNTERS.sub(lambda found: "{" + found.group(1) + "}", given), number
    if option and "=" not in option:
        short = _short_form(option)
        return short or default, number
    return default, number


def _short_form(option: str) -> str:
    """``(i)`` as ``({roman})``; the first sign that stands for a number counts."""
    names = {"1": "arabic", "i": "roman", "I": "Roman", "a": "alph", "A": "Alph"}
    found = re.search(r"(?<![A-Za-z\\])[1iIaA](?![A-Za-z])", option)
    if found is None:
        return ""
    return f"{option[: found.start()]}{{{names[found.group()]}}}{option[found.end() :]}"


def counted(style: str, number: int) -> str:
    """A style with the number filled in; past z letters go on as numbers."""
    letter = chr(ord("a") + number - 1) if 1 <= number <= 26 else str(number)
    roman = _roman(number)
    written = {"arabic": str(number), "alph": letter, "Alph": letter.upper(), "roman": roman, "Roman": roman.upper()}
    return re.sub(r"\{(arabic|alph|Alph|roman|Roman)\}", lambda found: written[found.group(1)], style)


def _marker(converter: Converter, style: str, number: int) -> Html:
    """An item's marker; the fonts an author asks for in it count."""
    return line(converter.converted(tokens_of(counted(style, number))))


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _item(marker: Html | None, content: Html, kind: str) -> Html:
    if kind == "description":
        return Html(element("dt", marker or EMPTY) + element("dd", content))
    if marker is None:
        return element("li", content)
    return element("li", element("span", marker, class_="marker"), text(" "), element("div", content), class_="marked")


def _at_item(converter: Converter) -> bool:
    r"""Whether an ``\item`` comes next; it is passed."""
    token = converter.stream.peek()
    if token is None or token.kind != CONTROL or token.text not in ("item", "bibitem"):
        return False
    converter.stream.next()
    if token.text == "bibitem":
        converter.stream.option()
        converter.stream.argument()
    return True


def _pass_end(converter: Converter, name: str) -> None:
    r"""Pass this list's own ``\end``; another's is left to it."""
    token = converter.stream.peek()
    if token is None or token.kind != CONTROL or token.text != "end":
        return
    converter.stream.next()
    ended = source_of(converter.stream.argument()).strip()
    if ended != name:
        converter.stream.push(end_tokens(ended))
