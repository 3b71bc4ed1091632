"""Where the next token comes from: files within files, and tokens pushed back by macros."""

import re
from collections.abc import Iterable, Sequence

from blueprint_app.sources.tex.lexer import BRACKET, CLOSE, CONTROL, MATH, OPEN, PAR, TEXT, Lexer, Token


class _Input:
    """A text being read, with the tokens put back in front of it (last one first)."""

    __slots__ = ("buffer", "lexer")

    def __init__(self, lexer: Lexer | None) -> None:
        self.lexer = lexer
        self.buffer: list[Token] = []


class TokenStream:
    """A stack of inputs, read from its top; arguments are read as plasTeX reads them.

    That differs from TeX in places that decide what a blueprint means: an optional argument ends
    at the first ``]`` of its level whatever the braces say, and an unclosed argument takes all
    that follows.
    """

    def __init__(self, tokens: Iterable[Token] = ()) -> None:
        self.closing: Token | None = None
        """The brace that closed the group read last."""
        self.unclosed: list[Token] = []
        """Opening braces of arguments that were never closed."""
        self._inputs = [_Input(None)]
        self._inputs[0].buffer = list(tokens)[::-1]

    @property
    def lexers(self) -> list[Lexer]:
        """The lexers of all texts being read, outermost first."""
        return [each.lexer for each in self._inputs if each.lexer is not None]

    @property
    def lexer(self) -> Lexer | None:
        """The lexer of the text being read, or None while only pushed tokens are left."""
        return self._inputs[-1].lexer if self._inputs else None

    @property
    def is_buffered(self) -> bool:
        """Whether the next token was put back, so that it cannot be read raw."""
        return not self._inputs or bool(self._inputs[-1].buffer)

    def open(self, lexer: Lexer) -> None:
        """Read this text before going on with what was being read."""
        self._inputs.append(_Input(lexer))

    def end_input(self) -> None:
        """Leave the text being read (``\\endinput``)."""
        if self._inputs:
            self._inputs.pop()

    def push(self, tokens: Sequence[Token]) -> None:
        """Put tokens back, to be read next in their order."""
        if not self._inputs:
            self._inputs.append(_Input(None))
        self._inputs[-1].buffer.extend(reversed(tokens))

    def next(self) -> Token | None:
        """The next token, or None when all inputs are read."""
        inputs = self._inputs
        while inputs:
            top = inputs[-1]
            if top.buffer:
                return top.buffer.pop()
            token = top.lexer.next() if top.lexer is not None else None
            if token is not None:
                return token
            inputs.pop()
        return None

    @property
    def idle_lexer(self) -> Lexer | None:
        """The lexer that gives the next token, or None where a token was put back or the text is at its end."""
        if not self._inputs:
            return None
        top = self._inputs[-1]
        return None if top.buffer else top.lexer

    def next_character(self) -> Token | None:
        """Like `next`, but of a run of text only its first character."""
        token = self.next()
        if token is not None and token.kind == TEXT and len(token.text) > 1:
            self.push((token._replace(text=token.text[1:], start=token.start + 1),))
            return token._replace(text=token.text[0], end=token.start + 1)
        return token

    def skip_spaces(self) -> None:
        """Drop white space; blank lines stay."""
        while (token := self.next()) is not None:
            if token.kind != TEXT:
                self.push((token,))
                return
            rest = token.text.lstrip()
            if rest:
                if len(rest) != len(token.text):
                    token = token._replace(text=rest, start=token.start + len(token.text) - len(rest))
                self.push((token,))
                return

    def read_argument(self) -> list[Token] | None:
        """The tokens of the next group, formula or single token; None at the end."""
        self.skip_spaces()
        token = self.next_character()
        if token is None:
            return None
        if token.kind == OPEN:
            self.closing = None
            tokens = self.read_group()
            if self.closing is None:
                self.unclosed.append(token)
            return tokens
        if token.kind != MATH:
            return [token]
        tokens = [token]
        while (token := self.next()) is not None:
            tokens.append(token)
            if token.kind == MATH:
                break
        return tokens

    def read_group(self) -> list[Token]:
        """What stands before the brace that closes the group just opened; all that follows if none does."""
        tokens: list[Token] = []
        level = 1
        while (token := self.next()) is not None:
            if token.kind == OPEN:
                level += 1
            elif token.kind == CLOSE:
                level -= 1
                if not level:
                    self.closing = token
                    break
            tokens.append(token)
        return tokens

    def read_optional(self) -> list[Token] | None:
        """The tokens of an argument in square brackets, or None if there is no such argument."""
        self.skip_spaces()
        token = self.next()
        if token is None:
            return None
        if token.kind != BRACKET or token.text != "[":
            self.push((token,))
            return None
        tokens: list[Token] = []
        level = 1
        while (token := self.next()) is not None:
            if token.kind == BRACKET:
                level += 1 if token.text == "[" else -1
                if not level:
                    break
            tokens.append(token)
        return tokens

    def read_star(self) -> bool:
        """Whether a ``*`` comes next; it is taken."""
        self.skip_spaces()
        token = self.next_character()
        if token is not None and token.kind == TEXT and token.text == "*":
            return True
        if token is not None:
            self.push((token,))
        return False

    def read_name(self) -> str:
        """The name in an argument, as it stands (of an environment, a counter, a file)."""
        return plain_text(self.read_argument() or ()).strip()

    def read_control(self) -> Token | None:
        """The control sequence that the next argument holds."""
        for token in self.read_argument() or ():
            if token.kind == CONTROL:
                return token
        return None

    def take_branch(self, which: int) -> tuple[list[Token], Token | None]:
        """Read on to the ``\\fi`` of a conditional and put back the branch of that number.

        Returns that branch and the ``\\fi`` (None where it is missing). As in plasTeX any control
        word that begins with ``if``, even ``\\iff``, opens a level.
        """
        branches: list[list[Token]] = [[]]
        level = 0
        last = None
        while (token := self.next()) is not None:
            if token.kind == CONTROL:
                name = token.text
                if name == "newif":
                    branches[-1].append(token)
                    following = self.next()
                    if following is not None:
                        branches[-1].append(following)
                    continue
                if name.startswith("if"):
                    level += 1
                elif name == "fi":
                    if not level:
                        last = token
                        break
                    level -= 1
                elif not level and name in ("else", "or"):
                    branches.append([])
                    continue
            branches[-1].append(token)
        chosen = branches[which] if 0 <= which < len(branches) else []
        self.push(chosen)
        return chosen, last

    def offset_of_next(self, source: int, otherwise: int) -> int:
        """The offset of what comes next in the file `source`, if that file is being read."""
        if not self._inputs:
            return otherwise
        top = self._inputs[-1]
        if top.buffer:
            return top.buffer[-1].start if top.buffer[-1].source == source else otherwise
        return top.lexer.position if top.lexer is not None and top.lexer.source == source else otherwise

    def read_raw_argument(self) -> str:
        """The characters of the next group as they stand, ``%``, ``#`` and ``~`` included (an address)."""
        self.skip_spaces()
        if self.is_buffered and not self._unread_open():
            return plain_text(self.read_argument() or ())
        lexer = self.lexer
        if lexer is None:
            return ""
        start = lexer.position
        if lexer.text[start : start + 1] != "{":
            return plain_text(self.read_argument() or ())
        level, position = 0, start
        for position in range(start, len(lexer.text)):
            character = lexer.text[position]
            level += (character == "{") - (character == "}")
            if not level:
                break
        lexer.seek(position + 1)
        self.closing = Token(CLOSE, "}", position, position + 1, lexer.source)
        return lexer.text[start + 1 : position].strip()

    def _unread_open(self) -> bool:
        """Take back the one opening brace that was read ahead, so that its group can be read raw."""
        top = self._inputs[-1] if self._inputs else None
        if top is None or top.lexer is None or len(top.buffer) != 1:
            return False
        token = top.buffer[0]
        if token.kind != OPEN or token.source != top.lexer.source or top.lexer.position != token.end:
            return False
        top.buffer.clear()
        top.lexer.seek(token.start)
        return True


def plain_text(tokens: Iterable[Token]) -> str:
    """The characters of tokens as they would be written, braces left out."""
    parts = []
    for token in tokens:
        if token.kind == CONTROL:
            parts.append(f"\\{token.text}" + (" " if token.text.isalpha() else ""))
        elif token.kind == PAR:
            parts.append(" ")
        elif token.kind not in (OPEN, CLOSE):
            parts.append(token.text)
    return "".join(parts)


def source_text(tokens: Iterable[Token]) -> str:
    """The tokens as TeX source again, comments gone and white space folded."""
    parts: list[str] = []
    for token in tokens:
        if token.kind == CONTROL:
            parts.append(f"\\{token.text}" + (" " if token.text.isalpha() else ""))
        elif token.kind == PAR:
            parts.append(" ")
        else:
            parts.append(token.text)
    return " ".join("".join(parts).split())


_TYPOGRAPHY = (
    ("``", "\N{LEFT DOUBLE QUOTATION MARK}"),
    ("''", "\N{RIGHT DOUBLE QUOTATION MARK}"),
    ("`", "\N{LEFT SINGLE QUOTATION MARK}"),
    ("'", "\N{RIGHT SINGLE QUOTATION MARK}"),
    ("---", "\N{EM DASH}"),
    ("--", "\N{EN DASH}"),
)


def typeset_text(source: str) -> str:
    """TeX source with its quotation marks and dashes as characters, formulas left as they are."""
    parts = re.split(r"(\$[^$]*\$|\\\(.*?\\\))", source)
    for position in range(0, len(parts), 2):
        for written, shown in _TYPOGRAPHY:
            parts[position] = parts[position].replace(written, shown)
    return "".join(parts)
