"""Finding nodes as you type: by label, title, number, Lean name or the words of the statement."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from blueprint_app.model.blueprint import Node, NodeId

_FIELD, _DECLARATION = "\x1f", "\x1e"
_LINE = "\n"
_WORD_STARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^\w]+|_+")
_BLANKS = re.compile(r"\s+")
_EXCERPT = 96


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that was found; `excerpt` is the part of its statement that holds the words, "" if its names do."""

    node: NodeId
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class _Blob:
    """One line of UTF-8 a node, joined, so that one fast scan of memory searches all nodes.

    Bytes keep a text with rare characters (𝔽) at a byte a letter, where a string would take four.
    """

    data: bytes
    starts: tuple[int, ...]

    @classmethod
    def of(cls, lines: Sequence[str]) -> "_Blob":
        encoded = [(line + _LINE).encode() for line in lines]
        starts = [0]
        for line in encoded:
            starts.append(starts[-1] + len(line))
        return cls(b"".join(encoded), tuple(starts))

    def lines_with(self, needle: bytes) -> Iterator[int]:
        """The numbers of the lines that hold `needle`, in order, each once."""
        position = self.data.find(needle)
        while position >= 0:
            line = bisect_right(self.starts, position) - 1
            yield line
            position = self.data.find(needle, self.starts[line + 1])

    def has(self, line: int, needle: bytes) -> bool:
        return self.data.find(needle, self.starts[line], self.starts[line + 1]) >= 0


def folded(text: str) -> str:
    """`text` without case, accents and runs of white space, so that "poincare" finds "Poincaré"."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _BLANKS.sub(" ", text.casefold()).strip()


def declarations_of(node: Node) -> list[str]:
    """The Lean names of `node`, namespaces and all."""
    return [text for command in node.statement.lean for text in command.texts if text]


def names_of(node: Node) -> tuple[str, ...]:
    """All that a person may call `node` by: labels, number, title, and the last parts of its Lean names."""
    names = [node.short_label, node.id, *node.labels, node.title, node.number, f"{node.caption} {node.number}"]
    names += [name.rsplit(".", 1)[-1] for name in declarations_of(node)]
    return tuple(dict.fromkeys(name for name in names if name.strip()))


def _line_of_names(names: Sequence[str], declarations: Sequence[str]) -> str:
    """Declarations have a mark of their own: all of a project's may start with the same namespace."""
    shown = _FIELD + _FIELD.join(map(folded, names)) + _FIELD
    return shown + "".join(f"{_DECLARATION}{folded(name)}{_DECLARATION}" for name in declarations)


class SearchIndex:
    """The nodes of one snapshot, ready to be searched; building it for 20,000 takes under a second.

    The better a name is met, the earlier a node stands: the whole name, its start, the start of a
    word in it, anything inside it, and at last the words of the statement. Within one of these,
    nodes stand in document order. A query of several words finds the nodes that hold all of them.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = tuple(nodes)
        names = [names_of(node) for node in nodes]
        self._names = _Blob.of(
            [_line_of_names(each, declarations_of(node)) for each, node in zip(names, nodes, strict=True)]
        )
        self._words = _Blob.of([" " + folded(" ".join(_WORD_STARTS.sub(" ", name) for name in each)) for each in names])
        self._statements = _Blob.of([" " + folded(node.statement.tex) for node in nodes])

    def find(self, query: str, limit: int = 60) -> tuple[Hit, ...]:
        """The best `limit` nodes for `query`; the first nodes of the document for an empty one."""
        phrase = folded(query)
        if not phrase:
            return tuple(Hit(node.id) for node in self._nodes[:limit])
        terms = sorted({term.encode() for term in phrase.split(" ")}, key=len, reverse=True)
        found: dict[int, bool] = {}
        for blob, needle in self._probes(phrase, terms[0].decode()):
            for line in blob.lines_with(needle):
                if line not in found and self._holds_all(line, terms):
                    found[line] = blob is self._statements
                    if len(found) >= limit:
                        return self._hits(found, terms)
        return self._hits(found, terms)

    def _probes(self, phrase: str, term: str) -> Iterator[tuple[_Blob, bytes]]:
        """What to look for, best first: the whole query, then its longest word (the others are tested)."""
        for text in dict.fromkeys((phrase, term)):
            yield self._names, f"{_FIELD}{text}{_FIELD}".encode()
            yield self._names, f"{_DECLARATION}{text}{_DECLARATION}".encode()
            yield self._names, f"{_FIELD}{text}".encode()
            yield self._words, f" {text}".encode()
        for text in dict.fromkeys((phrase, term)):
            yield self._names, text.encode()
        yield self._statements, f" {phrase}".encode()
        yield self._statements, term.encode()

    def _holds_all(self, line: int, terms: Sequence[bytes]) -> bool:
        return all(self._names.has(line, term) or self._statements.has(line, term) for term in terms)

    def _hits(self, found: dict[int, bool], terms: Sequence[bytes]) -> tuple[Hit, ...]:
        term = terms[0].decode()
        return tuple(
            Hit(self._nodes[line].id, excerpt_of(self._nodes[line].statement.tex, term) if in_statement else "")
            for line, in_statement in found.items()
        )


def excerpt_of(text: str, term: str) -> str:
    """About a line of `text` around the first place that holds the folded `term`."""
    line = _BLANKS.sub(" ", text).strip()
    if len(line) <= _EXCERPT:
        return line
    at = max(line.casefold().find(term), 0)
    start = max(at - _EXCERPT // 3, 0)
    start = line.find(" ", start) + 1 if start else 0
    cut = line[start : start + _EXCERPT]
    return ("… " if start else "") + cut + (" …" if start + _EXCERPT < len(line) else "")
