"""What a search found, for a terminal and for scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from blueprint_app.insight.search.full_text import DeclarationHit, TextHit
from blueprint_app.lean.library_index import LibraryHit
from blueprint_app.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked for and what was found; None where it was not looked for."""

    question: str
    nodes: tuple[TextHit, ...]
    declarations: tuple[DeclarationHit, ...] | None = None
    libraries: tuple[LibraryHit, ...] | None = None


def found_as_text(snapshot: Snapshot, found: Found) -> str:
    """A few lines for each hit: what it is, where it is, and the words that were met."""
    lines = []
    for hit in found.nodes:
        node = snapshot.nodes[hit.node]
        lines.append(f"{node.heading} [{node.id}]  {node.statement.place}")
        lines += _met(hit.field.value, hit.excerpt)
    for declared in found.declarations or ():
        each = declared.declaration
        lines.append(f"{each.kind} {each.name}".strip() + (f"  {each.place}" if each.place else ""))
        lines += _met(declared.field.value, declared.excerpt)
    for library in found.libraries or ():
        lines.append(f"{library.kind} {library.name} ({library.package})  {library.path}:{library.line}")
        lines += _met("docstring" if library.doc else "statement", _one_line(library.doc or library.statement))
    return "\n".join(lines or ["Nothing was found. Try fewer words, or a part of a name."]) + "\n"


def found_as_json(snapshot: Snapshot, found: Found) -> dict[str, Any]:
    """The same, schema ``blueprint-search/1``; what was not looked for is null."""
    return {
        "schema": "blueprint-search/1",
        "question": found.question,
        "nodes": [_node(snapshot, hit) for hit in found.nodes],
        "declarations": None if found.declarations is None else [_declaration(hit) for hit in found.declarations],
        "libraries": None if found.libraries is None else [_library(hit) for hit in found.libraries],
    }


def _node(snapshot: Snapshot, hit: TextHit) -> dict[str, Any]:
    node = snapshot.nodes[hit.node]
    return {
        "id": node.id,
        "kind": node.kind,
        "number": node.number,
        "title": node.title,
        "file": node.statement.place.file,
        "line": node.statement.place.line,
        "field": hit.field.value,
        "excerpt": hit.excerpt,
        "score": round(hit.score, 6),
    }


def _declaration(hit: DeclarationHit) -> dict[str, Any]:
    each = hit.declaration
    return {
        "name": each.name,
        "kind": each.kind,
        "module": each.module,
        "file": each.place.file if each.place else None,
        "line": each.place.line if each.place else None,
        "statement": each.statement,
        "doc": each.doc,
        "field": hit.field.value,
        "score": round(hit.score, 6),
    }


def _library(hit: LibraryHit) -> dict[str, Any]:
    return {
        "name": hit.name,
        "kind": hit.kind,
        "package": hit.package,
        "module": hit.module,
        "file": hit.path,
        "line": hit.line,
        "statement": hit.statement,
        "doc": hit.doc,
        "score": round(hit.score, 6),
    }


def _met(field: str, excerpt: str) -> Sequence[str]:
    return [f"    {field}: {excerpt}"] if excerpt else [f"    {field}"]


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else line[:99].rstrip() + "…"
