"""The commands of running text: what each prints, and what it takes from behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from blueprint_app.export.prose.flow import Flow, Kind, Piece, Wrap, compact, wrapped
from blueprint_app.export.prose.formulas import formula
from blueprint_app.export.prose.markup import Html, element, text, unrendered, web_href
from blueprint_app.export.prose.references import CITATIONS, anchor_of
from blueprint_app.export.prose.stream import source_of
from blueprint_app.insight.references import REFERENCES
from blueprint_app.model.blueprint import MacroDefinition
from blueprint_app.sources.tex.lexer import CONTROL, PARAMETER, TEXT

if TYPE_CHECKING:
    from blueprint_app.export.prose.converter import Converter

Command = Callable[["Converter", str, Flow], None]


def _wrap(tag: str, class_: str | None = None) -> Wrap:
    return lambda inner: element(tag, inner, class_=class_)


_STYLES: dict[str, Wrap] = {
    **dict.fromkeys(("emph", "textit", "textsl"), _wrap("em")),
    **dict.fromkeys(("textbf", "strong", "alert"), _wrap("strong")),
    **dict.fromkeys(("texttt", "code", "lstinline", "path"), _wrap("code")),
    **dict.fromkeys(("underline", "uline", "ul"), _wrap("u")),
    **dict.fromkeys(("sout", "st"), _wrap("s")),
    "textsc": _wrap("span", "small-caps"),
    "textsuperscript": _wrap("sup"),
    "textsubscript": _wrap("sub"),
}
_DECLARATIONS: dict[str, Wrap] = {
    **dict.fromkeys(("em", "it", "itshape", "sl", "slshape"), _wrap("em")),
    **dict.fromkeys(("bf", "bfseries"), _wrap("strong")),
    **dict.fromkeys(("tt", "ttfamily"), _wrap("code")),
    **dict.fromkeys(("sc", "scshape"), _wrap("span", "small-caps")),
    **dict.fromkeys(("small", "footnotesize", "scriptsize", "tiny"), _wrap("small")),
}
_SHOWN = [
    "mbox", "hbox", "text", "textrm", "textnormal", "textsf", "textup", "textmd", "makebox", "fbox",
    "framebox", "parbox", "raisebox", "MakeUppercase", "uppercase", "lowercase", "center", "leftline",
    "centerline", "rightline", "smash", "operatorname", "mathrm",
]  # fmt: skip
"""Commands of which only the (last) argument is shown, with the number of arguments before it below."""
_BEFORE_SHOWN = {"parbox": 1, "raisebox": 1}

_IGNORED = [
    "noindent", "indent", "medskip", "smallskip", "bigskip", "centering", "raggedright", "raggedleft", "rm",
    "rmfamily", "sf", "sffamily", "md", "mdseries", "up", "upshape", "normalfont", "normalsize", "large",
    "Large", "LARGE", "huge", "Huge", "hfill", "vfill", "hfil", "clearpage", "newpage", "pagebreak",
    "nopagebreak", "linebreak", "nolinebreak", "relax", "protect", "leavevmode", "ignorespaces", "unskip",
    "maketitle", "bgroup", "egroup", "qedhere", "leanok", "mathlibok", "notready", "allowdisplaybreaks",
    "displaystyle", "textstyle", "appendix", "phantomsection", "null", "sloppy", "hline", "toprule",
    "midrule", "bottomrule", "makeatletter", "makeatother", "allowbreak", "footnotemark", "frenchspacing",
    "begingroup", "endgroup", "strut", "selectfont", "backmatter", "frontmatter", "mainmatter",
    "tableofcontents", "goodbreak", "filbreak", "global",
]  # fmt: skip
_IGNORED_WITH_ARGUMENTS = {
    **dict.fromkeys(
        [
            "vspace", "hspace", "vskip", "uses", "lean", "discussion", "proves", "alsoIn", "index", "phantom",
            "vphantom", "hphantom", "usepackage", "thispagestyle", "pagestyle", "bibliographystyle", "graphicspath",
            "bibliography", "cline", "hypersetup", "captionsetup", "pagenumbering", "setlist", "stepcounter",
            "refstepcounter", "cmidrule", "github", "home", "dochome",
        ],
        1,
    ),
    **dict.fromkeys(["setlength", "addtolength", "setcounter", "addtocounter", "numberwithin", "rule"], 2),
    **dict.fromkeys(("definecolor", "addcontentsline"), 3),
    "DeclareMathOperator": 2,
}  # fmt: skip
_HEADINGS = ["part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"]
_COLOURS = frozenset(
    [
        "red", "green", "blue", "cyan", "magenta", "yellow", "orange", "violet", "purple", "brown", "gray",
        "darkgray", "lightgray", "teal", "olive", "lime", "pink",
    ]
)  # fmt: skip


def _style(converter: Converter, name: str, flow: Flow) -> None:
    if name == "lstinline":
        converter.stream.option()
    flow.extend(wrapped(converter.argument(), _STYLES[name]))


def _declaration(_converter: Converter, name: str, flow: Flow) -> None:
    flow.declare(_DECLARATIONS[name])


def _shown(converter: Converter, name: str, flow: Flow) -> None:
    converter.stream.take_star()
    while converter.stream.option() is not None:
        pass
    for _ in range(_BEFORE_SHOWN.get(name, 0)):
        converter.stream.argument()
    flow.extend(converter.argument())


def _ignored(_converter: Converter, _name: str, _flow: Flow) -> None:
    """Nothing of it shows."""


def _ignored_with_arguments(converter: Converter, name: str, _flow: Flow) -> None:
    converter.stream.take_star()
    converter.stream.option()
    for _ in range(_IGNORED_WITH_ARGUMENTS[name]):
        converter.stream.argument()


def _paragraph(_converter: Converter, _name: str, flow: Flow) -> None:
    flow.end_paragraph()


def _line_break(converter: Converter, _name: str, flow: Flow) -> None:
    converter.stream.take_star()
    converter.stream.option()
    flow.run(element("br"))


def _heading(converter: Converter, _name: str, flow: Flow) -> None:
    converter.stream.take_star()
    converter.stream.option()
    flow.end_paragraph()
    flow.run(element("strong", converter.argument_line(), class_="run-in"))
    flow.run(text(" "))


def _reference(converter: Converter, name: str, flow: Flow) -> None:
    converter.stream.take_star()
    converter.stream.option()
    labels = source_of(converter.stream.argument())
    if "range" in name:
        labels += "," + source_of(converter.stream.argument())
    flow.run(converter.references.link(name, labels))


def _hyperref(converter: Converter, _name: str, flow: Flow) -> None:
    label = converter.stream.option()
    words = converter.argument_line()
    flow.run(words if label is None else converter.references.named_link(source_of(label), words))


def _citation(converter: Converter, name: str, flow: Flow) -> None:
    converter.stream.take_star()
    notes = [converter.option_line(), converter.option_line()]
    keys = source_of(converter.stream.argument())
    if name != "nocite":
        note = Html(" ".join(note for note in notes if note))
        flow.run(converter.references.citation(keys, note))


def _label(converter: Converter, _name: str, flow: Flow) -> None:
    label = " ".join(source_of(converter.stream.argument()).split())
    if converter.references.is_landmark(label):
        flow.run(element("span", id=anchor_of(label)))


def _footnote(converter: Converter, _name: str, flow: Flow) -> None:
    converter.stream.option()
    tokens = converter.stream.argument()
    # The place is taken first, as a note inside this note has a higher number.
    converter.footnotes.append(Html(""))
    number = len(converter.footnotes)
    converter.footnotes[number - 1] = compact(converter.converted(tokens))
    flow.run(element("sup", text(str(number)), class_="footnote-mark"))


def _link(converter: Converter, _name: str, flow: Flow) -> None:
    converter.stream.option()
    address = _address(converter.stream.raw_argument())
    words = converter.argument_line() or text(address)
    href = web_href(address)
    if href is None:
        flow.run(element("span", words, class_="unresolved", title=f"no address of the web: {address}"))
    else:
        flow.run(element("a", words, href=href, class_="external", title=address))


def _url(converter: Converter, _name: str, flow: Flow) -> None:
    address = _address(converter.stream.raw_argument())
    href = web_href(address)
    shown = text(address)
    flow.run(element("code", shown) if href is None else element("a", shown, href=href, class_="external"))


def _address(source: str) -> str:
    """An address without the backslashes that TeX asks for in front of its signs."""
    return "".join(source.replace("\\%", "%").replace("\\#", "#").replace("\\_", "_").replace("\\&", "&").split())


def _coloured(converter: Converter, _name: str, flow: Flow) -> None:
    converter.stream.option()
    colour = source_of(converter.stream.argument()).strip().lower().partition("!")[0]
    pieces = converter.argument()
    flow.extend(wrapped(pieces, _wrap("span", f"colour-{colour}")) if colour in _COLOURS else pieces)


def _colour_declared(converter: Converter, _name: str, flow: Flow) -> None:
    converter.stream.option()
    colour = source_of(converter.stream.argument()).strip().lower().partition("!")[0]
    if colour in _COLOURS:
        flow.declare(_wrap("span", f"colour-{colour}"))


def _verb(converter: Converter, _name: str, flow: Flow) -> None:
    flow.run(element("code", text(converter.stream.raw_verb())))


def _ensure_math(converter: Converter, _name: str, flow: Flow) -> None:
    tokens = converter.stream.argument()
    if tokens:
        flow.run(formula(tokens, converter.references, display=False))


def _picture(converter: Converter, _name: str, flow: Flow) -> None:
    converter.stream.take_star()
    converter.stream.option()
    file = source_of(converter.stream.argument()).strip()
    flow.run(element("span", text(f"picture: {file}"), class_="placeholder", title="pictures are not read"))


def _caption(converter: Converter, _name: str, flow: Flow) -> None:
    converter.stream.take_star()
    converter.stream.option()
    flow.block(element("figcaption", converter.argument_line()))


def _note(converter: Converter, name: str, flow: Flow) -> None:
    converter.stream.option()
    pieces = converter.argument()
    flow.extend(wrapped(pieces, _wrap("span", "note")) if pieces else [Piece(Kind.RUN, text(name))])


def _or_pdf(converter: Converter, _name: str, flow: Flow) -> None:
    shown = converter.stream.argument()
    converter.stream.argument()
    flow.extend(converter.converted(shown))


def _multicolumn(converter: Converter, _name: str, flow: Flow) -> None:
    converter.stream.argument()
    converter.stream.argument()
    flow.extend(converter.argument())


def _quoted(converter: Converter, _name: str, flow: Flow) -> None:
    flow.run(text("“"))
    flow.extend(converter.argument())
    flow.run(text("”"))


def _drawing(converter: Converter, name: str, flow: Flow) -> None:
    option = converter.stream.option()
    shown = f"[{source_of(option)}]" if option else ""
    source = f"\\{name}{shown}{{{source_of(converter.stream.argument())}}}"
    flow.run(unrendered(source, "a drawing, which needs TeX"))


def _new_command(converter: Converter, _name: str, _flow: Flow) -> None:
    """A macro defined inside the passage counts from here to its end."""
    stream = converter.stream
    stream.take_star()
    defined = [token for token in stream.argument() if token.kind == CONTROL]
    count = source_of(stream.option() or []).strip()
    default = stream.option()
    body = source_of(stream.argument())
    if defined:
        arity = int(count) if count in tuple("123456789") else 0
        shown_default = None if default is None else source_of(default)
        converter.macros[defined[0].text] = MacroDefinition(defined[0].text, arity, body, shown_default)


def _def(converter: Converter, _name: str, _flow: Flow) -> None:
    stream = converter.stream
    token = stream.next()
    arity = 0
    while (following := stream.peek()) is not None and following.kind in (PARAMETER, TEXT):
        stream.next()
        arity += following.kind == PARAMETER
    body = source_of(stream.argument())
    if token is not None and token.kind == CONTROL:
        converter.macros[token.text] = MacroDefinition(token.text, arity, body)


COMMANDS: dict[str, Command] = {
    **dict.fromkeys(_STYLES, _style),
    **dict.fromkeys(_DECLARATIONS, _declaration),
    **dict.fromkeys(_SHOWN, _shown),
    **dict.fromkeys(_IGNORED, _ignored),
    **dict.fromkeys(_IGNORED_WITH_ARGUMENTS, _ignored_with_arguments),
    **dict.fromkeys(_HEADINGS, _heading),
    **dict.fromkeys(REFERENCES, _reference),
    **dict.fromkeys(CITATIONS, _citation),
    **dict.fromkeys(("todo", "marginpar", "fixme", "TODO"), _note),
    **dict.fromkeys(("newcommand", "renewcommand", "providecommand"), _new_command),
    **dict.fromkeys(("def", "gdef", "edef"), _def),
    **dict.fromkeys(("xymatrix", "tikz"), _drawing),
    "verb": _verb,
    **dict.fromkeys(("\\", "newline", "cr", "tabularnewline"), _line_break),
    "par": _paragraph,
    "hyperref": _hyperref,
    "hyperlink": _or_pdf,
    "label": _label,
    "footnote": _footnote,
    "footnotetext": _footnote,
    "thanks": _footnote,
    "href": _link,
    "url": _url,
    "nolinkurl": _url,
    "textcolor": _coloured,
    "colorbox": _coloured,
    "color": _colour_declared,
    "ensuremath": _ensure_math,
    "includegraphics": _picture,
    "caption": _caption,
    "texorpdfstring": _or_pdf,
    "multicolumn": _multicolumn,
    "multirow": _multicolumn,
    "enquote": _quoted,
}
