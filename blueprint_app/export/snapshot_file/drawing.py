"""The layouts that let whoever opens a snapshot file see its graphs at once."""

from collections.abc import Callable
from pathlib import Path

from blueprint_app.insight.inferred import inferred_uses
from blueprint_app.layout.cache import fingerprint
from blueprint_app.layout.placement import Placement
from blueprint_app.layout.problem import problem_of
from blueprint_app.layout.service import place
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.model.snapshot import Snapshot


def drawn_layouts(
    snapshot: Snapshot,
    cache_folder: Path | None,
    check: Callable[[], None],
    report: Callable[[float, str], None],
) -> dict[str, Placement]:
    """A placement of each graph that a window may show, by its fingerprint. Blocks; raises BlueprintError."""
    layouts: dict[str, Placement] = {}
    graphs = _graphs(snapshot)
    for number, graph in enumerate(graphs):
        report(0.9 * number / len(graphs), f"Laying out {graph.title or graph.name}")
        problem = problem_of(snapshot, graph)
        layouts[fingerprint(problem)] = place(problem, cache_folder, check)
    return layouts


def _graphs(snapshot: Snapshot) -> list[DependencyGraph]:
    """The project's own graphs and the whole, each also with its inferred edges where there are such."""
    own = [graph for graph in (*snapshot.graphs, snapshot.whole) if graph.nodes]
    inferred = inferred_uses(snapshot)
    return own if inferred is None else [*own, *(inferred.within(graph) for graph in own)]
