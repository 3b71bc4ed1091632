"""Reads graphs in Graphviz's DOT language, as far as nodes, edges and their attributes go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise

_TOKEN = re.compile(
    r"""(?P<skipped>\s+|//[^\n]*|/\*.*?\*/|^\#[^\n]*)
      | "(?P<quoted>(?:[^"\\]|\\.)*)"
      | (?P<html><)
      | (?P<arrow>->|--)
      | (?P<word>[^\s"<>{}\[\];,=:\-]+(?:-(?![->])[^\s"<>{}\[\];,=:\-]*)*|-?(?:\.\d+|\d+(?:\.\d*)?))
      | (?P<sign>[{}\[\];,=:])
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
MAX_DEPTH = 100
"""Subgraphs within subgraphs."""


class DotError(ValueError):
    """The text is no DOT; `offset` is where that was seen."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class DotNode:
    """A node: its attributes, the offset of its first mention, the label of the cluster around it ("" for none)."""

    name: str
    offset: int
    attributes: dict[str, str]
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class DotEdge:
    """An edge from its tail to its head."""

    tail: str
    head: str
    offset: int
    attributes: dict[str, str]


@dataclass(slots=True)
class DotGraph:
    """A graph in the order of its text."""

    name: str = ""
    is_directed: bool = True
    attributes: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, DotNode] = field(default_factory=dict)
    edges: list[DotEdge] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    offset: int


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise DotError(f"{text[position : position + 10]!r} cannot stand here", position)
        position = found.end()
        kind = found.lastgroup or "skipped"
        if kind == "quoted":
            value = re.sub(r"\\(\n|.)", _unescaped, found["quoted"], flags=re.DOTALL)
            yield _Token("id", value, found.start())
        elif kind == "html":
            end = _html_end(text, found.start())
            inner = re.sub(r"<[^<>]*>", " ", text[found.end() : end - 1])
            yield _Token("id", " ".join(unescape(inner).split()), found.start())
            position = end
        elif kind == "word":
            yield _Token("word", found["word"], found.start())
        elif kind != "skipped":
            yield _Token(found[0], found[0], found.start())


def _unescaped(found: re.Match[str]) -> str:
    """Of the escapes only the quotation mark and the joined line mean anything in a name; layout ones become spaces."""
    what = found[1]
    if what == "\n":
        return ""
    return {'"': '"', "n": " ", "l": " ", "r": " ", "\\": "\\"}.get(what, found[0])


def _html_end(text: str, start: int) -> int:
    level = 0
    for position in range(start, len(text)):
        level += (text[position] == "<") - (text[position] == ">")
        if not level:
            return position + 1
    raise DotError("this < is not closed", start)


@dataclass(slots=True)
class _Scope:
    """What holds inside a pair of braces."""

    node: dict[str, str] = field(default_factory=dict)
    edge: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    members: list[str] = field(default_factory=list)
    cluster: str = ""


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.position = 0
        self.length = len(text)
        self.graph = DotGraph()
        self.clusters: dict[str, list[str]] = {}

    def peek(self, ahead: int = 0) -> _Token:
        position = self.position + ahead
        return self.tokens[position] if position < len(self.tokens) else _Token("end", "", self.length)

    def take(self, kind: str = "") -> _Token:
        token = self.peek()
        if kind and token.kind != kind:
            raise DotError(f"{kind} was expected", token.offset)
        self.position += 1
        return token

    def is_word(self, *words: str) -> bool:
        token = self.peek()
        return token.kind == "word" and token.text.lower() in words

    def identifier(self) -> _Token:
        token = self.peek()
        if token.kind not in ("id", "word"):
            raise DotError("a name was expected", token.offset)
        return self.take()

    def parse(self) -> DotGraph:
        if self.is_word("strict"):
            self.take()
        if not self.is_word("digraph", "graph"):
            raise DotError("digraph or graph was expected", self.peek().offset)
        self.graph.is_directed = self.take().text.lower() == "digraph"
        if self.peek().kind in ("id", "word"):
            self.graph.name = self.take().text
        scope = _Scope()
        self.braces(scope, 0)
        self.graph.attributes = scope.attributes
        return self.graph

    def braces(self, scope: _Scope, depth: int) -> None:
        opening = self.take("{")
        if depth > MAX_DEPTH:
            raise DotError("subgraphs are nested too deeply", opening.offset)
        while self.peek().kind != "}":
            if self.peek().kind == "end":
                raise DotError("this { is not closed", opening.offset)
            if self.peek().kind == ";":
                self.take()
                continue
            self.statement(scope, depth)
        self.take()

    def statement(self, scope: _Scope, depth: int) -> None:
        if self.is_word("node", "edge", "graph") and self.peek(1).kind == "[":
            which = self.take().text.lower()
            target = {"node": scope.node, "edge": scope.edge}.get(which, scope.attributes)
            target.update(self.attributes())
            return
        if self.peek().kind in ("id", "word") and self.peek(1).kind == "=":
            name = self.take().text
            self.take()
            scope.attributes[name] = self.identifier().text
            return
        start = self.peek().offset
        groups = [self.operand(scope, depth)]
        while self.peek().kind in ("->", "--"):
            self.take()
            groups.append(self.operand(scope, depth))
        attributes = self.attributes()
        if len(groups) == 1:
            if attributes and len(groups[0]) == 1 and (node := self.graph.nodes.get(groups[0][0])) is not None:
                node.attributes.update(attributes)
            return
        for tails, heads in pairwise(groups):
            for tail in tails:
                for head in heads:
                    self.graph.edges.append(DotEdge(tail, head, start, {**scope.edge, **attributes}))

    def operand(self, scope: _Scope, depth: int) -> list[str]:
        """A node or a subgraph at an end of an edge, or alone; the nodes in it."""
        if self.is_word("subgraph") or self.peek().kind == "{":
            inner = _Scope(dict(scope.node), dict(scope.edge), cluster=scope.cluster)
            name = ""
            if self.is_word("subgraph"):
                self.take()
                if self.peek().kind in ("id", "word"):
                    name = self.take().text
            self.braces(inner, depth + 1)
            if name.startswith("cluster"):
                self.name_cluster(inner.members, inner.attributes.get("label", name))
            scope.members += inner.members
            return inner.members
        token = self.identifier()
        while self.peek().kind == ":":
            self.take()
            self.identifier()
        if token.text not in self.graph.nodes:
            self.graph.nodes[token.text] = DotNode(token.text, token.offset, dict(scope.node))
        scope.members.append(token.text)
        return [token.text]

    def name_cluster(self, members: list[str], label: str) -> None:
        for name in members:
            node = self.graph.nodes[name]
            if not node.cluster:
                self.graph.nodes[name] = DotNode(node.name, node.offset, node.attributes, label)

    def attributes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while self.peek().kind == "[":
            self.take()
            while self.peek().kind != "]":
                if self.peek().kind in (",", ";"):
                    self.take()
                    continue
                name = self.identifier().text
                value = "true"
                if self.peek().kind == "=":
                    self.take()
                    value = self.identifier().text
                found[name] = value
            self.take()
        return found


def parse_dot(text: str) -> DotGraph:
    """The graph that a text describes. Raises DotError where it is no DOT."""
    return _Parser(text).parse()
