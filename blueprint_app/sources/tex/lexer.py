"""Characters to TeX tokens with offsets, lazily, so that verbatim text can be read raw."""

import re
from collections.abc import Mapping
from typing import NamedTuple

TEXT, PAR, CONTROL, OPEN, CLOSE, MATH, PARAMETER, BRACKET, ALIGN, TIE = range(10)
"""Kinds of tokens: a run of ordinary characters (letters, punctuation, ``^``, ``_``, white space
with single line ends) · blank lines · a control word or symbol · ``{`` · ``}`` · ``$`` or ``$$`` ·
``#1`` · ``[`` or ``]`` · ``&`` · ``~``."""


class Token(NamedTuple):
    """A token with the offsets of its first character and of the end of all that it swallowed.

    `text` is a control sequence's name without its backslash, else the characters as written.
    A control word swallows the white space behind it, up to one line end, as TeX does. `source`
    numbers the file that it came from.
    """

    kind: int
    text: str
    start: int
    end: int
    source: int = 0


_BLANKS = r"[ \t\r\f\v]"
_RULES = rf"""
    (?P<text>(?:[^\\%{{}}$\#\[\]&~\0\n]+|\n(?!{_BLANKS}*\n))+)
  | \\(?P<word>[LETTERS]+){_BLANKS}*(?:\n{_BLANKS}*(?!\n))?
  | (?P<par>\n{_BLANKS}*\n\s*)
  | (?P<open>\{{)
  | (?P<close>\}})
  | (?P<math>\$\$?)
  | \\(?P<symbol>[^LETTERS\0])
  | (?P<comment>%[^\n]*(?:\n{_BLANKS}*)?)
  | (?P<bracket>[\[\]])
  | (?P<parameter>\#+[0-9]?)
  | (?P<align>&)
  | (?P<tie>~)
  | (?P<skipped>\\?\0|\\\Z)
"""
_KIND_OF_RULE = {
    "text": TEXT,
    "word": CONTROL,
    "par": PAR,
    "open": OPEN,
    "close": CLOSE,
    "math": MATH,
    "symbol": CONTROL,
    "bracket": BRACKET,
    "parameter": PARAMETER,
    "align": ALIGN,
    "tie": TIE,
}
_USER = re.compile(_RULES.replace("LETTERS", "A-Za-z"), re.VERBOSE)
_PACKAGE = re.compile(_RULES.replace("LETTERS", "A-Za-z@"), re.VERBOSE)
_KINDS = [_KIND_OF_RULE.get(name, -1) for name in ("", *_USER.groupindex)]
_COMMENT = _USER.groupindex["comment"]
_BLANK_LINE = re.compile(r"\n\s*")


_TEXT, _WORD, _SYMBOL, _OPEN, _MATH = (_USER.groupindex[name] for name in ("text", "word", "symbol", "open", "math"))
_IDLE = frozenset(_USER.groupindex[name] for name in ("bracket", "tie", "parameter"))
_SIMPLE_GROUP = re.compile(r"\{[^{}$&%#\0\n]*\}")
_CONTROLS = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_BRACES = re.compile(r"(?<!\\)(?:\\\\)*([{}])")
_NOT_IN_SIMPLE_FORMULA = re.compile(r"[%&#\0]|\n[ \t]*\n")


class Lexer:
    """Reads one text token by token; `seek` moves it, so that a stretch can be read raw.

    A comment is dropped with its line end and the next line's indentation; an empty line behind
    it still ends the paragraph. A NUL character is dropped.
    """

    __slots__ = ("_pattern", "position", "source", "text")

    def __init__(self, text: str, source: int = 0, *, at_is_letter: bool = False) -> None:
        self.text = text
        self.source = source
        self.position = 0
        self._pattern = _PACKAGE if at_is_letter else _USER

    def seek(self, position: int) -> None:
        """Go on reading at the offset `position`."""
        self.position = position

    def make_at_letter(self, yes: bool) -> None:
        """Whether ``@`` may stand in control words from here on (``\\makeatletter``)."""
        self._pattern = _PACKAGE if yes else _USER

    def next(self) -> Token | None:
        """The next token, or None at the end."""
        while (found := self._pattern.match(self.text, self.position)) is not None:
            token = self._token(found)
            if token is not None:
                return token
        return None

    def next_significant(
        self, passive: Mapping[str, bool], harmless: Mapping[str, bool], formulas: bool
    ) -> tuple[Token | None, bool]:
        """The next token that may have an effect, and whether anything but white space was passed over.

        Passed over are text, control sequences that are `passive`, groups of text and `harmless`
        control sequences, and, if `formulas`, inline formulas of such. It exists for speed: nine
        tokens of ten in a blueprint are of that kind.
        """
        text, match, seen = self.text, self._pattern.match, False
        position = self.position
        while (found := match(text, position)) is not None:
            rule = found.lastindex
            end = found.end()
            if rule == _TEXT:
                seen = seen or not found[0].isspace()
            elif rule in (_WORD, _SYMBOL):
                if not passive[found[rule]]:
                    break
                seen = True
            elif rule in _IDLE:
                seen = True
            elif rule == _OPEN:
                group = _SIMPLE_GROUP.match(text, position)
                if group is None or not all(harmless[name] for name in _CONTROLS.findall(group[0])):
                    break
                seen, end = True, group.end()
            elif rule == _MATH and formulas and end == position + 1:
                closing = text.find("$", end)
                if closing < 0 or not _is_simple_formula(text[end:closing], harmless):
                    break
                seen, end = True, closing + 1
            else:
                self.position = position
                token = self._token(found)
                if token is not None:
                    return token, seen
                end = self.position
            position = end
        self.position = position
        return (None if found is None else self._token(found)), seen

    def _token(self, found: re.Match[str]) -> Token | None:
        """The token of a match, or None for a comment or what is dropped; moves on behind it."""
        rule = found.lastindex or 0
        end = self.position = found.end()
        kind = _KINDS[rule]
        if kind >= 0:
            return Token(kind, found[rule], found.start(), end, self.source)
        if rule == _COMMENT and (blank := _BLANK_LINE.match(self.text, end)) and self._at_line_start():
            self.position = blank.end()
            return Token(PAR, "\n\n", found.start(), blank.end(), self.source)
        return None

    def _at_line_start(self) -> bool:
        """Whether only blanks stand between the last line end and the position."""
        line_end = self.text.rfind("\n", 0, self.position)
        return line_end >= 0 and not self.text[line_end : self.position].strip()


def _is_simple_formula(inner: str, harmless: Mapping[str, bool]) -> bool:
    """Whether what stands between two dollar signs can have no effect outside of the formula."""
    if (
        not inner
        or _NOT_IN_SIMPLE_FORMULA.search(inner)
        or not all(map(harmless.__getitem__, _CONTROLS.findall(inner)))
    ):
        return False
    if "{" in inner or "}" in inner:
        level = 0
        for brace in _BRACES.findall(inner):
            level += 1 if brace == "{" else -1
            if level < 0:
                return False
        return level == 0
    return True


def tokens_of(text: str, source: int = 0) -> list[Token]:
    """All tokens of a text, as user documents are read."""
    lexer = Lexer(text, source)
    tokens = []
    while (token := lexer.next()) is not None:
        tokens.append(token)
    return tokens
