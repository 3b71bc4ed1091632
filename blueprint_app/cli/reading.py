"""The commands that read: how far a blueprint is, one node, and a search."""

import argparse
import json
from pathlib import Path

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

_LIBRARIES = (
    "the Lean packages that the project rests on as well; the first time their sources are read, which takes a minute "
    "for Mathlib"
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
    from blueprint_app.bootstrap import library_index
    from blueprint_app.export.search_text import Found, found_as_json, found_as_text
    from blueprint_app.insight.full_text import FullTextIndex, asked_words, declaration_index

    snapshot = with_lean_side(options, open_snapshot(options))
    question, limit = " ".join(options.words), options.limit
    declarations = declaration_index(snapshot).find(question, limit) if options.declarations else None
    libraries = None
    if options.libraries:
        index = library_index(Path(snapshot.blueprint.folder))
        if index is not None:
            index.build(report=report)
        libraries = index.find(asked_words(question), limit) if index is not None else ()
    found = Found(question, FullTextIndex(snapshot).find(question, limit), declarations, libraries)
    if options.json:
        text = json.dumps(found_as_json(snapshot, found), ensure_ascii=False, indent=1) + "\n"
    else:
        text = found_as_text(snapshot, found)
    write(None, text.encode())
    return 0
