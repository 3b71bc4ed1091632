"""The blueprint's own commands: what a statement or proof uses, which declarations it has, what is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from blueprint_app.model.blueprint import GraphColour, ListCommand, ListEntry
from blueprint_app.model.diagnostic import Severity
from blueprint_app.sources.leanblueprint.tree import Element
from blueprint_app.sources.tex.lexer import BRACKET, CONTROL, MATH, PAR, PARAMETER, TEXT, Token
from blueprint_app.sources.tex.macros import Macro
from blueprint_app.sources.tex.stream import TokenStream, source_text

if TYPE_CHECKING:
    from blueprint_app.sources.leanblueprint.machine import Machine
    from blueprint_app.sources.leanblueprint.vocabulary import Handler

_WITH_ARGUMENT = frozenset(("uses", "lean", "proves", "discussion", "alsoIn", "label"))
_ALONE = frozenset(("leanok", "mathlibok", "notready"))


def _holder(machine: Machine, token: Token) -> Element:
    """The element that a claim made here is about: the one that directly encloses it."""
    machine.settle()
    holder = machine.open[-1]
    holder.touch()
    if not (holder.is_theorem or holder.is_proof):
        where = f"inside {holder.name}" if holder.name else "inside a group in braces"
        machine.report(
            Severity.WARNING,
            "claim-misplaced",
            f"This \\{token.text} stands {where}, so that it is about no node.",
            "Move it directly into the statement or proof that it is about.",
            machine.place(token),
        )
    return holder


def leanok(machine: Machine, token: Token) -> None:
    """``\\leanok``."""
    _holder(machine, token).leanok = machine.place(token)
    machine.cut_call(token)


def mathlibok(machine: Machine, token: Token) -> None:
    """``\\mathlibok``."""
    _holder(machine, token).mathlibok = machine.place(token)
    machine.cut_call(token)


def notready(machine: Machine, token: Token) -> None:
    """``\\notready``."""
    _holder(machine, token).notready = machine.place(token)
    machine.cut_call(token)


def uses(machine: Machine, token: Token) -> None:
    """``\\uses{label, ...}``."""
    command = _read_list(machine, token)
    _holder(machine, token).uses.append(command)


def lean(machine: Machine, token: Token) -> None:
    """``\\lean{declaration, ...}``."""
    command = _read_list(machine, token)
    _holder(machine, token).lean.append(command)


def discussion(machine: Machine, token: Token) -> None:
    """``\\discussion{issue number}``."""
    text = machine.expanded_text(machine.stream.read_argument() or ())[0]
    machine.cut_call(token, argument=True)
    _holder(machine, token).discussion = text.strip().lstrip("#").strip()


def proves(machine: Machine, token: Token) -> None:
    """``\\proves{label}``."""
    text = machine.expanded_text(machine.stream.read_argument() or ())[0]
    machine.cut_call(token, argument=True)
    _holder(machine, token).proves.append(text.strip())


def also_in(machine: Machine, token: Token) -> None:
    """``\\alsoIn{section label, ...}``."""
    command = _read_list(machine, token)
    _holder(machine, token).also_in.extend(command.texts)


def home(machine: Machine, token: Token) -> None:
    """``\\home{address}``."""
    machine.settings.home = machine.stream.read_raw_argument()


def github(machine: Machine, token: Token) -> None:
    """``\\github{address}``."""
    machine.settings.github = machine.stream.read_raw_argument().rstrip("/")


def dochome(machine: Machine, token: Token) -> None:
    """``\\dochome{address}``."""
    machine.settings.dochome = machine.stream.read_raw_argument()


def graphcolor(machine: Machine, token: Token) -> None:
    """``\\graphcolor{type}{colour}{description}`` and depgraph's ``\\bpcolor``."""
    key, value, description = (machine.expanded_text(machine.stream.read_argument() or ())[0].strip() for _ in range(3))
    if key not in machine.settings.colours:
        machine.report(
            Severity.WARNING,
            "graphcolor-unknown",
            f"\\{token.text}{{{key}}}: there is no such type of colour.",
            f"Types are {', '.join(machine.settings.colours)}.",
            machine.place(token),
        )
        return
    machine.settings.colours[key] = GraphColour(value, description)


def _read_list(machine: Machine, token: Token) -> ListCommand:
    """The entries of a list between commas, each with its place; what cannot be a label becomes unmatchable."""
    machine.stream.closing = None
    tokens = machine.stream.read_argument() or []
    machine.cut_call(token, argument=machine.stream.closing is not None)
    closing = machine.stream.closing
    entries = [_entry(machine, part, token) for part in _split(expanded_tokens(machine, tokens))]
    place = machine.place(token)
    if closing is not None and closing.source == token.source:
        place = machine.files.place(token.source, token.start, closing.end)
    return ListCommand(tuple(entries), place)


def expanded_tokens(machine: Machine, tokens: Sequence[Token]) -> list[Token]:
    """The tokens with the document's macros expanded, as plasTeX expands lists before it splits them."""
    if not any(token.kind == CONTROL for token in tokens):
        return list(tokens)
    stream, expanded = TokenStream(tokens), []
    calls = 0
    while (token := stream.next()) is not None:
        meaning = machine.meanings.get(token.text) if token.kind == CONTROL else None
        if isinstance(meaning, Macro) and calls < 1000:
            calls += 1
            stream.push(meaning.expand(stream, token))
        else:
            expanded.append(token)
    return expanded


def _split(tokens: Sequence[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind != TEXT or "," not in token.text:
            parts[-1].append(token)
            continue
        start = token.start
        for number, piece in enumerate(token.text.split(",")):
            if number:
                parts.append([])
            if piece:
                parts[-1].append(token._replace(text=piece, start=start, end=start + len(piece)))
            start += len(piece) + 1
    return parts


def _entry(machine: Machine, tokens: list[Token], command: Token) -> ListEntry:
    while tokens and tokens[0].kind == TEXT and tokens[0].text.isspace():
        tokens.pop(0)
    if not tokens:
        return ListEntry("", machine.place(command))
    first = tokens[0]
    lead = len(first.text) - len(first.text.lstrip()) if first.kind == TEXT else 0
    place = machine.files.place(first.source, first.start + lead)
    if all(token.kind in (TEXT, BRACKET, PARAMETER) for token in tokens):
        return ListEntry(" ".join("".join(token.text for token in tokens).split()), place)
    # Anything else in an entry makes plasTeX compare a fragment with strings, which never match.
    return ListEntry(f"{source_text(tokens).strip()}{UNMATCHABLE}", place)


UNMATCHABLE = "\N{ZERO WIDTH SPACE}"
"""Ends the text of an entry that holds more than characters: no label equals it."""


def without_claims(tokens: Sequence[Token]) -> list[Token]:
    """Tokens of a title without labels and the blueprint's commands."""
    kept: list[Token] = []
    dollar = {"(": "$", ")": "$"}
    stream = TokenStream(tokens)
    while (token := stream.next()) is not None:
        if token.kind == CONTROL and token.text in _WITH_ARGUMENT:
            stream.read_argument()
        elif token.kind == CONTROL and token.text in dollar:
            kept.append(token._replace(kind=MATH, text="$"))
        elif not (token.kind == CONTROL and token.text in _ALONE) and token.kind != PAR:
            kept.append(token)
    return kept


HANDLERS: dict[str, Handler] = {
    "leanok": leanok,
    "mathlibok": mathlibok,
    "notready": notready,
    "uses": uses,
    "lean": lean,
    "discussion": discussion,
    "proves": proves,
    "alsoIn": also_in,
    "home": home,
    "github": github,
    "dochome": dochome,
    "graphcolor": graphcolor,
    "bpcolor": graphcolor,
}
"""In force once the blueprint package is loaded."""
