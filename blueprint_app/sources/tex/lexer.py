"""Characters to TeX tokens with offsets, lazily, so that verbatim text can be read raw."""

import re
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


class Lexer:
    """Reads one text token by token; `seek` moves it, so that a stretch can be read raw.

    A comment is dropped with its line end and the next line's indentation; an empty line behind
    it still ends the paragraph. A NUL character is dropped.
    """

    __slots__ = ("_match", "_pattern", "position", "source", "text")

    def __init__(self, text: str, source: int = 0, *, at_is_letter: bool = False) -> None:
        self.text = text
        self.source = source
        self._pattern = _PACKAGE if at_is_letter else _USER
        self.seek(0)

    def seek(self, position: int) -> None:
        """Go on reading at the offset `position`."""
        self.position = position
        self._match = self._pattern.scanner(self.text, position).match  # type: ignore[attr-defined]

    def make_at_letter(self, yes: bool) -> None:
        """Whether ``@`` may stand in control words from here on (``\\makeatletter``)."""
        self._pattern = _PACKAGE if yes else _USER
        self.seek(self.position)

    def next(self) -> Token | None:
        """The next token, or None at the end."""
        while (found := self._match()) is not None:
            rule = found.lastindex
            end = self.position = found.end()
            kind = _KINDS[rule]
            if kind >= 0:
                return Token(kind, found[rule], found.start(), end, self.source)
            if rule == _COMMENT and (blank := _BLANK_LINE.match(self.text, end)) and end > 0 and self._at_line_start():
                self.seek(blank.end())
                return Token(PAR, "\n\n", found.start(), blank.end(), self.source)
        return None

    def _at_line_start(self) -> bool:
        """Whether only blanks stand between the last line end and the position."""
        line_end = self.text.rfind("\n", 0, self.position)
        return line_end >= 0 and not self.text[line_end : self.position].strip()


def tokens_of(text: str, source: int = 0) -> list[Token]:
    """All tokens of a text, as user documents are read."""
    lexer = Lexer(text, source)
    tokens = []
    while (token := lexer.next()) is not None:
        tokens.append(token)
    return tokens
