"""Commands that make structure: sections, items, rows, labels, captions, formulas, groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blueprint_app.sources.leanblueprint.claims import expanded_tokens, without_claims
from blueprint_app.sources.leanblueprint.environments import ARGUMENT_COMMANDS, BOX_COMMANDS, DROPPED_ARGUMENTS
from blueprint_app.sources.leanblueprint.machine import LIST_COUNTERS
from blueprint_app.sources.leanblueprint.nesting import ROW_KINDS
from blueprint_app.sources.leanblueprint.opening import begin, end
from blueprint_app.sources.leanblueprint.tree import Context, Element, Role
from blueprint_app.sources.tex.lexer import Token
from blueprint_app.sources.tex.stream import source_text, typeset_text

if TYPE_CHECKING:
    from blueprint_app.sources.leanblueprint.machine import Machine
    from blueprint_app.sources.leanblueprint.vocabulary import Handler

LEVELS = {
    "part": -1,
    "chapter": 0,
    "section": 1,
    "subsection": 2,
    "subsubsection": 3,
    "paragraph": 4,
    "subparagraph": 5,
    "subsubparagraph": 6,
}


def section(machine: Machine, token: Token) -> None:
    """``\\chapter``, ``\\section`` ... with star, short title and title."""
    stream = machine.stream
    element = Element(Role.SECTION, token.text, machine.open[-1], level=LEVELS[token.text])
    element.place = machine.place(token)
    star = stream.read_star()
    if not star:
        machine.step(token.text, element)
    stream.read_optional()
    title = stream.read_argument() or []
    shown = expanded_tokens(machine, without_claims(title))
    machine.run_argument(title, element)
    _open_section(machine, element)
    element.title = typeset_text(source_text(shown))


def _open_section(machine: Machine, element: Element) -> None:
    if element.counter and machine.settings.section_depth >= element.level:
        element.number = machine.printed(element.counter)
    machine.settle(level=element.level)
    element.is_block = True
    machine.attach(element)
    machine.sections.append(element)


def back_matter(machine: Machine, token: Token) -> None:
    """``\\bibliography`` and ``\\printindex``, which plasTeX numbers like a chapter (or a section of an article)."""
    level = "section" if machine.is_article else "chapter"
    element = Element(Role.SECTION, level, machine.open[-1], level=LEVELS[level])
    element.place = machine.place(token)
    machine.step(level, element)
    if token.text == "bibliography":
        machine.stream.read_argument()
        element.title = "Bibliography"
    else:
        machine.stream.read_optional()
        element.title = "Index"
    _open_section(machine, element)
    if token.text == "bibliography":
        path = machine.files.entry.with_suffix(".bbl")
        file = machine.files.read(path) if machine.files.access.is_file(path) else None
        if file is not None:
            machine.open_file(file)


def appendix(machine: Machine, token: Token) -> None:
    """``\\appendix``."""
    level = "section" if machine.is_article else "chapter"
    machine.counters.set(level, 0)
    machine.counters.formats[level] = f"${{{level}.Alph}}"
    machine.open[-1].touch()


def label(machine: Machine, token: Token) -> None:
    """``\\label{name}``: binds to what stepped a counter last, wherever it stands."""
    place = machine.place(token)
    text, is_plain = machine.expanded_text(machine.stream.read_argument() or ())
    target = machine.current_label
    machine.bind_label(text, is_plain, place)
    if target is not None and (target.is_theorem or target.is_proof or target.role == Role.SECTION):
        machine.cut_call(token, argument=True)
    machine.settle()
    machine.open[-1].touch()


def item(machine: Machine, token: Token) -> None:
    """``\\item`` of a list."""
    if not machine.local_kind(_LISTS):
        machine.open[-1].touch()
        return
    element = Element(Role.ITEM, "item", None)
    element.place = machine.place(token)
    depth = machine.list_depth - 1
    machine.step(LIST_COUNTERS[depth] if depth < len(LIST_COUNTERS) else LIST_COUNTERS[0], element)
    term = machine.stream.read_optional()
    if term:
        machine.run_argument(term, element)
    element.number = machine.printed(element.counter)
    machine.settle(mark="item")
    machine.attach(element)


def bibitem(machine: Machine, token: Token) -> None:
    """``\\bibitem[mark]{key}``: an item that ``\\cite`` refers to."""
    if not machine.local_kind(_LISTS):
        machine.open[-1].touch()
        return
    stream = machine.stream
    mark = stream.read_optional()
    key = stream.read_name()
    if mark is None:
        unmarked = sum(shown.isdecimal() for shown in machine.references.values())
        shown = str(unmarked + 1)
    else:
        shown = source_text(mark)
    machine.references[key] = shown
    machine.reference_starts.append((key, token.source, stream.offset_of_next(token.source, token.end)))
    machine.settle(mark="item")
    machine.attach(Element(Role.ITEM, "item", None))


_LISTS = frozenset({"list"})
_FLOATS = frozenset({"float:figure", "float:table"}) | ROW_KINDS


def caption(machine: Machine, token: Token) -> None:
    """``\\caption`` of a figure, a table or a tabular."""
    kind = machine.local_kind(_FLOATS)
    if not kind:
        machine.open[-1].touch()
        return
    element = Element(Role.MARK, "caption", machine.open[-1])
    element.place = machine.place(token)
    counter = "figure" if kind == "float:figure" else "table"
    starred = kind in ROW_KINDS and machine.stream.read_star()
    machine.step("" if starred else counter, element)
    machine.stream.read_optional()
    machine.run_argument(machine.stream.read_argument() or (), element)
    element.number = machine.printed(counter)
    machine.settle()
    machine.attach(element)


def end_row(machine: Machine, token: Token) -> None:
    """``\\\\`` and its kin: the end of a row where there are rows."""
    kind = machine.local_kind(ROW_KINDS)
    takes_arguments = token.text == "\\"
    if not kind:
        if takes_arguments:
            machine.stream.read_star()
            _skip_optional(machine)
        machine.open[-1].touch()
        return
    machine.pop_group()
    row = Element(Role.ROW, "row", None)
    row.place = machine.place(token)
    if takes_arguments:
        machine.stream.read_star()
    if kind == "math:numbered":
        machine.step("equation", row)
    if takes_arguments:
        _skip_optional(machine)
    if kind == "math:numbered":
        row.number = machine.printed("equation")
    machine.contexts.append(Context(None))
    if not machine.settle(mark="\\"):
        machine.open[-1].touch()
    machine.settle()
    machine.attach(row)
    machine.attach(Element(Role.CELL, "cell", None))


def _skip_optional(machine: Machine) -> None:
    taken = machine.stream.read_optional()
    if taken:
        machine.run_argument(taken)


def nonumber(machine: Machine, token: Token) -> None:
    """``\\nonumber`` and ``\\notag``: take back a step of the equation counter, starred or not, as plasTeX does."""
    machine.open[-1].touch()
    if machine.local_kind(ROW_KINDS) == "math:array" and token.text == "nonumber":
        return
    machine.counters.set("equation", machine.counters.value("equation") - 1)


def hypertarget(machine: Machine, token: Token) -> None:
    """``\\hypertarget{name}{text}``, which sets a label of its own."""
    element = Element(Role.MARK, "hypertarget", machine.open[-1])
    element.place = machine.place(token)
    machine.step("hypertarget", element)
    text, is_plain = machine.expanded_text(machine.stream.read_argument() or ())
    machine.bind_label(text, is_plain, element.place)
    machine.settle()
    machine.attach(element)


def begin_formula(machine: Machine, token: Token) -> None:
    """``\\(`` and ``\\[``."""
    machine.begin_math("math" if token.text == "(" else "displaymath")


def end_formula(machine: Machine, token: Token) -> None:
    """``\\)`` and ``\\]``."""
    machine.end_math("math" if token.text == ")" else "displaymath")


def begin_group(machine: Machine, token: Token) -> None:
    """``\\bgroup`` and ``\\begingroup``."""
    machine.begin_group()


def end_group(machine: Machine, token: Token) -> None:
    """``\\egroup`` and ``\\endgroup``."""
    machine.end_group()


def paragraph_break(machine: Machine, token: Token) -> None:
    """``\\par``."""
    machine.paragraph()


def take_arguments(machine: Machine, token: Token) -> None:
    """A command with arguments that plasTeX reads apart; in a box they start outside of mathematics."""
    is_box = token.text in BOX_COMMANDS
    machine.open[-1].touch()
    for spec in ARGUMENT_COMMANDS[token.text]:
        tokens = machine.stream.read_optional() if spec == "[" else machine.stream.read_argument()
        if not tokens or not machine.vocabulary.may_matter(tokens):
            continue
        machine.contexts.append(context := Context(token.text, "text" if is_box else ""))
        if is_box:
            machine.math_shifts.append(None)
        machine.run_argument(tokens)
        if is_box and machine.math_shifts:
            machine.math_shifts.pop()
        machine.leave_to(context)


def drop_arguments(machine: Machine, token: Token) -> None:
    """A command whose arguments are never carried out."""
    machine.open[-1].touch()
    for spec in DROPPED_ARGUMENTS[token.text]:
        if spec == "[":
            machine.stream.read_optional()
        else:
            machine.stream.read_argument()


HANDLERS: dict[str, Handler] = {
    "begin": begin,
    "end": end,
    **dict.fromkeys(LEVELS, section),
    "bibliography": back_matter,
    "printindex": back_matter,
    "appendix": appendix,
    "label": label,
    "item": item,
    "bibitem": bibitem,
    "caption": caption,
    **dict.fromkeys(("\\", "cr", "tabularnewline"), end_row),
    "nonumber": nonumber,
    "notag": nonumber,
    "(": begin_formula,
    "[": begin_formula,
    ")": end_formula,
    "]": end_formula,
    "bgroup": begin_group,
    "begingroup": begin_group,
    "egroup": end_group,
    "endgroup": end_group,
    "par": paragraph_break,
    **dict.fromkeys(ARGUMENT_COMMANDS, take_arguments),
    **dict.fromkeys(DROPPED_ARGUMENTS, drop_arguments),
}
