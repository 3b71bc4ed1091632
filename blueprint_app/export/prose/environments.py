"""The environments of running text: displays, theorem-like ones, quotes, figures, verbatim, and unknown ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blueprint_app.export.prose import lists, tables
from blueprint_app.export.prose.flow import Flow, Until, paragraphs
from blueprint_app.export.prose.formulas import DISPLAYS, DRAWINGS, formula
from blueprint_app.export.prose.markup import Html, element, text, unrendered
from blueprint_app.export.prose.stream import source_of
from blueprint_app.sources.tex.lexer import CLOSE, OPEN, TEXT, Token

if TYPE_CHECKING:
    from blueprint_app.export.prose.converter import Converter

_VERBATIM = frozenset({"verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "alltt", "leancode", "lean"})
_HIDDEN = frozenset({"comment", "filecontents"})
_QUIET = frozenset(
    [
        "minipage", "subequations", "flushleft", "flushright", "small", "footnotesize", "spacing", "multicols",
        "document", "sloppypar", "singlespace", "abstract", "adjustbox", "adjustwidth", "samepage", "onehalfspace",
        "tiny", "scriptsize", "normalsize", "large", "subfigure",
    ]
)  # fmt: skip
"""Environments that only arrange what is in them, with the number of arguments they take below."""
_ARGUMENTS = {"minipage": 1, "multicols": 1, "spacing": 1, "adjustbox": 1, "adjustwidth": 2, "subfigure": 1}
_WORDS = {
    "defn": "Definition", "defi": "Definition", "lem": "Lemma", "prop": "Proposition", "thm": "Theorem",
    "cor": "Corollary", "rem": "Remark", "rmk": "Remark", "rk": "Remark", "ex": "Example", "eg": "Example",
    "exo": "Exercise", "conj": "Conjecture", "proofsketch": "Proof sketch", "obs": "Observation", "pf": "Proof",
}  # fmt: skip
_THEOREM_LIKE = re.compile(
    r"(?:sub)?(?:definition|lemma|proposition|theorem|corollary|remarks?|example|exercise|conjecture|claim|fact|note|"
    r"notation|observation|question|problem|assumption|axiom|construction|convention|warning|proof|sketch|case|step|"
    r"principle|algorithm|hypothesis|property|solution|answer|discussion|comment|caution|aside)s?",
    re.IGNORECASE,
)


def read(converter: Converter, name: str, flow: Flow) -> None:
    r"""Add the environment `name`, whose ``\begin{name}`` was just passed."""
    plain = name.rstrip("*")
    if plain in DISPLAYS or plain == "math":
        _formula(converter, name, flow)
    elif name in _VERBATIM:
        _verbatim(converter, name, flow)
    elif plain in _HIDDEN:
        converter.stream.raw_environment(name)
    elif plain in DRAWINGS:
        source = f"\\begin{{{name}}}{source_of(converter.stream.environment_body(name))}\\end{{{name}}}"
        flow.block(unrendered(source, DRAWINGS[plain], block=True))
    elif converter.is_deep():
        source = f"\\begin{{{name}}}{source_of(converter.stream.environment_body(name))}\\end{{{name}}}"
        flow.block(unrendered(source, "too deeply nested", block=True))
    elif plain in lists.LISTS:
        flow.block(lists.read(converter, name))
    elif plain in tables.TABLES:
        flow.block(tables.read(converter, name))
    elif plain in tables.ARRAYS:
        _stray_array(converter, name, flow)
    else:
        _text(converter, name, flow)


def body(converter: Converter, name: str) -> Html:
    r"""The content of a text environment as blocks; its ``\end`` is passed."""
    converter.open_environments.append(name)
    pieces = converter.read(Until.ENVIRONMENT)
    converter.open_environments.pop()
    return paragraphs(pieces)


def _formula(converter: Converter, name: str, flow: Flow) -> None:
    display = name != "math"
    if name.startswith("alignat") or name.startswith("xalignat"):
        # The number of columns is an argument of the engine's environment as well.
        columns = source_of(converter.stream.argument())
        tokens = [*_group(columns), *converter.stream.environment_body(name)]
    else:
        tokens = converter.stream.environment_body(name)
    flow.run(formula(tokens, converter.references, display=display, environment=name if display else ""))


def _group(source: str) -> list[Token]:
    return [Token(OPEN, "{", 0, 0), Token(TEXT, source, 0, 0), Token(CLOSE, "}", 0, 0)]


def _stray_array(converter: Converter, name: str, flow: Flow) -> None:
    source = f"\\begin{{{name}}}{source_of(converter.stream.environment_body(name))}\\end{{{name}}}"
    flow.run(element("span", text(source), class_="formula display"))


def _verbatim(converter: Converter, name: str, flow: Flow) -> None:
    source = converter.stream.raw_environment(name)
    first, _, rest = source.partition("\n")
    # What stands on the line of \begin are options ([language=lean], {lean}).
    if name != "verbatim" and rest and re.fullmatch(r"\s*(?:\[[^\]]*\]|\{[^}]*\})*\s*", first):
        source = rest
    flow.block(element("pre", element("code", text(source.rstrip().lstrip("\n")))))


def _text(converter: Converter, name: str, flow: Flow) -> None:
    plain = name.rstrip("*")
    if plain in _QUIET:
        converter.stream.option()
        for _ in range(_ARGUMENTS.get(plain, 0)):
            converter.stream.argument()
        flow.block(element("div", body(converter, name)))
    elif plain == "center":
        flow.block(element("div", body(converter, name), class_="centred"))
    elif plain in ("quote", "quotation", "verse", "displayquote"):
        flow.block(element("blockquote", body(converter, name)))
    elif plain in ("figure", "table", "wrapfigure", "longfigure"):
        _float(converter, name, flow)
    else:
        _theorem_like(converter, name, flow)


def _float(converter: Converter, name: str, flow: Flow) -> None:
    converter.stream.option()
    if name == "wrapfigure":
        converter.stream.argument()
        converter.stream.argument()
    flow.block(element("figure", body(converter, name)))


def _theorem_like(converter: Converter, name: str, flow: Flow) -> None:
    plain = name.rstrip("*")
    note = converter.option_line()
    word = _WORDS.get(plain.lower()) or (plain.capitalize() if _THEOREM_LIKE.fullmatch(plain) else "")
    head: Html | None = None
    if word:
        inside = Html(text(f"{word} (") + note + text(").")) if note else text(f"{word}.")
        head = element("strong", inside, class_="run-in")
    elif note:
        head = element("strong", note, class_="run-in")
    content = body(converter, name)
    if head is not None:
        opening = "<p>"
        if content.startswith(opening):
            content = Html(opening + head + " " + content.removeprefix(opening))
        else:
            content = Html(element("p", head) + content)
    known = bool(word)
    title = None if known else f"the environment {name}"
    flow.block(element("div", content, class_="environment" if known else "environment unknown", title=title))
