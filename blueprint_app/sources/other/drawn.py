"""A DOT graph or a GraphML graph as a blueprint: what its attributes say, and what its colours mean."""

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.diagnostic import Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.listed_file import ListedFile, read_listed
from blueprint_app.sources.other.colours import claim_by_looks
from blueprint_app.sources.other.dot import DotError, DotGraph, parse_dot
from blueprint_app.sources.plain_nodes import PlainNode, blueprint_of, kind_of

_TRUE = frozenset({"true", "yes", "1", "on"})


def read_dot(folder: Path, path: Path) -> Blueprint:
    """A ``.dot`` or ``.gv`` file; edges run from what is used to what uses it, dashed where a statement does."""
    file = read_listed(folder, path)
    graph = DotGraph()
    try:
        if file.text:
            graph = parse_dot(file.text)
    except DotError as error:
        place = file.place_of_offset(error.offset)
        file.report("dot-damaged", f"This is no DOT: {error}.", "Correct it here.", place.line, Severity.ERROR)
    nodes = nodes_of(graph, file)
    title = graph.attributes.get("label", "") or graph.name or path.stem
    return blueprint_of(folder, title, "DOT", nodes, file.sources, file.diagnostics)


def nodes_of(graph: DotGraph, file: ListedFile, offset: int = 0) -> list[PlainNode]:
    """The nodes of a DOT graph that begins at an offset of a file."""
    lines = _Lines(file.text)
    nodes = {}
    unknown: list[PlainNode] = []
    for name, found in graph.nodes.items():
        place = Place(file.shown, lines.of(offset + found.offset))
        node = nodes[name] = _node(name, found.attributes, place)
        node.chapter = found.cluster
        border, fill = found.attributes.get("color", ""), found.attributes.get("fillcolor", "")
        if not claim_by_looks(node, border, fill, found.attributes.get("shape", "")):
            unknown.append(node)
        _claims(node, found.attributes)
    inferred = 0
    for edge in graph.edges:
        if "inferred" in edge.attributes.get("class", "").split():
            inferred += 1
        else:
            _use(nodes, edge.tail, edge.head, edge.attributes.get("style", "") == "dashed")
    _note_inferred(file, inferred)
    _note_unknown(file, unknown)
    return list(nodes.values())


class _Lines:
    """Line numbers of offsets asked for in rising order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset, self._line = 0, 1

    def of(self, offset: int) -> int:
        if offset < self._offset:
            self._offset, self._line = 0, 1
        self._line += self._text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line


def _note_inferred(file: ListedFile, count: int) -> None:
    """Edges that this program once inferred are no author's uses, and must not become so by way of a file."""
    if count:
        message = f"{count} edges are marked as inferred: they are not taken for what an author wrote."
        file.report("edges-inferred", message, "", severity=Severity.NOTE)


def _note_unknown(file: ListedFile, nodes: list[PlainNode]) -> None:
    if nodes:
        file.report(
            "colours-unknown",
            f"The colours of {len(nodes)} nodes, {nodes[0].id!r} the first, are not leanblueprint's: "
            "nothing was concluded from them.",
            "",
            nodes[0].place.line,
            Severity.NOTE,
        )


def _node(name: str, attributes: Mapping[str, str], place: Place) -> PlainNode:
    shape = attributes.get("shape", "")
    kind = attributes.get("kind") or ("definition" if shape == "box" else "theorem")
    title = attributes.get("title", "")
    label = attributes.get("label", "")
    if not title and label not in ("", "\\N", name, name.rsplit(":", 1)[-1]):
        title = label
    return PlainNode(name, place, kind_of(kind), title, attributes.get("number", ""))


def _claims(node: PlainNode, attributes: Mapping[str, str]) -> None:
    """Attributes by the names that the app itself writes into GraphML; they count more than colours."""
    for name, field in (
        ("leanok", "stated"),
        ("mathlibok", "mathlib"),
        ("notready", "notready"),
        ("proof_leanok", "proved"),
    ):
        if name in attributes:
            setattr(node, field, attributes[name].strip().lower() in _TRUE)
    if attributes.get("lean"):
        node.lean = [entry for entry in attributes["lean"].replace(",", " ").split() if entry]
    node.statement = attributes.get("statement", node.statement)
    node.proof = attributes.get("proof", node.proof)
    node.chapter = attributes.get("chapter", node.chapter)


def _use(nodes: Mapping[str, PlainNode], used: str, user: str, in_statement: bool) -> None:
    if used in nodes and user in nodes:
        (nodes[user].uses if in_statement else nodes[user].proof_uses).append(used)


def read_graphml(folder: Path, path: Path) -> Blueprint:
    """A ``.graphml`` file; data keys are taken by their ``attr.name``."""
    file = read_listed(folder, path)
    nodes: list[PlainNode] = []
    title = path.stem
    if "<!DOCTYPE" in file.text or "<!ENTITY" in file.text:
        file.report(
            "graphml-damaged",
            "This GraphML declares a document type, which may hide anything, and was not read.",
            "Remove the <!DOCTYPE ...>.",
            severity=Severity.ERROR,
        )
    elif file.text:
        try:
            root = ElementTree.fromstring(file.text)
        except ElementTree.ParseError as error:
            line = error.position[0]
            file.report("graphml-damaged", f"This is no XML: {error}.", "Correct it here.", line, Severity.ERROR)
        else:
            nodes, title = _graphml_nodes(root, file), _graphml_title(root) or title
    return blueprint_of(folder, title, "GraphML", nodes, file.sources, file.diagnostics)


def _bare(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _graphml_title(root: ElementTree.Element) -> str:
    graph = next((each for each in root.iter() if _bare(each.tag) == "graph"), None)
    return graph.get("id", "") if graph is not None else ""


def _graphml_nodes(root: ElementTree.Element, file: ListedFile) -> list[PlainNode]:
    keys = {each.get("id", ""): each.get("attr.name", "") for each in root.iter() if _bare(each.tag) == "key"}
    nodes: dict[str, PlainNode] = {}
    edges = []
    position = 0
    lines = _Lines(file.text)
    for element in root.iter():
        kind = _bare(element.tag)
        if kind not in ("node", "edge"):
            continue
        found = file.text.find(f"<{kind}", position) if kind == "node" else -1
        if found >= 0:
            position = found + 1
        data = {
            keys.get(each.get("key", ""), ""): (each.text or "").strip()
            for each in element
            if _bare(each.tag) == "data"
        }  # fmt: skip
        if kind == "edge":
            edges.append((element.get("source", ""), element.get("target", ""), data))
            continue
        name = element.get("id", "")
        line = lines.of(found) if found >= 0 else 0
        if not name:
            file.report("node-unnamed", "A node without an id was left out.", "Give it an id.", line)
            continue
        node = nodes.setdefault(name, _node(name, data, file.place(line)))
        claim_by_looks(node, data.get("border", data.get("color", "")), data.get("fill", ""), data.get("shape", ""))
        _claims(node, data)
    _note_inferred(file, sum(_is_inferred(data) for _, _, data in edges))
    for source, target, data in edges:
        if _is_inferred(data):
            continue
        style = data.get("kind", "") or data.get("style", "")
        _use(nodes, source, target, style in ("statement", "dashed"))
    return list(nodes.values())


def _is_inferred(data: Mapping[str, str]) -> bool:
    return data.get("inferred", "").lower() in _TRUE
