"""TeX's ways to write a character: accents, ligatures, named symbols, spaces."""

import re
import unicodedata

COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361", "textcommabelow": "\u0326",
    # A title may come with its quotes already made typographic.
    "‘": "\u0300", "’": "\u0301",
}  # fmt: skip
"""Accent commands and the combining character each one adds behind its letter."""

SYMBOLS = {
    "%": "%", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}", "$": "$", " ": " ", "\n": " ", "\t": " ",
    ",": "\u2009", ":": "\u2005", ";": "\u2004", "!": "", "/": "", "-": "\u00ad", "@": "", "quad": "\u2003",
    "qquad": "\u2003\u2003", "enspace": "\u2002", "enskip": "\u2002", "thinspace": "\u2009", "space": " ",
    "nobreakspace": "\u00a0", "S": "§", "P": "¶", "textsection": "§", "textparagraph": "¶", "dag": "†", "ddag": "‡",
    "dots": "…", "ldots": "…", "textellipsis": "…", "copyright": "©", "textcopyright": "©", "textregistered": "®",
    "texttrademark": "™", "pounds": "£", "euro": "€", "texteuro": "€", "textdegree": "°", "degree": "°", "ss": "ß",
    "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textbar": "|",
    "textless": "<", "textgreater": ">", "textbraceleft": "{", "textbraceright": "}", "textdollar": "$",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textquotedbl": '"', "textquotesingle": "'", "lq": "‘", "rq": "’", "textendash": "–", "textemdash": "—",
    "textbullet": "•", "textperiodcentered": "·", "slash": "/", "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε",
    "guillemotleft": "«", "guillemotright": "»", "og": "« ", "fg": " »", "glqq": "„", "grqq": "“", "textonehalf": "½",
    "textnumero": "№", "textrightarrow": "→", "textleftarrow": "←", "lbrack": "[", "rbrack": "]", "textmu": "µ",
    "checkmark": "✓", "xspace": "", "and": " and ", "qed": "□", "blacksquare": "■", "textexclamdown": "¡",
    "textquestiondown": "¿",
}  # fmt: skip
"""Commands without arguments and the characters they print."""

_ALONE = {"^": "^", "~": "~", "`": "`", "'": "´", '"': "¨", "=": "¯"}
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), (",,", "„"), ("`", "‘"), ("'", "’"))
_SPACES = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*|[ \t\r\f\v]+")


def typographic(source: str) -> str:
    """A run of ordinary characters as TeX would print it: dashes, quotes, white space folded."""
    for written, printed in _LIGATURES:
        if written in source:
            source = source.replace(written, printed)
    return _SPACES.sub(" ", source)


def accented(command: str, base: str) -> str:
    """`base` with the accent of `command` on its first letter; the dotless i and j get their letter back."""
    if not base:
        return _ALONE.get(command, "\u00a0" + COMBINING[command])
    letter = {"ı": "i", "ȷ": "j"}.get(base[0], base[0])
    if command == "v" and letter in "dtlL":
        return {"d": "ď", "t": "ť", "l": "ľ", "L": "Ľ"}[letter] + base[1:]
    return unicodedata.normalize("NFC", letter + COMBINING[command]) + base[1:]
