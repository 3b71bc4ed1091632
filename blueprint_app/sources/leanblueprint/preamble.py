"""What loads other things: document class, packages, included files; and text that is not TeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blueprint_app.model.blueprint import DEFAULT_KINDS
from blueprint_app.model.diagnostic import Severity
from blueprint_app.sources.leanblueprint import claims
from blueprint_app.sources.leanblueprint.environments import PACKAGES
from blueprint_app.sources.leanblueprint.structure import hypertarget
from blueprint_app.sources.tex.lexer import TEXT, Token
from blueprint_app.sources.tex.stream import plain_text, source_text, typeset_text

if TYPE_CHECKING:
    from blueprint_app.model.place import Place
    from blueprint_app.sources.leanblueprint.files import TextFile
    from blueprint_app.sources.leanblueprint.machine import Machine
    from blueprint_app.sources.leanblueprint.vocabulary import Handler

_BOOK_FORMATS = {
    "part": ("volume", "$part"),
    "chapter": ("volume", "$chapter"),
    "section": ("chapter", "${thechapter}.${section}"),
    "subsection": ("section", "${thesection}.${subsection}"),
    "subsubsection": ("subsection", "${thesubsection}.${subsubsection}"),
    "paragraph": ("subsubsection", "${thesubsubsection}.${paragraph}"),
    "subparagraph": ("paragraph", "${theparagraph}.${subparagraph}"),
    "subsubparagraph": ("subparagraph", "${thesubparagraph}.${subsubparagraph}"),
    "equation": ("chapter", "${thechapter}.${equation}"),
    "figure": ("chapter", "${thechapter}.${figure}"),
    "table": ("chapter", "${thechapter}.${table}"),
}
_REPORTS = frozenset({"report", "article", "amsart"})
_ARTICLES = frozenset({"article", "amsart"})
_CLASSES = _REPORTS | {"book", "amsbook", "memoir", "beamer"}
MAX_INCLUDED = 5_000
"""Files opened by \\input before the reader gives up on the next."""


def documentclass(machine: Machine, token: Token) -> None:
    """``\\documentclass``: brings the counters and how they print, as plasTeX's classes do."""
    machine.stream.read_optional()
    name = machine.stream.read_name()
    if name not in _CLASSES:
        machine.report(
            Severity.WARNING,
            "class-unknown",
            f"leanblueprint does not know the document class {name}, so that sections have no numbers.",
            "Use report, book or article in web.tex.",
            machine.place(token),
        )
        return
    machine.is_article = name in _ARTICLES
    counters = machine.counters
    for counter, above in zip(
        ("enumi", "enumii", "enumiii", "enumiv"), ("", "enumi", "enumii", "enumiii"), strict=True
    ):
        counters.new(counter, above)
    for counter, (above, style) in _BOOK_FORMATS.items():
        counters.new(counter, above, style)
    counters.trimmed |= {"figure", "table"}
    if name in _REPORTS:
        counters.formats["equation"] = "${equation}"
    if name in _ARTICLES:
        counters.formats["section"] = "${section}"


def usepackage(machine: Machine, token: Token) -> None:
    """``\\usepackage`` and ``\\RequirePackage``: what plasTeX loads in their place."""
    options = _options(source_text(machine.stream.read_optional() or ()))
    for name in plain_text(machine.stream.read_argument() or ()).split(","):
        load_package(machine, name.strip(), options)
    machine.open[-1].touch()


def load_package(machine: Machine, name: str, options: dict[str, str]) -> None:
    """Bring in what a package means for structure, once."""
    if not name or name in machine.packages:
        return
    machine.packages.add(name)
    for environment in PACKAGES.get(name, {}).values():
        machine.define(environment.name, environment)
    if name == "blueprint":
        load_package(machine, "depgraph", options)
        for command, handler in claims.HANDLERS.items():
            machine.define(command, handler)
    elif name == "depgraph":
        _configure_graph(machine, options)
    elif name in _EXTRAS:
        for command, handler in _EXTRAS[name].items():
            machine.define(command, handler)
        if name == "listings":
            machine.counters.new("listings", "chapter", "${thechapter}.${listings}")
    elif name not in PACKAGES and (machine.tex_packages is None or name in machine.tex_packages):
        _load_tex_package(machine, name)


def _configure_graph(machine: Machine, options: dict[str, str]) -> None:
    settings = machine.settings
    settings.blueprint_loaded = True
    kinds = tuple(kind.strip() for kind in options.get("thms", "+".join(DEFAULT_KINDS)).split("+"))
    settings.kinds = tuple(dict.fromkeys(kind for kind in kinds if kind))
    settings.graph_scope = options.get("dep_by") or None
    settings.reduced = not options.get("nonreducedgraph")
    for command in ("uses", "proves", "alsoIn", "bpcolor"):
        machine.define(command, claims.HANDLERS[command])


def _load_tex_package(machine: Machine, name: str) -> None:
    path = machine.files.find(f"{name}.sty", None)
    file = machine.files.read(path) if path is not None else None
    if file is not None:
        machine.at_is_letter, before = True, machine.at_is_letter
        machine.open_file(file)
        machine.at_is_letter = before


def _options(text: str) -> dict[str, str]:
    """Package options: "true" for one without a value; commas and equals signs in braces do not count."""
    options: dict[str, str] = {}
    level, part = 0, ""
    for character in f"{text},":
        level += (character == "{") - (character == "}")
        if character == "," and level <= 0:
            key, _, value = part.partition("=")
            if key.strip():
                options[key.strip()] = value.strip().strip("{}").strip() or "true"
            part = ""
        else:
            part += character
    return options


def include(machine: Machine, token: Token) -> None:
    """``\\input`` and ``\\include``: go on with that file, if it can be found."""
    place = machine.place(token)
    including = machine.files.files[token.source]
    argument = machine.stream.read_argument() or []
    name = machine.expanded_text(argument)[0].strip()
    path = machine.files.find(name, including)
    machine.open[-1].touch()
    others = machine.files.others
    if others is not None and others.is_generated(name):
        # It only defines the commands that bring in nodes and modules, which are known without it.
        return
    if path is None and others is not None and (extracted := machine.files.splice(others.extracted(name))) is not None:
        _go_into(machine, extracted, token, place)
        return
    if path is None:
        hint = "Correct the name, or add the file. What it should hold is missing here."
        if len(argument) == 1 and argument[0].kind == TEXT and len(name) == 1:
            hint = f"Write braces round the name: \\{token.text}{{...}}; leanblueprint needs them."
        machine.report(Severity.WARNING, "file-missing", f"The file {name!r} was not found.", hint, place)
        return
    file = machine.files.read(path)
    if file is not None:
        _go_into(machine, file, token, place)


def _go_into(machine: Machine, file: TextFile, token: Token, place: Place) -> None:
    """Go on with a file, if it is not being read already."""
    depth = sum(lexer.source == file.number for lexer in machine.stream.lexers)
    machine.included += 1
    if depth or machine.included > MAX_INCLUDED:
        machine.report(
            Severity.ERROR,
            "include-loop",
            f"{file.shown_path} includes itself.",
            f"Remove this \\{token.text}; it was not followed again.",
            place,
        )
        return
    machine.open_file(file)


def input_lean(machine: Machine, token: Token) -> None:
    """``\\inputleannode{label}`` and ``\\inputleanmodule{Module}`` of LeanArchitect: what Lean files hold of them."""
    place = machine.place(token)
    name = machine.expanded_text(machine.stream.read_argument() or ())[0].strip()
    machine.cut_call(token, argument=True)
    machine.open[-1].touch()
    others = machine.files.others
    if others is None:
        return
    is_node = token.text == "inputleannode"
    file = machine.files.splice(others.node(name) if is_node else others.module(name))
    if file is not None:
        _go_into(machine, file, token, place)
        return
    machine.report(
        Severity.WARNING,
        "leannode-missing" if is_node else "leanmodule-missing",
        f"No declaration is tagged @[blueprint] with the label {name!r}."
        if is_node
        else f"There is no Lean module {name!r} in the project.",
        "Look for a change of the name. What it should bring in is missing here.",
        place,
    )


def endinput(machine: Machine, token: Token) -> None:
    """``\\endinput``."""
    machine.stream.end_input()


def title(machine: Machine, token: Token) -> None:
    """``\\title``: the first one names the blueprint."""
    machine.stream.read_optional()
    text = typeset_text(source_text(machine.stream.read_argument() or ()))
    machine.settings.title = machine.settings.title or text


def skip_address(machine: Machine, token: Token) -> None:
    """``\\url`` and ``\\href``: an address may hold ``%`` and ``#``."""
    machine.open[-1].touch()
    machine.stream.read_raw_argument()


def verb(machine: Machine, token: Token) -> None:
    """``\\verb|...|`` and ``\\lstinline``: nothing between the delimiters is TeX."""
    machine.open[-1].touch()
    stream = machine.stream
    if stream.is_buffered or stream.lexer is None:
        delimiter = stream.next_character()
        while delimiter is not None and (each := stream.next_character()) is not None:
            if (each.kind, each.text) == (delimiter.kind, delimiter.text):
                break
        return
    lexer = stream.lexer
    text, position = lexer.text, lexer.position
    if token.text == "lstinline" and text.startswith("[", position):
        position = text.find("]", position) + 1
    elif text.startswith("*", position):
        position += 1
    opening = text[position : position + 1]
    closing = "}" if opening == "{" else opening
    found = text.find(closing, position + 1) if closing else -1
    end = len(text) if found < 0 else found + 1
    machine.verbatims.setdefault(lexer.source, []).append((token.start, end))
    lexer.seek(end)


_EXTRAS: dict[str, dict[str, Handler]] = {
    "hyperref": {"href": skip_address, "url": skip_address, "nolinkurl": skip_address, "hypertarget": hypertarget},
    "url": {"url": skip_address},
    "listings": {"lstinline": verb},
}

HANDLERS: dict[str, Handler] = {
    "documentclass": documentclass,
    "documentstyle": documentclass,
    "usepackage": usepackage,
    "RequirePackage": usepackage,
    "input": include,
    "include": include,
    "endinput": endinput,
    "inputleannode": input_lean,
    "inputleanmodule": input_lean,
    "title": title,
    "verb": verb,
}
