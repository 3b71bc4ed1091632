"""Turns LaTeX, and Lean names and statements, into the words that a person would say for them.

What stands between two blanks is cut into pieces by one pattern, and both are looked up in tables that fill themselves:
a large blueprint repeats itself so much that hardly anything has to be cut or thought about twice.
"""

import re
import unicodedata
from collections.abc import Iterable

from blueprint_app.insight.search.blank_runs import REFERRING, SILENT_NAMES, BlankRuns
from blueprint_app.insight.search.symbol_words import COMMANDS, GREEK, NAME_PARTS, NUMBER_SETS, SIGNS, SILENT_COMMANDS
from blueprint_app.model.blueprint import MacroDefinition

_DEPTH = 8
"""How many macros may stand within each other."""

_LONGEST = 20_000
"""Characters of one passage that are read: what a person searches by stands well before."""

_SILENT = rf"\\(?:{SILENT_NAMES})\*?\s*(?:\[[^\[\]]{{0,99}}\])?\{{[^{{}}]{{0,99}}\}}"
_REFERENCE = rf"\\(?:{REFERRING})\*?\s*\{{[^{{}}]{{0,999}}\}}"
_ACCENT = r"""\\(?:['`"^~=.]\s*|[Hvcubdkr](?=\{))(?:\{\\?[A-Za-z]\}|\\?[A-Za-z])"""
_PLAIN = rf"[^\W_]+(?:{_ACCENT}[^\W_]*)*[ ]?"
_BLACKBOARD = r"\\(?:mathbb|Bbb|mathbf|bf)\s*\{?\s*[NZQRCFPET](?![A-Za-z])"
_PHRASE = (
    r"\b(?:[Aa]t\s+(?:least|most)(?:\s+(?:zero|0)\b)?|[Ii]f\s+and\s+only\s+if|[Ee]xactly\s+when"
    r"|(?:not|never|cannot\s+be|can\s+not\s+be)\s+(?:be\s+)?(?:negative|less\s+than\s+(?:zero|0))\b)"
)
_ZERO = r"\s*0(?![.0-9A-Za-z])"
# What there is most of stands first: words that begin no phrase, then what is passed over between two words.
_PIECE = re.compile(
    rf"""(?![NnAaIiEec]){_PLAIN}
    |[\s{{}}()\[\].,;:$&~|_'"*/!?@`]+
    |[Nn]on[\s-]+[a-z]{{3}}[^\W_]*|{_PHRASE}|{_PLAIN}
    |(?:{_ACCENT}[^\W_]*)+
    |{_SILENT}|{_REFERENCE}|{_BLACKBOARD}
    |\\not\s*(?:=|\\[A-Za-z]+)
    |(?:\\geq?(?:slant)?|≥|>=){_ZERO}
    |(?:\\gt|>){_ZERO}
    |(?<![<>!:])={_ZERO}
    |\\[A-Za-z@]+
    |\^\s*\{{?\s*(?:-\s*1|2)\s*\}}?(?![0-9A-Za-z])
    |(?:(?<=[\s\[({{,;=|])|^)-(?=\s?[\w\\])|(?<=\$)-(?=\s?(?:[A-Za-z0-9](?![A-Za-z])|\\))
    |[+=<>]|[^\x00-\x7f]""",
    re.VERBOSE,
)
# Most of what stands between two words is passed over in one step: that halves the time.
_SKIPPED = frozenset("{}()[].,;:$&~|_'\"*/!?@`")
_LABEL_IN = re.compile(r"\{([^{}]*)\}")
_ACCENT_IN = re.compile(_ACCENT)
_NUMBER_SET_IN = re.compile(r"[NZQRCFPET]$")
_PARAMETER = re.compile(r"#+[0-9]")
_WORD = re.compile(r"[^\W_]+")
_UNSIGNED = re.compile(r"[^+=<>]*")
_NAME_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")
_TYPED_NAME = re.compile(r"[^\W\d][\w'.]*")
_IN_LEAN = re.compile(r"[a-z][A-Z]|_|[^\W\d]\.[^\W\d]")
_LEAN_PIECE = re.compile(rf"[^\W\d][\w'.!?]*|\d+|(?:≥|>=){_ZERO}|>{_ZERO}|(?<![<>!:])={_ZERO}|[+=<>]|[^\x00-\x7f]")
_COMMANDS_OF_LEAN = "theorem lemma def abbrev instance structure class by where variable fun Type Sort Prop"
_KEYWORDS = frozenset(_COMMANDS_OF_LEAN.split())

_FIXED = {**COMMANDS, **{name: name for name in GREEK}, **{f"var{name}": name for name in GREEK}}
_FIXED = {**{name.capitalize(): words for name, words in _FIXED.items() if words in GREEK}, **_FIXED}
_FIXED |= dict.fromkeys(SILENT_COMMANDS, "")
_SIGNS = str.maketrans(SIGNS)


class _Words(dict[str, str]):
    """What each piece of text says, found when it is first met."""

    def in_text(self, pieces: Iterable[str]) -> str:
        """The words of all pieces, parted by blanks."""
        return " ".join(map(self.__getitem__, pieces))


class TexWords:
    """Reads LaTeX with a project's own macros.

    A macro's arguments stay where they are, after the words of its body: the order of words matters little
    to a search, and no argument has to be found. To be used by one thread at a time.
    """

    def __init__(self, macros: Iterable[MacroDefinition] = ()) -> None:
        self._runs = BlankRuns(_Pieces(macros).of)

    def of(self, tex: str) -> str:
        """The words of a piece of LaTeX: small letters and digits without accents, parted by blanks."""
        return self._runs.words_of(tex[:_LONGEST].split())


class _Pieces(_Words):
    """Reads LaTeX from one end to the other."""

    def __init__(self, macros: Iterable[MacroDefinition] = ()) -> None:
        super().__init__()
        self._bodies = {macro.name: macro.body for macro in macros}
        self._depth = 0

    def of(self, tex: str) -> str:
        """The words of a piece of LaTeX."""
        return self.in_text(_PIECE.findall(tex))

    def __missing__(self, piece: str) -> str:
        self[piece] = found = self._spoken(piece)
        return found

    def _spoken(self, piece: str) -> str:
        piece = piece.strip()
        if not piece or piece[0] in _SKIPPED:
            return ""
        if piece[0] == "\\":
            return self._command(piece)
        if (relation := _relation_to_zero(piece)) or piece[0] == "^":
            return relation or ("inverse" if "1" in piece else "squared")
        if " " in piece and (phrase := _phrase(piece.lower())):
            return phrase
        if piece[:3] in ("non", "Non") and not piece.isalnum():
            piece = "non" + piece[3:].lstrip(" \t\r\n-")
        return "minus" if piece == "-" else plain_words(_without_accents(piece))

    def _command(self, piece: str) -> str:
        name = re.match(r"[A-Za-z@]*", piece[1:])
        assert name is not None
        rest = piece[1 + name.end() :]
        if not rest and name[0]:
            return self._macro(name[0]) if name[0] in self._bodies else _FIXED.get(name[0], name[0].lower())
        if name[0] == "not":
            return f"not {self[rest.strip()]}"
        if (relation := _relation_to_zero(piece)) or re.fullmatch(_SILENT, piece):
            return relation
        if re.fullmatch(_REFERENCE, piece):
            return words_of_name(" ".join(_LABEL_IN.findall(piece)))
        if re.fullmatch(_BLACKBOARD, piece) and (found := _NUMBER_SET_IN.search(piece)):
            return NUMBER_SETS[found[0]].lower()
        return plain_words(_without_accents(piece))

    def _macro(self, name: str) -> str:
        if self._depth >= _DEPTH:
            return ""
        # While its own body is read a macro says nothing: one that calls itself has an end.
        self[f"\\{name}"] = ""
        self._depth += 1
        words = self.of(_PARAMETER.sub(" ", self._bodies[name]))
        self._depth -= 1
        # A long name is mostly the word that its author would say: \Sym, \dist, \entropy.
        own = name.lower() if len(name) > 3 and name.isalpha() and name.lower() not in words else ""
        return f"{words} {own}".strip()


class _LeanWords(_Words):
    """Reads statements of Lean."""

    def __missing__(self, piece: str) -> str:
        if piece in _KEYWORDS:
            found = ""
        elif piece[0].isalpha() and piece.isascii():
            found = words_of_name(piece)
        else:
            found = _relation_to_zero(piece) or plain_words(piece)
        if len(self) > _MOST_PIECES:
            self.clear()
        self[piece] = found
        return found


_MOST_PIECES = 300_000
_LEAN_WORDS = _LeanWords()


def plain_words(text: str) -> str:
    """Words without accents, case and signs."""
    if text.isascii() and _UNSIGNED.fullmatch(text):
        return " ".join(_WORD.findall(text.lower()))
    text = text.translate(_SIGNS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(text.lower()))


def words_of_question(text: str, tex_words: TexWords) -> str:
    """What a person typed: prose, LaTeX or Lean names."""

    def spoken(found: re.Match[str]) -> str:
        # A subscript of LaTeX has one letter before it, or a command.
        is_name = len(found[0]) > 3 and _IN_LEAN.search(found[0]) and text[found.start() - 1 : found.start()] != "\\"
        return words_of_name(found[0]) if is_name else found[0]

    return tex_words.of(_TYPED_NAME.sub(spoken, text[:_LONGEST]))


def words_of_name(name: str) -> str:
    """The words of a Lean name or a label: ``condEntropy_le`` says "cond conditional entropy le less or equal"."""
    said = []
    for part in _NAME_PART.findall(name):
        small = part.lower()
        said += [small, NAME_PARTS[small]] if small in NAME_PARTS and NAME_PARTS[small] != small else [small]
    words = " ".join(said)
    return words if words.isascii() else plain_words(words)


def words_of_lean(statement: str) -> str:
    """The words of a Lean statement or docstring, with the names in it cut into their parts."""
    return _LEAN_WORDS.in_text(_LEAN_PIECE.findall(statement[:_LONGEST]))


def _phrase(piece: str) -> str:
    """What a phrase of prose says, as a symbol would say it; "" for what is none."""
    match piece.split():
        case ["at", "least"]:
            return COMMANDS["ge"]
        case ["at", "most"]:
            return COMMANDS["le"]
        case ["if" | "exactly", *_]:
            return COMMANDS["iff"]
        case ["at", "least", _] | ["not" | "never" | "cannot" | "can", *_]:
            return "nonnegative"
    return ""


def _relation_to_zero(piece: str) -> str:
    """Comparisons with 0 have words of their own; "" for anything else."""
    if not piece.endswith("0") or piece[0].isalnum():
        return ""
    if piece.startswith("="):
        return "equal zero vanishes 0"
    return (
        "greater positive 0"
        if piece.startswith((">", r"\gt")) and piece[1:2] != "="
        else "greater or equal nonnegative 0"
    )


def _without_accents(piece: str) -> str:
    return _ACCENT_IN.sub(lambda found: found[0].strip("{}")[-1], piece) if "\\" in piece else piece
