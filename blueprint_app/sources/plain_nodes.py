"""Nodes that another program has listed already, and the blueprint that such a list makes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from blueprint_app.model.blueprint import (
    DEFAULT_KINDS,
    Blueprint,
    Heading,
    Landmark,
    ListCommand,
    ListEntry,
    Node,
    NodeId,
    Passage,
    SourceFile,
)
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place

MAX_NODES = 200_000
"""Nodes of one file; what has more is no blueprint."""


@dataclass(slots=True)
class PlainNode:
    """A node as listed: `uses` and `proof_uses` are ids; `proof` is None where no proof is spoken of.

    `chapter` is the title of the heading that it stands under, "" for none, and `chapter_number` that
    one's number; `number` is the node's own printed number.
    """

    id: str
    place: Place
    kind: str = "lemma"
    title: str = ""
    number: str = ""
    caption: str = ""
    chapter: str = ""
    chapter_number: str = ""
    statement: str = ""
    proof: str | None = None
    uses: list[str] = field(default_factory=list)
    proof_uses: list[str] = field(default_factory=list)
    lean: list[str] = field(default_factory=list)
    stated: bool = False
    proved: bool = False
    mathlib: bool = False
    notready: bool = False
    discussion: str | None = None


def kind_of(name: str) -> str:
    """A word for a kind as an environment's name: lower case, letters only; "lemma" where none are left."""
    return re.sub(r"[^a-z]", "", name.lower()) or "lemma"


def blueprint_of(
    folder: Path,
    title: str,
    source: str,
    nodes: Iterable[PlainNode],
    files: Sequence[SourceFile],
    diagnostics: Sequence[Diagnostic],
    landmarks: Iterable[Landmark] = (),
) -> Blueprint:
    """The blueprint of listed nodes; the first of two with one id counts, the other is reported."""
    unique, found = _unique(nodes)
    firsts: dict[str, PlainNode] = {}
    for node in unique:
        if node.chapter:
            firsts.setdefault(node.chapter, node)
    headings = tuple(
        Heading(key, "chapter", first.chapter_number, chapter, first.place)
        for key, (chapter, first) in enumerate(firsts.items())
    )
    keys = {chapter: key for key, chapter in enumerate(firsts)}
    made = tuple(_node(node, source, keys) for node in unique)
    labels = {str(node.id): node.id for node in made}
    return Blueprint(
        folder=str(folder),
        title=title or folder.name,
        nodes=made,
        headings=headings,
        labels=labels,
        landmarks={landmark.label: landmark for landmark in landmarks if landmark.label not in labels},
        theorem_kinds=tuple(dict.fromkeys((*DEFAULT_KINDS, *(node.kind for node in made)))),
        files=tuple(files),
        diagnostics=(*diagnostics, *found),
    )


def _unique(nodes: Iterable[PlainNode]) -> tuple[list[PlainNode], list[Diagnostic]]:
    unique: dict[str, PlainNode] = {}
    found = []
    for node in nodes:
        if node.id in unique:
            found.append(
                Diagnostic(
                    Severity.WARNING,
                    "node-twice",
                    f"There are two nodes {node.id!r}; the first one counts.",
                    "Give each an id of its own.",
                    node.place,
                    node.id,
                )
            )
        elif len(unique) >= MAX_NODES:
            message = f"More than {MAX_NODES:,} nodes: the rest was left out."
            found.append(Diagnostic(Severity.ERROR, "nodes-too-many", message, "Split the file.", node.place))
            break
        else:
            unique[node.id] = node
    return list(unique.values()), found


def _node(node: PlainNode, source: str, keys: dict[str, int]) -> Node:
    has_proof = node.proof is not None or node.proved or bool(node.proof_uses)
    return Node(
        id=NodeId(node.id),
        labels=(node.id,),
        kind=node.kind,
        caption=node.caption or node.kind.capitalize(),
        number=node.number,
        title=node.title,
        path=(keys[node.chapter],) if node.chapter else (),
        statement=Passage(
            tex=node.statement,
            place=node.place,
            uses=_command(node.uses, node.place),
            lean=_command(node.lean, node.place),
            leanok=node.place if node.stated else None,
            mathlibok=node.place if node.mathlib else None,
            notready=node.place if node.notready else None,
        ),
        proof=Passage(
            tex=node.proof or "",
            place=node.place,
            uses=_command(node.proof_uses, node.place),
            leanok=node.place if node.proved else None,
        )
        if has_proof
        else None,
        discussion=node.discussion,
        source=source,
    )


def _command(entries: Sequence[str], place: Place) -> tuple[ListCommand, ...]:
    if not entries:
        return ()
    return (ListCommand(tuple(ListEntry(entry, place) for entry in dict.fromkeys(entries)), place),)
