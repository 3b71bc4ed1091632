"""The command `graph`: the dependency graph as a file for other programs."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from blueprint_app.cli.project import Commands, add_project, node_id, open_snapshot, steps, with_lean_side, write
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.graph import DependencyGraph, focused
from blueprint_app.model.snapshot import Snapshot

FORMATS = ("json", "dot", "svg", "png", "pdf", "graphml")
_TEXT_FORMATS = ("json", "dot", "svg", "graphml")


def add_commands(commands: Commands) -> None:
    """The command, with its options."""
    graph = commands.add_parser("graph", help="the dependency graph as a file for other programs")
    add_project(graph)
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
        "--up", type=steps, metavar="N", help="with --focus: steps towards its foundation (default: all)"
    )
    graph.add_argument("--down", type=steps, metavar="N", help="with --focus: steps towards its impact (default: all)")
    graph.set_defaults(run=_graph)


def _graph(options: argparse.Namespace) -> int:
    form = options.format or (options.output.suffix.lstrip(".").lower() if options.output else "") or "json"
    if form not in FORMATS:
        raise BlueprintError(
            f"There is no graph format called {form}.", f"Choose one with --format: {', '.join(FORMATS)}."
        )
    if form not in _TEXT_FORMATS and options.output is None and sys.stdout.isatty():
        raise BlueprintError(f"A {form} file is not for a terminal.", "Name a file with -o.")
    snapshot = open_snapshot(options)
    if form == "json" or options.inferred:
        snapshot = with_lean_side(options, snapshot)
    graph = _chosen_graph(snapshot, options)
    if form == "json":
        write(options.output, _as_json(snapshot, graph))
    else:
        from blueprint_app.export.pictures import write_graph

        write(options.output, write_graph(snapshot, graph or snapshot.whole, form))
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
        node = node_id(snapshot, options.focus)
        whole = graph or snapshot.whole
        if node not in whole.nodes:
            raise BlueprintError(f"{node} is not in the graph {whole.name}.", "Leave out --graph.")
        graph = focused(whole, node, options.up, options.down)
    elif options.up is not None or options.down is not None:
        raise BlueprintError("--up and --down need a node.", "Name one with --focus LABEL.")
    return graph


def _inferred(snapshot: Snapshot, graph: DependencyGraph | None) -> DependencyGraph | None:
    """The graph with inferred edges, or None, and a word to the reader, where there are none."""
    from blueprint_app.insight.graph.inferred import inferred_uses

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
