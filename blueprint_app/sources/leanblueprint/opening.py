"""What happens at ``\\begin`` and ``\\end``: contexts, counters, arguments, rows, verbatim text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blueprint_app.model.diagnostic import Severity
from blueprint_app.sources.leanblueprint.claims import expanded_tokens, without_claims
from blueprint_app.sources.leanblueprint.environments import Environment
from blueprint_app.sources.leanblueprint.tree import DOCUMENT_LEVEL, Context, Element, Role
from blueprint_app.sources.tex.lexer import CLOSE, CONTROL, OPEN, Token
from blueprint_app.sources.tex.macros import Macro
from blueprint_app.sources.tex.stream import plain_text, source_text, typeset_text

if TYPE_CHECKING:
    from blueprint_app.sources.leanblueprint.machine import Machine


def begin(machine: Machine, token: Token) -> None:
    """``\\begin{name}``."""
    name = machine.stream.read_name()
    meaning = machine.meanings.get(name)
    if isinstance(meaning, Environment):
        open_environment(machine, meaning, token)
    elif isinstance(meaning, Macro):
        expansion = meaning.expand(machine.stream, token)
        if not meaning.is_definition:
            machine.begin_group()
        machine.stream.push(expansion)
    elif name == "document":
        _begin_document(machine)
    else:
        machine.contexts.append(Context(name))
        if name == "proof":
            _bare_proof(machine, token)
        machine.open[-1].touch()
        _note_unknown(machine, name, token)


def end(machine: Machine, token: Token) -> None:
    """``\\end{name}``."""
    name = machine.stream.read_name()
    meaning = machine.meanings.get(name)
    if isinstance(meaning, Macro):
        if meaning.is_definition:
            machine.stream.push(meaning.expand(machine.stream, token))
            return
        ending = machine.meanings.get(f"end{name}")
        closing = Token(CLOSE, "}", token.start, token.end, token.source)
        body = ending.expand(machine.stream, token) if isinstance(ending, Macro) else []
        machine.stream.push([*body, closing])
        return
    if isinstance(meaning, Environment) and meaning.is_list:
        machine.leave_list()
    machine.pop_environment(name)
    if name == "document":
        machine.settle(level=DOCUMENT_LEVEL, ends=name)
        return
    if isinstance(meaning, Environment):
        _note_end(machine, name, token)
        if machine.settle(ends=name):
            return
        if meaning.is_theorem or meaning.is_proof:
            _stray_end(machine, meaning, token)
            return
    else:
        machine.settle()
        if name == "proof":
            _bare_proof(machine, token)
    machine.open[-1].touch()


def _bare_proof(machine: Machine, token: Token) -> None:
    """A ``proof`` without amsthm, which plasTeX does not know: its beginning and its end are an empty proof each."""
    element = Element(Role.MARK, "proof", None)
    element.place = machine.place(token)
    element.is_proof = True
    machine.settle()
    machine.attach(element)
    machine.proofs.append(element)
    if "proof" not in machine.unknown_kinds:
        machine.unknown_kinds.add("proof")
        machine.report(
            Severity.WARNING,
            "proof-undeclared",
            "The environment proof is used, but amsthm is not loaded.",
            "Add \\usepackage{amsthm}; leanblueprint takes all proofs for empty.",
            element.place,
        )


def _stray_end(machine: Machine, environment: Environment, token: Token) -> None:
    """An ``\\end`` that ends nothing: plasTeX keeps it as an empty element of that name, a node or proof of its own."""
    element = Element(Role.MARK, environment.name, None)
    element.place = machine.place(token)
    element.is_theorem, element.is_proof = environment.is_theorem, environment.is_proof
    element.is_block, element.caption = environment.is_block, environment.caption
    machine.attach(element)
    (machine.theorems if environment.is_theorem else machine.proofs).append(element)
    machine.report(
        Severity.ERROR,
        "end-stray",
        f"This \\end{{{environment.name}}} ends nothing that is still open.",
        "Something before it was closed too early or not at all: look for unbalanced $ or braces, or a \\\\ before [. "
        "leanblueprint takes it for an empty node or proof.",
        element.place,
    )


def _note_end(machine: Machine, name: str, token: Token) -> None:
    """Remember where the innermost environment of that name ends."""
    for element in reversed(machine.open):
        if element.name == name and element.role == Role.ENVIRONMENT:
            if element.source == token.source:
                element.end = token.start
                element.place = machine.files.place(token.source, element.opening, token.end)
            return


def _begin_document(machine: Machine) -> None:
    while len(machine.contexts) > 1:
        machine.leave_context()
    machine.contexts.append(Context("document"))
    machine.settle(level=DOCUMENT_LEVEL)
    element = Element(Role.DOCUMENT, "document", None, level=DOCUMENT_LEVEL)
    machine.attach(element)
    machine.has_document = True


def _note_unknown(machine: Machine, name: str, token: Token) -> None:
    if name in machine.settings.kinds and name not in machine.unknown_kinds:
        machine.unknown_kinds.add(name)
        machine.report(
            Severity.WARNING,
            "environment-undeclared",
            f"The environment {name} is used, but no \\newtheorem{{{name}}} was read before.",
            "Declare it in the web version's macros; leanblueprint takes no node from it.",
            machine.place(token),
        )


def open_environment(machine: Machine, environment: Environment, token: Token, *, as_command: bool = False) -> None:
    """Begin an environment that plasTeX knows, as it does: context, counter, arguments, then the element."""
    element = Element(Role.ENVIRONMENT, environment.name, machine.open[-1])
    element.opening, element.source = token.start, token.source
    element.place = machine.place(token)
    element.is_block = environment.is_block
    element.is_theorem, element.is_proof = environment.is_theorem, environment.is_proof
    element.caption = environment.caption
    element.has_paragraphs = environment.has_paragraphs
    if environment.is_list:
        machine.enter_list()
    machine.contexts.append(Context(environment.name, _context_kind(environment)))
    machine.step(environment.counter, element)
    if not as_command:
        _read_arguments(machine, environment, element)
    if environment.counter:
        element.number = machine.printed(environment.counter)
    element.start = _content_start(machine, token)
    if as_command:
        # A declaration such as \itshape lasts to the end of its group: nothing is missing there.
        element.end = element.start
    if environment.is_verbatim:
        _skip_verbatim(machine, environment, element)
        return
    if environment.rows:
        machine.contexts.append(Context(None))
    machine.settle()
    machine.attach(element)
    if element.is_theorem:
        machine.theorems.append(element)
    if element.is_proof:
        machine.proofs.append(element)
    if environment.rows:
        machine.attach(Element(Role.ROW, "row", None)).number = element.number
        machine.attach(Element(Role.CELL, "cell", None))


def _context_kind(environment: Environment) -> str:
    if environment.rows:
        return f"{'math' if environment.is_math else 'rows'}:{environment.rows}"
    if environment.is_math:
        return "math"
    if environment.is_list:
        return "list"
    return f"float:{environment.float_counter}" if environment.float_counter else ""


def _read_arguments(machine: Machine, environment: Environment, element: Element) -> None:
    for spec in environment.arguments:
        if spec == "{":
            machine.stream.read_argument()
            continue
        if environment.name == "lstlisting" and machine.stream.is_buffered:
            continue
        given = machine.stream.read_optional()
        if given and (environment.is_theorem or environment.is_proof):
            machine.run_argument(given, element)
            element.title = typeset_text(source_text(expanded_tokens(machine, without_claims(given))))


def _content_start(machine: Machine, token: Token) -> int:
    """The offset behind ``\\begin{name}[...]`` in its file, or behind the macro call it came from."""
    lexer = machine.stream.lexer
    if lexer is None or lexer.source != token.source:
        return token.end
    text = lexer.text
    opened = _BEGIN.match(text, token.start)
    if opened is None:
        return token.end
    return machine.stream.offset_of_next(token.source, opened.end())


_BEGIN = re.compile(r"\\begin\s*\{[^}]*\}")


def _skip_verbatim(machine: Machine, environment: Environment, element: Element) -> None:
    """Pass over text up to ``\\end{name}`` (or ``\\endname``) without reading it as TeX."""
    stream = machine.stream
    name = environment.name
    if not stream.is_buffered and stream.lexer is not None:
        lexer = stream.lexer
        start = lexer.position
        found = re.compile(rf"\\end(?:\{{{re.escape(name)}\}}|{re.escape(name)}(?![A-Za-z]))").search(lexer.text, start)
        if found is None:
            machine.report(
                Severity.ERROR,
                "verbatim-unclosed",
                f"\\end{{{name}}} is missing: the rest of the file is verbatim text.",
                f"Write \\end{{{name}}} where it ends.",
                element.place,
            )
        end = found.end() if found else len(lexer.text)
        lexer.seek(end)
        machine.verbatims.setdefault(lexer.source, []).append((element.opening, end))
        if name == "comment":
            machine.cut(lexer.source, element.opening, end)
    else:
        _skip_verbatim_tokens(machine, name)
    machine.pop_environment(name)
    machine.settle()
    machine.open[-1].touch()


def _skip_verbatim_tokens(machine: Machine, name: str) -> None:
    """The same where the text was tokenised already, as in a conditional's branch."""
    stream = machine.stream
    while (token := stream.next()) is not None:
        if token.kind == CONTROL and token.text == "end":
            brace = stream.next()
            if brace is not None and brace.kind == OPEN and plain_text(stream.read_group()).strip() == name:
                return
