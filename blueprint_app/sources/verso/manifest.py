"""Reads what verso-blueprint writes of a document: ``blueprint-manifest.json`` and the HTML beside it.

The format is not promised to stay: fields that are known are read wherever they stand, what is
missing stays unknown, and words that are not known are reported.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.listed_file import ListedFile, read_listed
from blueprint_app.sources.markup.html_text import escaped, tex_of_html
from blueprint_app.sources.plain_nodes import PlainNode, blueprint_of, kind_of

NAME = "blueprint-manifest.json"
CACHE = "blueprint-html-cache.json"
MAX_DEPTH = 8
"""Folders below ``_out`` that are looked into."""
_STATED = frozenset({"formalized", "mathlib"})
_STATEMENT_WORDS = _STATED | {"none", "blocked", "ready"}
_PROVED = frozenset({"formalized", "formalizedWithAncestors"})
_PROOF_WORDS = _PROVED | {"none", "ready", "incomplete"}
_KNOWN_KEYS = frozenset(
    {"graphs", "groups", "previews", "sourceDocuments", "schemaVersion", "vbpInternalSchemaVersion", "traverseState"}
)
_NUMBER = re.compile(r"^(?P<caption>[^\W\d]+)\s+(?P<number>[\dA-Z]+(?:\.\d+)*)\b\.?:?\s*")
_QUOTED_NAME = re.compile(r"«([^»]*)»")

Json = Any
"""Whatever a JSON file may hold."""


def manifests(folder: Path) -> list[Path]:
    """The manifests under ``_out`` of a project, in the order of their paths."""
    root = folder / "_out"
    if not root.is_dir():
        return []
    found, level = [], [root]
    for _ in range(MAX_DEPTH):
        below: list[Path] = []
        for place in level:
            try:
                entries = sorted(place.iterdir())
            except OSError:
                continue
            found += [entry for entry in entries if entry.name == NAME and entry.is_file()]
            below += [entry for entry in entries if entry.is_dir() and not entry.is_symlink()]
        level = below
    return sorted(found)


def read_manifests(folder: Path, paths: list[Path]) -> Blueprint:
    """The blueprint of all these manifests; a label in several is one node, the fullest telling first."""
    nodes: dict[str, PlainNode] = {}
    files, diagnostics = [], []
    for path in paths:
        reader = _Reader(read_listed(folder, path), _bodies(folder, path))
        for node in reader.nodes():
            known = nodes.get(node.id)
            nodes[node.id] = node if known is None else _fuller(known, node)
        files += reader.file.sources
        diagnostics += reader.file.diagnostics
    return blueprint_of(folder, "", "verso-blueprint", nodes.values(), files, diagnostics)


def _fuller(one: PlainNode, other: PlainNode) -> PlainNode:
    """Of two tellings of a node, the one that has more; graphs of parts mention nodes of other parts in short."""
    return max(one, other, key=lambda node: (node.kind != "", bool(node.statement), len(node.uses), len(node.lean)))


def _bodies(folder: Path, manifest: Path) -> dict[str, str]:
    """The HTML of statements and proofs by preview key, from the file beside the manifest if there is one."""
    path = manifest.with_name(CACHE)
    if not path.is_file():
        return {}
    try:
        content = json.loads(read_listed(folder, path).text or "{}")
    except (ValueError, RecursionError):
        return {}
    found: dict[str, str] = {}
    for holder in _dicts(content):
        for key, value in holder.items():
            html = _html_of(value)
            if "--" in key and html:
                found.setdefault(key, html)
    for entry in _list(content, "entries") + _list(content, "previews") + _list(content, "fragments"):
        if isinstance(entry, dict) and isinstance(entry.get("key"), str) and (html := _html_of(entry)):
            found.setdefault(entry["key"], html)
    return found


def _dicts(content: Json) -> Iterator[dict[str, Json]]:
    if isinstance(content, dict):
        yield content
        yield from (value for value in content.values() if isinstance(value, dict))


def _html_of(value: Json) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return next((value[key] for key in ("html", "bodyHtml", "body") if isinstance(value.get(key), str)), "")
    return ""


class _Reader:
    def __init__(self, file: ListedFile, bodies: dict[str, str]) -> None:
        self.file = file
        self.bodies = bodies
        self.unknown: dict[str, str] = {}
        self.previews: dict[str, dict[str, Json]] = {}
        self.groups: dict[str, str] = {}

    def nodes(self) -> Iterator[PlainNode]:
        """All nodes of all graphs, in order; uses come from the nodes, and from the edges where they have none."""
        content = self._content()
        if content is None:
            return
        for key in content:
            if key not in _KNOWN_KEYS:
                self.unknown.setdefault(f"the key {key!r}", "")
        for entry in _list(content, "previews"):
            if isinstance(entry, dict) and isinstance(entry.get("key"), str):
                self.previews.setdefault(entry["key"], entry)
        self._name_groups(_list(content, "groups"))
        graphs = [graph for graph in _list(content, "graphs") if isinstance(graph, dict)]
        if not graphs:
            self.file.report("verso-empty", f"There is no graph in {self.file.shown}.", "Build the document again.")
        for graph in graphs:
            self._name_groups(_list(graph, "groups"))
            yield from self._nodes_of(graph)
        self._report_unknown()

    def _content(self) -> dict[str, Json] | None:
        if not self.file.text:
            return None
        try:
            content = json.loads(self.file.text)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 0)
            self._damaged(f"The manifest is no JSON: {error}.", line)
            return None
        if not isinstance(content, dict):
            self._damaged("The manifest is no JSON object.")
            return None
        return content

    def _damaged(self, message: str, line: int = 0) -> None:
        self.file.report("verso-damaged", message, "Build the document again.", line, Severity.ERROR)

    def _name_groups(self, groups: list[Json]) -> None:
        for group in groups:
            if isinstance(group, dict) and isinstance(group.get("label"), str):
                title = _text(group, "title") or _text(group, "header")
                self.groups.setdefault(group["label"], title or plain_name(group["label"]))

    def _nodes_of(self, graph: dict[str, Json]) -> Iterator[PlainNode]:
        edges = self._edges(graph)
        for number, entry in enumerate(_list(graph, "nodes")):
            if not isinstance(entry, dict) or not _text(entry, "label"):
                self.file.report("verso-form", f"Node {number + 1} of a graph has no label and was left out.")
                continue
            node = self._node(entry)
            if "statementUses" not in entry and "proofUses" not in entry:
                node.uses, node.proof_uses = edges.get(node.id, ([], []))
            yield node

    def _edges(self, graph: dict[str, Json]) -> dict[str, tuple[list[str], list[str]]]:
        """What each node uses by the edges; they run from what is used to what uses it."""
        uses: dict[str, tuple[list[str], list[str]]] = {}
        for edge in _list(graph, "edges"):
            if not isinstance(edge, dict) or not (_text(edge, "source") and _text(edge, "target")):
                continue
            statement, proof = uses.setdefault(plain_name(_text(edge, "target")), ([], []))
            axes = _list(edge, "axes")
            if "statement" in axes or not axes:
                statement.append(plain_name(_text(edge, "source")))
            if "proof" in axes:
                proof.append(plain_name(_text(edge, "source")))
        return uses

    def _node(self, entry: dict[str, Json]) -> PlainNode:
        label = plain_name(_text(entry, "label"))
        key = _text(entry, "previewKey")
        preview = self.previews.get(key, {})
        node = PlainNode(label, self._place(preview))
        kind = _text(entry, "kind") or _text(preview, "kind")
        node.kind = kind_of(kind) if kind else "lemma"
        self._entitle(node, entry, preview)
        parent = _text(entry, "parent")
        node.chapter = escaped(self.groups.get(parent) or _text(preview, "parentTitle") or plain_name(parent))
        node.statement = self._body(key, preview)
        proof_key = f"{key.removesuffix('--statement')}--proof" if key else ""
        proof_preview = self.previews.get(proof_key, {})
        if proof_key in self.bodies or proof_preview:
            node.proof = self._body(proof_key, proof_preview)
        node.uses, node.proof_uses = _labels(entry, "statementUses"), _labels(entry, "proofUses")
        node.lean = _declarations(preview)
        self._claim(node, entry)
        return node

    def _entitle(self, node: PlainNode, entry: dict[str, Json], preview: dict[str, Json]) -> None:
        """``Theorem 1.2`` or ``Theorem 1.2 Title``: caption, number and title apart."""
        title = _text(entry, "title") or _text(preview, "title")
        caption, number = _text(preview, "displayCaption"), _text(preview, "displayLabel")
        found = _NUMBER.match(title)
        if found is not None:
            caption, number = caption or found["caption"], number or found["number"]
            title = title[found.end() :].strip(" ().:")
        node.caption, node.number = caption, number
        node.title = "" if title == node.id else escaped(title)

    def _body(self, key: str, preview: dict[str, Json]) -> str:
        for markup in _list(preview, "externalMarkup"):
            if (
                isinstance(markup, dict)
                and _text(markup, "raw")
                and _text(markup, "language").lower() in ("tex", "latex")
            ):
                return _text(markup, "raw").strip()
        return tex_of_html(self.bodies[key]) if key in self.bodies else ""

    def _claim(self, node: PlainNode, entry: dict[str, Json]) -> None:
        statement, proof = _text(entry, "statementStatus"), _text(entry, "proofStatus")
        if statement and statement not in _STATEMENT_WORDS:
            self.unknown.setdefault(f"the statementStatus {statement!r}", node.id)
        if proof and proof not in _PROOF_WORDS:
            self.unknown.setdefault(f"the proofStatus {proof!r}", node.id)
        node.stated = statement in _STATED
        node.mathlib = statement == "mathlib"
        if node.kind == "definition":
            # Its proofStatus tells of its code.
            node.stated = node.stated or proof in _PROVED
        else:
            node.proved = proof in _PROVED
            if proof in ("ready", "incomplete") and node.proof is None:
                node.proof = ""

    def _place(self, preview: dict[str, Json]) -> Place:
        """Where the source of a node stands, if the manifest tells; else the manifest."""
        result = preview.get("sourceLocation")
        location = result.get("location") if isinstance(result, dict) else None
        if isinstance(location, dict):
            file = _text(location, "file") or _text(location, "path") or _text(location, "sourceFile")
            inner = location.get("range")
            line = _line(inner) if isinstance(inner, dict) else _line(location)
            if file and not Path(file).is_absolute() and ".." not in Path(file).parts:
                return Place(Path(file).as_posix(), line)
        return self.file.place()

    def _report_unknown(self) -> None:
        for what, node in self.unknown.items():
            self.file.diagnostics.append(
                Diagnostic(
                    Severity.NOTE,
                    "verso-unknown",
                    f"{self.file.shown} holds {what}, which this version does not know and passes over.",
                    "",
                    self.file.place(),
                    node or None,
                )
            )


def plain_name(label: str) -> str:
    """A label without the quotation marks that Lean puts round parts of a name."""
    return _QUOTED_NAME.sub(r"\1", label)


def _text(entry: dict[str, Json], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _list(entry: Json, key: str) -> list[Json]:
    value = entry.get(key) if isinstance(entry, dict) else None
    return value if isinstance(value, list) else []


def _line(position: dict[str, Json]) -> int:
    """A 1-based line in a position, whether it is told directly or in a ``start``; 0 for none."""
    for holder in (position, position.get("start"), position.get("pos")):
        line = holder.get("line") if isinstance(holder, dict) else None
        if isinstance(line, int) and not isinstance(line, bool) and line > 0:
            return line
    return 0


def _labels(entry: dict[str, Json], key: str) -> list[str]:
    """The labels of a list of uses: texts in older versions, objects with a label in newer ones."""
    labels = (
        use if isinstance(use, str) else _text(use, "label") for use in _list(entry, key) if isinstance(use, str | dict)
    )
    return [plain_name(label) for label in labels if label]


def _declarations(preview: dict[str, Json]) -> list[str]:
    """The Lean declarations of a node: named ones, and those that stand in the text."""
    data = preview.get("codeData")
    found: list[str] = []
    if isinstance(data, dict):
        external, inline = data.get("external"), data.get("inline")
        found += [_text(each, "canonical") for each in _list(external, "decls") if isinstance(each, dict)]
        code = inline.get("code") if isinstance(inline, dict) else None
        for key in ("definedDefs", "definedTheorems"):
            found += [_text(each, "name") for each in _list(code, key) if isinstance(each, dict)]
    if not found:
        keys = (key for key in _list(preview, "leanCodePreviewKeys") if isinstance(key, str))
        found = [key.removeprefix("lean:") for key in keys if key.startswith("lean:")]
    return [plain_name(name) for name in dict.fromkeys(found) if name]
