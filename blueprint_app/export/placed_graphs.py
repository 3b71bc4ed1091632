"""All graphs that a window may show of a project, placed: for a file that is to show them too."""

from collections.abc import Callable
from pathlib import Path

from blueprint_app.insight.graph.inferred import inferred_uses
from blueprint_app.layout.placement import LayoutProblem, Placement
from blueprint_app.layout.problem import problem_of
from blueprint_app.layout.service import place
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.model.snapshot import Snapshot

PlacedGraph = tuple[DependencyGraph, LayoutProblem, Placement]


def placed_graphs(
    snapshot: Snapshot,
    cache_folder: Path | None,
    check: Callable[[], None],
    report: Callable[[float, str], None],
) -> list[PlacedGraph]:
    """The whole first, then the project's own, then each with inferred edges. Blocks; raises BlueprintError."""
    placed = []
    graphs = _graphs(snapshot)
    for number, graph in enumerate(graphs):
        report(0.9 * number / len(graphs), f"Laying out {graph.title or graph.name}")
        problem = problem_of(snapshot, graph)
        placed.append((graph, problem, place(problem, cache_folder, check)))
    return placed


def _graphs(snapshot: Snapshot) -> list[DependencyGraph]:
    own = [graph for graph in snapshot.graphs if graph.nodes and graph is not snapshot.whole]
    own = [snapshot.whole, *own] if snapshot.whole.nodes else []
    inferred = inferred_uses(snapshot)
    return own if inferred is None else [*own, *(inferred.within(graph) for graph in own)]
