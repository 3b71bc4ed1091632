"""Formulas as the mathematics engine gets them: numbers and references filled in, all else as written."""

from collections.abc import Iterable, Sequence

from blueprint_app.export.prose.markup import Html, element, text, unrendered
from blueprint_app.export.prose.references import CITATIONS, References, anchor_of
from blueprint_app.export.prose.stream import TokenStream, source_of, whole_body
from blueprint_app.insight.references import REFERENCES
from blueprint_app.model.blueprint import MacroDefinition
from blueprint_app.sources.tex.lexer import CONTROL, TEXT, Token, tokens_of

DISPLAYS = frozenset(
    [
        "equation", "align", "gather", "multline", "alignat", "flalign", "eqnarray", "xalignat", "xxalignat",
        "displaymath", "dmath",
    ]
)  # fmt: skip
"""Environments that are displayed formulas, without their star."""

ENGINE_DISPLAYS = DISPLAYS - {"displaymath", "dmath"}
"""Those that the engine knows by name; of the others it gets the content."""

DRAWINGS = {
    "tikzcd": "a commutative diagram (tikz-cd), which needs TeX",
    "tikzpicture": "a TikZ picture, which needs TeX",
    "xy": "an Xy-pic diagram, which needs TeX",
    "picture": "a picture, which needs TeX",
    "forest": "a tree (forest), which needs TeX",
    "prooftree": "a proof tree, which needs TeX",
}
"""Environments that only TeX can draw, and the reason given."""

_DRAWING_COMMANDS = {"xymatrix": "an Xy-pic diagram, which needs TeX", "tikz": "a TikZ picture, which needs TeX"}
_DROPPED = frozenset(
    [
        "qedhere", "nonumber", "notag", "displaybreak", "allowdisplaybreaks", "leanok", "mathlibok", "notready",
        "footnotemark", "noindent", "hfill", "centering", "hfil", "protect", "relax", "leavevmode", "xspace",
        "ignorespaces", "par", "medskip", "smallskip", "bigskip",
    ]
)  # fmt: skip
_DROPPED_WITH_ARGUMENTS = {
    **dict.fromkeys(("uses", "lean", "discussion", "proves", "alsoIn", "footnote", "index", "vspace"), 1),
    **dict.fromkeys(("setlength", "addtolength", "setcounter"), 2),
}
"""What a formula may hold though it shows nothing there, with its number of arguments."""

_ENGINE_MACROS: dict[str, list[str | int]] = {
    "ensuremath": ["{#1}", 1],
    "mathds": ["\\mathbb{#1}", 1],
    "mathbbm": ["\\mathbb{#1}", 1],
    "mathbbold": ["\\mathbb{#1}", 1],
    "bm": ["\\boldsymbol{#1}", 1],
    "llbracket": ["\\mathopen{\\unicode{x27E6}}", 0],
    "rrbracket": ["\\mathclose{\\unicode{x27E7}}", 0],
    "textsc": ["\\text{#1}", 1],
    "textsf": ["\\mathsf{\\text{#1}}", 1],
    "textup": ["\\text{#1}", 1],
    "textnormal": ["\\text{#1}", 1],
    "emph": ["\\textit{#1}", 1],
    "dotsb": ["\\cdots", 0],
    "slash": ["/", 0],
    "ltimes": ["\\unicode{x22C9}", 0],
    "hdots": ["\\dots", 0],
    "mathlarger": ["#1", 1],
    "mapsfrom": ["\\mathrel{\\unicode{x21A4}}", 0],
    "larger": ["", 0],
    "displaylimits": ["", 0],
    "displaybreak": ["", 0],
    "xspace": ["", 0],
    "qedhere": ["", 0],
    "leavevmode": ["", 0],
    "protect": ["", 0],
    "phantomsection": ["", 0],
}

EngineMacro = list[str | int | list[str | None]]


def engine_macros(macros: Iterable[MacroDefinition]) -> dict[str, EngineMacro]:
    r"""The project's macros as the engine's table: name to ``[body, arity]`` and a default or a template.

    A template lists the texts in front of the first parameter and behind each of them, None
    where there is none, as the engine takes a delimited ``\def``.
    """
    table: dict[str, EngineMacro] = {name: list(value) for name, value in _ENGINE_MACROS.items()}
    for macro in macros:
        if not macro.name or _mentions_itself(macro):
            continue
        entry: EngineMacro = [whole_body(macro), macro.parameters]
        if macro.delimited is not None:
            entry.append(_template(macro.delimited, macro.parameters))
        elif macro.default is not None:
            entry.append(macro.default)
        table[macro.name] = entry
    return table


def formula(tokens: Sequence[Token], references: References, *, display: bool, environment: str = "") -> Html:
    """A formula's element: its source as text, for the engine to replace.

    `environment` is the display's own (``align*``); its equations get the numbers of the labels
    in them.
    """
    reason = _drawing(tokens)
    numbered = environment if environment and not environment.endswith("*") else ""
    tex, labels = _filled_in(tokens, references, numbered=bool(numbered))
    if environment.rstrip("*") in ENGINE_DISPLAYS:
        tex = f"\\begin{{{environment}}}{tex}\\end{{{environment}}}"
    if reason:
        return unrendered(tex.strip(), reason)
    anchor = next((anchor_of(label) for label in labels if references.is_landmark(label)), None)
    return element("span", text(tex.strip()), class_="formula display" if display else "formula", id=anchor)


def _drawing(tokens: Sequence[Token]) -> str:
    """Why only TeX can draw this formula, or "" where the engine can."""
    for index, token in enumerate(tokens):
        if token.kind == CONTROL and token.text in _DRAWING_COMMANDS:
            return _DRAWING_COMMANDS[token.text]
        if token.kind == CONTROL and token.text == "begin" and index + 2 < len(tokens):
            reason = DRAWINGS.get(tokens[index + 2].text.strip())
            if reason:
                return reason
    return ""


def _filled_in(tokens: Sequence[Token], references: References, *, numbered: bool) -> tuple[str, list[str]]:
    """The formula's source with labels turned into tags and references into text, and its labels.

    A tag waits for the end of its row outside inner environments, as the engine takes none inside.
    """
    stream = TokenStream("", {})
    stream.push(tokens)
    kept: list[Token] = []
    labels: list[str] = []
    waiting = ""
    has_tag = False
    depth = 0
    while (token := stream.next()) is not None:
        name = token.text if token.kind == CONTROL else ""
        depth += (name == "begin") - (name == "end")
        if name == "label":
            labels.append(" ".join(source_of(stream.argument()).split()))
            waiting = references.equation_number(labels[-1]) or waiting
        elif name == "tag":
            has_tag = True
            kept.append(token)
        elif name in REFERENCES or name in CITATIONS:
            kept.append(_as_text(_printed(name, stream, references)))
        elif name in _DROPPED_WITH_ARGUMENTS:
            stream.option()
            for _ in range(_DROPPED_WITH_ARGUMENTS[name]):
                stream.argument()
        elif name == "intertext":
            # The engine has no such line; a row of its own keeps the words, the columns stay.
            kept.extend(tokens_of(f"\\\\ \\text{{{source_of(stream.argument())}}} \\\\"))
        elif name in ("\\", "cr") and depth == 0:
            kept.extend([*_tag(waiting, numbered and not has_tag), token])
            waiting, has_tag = "", False
        elif name not in _DROPPED:
            kept.append(token)
    kept.extend(_tag(waiting, numbered and not has_tag))
    return source_of(kept), labels


def _printed(command: str, stream: TokenStream, references: References) -> str:
    stream.take_star()
    stream.option()
    argument = source_of(stream.argument())
    return references.cited(argument) if command in CITATIONS else references.printed(command, argument)


def _as_text(words: str) -> Token:
    plain = "".join(character for character in words if character not in "\\{}$%#&^_~")
    return Token(TEXT, f"{{\\textrm{{{plain}}}}}", 0, 0)


def _tag(number: str, wanted: bool) -> list[Token]:
    if not number or not wanted:
        return []
    plain = "".join(character for character in number if character not in "\\{}$%#&^_~")
    return [Token(TEXT, f"\\tag{{{plain}}}", 0, 0)]


def _mentions_itself(macro: MacroDefinition) -> bool:
    r"""Whether a macro's body calls it again, which in the engine would never end (``\let`` kept the old one)."""
    start = macro.body.find("\\" + macro.name)
    end = start + 1 + len(macro.name)
    return start >= 0 and not (macro.name.isalpha() and macro.body[end : end + 1].isalpha())


def _template(delimited: str, parameters: int) -> list[str | None]:
    parts: list[str | None] = []
    rest = delimited
    for number in range(1, parameters + 1):
        before, _, rest = rest.partition(f"#{number}")
        parts.append(before or None)
    return [*parts, rest or None]
