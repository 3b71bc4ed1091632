"""What stands in one ``blueprint`` attribute: its label and its options, as LeanArchitect's grammar has them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from blueprint_app.sources.lean_architect.masking import MaskedText

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "'": "'", "0": "\0"}
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|\n[ \t]*|(.))", re.DOTALL)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_OPTION = re.compile(r"\(\s*([A-Za-z]+)\s*:=\s*")
_WORD = re.compile(r"[\w.!?'«»₀-₉]+")
_SPACE = re.compile(r"(?:\s|--[^\n]*)+")
_USED = re.compile(r'\s*(-?)\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,\]"]+))\s*')


@dataclass(frozen=True, slots=True)
class DocText:
    """The text of a doc comment, stripped, and the offset at which it begins in its file."""

    text: str
    start: int


@dataclass(slots=True)
class UsesOption:
    """``[a, "b", -c, -"d"]``: Lean names and labels, wanted and unwanted."""

    names: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    without_names: list[str] = field(default_factory=list)
    without_labels: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Options:
    """All that an attribute says; None or empty where it is silent. `faults` are offsets with what is wrong there."""

    label: str | None = None
    statement: DocText | None = None
    proof: DocText | None = None
    has_proof: bool | None = None
    uses: UsesOption = field(default_factory=UsesOption)
    proof_uses: UsesOption = field(default_factory=UsesOption)
    title: str | None = None
    not_ready: bool = False
    discussion: str | None = None
    environment: str | None = None
    faults: list[tuple[int, str]] = field(default_factory=list)


def unescape(written: str) -> str:
    """The value of a Lean string literal, given without its quotation marks."""

    def value(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        if code:
            number = int(code, 16)
            return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= number < 0xE000 else chr(number)
        return _ESCAPES.get(found[3], found[3]) if found[3] else ""

    return _ESCAPE.sub(value, written)


def doc_text(file: MaskedText, start: int, end: int) -> DocText:
    """The text of the block comment between two offsets, without its delimiters."""
    begin = start + 3 if file.text[start : start + 3] in ("/--", "/-!") else start + 2
    inner = file.text[begin : end - 2] if file.text[max(end - 2, begin) : end] == "-/" else file.text[begin:end]
    stripped = inner.lstrip()
    return DocText(stripped.rstrip(), begin + len(inner) - len(stripped))


class _Reader:
    """Reads one attribute from `position` to `end`."""

    def __init__(self, file: MaskedText, position: int, end: int) -> None:
        self.file = file
        self.text = file.text
        self.position = position
        self.end = end
        self.options = Options()

    def read(self) -> Options:
        self._skip_space()
        if self.text.startswith("?", self.position):
            self.position += 1
            self._skip_space()
        if (label := self._string()) is not None:
            self.options.label = label
        self._skip_space()
        while self.position < self.end:
            option = _OPTION.match(self.text, self.position, self.end)
            if option is None:
                self._fault("This is no option of @[blueprint].")
                break
            self.position = option.end()
            self._skip_space()
            self._value(option[1])
            self._skip_space()
            if not self.text.startswith(")", self.position):
                self._fault(f"The option {option[1]} has a value that could not be read.")
                self.position = self._closing()
            self.position += 1
            self._skip_space()
        return self.options

    def _value(self, name: str) -> None:
        reader = _READERS.get(name)
        if reader is None:
            self._fault(f"The option {name} is not known here.")
            self.position = self._closing()
            return
        reader(self)

    def read_statement(self) -> None:
        self.options.statement = self._doc() or self.options.statement

    def read_proof(self) -> None:
        self.options.proof = self._doc() or self.options.proof

    def read_has_proof(self) -> None:
        self.options.has_proof = self._word() == "true"

    def read_uses(self) -> None:
        self._used(self.options.uses)

    def read_proof_uses(self) -> None:
        self._used(self.options.proof_uses)

    def read_title(self) -> None:
        """The title: a string, since newer versions a doc comment as well."""
        doc = self._doc()
        self.options.title = doc.text if doc is not None else self._string()

    def read_not_ready(self) -> None:
        self.options.not_ready = self._word() == "true"

    def read_discussion(self) -> None:
        self.options.discussion = self._word()

    def read_environment(self) -> None:
        self.options.environment = self._string()

    def read_label(self) -> None:
        self.options.label = self._string() or self.options.label

    def _doc(self) -> DocText | None:
        comment = self.file.comment_at(self.position)
        if comment is None or comment[0] != self.position:
            return None
        self.position = comment[1]
        return doc_text(self.file, *comment)

    def _string(self) -> str | None:
        found = _STRING.match(self.text, self.position, self.end)
        if found is None:
            return None
        self.position = found.end()
        return unescape(found[1])

    def _word(self) -> str:
        found = _WORD.match(self.text, self.position, self.end)
        if found is None:
            return ""
        self.position = found.end()
        return found[0]

    def _used(self, uses: UsesOption) -> None:
        if not self.text.startswith("[", self.position):
            return
        self.position += 1
        while (found := _USED.match(self.text, self.position, self.end)) is not None:
            unwanted, label, name = found.groups()
            self.position = found.end()
            if label is not None:
                (uses.without_labels if unwanted else uses.labels).append(unescape(label))
            else:
                (uses.without_names if unwanted else uses.names).append(name)
            if not self.text.startswith(",", self.position):
                break
            self.position += 1
        self._skip_space()
        if self.text.startswith("]", self.position):
            self.position += 1

    def _skip_space(self) -> None:
        found = _SPACE.match(self.text, self.position, self.end)
        if found is not None:
            self.position = found.end()

    def _closing(self) -> int:
        """The offset of the parenthesis that closes the option being read."""
        level = 0
        for position in range(self.position, self.end):
            character = self.file.code[position]
            if character in "([":
                level += 1
            elif character in ")]":
                if not level:
                    return position
                level -= 1
        return self.end

    def _fault(self, message: str) -> None:
        self.options.faults.append((self.position, message))


_READERS: dict[str, Callable[[_Reader], None]] = {
    "statement": _Reader.read_statement,
    "proof": _Reader.read_proof,
    "hasProof": _Reader.read_has_proof,
    "uses": _Reader.read_uses,
    "proofUses": _Reader.read_proof_uses,
    "title": _Reader.read_title,
    "notReady": _Reader.read_not_ready,
    "discussion": _Reader.read_discussion,
    "latexEnv": _Reader.read_environment,
    "latexLabel": _Reader.read_label,
}


def read_options(file: MaskedText, start: int, end: int) -> Options:
    """The options between the offsets behind the word ``blueprint`` and of the attribute's end."""
    return _Reader(file, start, end).read()
