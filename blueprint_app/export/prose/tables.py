"""Tables: rows and cells of tabular and its kin, with alignment and joined columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from blueprint_app.export.prose.markup import Html, element
from blueprint_app.export.prose.stream import TokenStream, source_of
from blueprint_app.sources.tex.lexer import ALIGN, CLOSE, CONTROL, OPEN, PAR, TEXT, Token

if TYPE_CHECKING:
    from blueprint_app.export.prose.converter import Converter

TABLES = frozenset({"tabular", "tabularx", "tabulary", "longtable", "tabbing"})
ARRAYS = frozenset({"array", "matrix", "pmatrix", "bmatrix", "cases", "aligned", "gathered", "split"})
"""What belongs into a formula; an author who left it outside gets one around it."""

COLUMNS = 64
"""How many columns one cell may span."""

_RULES = frozenset([
    "hline", "toprule", "midrule", "bottomrule", "endhead", "endfirsthead", "endfoot", "endlastfoot",
    "noalign",
])  # fmt: skip
_RULES_WITH_ARGUMENT = frozenset({"cline", "cmidrule", "addlinespace"})


def read(converter: Converter, name: str) -> Html:
    r"""The table `name`, whose ``\begin`` was just passed, up to its ``\end``."""
    if name.rstrip("*") in ("tabularx", "tabulary") or name == "tabular*":
        converter.stream.argument()
    converter.stream.option()
    columns = [] if name == "tabbing" else alignments(source_of(converter.stream.argument()))
    rows = _rows(converter.stream.environment_body(name))
    made = [element("tr", *_cells(converter, row, columns)) for row in rows]
    return element("table", element("tbody", *made))


def alignments(specification: str) -> list[str]:
    """The classes of a table's columns, from its specification (``{l|cc p{3cm}}``)."""
    plain = re.sub(r"[>@!<]\s*\{[^{}]*\}", "", specification)
    plain = re.sub(r"\*\s*\{(\d{1,2})\}\s*\{([^{}]*)\}", lambda found: found.group(2) * int(found.group(1)), plain)
    plain = re.sub(r"([pmbXw])\s*\{[^{}]*\}", "l", plain)
    return [{"c": "centre", "r": "right"}.get(letter, "left") for letter in plain if letter in "lcrX"]


def _rows(tokens: Sequence[Token]) -> list[list[list[Token]]]:
    """The cells of each row; those of inner groups and environments stay whole."""
    stream = TokenStream("", {})
    stream.push(tokens)
    rows: list[list[list[Token]]] = [[[]]]
    depth = 0
    while (token := stream.next()) is not None:
        name = token.text if token.kind == CONTROL else ""
        depth += (token.kind == OPEN or name == "begin") - (token.kind == CLOSE or name == "end")
        if depth == 0 and token.kind == ALIGN:
            rows[-1].append([])
        elif depth == 0 and name in ("\\", "tabularnewline", "cr"):
            stream.take_star()
            stream.option()
            rows.append([[]])
        elif depth == 0 and name in _RULES_WITH_ARGUMENT:
            stream.option()
            stream.argument()
        elif not (depth == 0 and name in _RULES) and token.kind != PAR:
            rows[-1][-1].append(token)
    return [row for row in rows if any(token.kind != TEXT or token.text.strip() for cell in row for token in cell)]


def _cells(converter: Converter, row: Sequence[list[Token]], columns: Sequence[str]) -> list[Html]:
    cells: list[Html] = []
    column = 0
    for tokens in row:
        span = _span(tokens)
        side = columns[column] if column < len(columns) else "left"
        content = converter.cell(tokens)
        cells.append(element("td", content, class_=side, colspan=str(span) if span > 1 else None))
        column += span
    return cells


def _span(tokens: Sequence[Token]) -> int:
    r"""How many columns a cell spans: more than one where it is a ``\multicolumn``."""
    for index, token in enumerate(tokens):
        if token.kind == CONTROL and token.text == "multicolumn":
            count = source_of(tokens[index + 1 : index + 4]).strip("{} ")
            return min(int(count), COLUMNS) if count.isascii() and count.isdigit() and int(count) > 0 else 1
        if token.kind != TEXT or token.text.strip():
            return 1
    return 1
