"""The command line: every feature that needs no window."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from blueprint_app import __version__
from blueprint_app.model.blueprint import Reading
from blueprint_app.model.errors import BlueprintError


def main(arguments: Sequence[str]) -> int:
    """Run a command; 0 on success, 1 on failure, 2 on wrong usage."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except BlueprintError as error:
        print(f"blueprint-explorer: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="blueprint-explorer",
        description="See what a Lean blueprint rests on, how far it is, and how that is known. "
        "With no command, or with a folder, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"blueprint-explorer {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    graph = commands.add_parser("graph", help="the dependency graph as a file for other programs")
    _add_project(graph)
    graph.add_argument(
        "--format", choices=["json", "dot", "svg", "png", "pdf", "graphml"], help="default: by FILE, else json"
    )
    graph.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it; default: standard output")
    graph.add_argument(
        "--graph", metavar="NAME", help="one of the project's graphs, such as chapter_3; default: the whole"
    )
    graph.add_argument("--focus", metavar="LABEL", help="only this node and what it is connected to")
    graph.add_argument(
        "--up", type=int, metavar="N", help="with --focus: steps towards what it rests on (default: all)"
    )
    graph.add_argument(
        "--down", type=int, metavar="N", help="with --focus: steps towards what rests on it (default: all)"
    )
    graph.set_defaults(run=_graph)

    status = commands.add_parser("status", help="how far the blueprint is")
    _add_project(status)
    status.add_argument("--json", action="store_true", help="as JSON")
    status.set_defaults(run=_status)

    show = commands.add_parser("show", help="one node with all that is known of it")
    _add_project(show)
    show.add_argument("label", help="the node's label")
    show.set_defaults(run=_show)
    return parser


def _add_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="the project's folder")
    parser.add_argument(
        "--reading",
        choices=[reading.value for reading in Reading],
        default=Reading.LEANBLUEPRINT.value,
        help="how repeated lists, Mathlib nodes, definitions and cycles count (default: leanblueprint)",
    )


def _graph(options: argparse.Namespace) -> int:
    from blueprint_app.bootstrap import open_project

    snapshot = open_project(options.path, Reading(options.reading))
    form = options.format or (options.output.suffix.lstrip(".").lower() if options.output else "json") or "json"
    if form == "json" and not (options.graph or options.focus):
        from blueprint_app.export.graph_json import graph_as_json

        _write(options.output, (json.dumps(graph_as_json(snapshot), ensure_ascii=False, indent=1) + "\n").encode())
        return 0
    raise BlueprintError("This format is not there yet.")


def _write(path: Path | None, data: bytes) -> None:
    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BlueprintError(
            f"{path} could not be written: {error.strerror}.", "Choose another place with -o."
        ) from error


def _status(options: argparse.Namespace) -> int:
    raise BlueprintError("not yet")


def _show(options: argparse.Namespace) -> int:
    raise BlueprintError("not yet")
