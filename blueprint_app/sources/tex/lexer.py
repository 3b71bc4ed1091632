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
  | (?P<par>\n{_BLANKS}*\n\s*)
  | \\(?P<word>[LETTERS]+){_BLANKS}*(?:\n{_BLANKS}*(?!\n))?
  | \\(?P<symbol>[^LETTERS])
  | (?P<open>\{{)
  | (?P<close>\}})
  | (?P<math>\$\$?)
  | (?P<comment>%[^\n]*(?:\n[^\S\n]*)?)
  | (?P<bracket>[\[\]])
  | (?P<parameter>\#+[0-9]?)
  | (?P<align>&)
  | (?P<tie>~)
  | (?P<skipped>\\?\0|\\\Z)
"""
_KINDS = {
    "text": TEXT, "par": PAR, "word": CONTROL, "symbol": CONTROL, "open": OPEN, "close": CLOSE,
    "math": MATH, "bracket": BRACKET, "parameter": PARAMETER, "align": ALIGN, "tie": TIE,
}  # fmt: skip
_USER = re.compile(_RULES.replace("LETTERS", "A-Za-z"), re.VERBOSE)
_PACKAGE = re.compile(_RULES.replace("LETTERS", "A-Za-z@"), re.VERBOSE)


class Lexer:
    """Reads one text token by token; `position` may be moved to read a stretch raw.

    A comment is dropped with its line end and the next line's indentation; blank lines behind it
    still end the paragraph. A NUL character is dropped.
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
            self.position = found.end()
            group = found.lastgroup
            if group == "comment":
                # What follows is the start of a line: an empty one ends the paragraph.
                blank = _BLANK_LINES.match(self.text, self.position)
                if blank is not None and found.group().endswith(("\n", " ", "\t")):
                    self.seek(blank.end())
                    return Token(PAR, "\n\n", found.start(), blank.end(), self.source)
                continue
            kind = _KINDS.get(group or "")
            if kind is not None:
                return Token(kind, found.group(group or 0), found.start(), found.end(), self.source)
        return None


_BLANK_LINES = re.compile(r"\n\s*")


def tokens_of(text: str, source: int = 0) -> list[Token]:
    """All tokens of a text, as user documents are read."""
    lexer = Lexer(text, source)
    tokens = []
    while (token := lexer.next()) is not None:
        tokens.append(token)
    return tokens
