"""The commands that read: how far a blueprint is, one node, and a search."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.cli.asking import SEND_TO
from blueprint_app.cli.consenting import agree
from blueprint_app.cli.project import (
    Commands,
    add_project,
    node_id,
    open_snapshot,
    report,
    steps,
    with_lean_side,
    write,
    write_json,
)
from blueprint_app.model.errors import BlueprintError

if TYPE_CHECKING:
    from blueprint_app.insight.search.full_text import FullTextIndex
    from blueprint_app.model.snapshot import Snapshot

_LIBRARIES = (
    "the Lean packages that the project rests on as well; the first time their sources are read, which takes a minute "
    "for Mathlib"
)
_EMBEDDINGS = (
    "by the vectors of a model too: the texts of the nodes and the question go to the server that is set up for it"
)


def add_commands(commands: Commands) -> None:
    """The commands, with their options."""
    status = commands.add_parser("status", help="how far the blueprint is")
    add_project(status)
    status.add_argument("--json", action="store_true", help="as JSON, for scripts")
    status.set_defaults(run=_status)

    show = commands.add_parser("show", help="one node with all that is known of it")
    add_project(show)
    show.add_argument("label", metavar="LABEL", help="the node's label")
    show.set_defaults(run=_show)

    search = commands.add_parser("search", help="nodes found by what they say, in plain words, LaTeX or Lean names")
    add_project(search)
    search.add_argument("words", metavar="WORDS", nargs="+", help="the question")
    search.add_argument("--limit", type=steps, default=10, metavar="N", help="at most so many of each (default: 10)")
    search.add_argument("--declarations", action="store_true", help="the project's Lean declarations as well")
    search.add_argument("--libraries", action="store_true", help=_LIBRARIES)
    search.add_argument("--embeddings", action="store_true", help=_EMBEDDINGS)
    search.add_argument("--send-to", metavar="HOST", help=SEND_TO)
    search.add_argument("--json", action="store_true", help="as JSON, for scripts")
    search.set_defaults(run=_search)


def _status(options: argparse.Namespace) -> int:
    from blueprint_app.export.status_text import status_as_json, status_as_text

    snapshot = with_lean_side(options, open_snapshot(options))
    if options.json:
        write_json(status_as_json(snapshot))
    else:
        write(None, status_as_text(snapshot).encode())
    return 0


def _show(options: argparse.Namespace) -> int:
    from blueprint_app.export.node_text import node_as_text

    snapshot = with_lean_side(options, open_snapshot(options))
    write(None, node_as_text(snapshot, node_id(snapshot, options.label)).encode())
    return 0


def _search(options: argparse.Namespace) -> int:
    from blueprint_app.bootstrap.searching import library_index
    from blueprint_app.export.search_text import Found, found_as_json, found_as_text
    from blueprint_app.insight.search.full_text import FullTextIndex, asked_words, declaration_index

    snapshot = with_lean_side(options, open_snapshot(options))
    question, limit = " ".join(options.words), options.limit
    declarations = declaration_index(snapshot).find(question, limit) if options.declarations else None
    libraries = None
    if options.libraries:
        index = library_index(Path(snapshot.blueprint.folder))
        if index is not None:
            index.build(report=report)
        libraries = index.find(asked_words(question), limit) if index is not None else ()
    nodes = FullTextIndex(snapshot)
    vector = _vector(nodes, snapshot, question, options.send_to) if options.embeddings else None
    found = Found(question, nodes.find(question, limit, vector=vector), declarations, libraries)
    if options.json:
        text = json.dumps(found_as_json(snapshot, found), ensure_ascii=False, indent=1) + "\n"
    else:
        text = found_as_text(snapshot, found)
    write(None, text.encode())
    return 0


def _vector(index: "FullTextIndex", snapshot: "Snapshot", question: str, send_to: str | None) -> Sequence[float]:
    """The vector of a question, with those of the nodes given to the index; asks before anything is sent."""
    from blueprint_app.bootstrap.searching import embedder

    source = embedder()
    request = source.request(snapshot)
    if request is None:
        raise BlueprintError(
            "No model is set for the search by meaning.",
            "Choose one in the window (Assistant, Models), or leave --embeddings out.",
        )
    agree(source, request.endpoint, lambda: f"{request.text}\n\n{question}", send_to)
    index.take_vectors(source.vectors(snapshot, report=report))
    return source.question_vector(question)
