"""Tokens of a passage with the project's text macros expanded on demand, within limits."""

from collections.abc import Mapping, Sequence

from blueprint_app.model.blueprint import MacroDefinition
from blueprint_app.sources.tex.lexer import (
    BRACKET,
    CLOSE,
    CONTROL,
    MATH,
    OPEN,
    PAR,
    PARAMETER,
    TEXT,
    Lexer,
    Token,
    tokens_of,
)

EXPANSIONS = 2_000
"""How often macros may be expanded in one passage: real passages stay below 100."""

PRODUCED = 20_000
"""How many tokens expansion may produce in one passage."""

STOP = -1
"""The kind of a token that ends a stretch pushed back to be read on its own; no text holds it."""


def source_of(tokens: Sequence[Token]) -> str:
    """TeX source that reads as these tokens: a word gets a space where it had one, or where a letter would join it."""
    parts: list[str] = []
    after_word = False
    for token in tokens:
        if token.kind == CONTROL:
            had_space = token.end - token.start > len(token.text) + 1
            parts.append("\\" + token.text + (" " if had_space else ""))
            after_word = token.text[:1].isalpha() and not had_space
            continue
        if after_word and token.text[:1].isalpha():
            parts.append(" ")
        parts.append(token.text)
        after_word = False
    return "".join(parts)


def end_tokens(name: str) -> list[Token]:
    r"""``\end{name}`` as tokens."""
    return [Token(CONTROL, "end", 0, 0), Token(OPEN, "{", 0, 0), Token(TEXT, name, 0, 0), Token(CLOSE, "}", 0, 0)]


def whole_body(macro: MacroDefinition) -> str:
    r"""A macro's body with the space of a ``\ `` at its very end, which trimming may have taken."""
    backslashes = len(macro.body) - len(macro.body.rstrip("\\"))
    return macro.body + " " * (backslashes % 2)


class TokenStream:
    """Reads a passage token by token; expanded macros are pushed back in front of what follows."""

    def __init__(self, source: str, macros: Mapping[str, MacroDefinition]) -> None:
        self._lexer = Lexer(source)
        self._ahead: list[Token] = []
        self._macros = macros
        self._bodies: dict[str, list[Token]] = {}
        self._expansions = EXPANSIONS
        self._produced = PRODUCED

    def next(self) -> Token | None:
        """The next token as written, or None at the end."""
        return self._ahead.pop() if self._ahead else self._lexer.next()

    def peek(self) -> Token | None:
        """The next token, left in place."""
        token = self.next()
        if token is not None:
            self._ahead.append(token)
        return token

    def push(self, tokens: Sequence[Token]) -> None:
        """Put tokens in front of what follows."""
        self._ahead.extend(reversed(tokens))

    def skip_blanks(self) -> None:
        """Pass white space that holds no paragraph end, as before an argument."""
        while (token := self.peek()) is not None and token.kind == TEXT:
            rest = token.text.lstrip()
            if rest == token.text:
                return
            self.next()
            if rest:
                self.push([token._replace(text=rest)])

    def take_star(self) -> bool:
        """Whether a star follows a command; it is passed."""
        token = self.peek()
        if token is None or token.kind != TEXT or not token.text.startswith("*"):
            return False
        self.next()
        if len(token.text) > 1:
            self.push([token._replace(text=token.text[1:])])
        return True

    def argument(self) -> list[Token]:
        """The tokens of a command's next argument: a group without its braces, or one token or letter."""
        self.skip_blanks()
        token = self.peek()
        if token is None or token.kind in (CLOSE, PAR, STOP):
            return []
        self.next()
        if token.kind == OPEN:
            return self.balanced(CLOSE, "}")
        if token.kind == TEXT and len(token.text) > 1:
            self.push([token._replace(text=token.text[1:])])
            return [token._replace(text=token.text[0])]
        return [token]

    def option(self) -> list[Token] | None:
        """The tokens of an optional argument without its brackets, or None where there is none."""
        held = []
        while (token := self.peek()) is not None and token.kind == TEXT and not token.text.strip():
            held.append(token)
            self.next()
        if token is None or token.kind != BRACKET or token.text != "[":
            self.push(held)
            return None
        self.next()
        return self.balanced(BRACKET, "]")

    def balanced(self, kind: int, closing: str) -> list[Token]:
        """The tokens up to a closing token outside all groups, which is passed; or all that is left."""
        taken: list[Token] = []
        depth = 0
        while (token := self.next()) is not None:
            if depth == 0 and token.kind == kind and token.text == closing:
                break
            if token.kind == STOP or (token.kind == CLOSE and depth == 0):
                # An option that is never closed must not swallow the group around it.
                self.push([token])
                break
            depth += (token.kind == OPEN) - (token.kind == CLOSE)
            taken.append(token)
        return taken

    def environment_body(self, name: str) -> list[Token]:
        r"""The tokens up to the ``\end`` that closes environment `name`, which is passed; or all that is left."""
        taken: list[Token] = []
        depth = 0
        while (token := self.next()) is not None:
            if token.kind == CONTROL and token.text in ("begin", "end"):
                group = self._name_ahead()
                if group is not None and source_of(group[1:-1]).strip() == name:
                    depth += 1 if token.text == "begin" else -1
                    if depth < 0:
                        return taken
                taken.append(token)
                taken.extend(group or ())
                continue
            if token.kind == STOP:
                self.push([token])
                break
            taken.append(token)
        return taken

    def raw_environment(self, name: str) -> str:
        r"""The characters up to ``\end{name}``, which is passed, as they are written."""
        if self._ahead:
            return source_of(self.environment_body(name))
        text, start = self._lexer.text, self._lexer.position
        ending = f"\\end{{{name}}}"
        end = text.find(ending, start)
        self._lexer.seek(len(text) if end < 0 else end + len(ending))
        return text[start:] if end < 0 else text[start:end]

    def raw_argument(self) -> str:
        """The characters of an argument in braces, as they are written (an address holds ``%``)."""
        text, start = self._lexer.text, self._lexer.position
        while start < len(text) and text[start] in " \t\n":
            start += 1
        if self._ahead or text[start : start + 1] != "{":
            return source_of(self.argument())
        depth = 0
        for position in range(start, len(text)):
            depth += (text[position] == "{") - (text[position] == "}")
            if depth == 0:
                self._lexer.seek(position + 1)
                return text[start + 1 : position]
        self._lexer.seek(len(text))
        return text[start + 1 :]

    def raw_verb(self) -> str:
        r"""The characters of ``\verb|...|``, as they are written."""
        if self._ahead:
            return self._verb_of_tokens()
        text, start = self._lexer.text, self._lexer.position
        start += text.startswith("*", start)
        end = text.find(text[start : start + 1] or "\n", start + 1)
        line_end = text.find("\n", start)
        if end < 0 or 0 <= line_end < end:
            end = len(text) if line_end < 0 else line_end
        self._lexer.seek(min(end + 1, len(text)))
        return text[start + 1 : end]

    def formula(self, closing: str) -> list[Token]:
        r"""The tokens of a formula up to its closing `$`, `$$`, ``\)`` or ``\]``, which is passed.

        Inside a group of it, ``$`` belongs to the group (``\\text{for $n$}``).
        """
        taken: list[Token] = []
        depth = 0
        while (token := self.next()) is not None:
            if token.kind == PAR:
                if closing != "$":
                    continue
                # TeX ends the formula here with an error, and so the damage of a lost $ is one paragraph.
                self.push([token])
                break
            if token.kind in (MATH, CONTROL) and token.text == closing and (depth == 0 or closing in ("$$", "]")):
                # No group of a formula holds a display: where one seems to, a brace was lost.
                break
            if depth == 0 and closing == "$" and token.kind == MATH:
                # `$a$$b$` lexes with `$$` in the middle: it closes one formula and opens the next.
                self.push([token._replace(text="$")])
                break
            if token.kind == STOP or (token.kind == CLOSE and depth == 0):
                self.push([token])
                break
            depth += (token.kind == OPEN) - (token.kind == CLOSE)
            taken.append(token)
        return taken

    def expand(self, name: str) -> bool:
        """Replace the macro `name`, just read, by its body; False where it is none or a limit is reached."""
        macro = self._macros.get(name)
        if macro is None or macro.delimited is not None or self._expansions <= 0:
            return False
        arguments: list[list[Token]] = []
        if macro.default is not None and macro.parameters:
            arguments.append(self.option() or tokens_of(macro.default))
        while len(arguments) < macro.parameters:
            arguments.append(self.argument())
        if name not in self._bodies:
            self._bodies[name] = tokens_of(whole_body(macro))
        body = self._bodies[name]
        self._expansions -= 1
        self._produced -= len(body) + sum(len(arguments[index]) for index in _parameters(body, len(arguments)))
        if self._produced < 0:
            self._expansions = 0
        else:
            self.push(_with_arguments(body, arguments))
        return True

    def _verb_of_tokens(self) -> str:
        r"""``\verb`` in an argument, where its characters were already read as tokens."""
        self.take_star()
        source, delimiter = "", ""
        while (token := self.next()) is not None and token.kind not in (PAR, STOP):
            source += source_of([token])
            delimiter = delimiter or source[:1]
            end = source.find(delimiter, 1)
            if end > 0:
                if source[end + 1 :]:
                    self.push(tokens_of(source[end + 1 :]))
                return source[1:end]
        if token is not None:
            self.push([token])
        return source[1:]

    def _name_ahead(self) -> list[Token] | None:
        """The braces of an environment's name and what is between them, or None; they are passed."""
        opening = self.peek()
        if opening is None or opening.kind != OPEN:
            return None
        self.next()
        group = [opening]
        while (token := self.peek()) is not None and token.kind in (TEXT, CONTROL):
            group.append(token)
            self.next()
        if token is not None and token.kind == CLOSE:
            group.append(token)
            self.next()
            return group
        self.push(group)
        return None


def _parameter(token: Token, count: int) -> int | None:
    """Which of `count` arguments a token stands for, from 0, or None."""
    if token.kind != PARAMETER or not token.text[1:].isdigit():
        return None
    index = int(token.text[1:]) - 1
    return index if 0 <= index < count else None


def _parameters(body: Sequence[Token], count: int) -> list[int]:
    return [index for token in body if (index := _parameter(token, count)) is not None]


def _with_arguments(body: Sequence[Token], arguments: Sequence[Sequence[Token]]) -> list[Token]:
    replaced: list[Token] = []
    for token in body:
        index = _parameter(token, len(arguments))
        replaced.extend([token] if index is None else arguments[index])
    return replaced
