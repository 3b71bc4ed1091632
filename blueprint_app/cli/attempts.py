"""The command `attempts`: what was tried at the nodes, and what has to be said of it."""

import argparse
import sys
from pathlib import Path

from blueprint_app.cli.project import Commands, add_project, node_id, open_snapshot, write, write_json
from blueprint_app.model.blueprint import NodeId


def add_commands(commands: Commands) -> None:
    """The command, with its options."""
    attempts = commands.add_parser("attempts", help="what models (and people) tried at the nodes, and what came of it")
    add_project(attempts)
    attempts.add_argument("label", metavar="LABEL", nargs="?", help="only those at this node, with Lean's errors")
    form = attempts.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON, for scripts")
    form.add_argument("--disclosure", action="store_true", help="what models drafted, as a list in Markdown")
    form.add_argument("--trailer", action="store_true", help="Assisted-by: lines for a commit message")
    attempts.set_defaults(run=_attempts)


def _attempts(options: argparse.Namespace) -> int:
    from blueprint_app.assistant.records.attribution import assisted_by_trailer, disclosure
    from blueprint_app.assistant.records.listing import attempts_as_json, attempts_as_text
    from blueprint_app.bootstrap.attempts import attempt_store

    snapshot = open_snapshot(options)
    records, problems = attempt_store(Path(snapshot.blueprint.folder)).read()
    node = options.label or ""
    if node and all(record.node != node for record in records):
        node = node_id(snapshot, node)
    # Records are kept under the label that a node had at the time; it may have others, or be gone by now.
    names = {node, *(snapshot.nodes[NodeId(node)].labels if node in snapshot.nodes else ())}
    chosen = tuple(record for record in records if not node or record.node in names)
    for problem in problems:
        print(f"blueprint-explorer: {problem.place}: {problem.message} {problem.hint}".rstrip(), file=sys.stderr)
    if options.json:
        write_json(attempts_as_json(chosen, problems))
    elif options.trailer or options.disclosure:
        text = assisted_by_trailer(chosen) if options.trailer else disclosure(chosen)
        write(None, f"{text.rstrip()}\n".encode() if text else b"")
    else:
        write(None, attempts_as_text(chosen, node).encode())
    return 0
