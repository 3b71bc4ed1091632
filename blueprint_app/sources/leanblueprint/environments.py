"""What plasTeX knows of environments: which step counters, have rows, are read verbatim."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Environment:
    """The traits of an environment that matter for structure.

    `arguments` spells its arguments: ``[`` an optional one, ``{`` a mandatory one, ``*`` a star.
    `rows` is "" for none, "plain", "numbered" (each row steps `counter`) or "array".
    """

    name: str
    arguments: str = ""
    counter: str = ""
    rows: str = ""
    is_theorem: bool = False
    is_proof: bool = False
    is_block: bool = False
    is_list: bool = False
    is_math: bool = False
    is_verbatim: bool = False
    float_counter: str = ""
    has_paragraphs: bool = False
    caption: str = ""


def _named(names: str, traits: Environment) -> dict[str, Environment]:
    return {name: replace(traits, name=name) for name in names.split()}


_ROWS = Environment("", rows="plain", is_block=True)
_STARRED = replace(_ROWS, is_math=True)
_NUMBERED = replace(_STARRED, rows="numbered", counter="equation")

BASE: dict[str, Environment] = {
    **_named("itemize description trivlist", Environment("", is_list=True, is_block=True)),
    "enumerate": Environment("enumerate", "[", is_list=True, is_block=True),
    "list": Environment("list", "{{", is_list=True, is_block=True),
    "thebibliography": Environment("thebibliography", "{", is_list=True, is_block=True),
    **_named("center flushleft flushright quote quotation verse abstract titlepage", Environment("", is_block=True)),
    **_named("figure figure*", Environment("", "[", float_counter="figure", is_block=True, has_paragraphs=True)),
    **_named("table table*", Environment("", "[", float_counter="table", is_block=True)),
    "minipage": Environment("minipage", "[[[{"),
    "math": Environment("math", is_math=True),
    "displaymath": Environment("displaymath", is_math=True, is_block=True),
    "equation": Environment("equation", counter="equation", is_math=True, is_block=True),
    "eqnarray": replace(_NUMBERED, name="eqnarray"),
    "eqnarray*": replace(_STARRED, name="eqnarray*"),
    "array": Environment("array", "[{", rows="array", is_math=True, is_block=True),
    "tabular": Environment("tabular", "[{", rows="plain", is_block=True),
    "tabular*": Environment("tabular*", "{[{", rows="plain", is_block=True),
    **_named("tabularx tabulary", Environment("", "{{", rows="plain", is_block=True)),
    **_named("verbatim verbatim*", Environment("", is_verbatim=True, is_block=True)),
    "filecontents": Environment("filecontents", "{"),
    "filecontents*": Environment("filecontents*", "{"),
}
"""The environments that LaTeX itself defines, as plasTeX reads them."""

DECLARATIONS: dict[str, Environment] = {
    **_named("centering raggedright raggedleft", Environment("", is_block=True)),
    **_named(
        "mdseries bfseries rmfamily sffamily ttfamily upshape itshape slshape scshape normalfont tiny scriptsize"
        " footnotesize small normalsize large Large LARGE huge Huge em raggedbottom",
        Environment(""),
    ),
}
"""Commands that take in all that follows them in their group."""

PACKAGES: dict[str, dict[str, Environment]] = {
    "amsthm": {"proof": Environment("proof", "[", is_proof=True, is_block=True, has_paragraphs=True)},
    "amsmath": {
        **_named("align gather falign multiline split cases flalign subequations multline", _NUMBERED),
        **_named("alignat xalignat", replace(_NUMBERED, arguments="{")),
        **_named("align* gather* falign* multiline* equation* aligned flalign* multline*", _STARRED),
        "alignat*": replace(_STARRED, name="alignat*", arguments="{"),
        "gathered": Environment("gathered", is_math=True),
        **_named("pmatrix matrix vmatrix Vmatrix bmatrix Bmatrix smallmatrix", _ROWS),
    },
    "comment": {"comment": Environment("comment", is_verbatim=True, is_block=True)},
    "listings": {"lstlisting": Environment("lstlisting", "[", counter="listings", is_verbatim=True, is_block=True)},
    "minted": {"minted": Environment("minted", "[{", is_verbatim=True, is_block=True)},
    "fancyvrb": {"Verbatim": Environment("Verbatim", "[", is_verbatim=True, is_block=True)},
    "alltt": {"alltt": Environment("alltt", is_block=True)},
    "tikz": {"tikzpicture": Environment("tikzpicture", is_verbatim=True, is_block=True)},
    "tikz-cd": {"tikzcd": Environment("tikzcd", is_verbatim=True, is_block=True)},
    "forest": {"forest": Environment("forest", is_verbatim=True, is_block=True)},
    "pgfplots": {"tikzpicture": Environment("tikzpicture", is_verbatim=True, is_block=True)},
    "longtable": {"longtable": Environment("longtable", "[{", rows="plain", is_block=True)},
    "wrapfig": {"wrapfigure": Environment("wrapfigure", "[{[{", float_counter="figure")},
}
"""Environments that come with a package."""

BOX_COMMANDS = frozenset(
    [
        "mbox",
        "hbox",
        "vbox",
        "textmd",
        "textbf",
        "textrm",
        "textsf",
        "texttt",
        "textup",
        "textit",
        "textsl",
        "textsc",
        "textnormal",
    ]
)
"""Commands whose argument starts outside of mathematics."""

ARGUMENT_COMMANDS: dict[str, str] = {
    **dict.fromkeys(BOX_COMMANDS, "{"),
    **dict.fromkeys(
        [
            "emph",
            "fbox",
            "text",
            "mathrm",
            "mathop",
            "mathit",
            "mathbf",
            "mathsf",
            "mathtt",
            "mathcal",
            "overline",
            "underline",
            "overbrace",
            "underbrace",
            "hat",
            "check",
            "breve",
            "acute",
            "grave",
            "tilde",
            "bar",
            "vec",
            "dot",
            "ddot",
            "widehat",
            "widetilde",
            "pmod",
            "ensuremath",
            "lefteqn",
            "phantom",
            "centerline",
            "leftline",
            "llap",
            "underbar",
            "uppercase",
            "textsubscript",
            "textsuperscript",
            "thanks",
            "author",
            "date",
            "makelabel",
        ],
        "{",
    ),
    "frac": "{{",
    "stackrel": "{{",
    "sqrt": "[{",
    "footnote": "[{",
    "footnotetext": "[{",
    "marginpar": "[{",
    "parbox": "[{{",
    "makebox": "[[{",
    "framebox": "[[{",
    "texorpdfstring": "{{",
}
"""Commands that plasTeX knows to take arguments, which it reads apart from what follows.

All other control words leave a group behind them to be read as a group.
"""

DROPPED_ARGUMENTS: dict[str, str] = {
    **dict.fromkeys(
        ["AtBeginDocument", "AtEndDocument", "index", "glossary", "everypar", "hyphenation", "ProvidesPackage"], "{"
    ),
    "DeclareOption": "{[{",
    "@namedef": "{{",
}
"""Commands whose arguments plasTeX never carries out."""
