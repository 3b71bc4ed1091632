"""Commands that define: macros, environments, theorems, counters, conditionals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blueprint_app.model.blueprint import MacroDefinition
from blueprint_app.sources.leanblueprint.environments import Environment
from blueprint_app.sources.tex.lexer import CLOSE, CONTROL, OPEN, TEXT, Token
from blueprint_app.sources.tex.macros import Macro, is_plain_pattern, pattern_of, read_parameter_text
from blueprint_app.sources.tex.stream import TokenStream, plain_text, source_text

if TYPE_CHECKING:
    from blueprint_app.sources.leanblueprint.machine import Machine
    from blueprint_app.sources.leanblueprint.vocabulary import Handler


def newcommand(machine: Machine, token: Token) -> None:
    """``\\newcommand`` and its kin; like plasTeX it leaves alone what is built in."""
    stream = machine.stream
    stream.read_star()
    name = stream.read_control()
    parameters = _number(stream.read_optional())
    default = stream.read_optional()
    body = stream.read_argument() or []
    if name is None:
        return
    macro = Macro(name.text, body, parameters, default)
    existing = machine.meanings.get(name.text)
    if existing is None or isinstance(existing, Macro):
        machine.define(name.text, macro)
    keep_macro(machine, macro)


def declare_operator(machine: Machine, token: Token) -> None:
    """``\\DeclareMathOperator``."""
    star = machine.stream.read_star()
    name = machine.stream.read_control()
    body = machine.stream.read_argument() or []
    if name is not None:
        operator = Token(CONTROL, "operatorname*" if star else "operatorname", token.start, token.end, token.source)
        brace = operator._replace(kind=OPEN, text="{")
        macro = Macro(name.text, [operator, brace, *body, brace._replace(kind=CLOSE, text="}")])
        if name.text not in machine.meanings or isinstance(machine.meanings[name.text], Macro):
            machine.define(name.text, macro)
        keep_macro(machine, macro)


def declare_paired_delimiter(machine: Machine, token: Token) -> None:
    """``\\DeclarePairedDelimiter``: unknown to plasTeX; kept for showing formulas, its arguments read on as groups."""
    taken = _take(machine.stream, 3)
    stream = TokenStream(taken)
    name, left, right = stream.read_control(), stream.read_argument(), stream.read_argument()
    if name is not None:
        body = f"\\left{source_text(left or ())}#1\\right{source_text(right or ())}"
        machine.macros[name.text] = MacroDefinition(name.text, 1, body)
    machine.stream.push(taken)


def new_document_command(machine: Machine, token: Token) -> None:
    """``\\NewDocumentCommand``: unknown to plasTeX; kept for showing formulas, its arguments read on as groups."""
    taken = _take(machine.stream, 3)
    stream = TokenStream(taken)
    name, spec, body = stream.read_control(), plain_text(stream.read_argument() or ()), stream.read_argument() or []
    if name is not None:
        letters = re.findall(r"[moO]", spec)
        default = re.match(r"\s*(?:o|O\s*\{?([^}]*)\}?)", spec)
        simple = all(letter == "m" for letter in letters[1:])
        if simple:
            text = source_text(body)
            first = (default[1] or "") if default and letters[:1] in (["o"], ["O"]) else None
            machine.macros[name.text] = MacroDefinition(name.text, len(letters), text, first)
    machine.stream.push(taken)


def _take(stream: TokenStream, arguments: int) -> list[Token]:
    """The tokens of that many arguments with their braces, to be looked at and put back."""
    taken: list[Token] = []
    for _ in range(arguments):
        stream.skip_spaces()
        first = stream.next_character()
        if first is None:
            break
        taken.append(first)
        if first.kind == OPEN:
            stream.closing = None
            taken += stream.read_group()
            if stream.closing is not None:
                taken.append(stream.closing)
    return taken


def definition(machine: Machine, token: Token, *, local: bool = True) -> None:
    """``\\def`` and ``\\edef``."""
    name = machine.stream.next()
    pattern = read_parameter_text(machine.stream)
    body = machine.stream.read_argument() or []
    if name is None or name.kind != CONTROL:
        return
    if any(each.text.startswith("##") for each in pattern):
        pattern, body = _one_level_down(pattern), _one_level_down(body)
    macro = Macro(name.text, body, pattern=pattern_of(pattern), is_definition=True)
    machine.define(name.text, macro, local=local)
    keep_macro(machine, macro)


def global_definition(machine: Machine, token: Token) -> None:
    """``\\gdef`` and ``\\xdef``."""
    definition(machine, token, local=False)


def _one_level_down(tokens: list[Token]) -> list[Token]:
    return [token._replace(text=token.text[1:]) if token.text.startswith("##") else token for token in tokens]


def keep_macro(machine: Machine, macro: Macro) -> None:
    """Remember a macro for showing the project's formulas."""
    parameters, delimited = macro.parameters, None
    if macro.pattern:
        parameters = sum(token.text.startswith("#") for token in macro.pattern)
        if not is_plain_pattern(macro.pattern):
            delimited = source_text(macro.pattern)
    default = None if macro.default is None else source_text(macro.default)
    machine.macros[macro.name] = MacroDefinition(macro.name, parameters, source_text(macro.body), default, delimited)


def let(machine: Machine, token: Token) -> None:
    """``\\let\\new=\\old``."""
    stream = machine.stream
    name = stream.next()
    stream.skip_spaces()
    old = stream.next_character()
    if old is not None and old.kind == TEXT and old.text == "=":
        stream.skip_spaces()
        old = stream.next_character()
    if name is None or old is None or name.kind != CONTROL:
        return
    if old.kind == CONTROL:
        machine.define(name.text, machine.meanings.get(old.text), local=True)
        known = machine.macros.get(old.text)
        body = MacroDefinition(name.text, 0, f"\\{old.text} ") if known is None else known
        machine.macros[name.text] = MacroDefinition(name.text, body.parameters, body.body, body.default, body.delimited)
    elif old.kind in (OPEN, CLOSE):
        machine.define(name.text, machine.meanings["bgroup" if old.kind == OPEN else "egroup"], local=True)


def newenvironment(machine: Machine, token: Token) -> None:
    """``\\newenvironment``; like plasTeX it leaves alone what is built in."""
    stream = machine.stream
    stream.read_star()
    name = stream.read_name()
    parameters = _number(stream.read_optional())
    default = stream.read_optional()
    beginning, ending = stream.read_argument() or [], stream.read_argument() or []
    existing = machine.meanings.get(name)
    if existing is not None and not isinstance(existing, Macro):
        return
    machine.define(name, Macro(name, beginning, parameters, default))
    machine.define(f"end{name}", Macro(f"end{name}", ending))


def newtheorem(machine: Machine, token: Token) -> None:
    """``\\newtheorem`` as LaTeX's kernel or, where it is loaded, amsthm has it."""
    stream = machine.stream
    star = stream.read_star()
    name = stream.read_name()
    shared_tokens = stream.read_optional()
    caption = source_text(stream.read_argument() or ())
    within_tokens = stream.read_optional()
    shared = plain_text(shared_tokens or ()).strip()
    within = plain_text(within_tokens or ()).strip()
    with_amsthm = "amsthm" in machine.packages
    counter = "" if star else (shared or name)
    if counter == name and not shared:
        style = f"${{the{within}}}.${{{name}}}" if within else None
        if not machine.counters.new(name, within, style) and with_amsthm and style:
            machine.counters.formats[name] = style
    machine.define(
        name,
        Environment(
            name,
            "[",
            counter=counter,
            is_theorem=True,
            is_block=with_amsthm,
            has_paragraphs=True,
            caption=caption,
        ),
    )


def newcounter(machine: Machine, token: Token) -> None:
    """``\\newcounter{name}[within]``."""
    name = machine.stream.read_name()
    within = machine.stream.read_optional()
    machine.counters.new(name, plain_text(within or ()).strip())


def setcounter(machine: Machine, token: Token) -> None:
    """``\\setcounter``."""
    name = machine.stream.read_name()
    machine.counters.set(name, _value(machine, machine.stream.read_argument()))
    machine.open[-1].touch()


def addtocounter(machine: Machine, token: Token) -> None:
    """``\\addtocounter``."""
    name = machine.stream.read_name()
    machine.counters.set(name, machine.counters.value(name) + _value(machine, machine.stream.read_argument()))
    machine.open[-1].touch()


def stepcounter(machine: Machine, token: Token) -> None:
    """``\\stepcounter`` and ``\\refstepcounter``, which plasTeX lets no label refer to."""
    machine.counters.step(machine.stream.read_name())


def numberwithin(machine: Machine, token: Token) -> None:
    """``\\numberwithin{counter}{outer}``; the outer format is copied as it is now, as plasTeX does."""
    name, outer = machine.stream.read_name(), machine.stream.read_name()
    machine.counters.reset_within(name, outer)
    machine.counters.formats[name] = f"{machine.counters.formats.get(outer, '')}.${{{name}}}"


def newif(machine: Machine, token: Token) -> None:
    """``\\newif\\ifname``: a switch that begins as false."""
    name = machine.stream.next()
    if name is None or name.kind != CONTROL or name.text in machine.meanings:
        return
    switch = name.text
    machine.switches[switch] = False

    def test(machine: Machine, token: Token) -> None:
        machine.branch(token, machine.switches[switch])

    def turn(value: bool) -> Handler:
        def set_switch(machine: Machine, token: Token) -> None:
            machine.switches[switch] = value

        return set_switch

    machine.define(switch, test)
    machine.define(f"{switch[2:]}true", turn(True))
    machine.define(f"{switch[2:]}false", turn(False))


def csname(machine: Machine, token: Token) -> None:
    """``\\csname ...\\endcsname``: a control sequence by its spelt-out name."""
    machine.stream.push((token._replace(text=machine.spelt_name()),))


def expandafter(machine: Machine, token: Token) -> None:
    """``\\expandafter``: expand the second of the next two tokens once."""
    stream = machine.stream
    first, second = stream.next(), stream.next()
    if first is None:
        return
    if second is not None:
        meaning = machine.meanings.get(second.text) if second.kind == CONTROL else None
        if isinstance(meaning, Macro):
            stream.push(meaning.expand(stream, second))
        elif second.kind == CONTROL and second.text == "csname":
            csname(machine, second)
        else:
            stream.push((second,))
    stream.push((first,))


def makeatletter(machine: Machine, token: Token) -> None:
    """``\\makeatletter``."""
    machine.set_at_letter(True)


def makeatother(machine: Machine, token: Token) -> None:
    """``\\makeatother``."""
    machine.set_at_letter(False)


def _number(tokens: list[Token] | None) -> int:
    text = plain_text(tokens or ()).strip()
    return int(text) if text.isdecimal() and int(text) < 10 else 0


def _value(machine: Machine, tokens: list[Token] | None) -> int:
    text = machine.expanded_text(tokens or ())[0].strip()
    found = re.match(r"[+-]?\d{1,9}", text)
    return int(found[0]) if found else 0


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(
        ("newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "DeclareTextCommandDefault"),
        newcommand,
    ),
    "DeclareMathOperator": declare_operator,
    "DeclarePairedDelimiter": declare_paired_delimiter,
    **dict.fromkeys(
        ("NewDocumentCommand", "RenewDocumentCommand", "DeclareDocumentCommand", "ProvideDocumentCommand"),
        new_document_command,
    ),
    "def": definition,
    "edef": definition,
    "gdef": global_definition,
    "xdef": global_definition,
    "let": let,
    "newenvironment": newenvironment,
    "renewenvironment": newenvironment,
    "newtheorem": newtheorem,
    "newcounter": newcounter,
    "setcounter": setcounter,
    "addtocounter": addtocounter,
    "stepcounter": stepcounter,
    "refstepcounter": stepcounter,
    "numberwithin": numberwithin,
    "newif": newif,
    "csname": csname,
    "expandafter": expandafter,
    "makeatletter": makeatletter,
    "makeatother": makeatother,
}
