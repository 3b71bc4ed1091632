"""The command line: every feature that needs no window."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from blueprint_app import __version__
from blueprint_app.model.blueprint import NodeId, Reading
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import ProjectEvidence
from blueprint_app.model.graph import DependencyGraph, focused
from blueprint_app.model.snapshot import Snapshot

FORMATS = ("json", "dot", "svg", "png", "pdf", "graphml")
_TEXT_FORMATS = ("json", "dot", "svg", "graphml")


def main(arguments: Sequence[str]) -> int:
    """Run a command; 0 on success, 1 on failure, 2 on wrong usage."""
    options = make_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BlueprintError as error:
        print(f"blueprint-explorer: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output has gone (`... | head`): that is no failure of ours.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


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
    graph.add_argument("--format", choices=FORMATS, help="default: as the name of FILE ends, else json")
    graph.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    graph.add_argument(
        "--graph", metavar="NAME", help="one of the project's graphs, such as chapter_3; default: all nodes"
    )
    graph.add_argument(
        "--inferred",
        action="store_true",
        help="where nobody wrote what uses what: the uses that references and Lean suggest, marked as inferred",
    )
    graph.add_argument("--focus", metavar="LABEL", help="only this node and what is connected to it")
    graph.add_argument(
        "--up", type=_steps, metavar="N", help="with --focus: steps towards its foundation (default: all)"
    )
    graph.add_argument("--down", type=_steps, metavar="N", help="with --focus: steps towards its impact (default: all)")
    graph.set_defaults(run=_graph)

    status = commands.add_parser("status", help="how far the blueprint is")
    _add_project(status)
    status.add_argument("--json", action="store_true", help="as JSON, for scripts")
    status.set_defaults(run=_status)

    show = commands.add_parser("show", help="one node with all that is known of it")
    _add_project(show)
    show.add_argument("label", metavar="LABEL", help="the node's label")
    show.set_defaults(run=_show)

    search = commands.add_parser("search", help="nodes found by what they say, in plain words, LaTeX or Lean names")
    _add_project(search)
    search.add_argument("words", metavar="WORDS", nargs="+", help="the question")
    search.add_argument("--limit", type=_steps, default=10, metavar="N", help="at most so many of each (default: 10)")
    search.add_argument("--declarations", action="store_true", help="the project's Lean declarations as well")
    search.add_argument("--libraries", action="store_true", help=_LIBRARIES)
    search.add_argument("--json", action="store_true", help="as JSON, for scripts")
    search.set_defaults(run=_search)

    attempts = commands.add_parser("attempts", help="what models (and people) tried at the nodes, and what came of it")
    _add_project(attempts)
    attempts.add_argument("label", metavar="LABEL", nargs="?", help="only those at this node, with Lean's errors")
    form = attempts.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON, for scripts")
    form.add_argument("--disclosure", action="store_true", help="what models drafted, as a list in Markdown")
    form.add_argument("--trailer", action="store_true", help="Assisted-by: lines for a commit message")
    attempts.set_defaults(run=_attempts)

    check = commands.add_parser("check", help="where declared and Lean contradict each other; fails on false claims")
    _add_project(check)
    check.add_argument("--ask", action="store_true", help=_ASK)
    check.add_argument("--json", action="store_true", help="as JSON, for scripts")
    check.add_argument("--evidence", type=Path, metavar="FILE", help="published evidence to take into account")
    check.set_defaults(run=_check)

    evidence = commands.add_parser("evidence", help="what Lean's side shows, as a file for others")
    _add_project(evidence)
    evidence.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help="where to write it")
    evidence.add_argument("--ask", action="store_true", help=_ASK)
    evidence.set_defaults(run=_evidence)
    return parser


_LIBRARIES = (
    "the Lean packages that the project rests on as well; the first time their sources are read, which takes a minute "
    "for Mathlib"
)
_ASK = "run Lean on the built project, which runs the project's own code; never starts a build"


def _add_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="the project's folder")
    parser.add_argument(
        "--reading",
        choices=[reading.value for reading in Reading],
        default=Reading.LEANBLUEPRINT.value,
        help="how repeated lists, Mathlib nodes, definitions and cycles count (default: leanblueprint)",
    )


def _steps(text: str) -> int:
    steps = int(text)
    if steps < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return steps


def _open(options: argparse.Namespace) -> Snapshot:
    from blueprint_app.bootstrap import open_project

    return open_project(options.path, Reading(options.reading))


def _graph(options: argparse.Namespace) -> int:
    form = options.format or (options.output.suffix.lstrip(".").lower() if options.output else "") or "json"
    if form not in FORMATS:
        raise BlueprintError(
            f"There is no graph format called {form}.", f"Choose one with --format: {', '.join(FORMATS)}."
        )
    if form not in _TEXT_FORMATS and options.output is None and sys.stdout.isatty():
        raise BlueprintError(f"A {form} file is not for a terminal.", "Name a file with -o.")
    snapshot = _open(options)
    if form == "json" or options.inferred:
        snapshot = _with_lean_side(options, snapshot)
    graph = _chosen_graph(snapshot, options)
    if form == "json":
        _write(options.output, _as_json(snapshot, graph))
    else:
        from blueprint_app.export.pictures import write_graph

        _write(options.output, write_graph(snapshot, graph or snapshot.whole, form))
    return 0


def _chosen_graph(snapshot: Snapshot, options: argparse.Namespace) -> DependencyGraph | None:
    """The graph asked for, or None if the whole project was."""
    graph = None
    if options.graph:
        graphs = {each.name: each for each in (*snapshot.graphs, snapshot.whole)}
        if options.graph not in graphs:
            raise BlueprintError(f"There is no graph called {options.graph}.", f"There are: {', '.join(graphs)}.")
        graph = graphs[options.graph]
    if options.inferred:
        graph = _inferred(snapshot, graph) or graph
    if options.focus:
        node = _node_id(snapshot, options.focus)
        whole = graph or snapshot.whole
        if node not in whole.nodes:
            raise BlueprintError(f"{node} is not in the graph {whole.name}.", "Leave out --graph.")
        graph = focused(whole, node, options.up, options.down)
    elif options.up is not None or options.down is not None:
        raise BlueprintError("--up and --down need a node.", "Name one with --focus LABEL.")
    return graph


def _inferred(snapshot: Snapshot, graph: DependencyGraph | None) -> DependencyGraph | None:
    """The graph with inferred edges, or None, and a word to the reader, where there are none."""
    from blueprint_app.insight.inferred import inferred_uses

    found = inferred_uses(snapshot)
    if found is not None:
        return found.within(graph or snapshot.whole)
    reason = "the blueprint itself says what uses what" if snapshot.whole.edges else "nothing tells what uses what"
    print(f"blueprint-explorer: no edge was inferred: {reason}", file=sys.stderr)
    return None


def _as_json(snapshot: Snapshot, graph: DependencyGraph | None) -> bytes:
    from blueprint_app.export.graph_json import graph_as_json

    if graph is not None and graph.is_inferred and graph.nodes == snapshot.whole.nodes:
        # Beside the blueprint's own graphs, which stay as they are.
        snapshot = replace(snapshot, graphs=(*snapshot.graphs, graph))
    elif graph is not None:
        kept = set(graph.nodes)
        nodes = tuple(node for node in snapshot.blueprint.nodes if node.id in kept)
        snapshot = replace(snapshot, blueprint=replace(snapshot.blueprint, nodes=nodes), graphs=(graph,))
    return (json.dumps(graph_as_json(snapshot), ensure_ascii=False, indent=1) + "\n").encode()


def _node_id(snapshot: Snapshot, label: str) -> NodeId:
    """The node that a label (or an id of the app's own) names; raises BlueprintError with near labels."""
    if label in snapshot.nodes:
        return NodeId(label)
    if label in snapshot.blueprint.labels:
        return snapshot.blueprint.labels[label]
    near = get_close_matches(label, [*snapshot.blueprint.labels], n=3, cutoff=0.6)
    raise BlueprintError(
        f"There is no node with the label {label}.", f"Did you mean {' or '.join(near)}?" if near else "See `graph`."
    )


def _status(options: argparse.Namespace) -> int:
    from blueprint_app.export.status_text import status_as_json, status_as_text

    snapshot = _with_lean_side(options, _open(options))
    if options.json:
        _write(None, (json.dumps(status_as_json(snapshot), ensure_ascii=False, indent=1) + "\n").encode())
    else:
        _write(None, status_as_text(snapshot).encode())
    return 0


def _show(options: argparse.Namespace) -> int:
    from blueprint_app.export.node_text import node_as_text

    snapshot = _with_lean_side(options, _open(options))
    _write(None, node_as_text(snapshot, _node_id(snapshot, options.label)).encode())
    return 0


def _search(options: argparse.Namespace) -> int:
    from blueprint_app.bootstrap import library_index
    from blueprint_app.export.search_text import Found, found_as_json, found_as_text
    from blueprint_app.insight.full_text import FullTextIndex, asked_words, declaration_index

    snapshot = _with_lean_side(options, _open(options))
    question, limit = " ".join(options.words), options.limit
    declarations = declaration_index(snapshot).find(question, limit) if options.declarations else None
    libraries = None
    if options.libraries:
        index = library_index(Path(snapshot.blueprint.folder))
        if index is not None:
            index.build(report=_report)
        libraries = index.find(asked_words(question), limit) if index is not None else ()
    found = Found(question, FullTextIndex(snapshot).find(question, limit), declarations, libraries)
    if options.json:
        text = json.dumps(found_as_json(snapshot, found), ensure_ascii=False, indent=1) + "\n"
    else:
        text = found_as_text(snapshot, found)
    _write(None, text.encode())
    return 0


def _attempts(options: argparse.Namespace) -> int:
    from blueprint_app.assistant.records.attribution import assisted_by_trailer, disclosure
    from blueprint_app.assistant.records.listing import attempts_as_json, attempts_as_text
    from blueprint_app.bootstrap import attempt_store

    snapshot = _open(options)
    records, problems = attempt_store(Path(snapshot.blueprint.folder)).read()
    node = options.label or ""
    if node and all(record.node != node for record in records):
        node = _node_id(snapshot, node)
    # Records are kept under the label that a node had at the time; it may have others, or be gone by now.
    names = {node, *(snapshot.nodes[NodeId(node)].labels if node in snapshot.nodes else ())}
    chosen = tuple(record for record in records if not node or record.node in names)
    for problem in problems:
        print(f"blueprint-explorer: {problem.place}: {problem.message} {problem.hint}".rstrip(), file=sys.stderr)
    if options.json:
        _write(None, (json.dumps(attempts_as_json(chosen, problems), ensure_ascii=False, indent=1) + "\n").encode())
    elif options.trailer or options.disclosure:
        text = assisted_by_trailer(chosen) if options.trailer else disclosure(chosen)
        _write(None, f"{text.rstrip()}\n".encode() if text else b"")
    else:
        _write(None, attempts_as_text(chosen, node).encode())
    return 0


def _check(options: argparse.Namespace) -> int:
    from blueprint_app.export.drift_text import drift_as_json, drift_as_text
    from blueprint_app.insight.drift import false_claims, find_drift

    snapshot = _with_lean_side(options, _open(options), ask=options.ask, published=options.evidence)
    drift = find_drift(snapshot)
    text = drift_as_text(snapshot, drift)
    if options.json:
        text = json.dumps(drift_as_json(snapshot, drift), ensure_ascii=False, indent=1) + "\n"
    _write(None, text.encode())
    return 1 if false_claims(drift) else 0


def _evidence(options: argparse.Namespace) -> int:
    from blueprint_app.bootstrap import lean_side

    snapshot = _open(options)
    side = lean_side(Path(snapshot.blueprint.folder))
    count, found = side.publish(snapshot.blueprint, options.output, report=_report, ask=options.ask)
    _tell_remarks(found)
    print(f"{options.output}: evidence for {count} declarations")
    return 0


def _with_lean_side(
    options: argparse.Namespace, snapshot: Snapshot, *, ask: bool = False, published: Path | None = None
) -> Snapshot:
    """The snapshot with the evidence at hand; nothing is run unless `ask` says so."""
    from blueprint_app.bootstrap import lean_side
    from blueprint_app.model.derive import snapshot_of

    side = lean_side(Path(snapshot.blueprint.folder))
    if published is not None:
        side.take(published)
    evidence = side.ask(snapshot.blueprint, report=_report) if ask else side.evidence(snapshot.blueprint)
    return snapshot_of(snapshot.blueprint, Reading(options.reading), evidence, snapshot.provenance)


def _tell_remarks(evidence: ProjectEvidence) -> None:
    for remark in evidence.remarks:
        print(f"blueprint-explorer: {remark.message} {remark.hint}".rstrip(), file=sys.stderr)


def _report(_fraction: float, note: str) -> None:
    """Progress for a person who waits; a file or a pipe gets none."""
    if sys.stderr.isatty():
        print(f"\r{note:<70}", end="", file=sys.stderr, flush=True)


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
