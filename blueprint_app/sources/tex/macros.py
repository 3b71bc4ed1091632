"""Macros that a document defines: what they take, what they stand for, and when that matters."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from blueprint_app.sources.tex.lexer import CONTROL, OPEN, PARAMETER, TEXT, Token
from blueprint_app.sources.tex.stream import TokenStream

MAX_EXPANSION = 200_000
"""Tokens of one expansion beyond which arguments are left out: a macro that doubles its argument has no end."""


@dataclass(slots=True)
class Macro:
    """A ``\\newcommand`` (with `parameters` and perhaps a `default`) or a ``\\def`` (with a `pattern`).

    `pattern` is the parameter text of a ``\\def``: parameter tokens and the tokens that delimit
    them; `is_definition` tells it from a ``\\newcommand``, which makes a group where it is used
    as an environment.
    """

    name: str
    body: Sequence[Token]
    parameters: int = 0
    default: Sequence[Token] | None = None
    pattern: Sequence[Token] = ()
    is_definition: bool = False
    inert_since: int = field(default=-1, compare=False)
    """The count of definitions for which the macro was found to have no influence on structure."""

    def expand(self, stream: TokenStream, call: Token) -> list[Token]:
        """Read the arguments from the stream and give the body with them filled in.

        Tokens of the body take the place of the call, as that is what a person would look at.
        """
        arguments = self._read_pattern(stream) if self.pattern else self._read_arguments(stream)
        return fill_in(self.body, arguments, call)

    def _read_arguments(self, stream: TokenStream) -> list[Sequence[Token]]:
        arguments: list[Sequence[Token]] = []
        count = self.parameters
        if self.default is not None:
            count -= 1
            given = stream.read_optional()
            arguments.append(self.default if given is None else given)
        arguments.extend(stream.read_argument() or () for _ in range(count))
        return arguments

    def _read_pattern(self, stream: TokenStream) -> list[Sequence[Token]]:
        arguments: list[Sequence[Token]] = []
        waiting = False
        for wanted in self.pattern:
            if wanted.kind == PARAMETER:
                if waiting:
                    arguments.append(stream.read_argument() or ())
                waiting = True
            elif waiting:
                arguments.append(_read_until(stream, wanted))
                waiting = False
            else:
                stream.next_character()
        if waiting:
            arguments.append(stream.read_argument() or ())
        return arguments


def pattern_of(tokens: Sequence[Token]) -> list[Token]:
    """A parameter text with one token a character, as delimiters are matched one by one."""
    pattern = []
    for token in tokens:
        if token.kind == TEXT:
            pattern += [token._replace(text=character) for character in token.text]
        else:
            pattern.append(token)
    return pattern


def _read_until(stream: TokenStream, delimiter: Token) -> list[Token]:
    tokens: list[Token] = []
    while (token := stream.next_character()) is not None:
        if token.kind == delimiter.kind and token.text == delimiter.text:
            break
        tokens.append(token)
    return tokens


def fill_in(body: Sequence[Token], arguments: Sequence[Sequence[Token]], call: Token) -> list[Token]:
    """The body with ``#1`` ... replaced by the arguments, and ``##1`` by ``#1``."""
    filled: list[Token] = []
    for token in body:
        if token.kind == PARAMETER:
            if token.text.startswith("##"):
                filled.append(token._replace(text=token.text[1:]))
                continue
            number = int(token.text[1:] or 0)
            if 0 < number <= len(arguments) and len(filled) < MAX_EXPANSION:
                filled.extend(arguments[number - 1])
            continue
        filled.append(Token(token.kind, token.text, call.start, call.end, call.source))
    return filled


def read_parameter_text(stream: TokenStream) -> list[Token]:
    """What stands between a ``\\def``'s name and its body."""
    tokens: list[Token] = []
    while (token := stream.next()) is not None:
        if token.kind == OPEN:
            stream.push((token,))
            break
        tokens.append(token)
    return tokens


def control_names(tokens: Sequence[Token]) -> set[str]:
    """The control sequences that tokens hold."""
    return {token.text for token in tokens if token.kind == CONTROL}


def is_plain_pattern(pattern: Sequence[Token]) -> bool:
    """Whether a parameter text is just ``#1#2...``."""
    return all(token.kind == PARAMETER for token in pattern)
