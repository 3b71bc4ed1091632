"""One way to every graph format that needs no window: DOT, GraphML, SVG, PNG and PDF."""

from collections.abc import Callable
from pathlib import Path

from blueprint_app.export.drawn_graph import DrawnGraph
from blueprint_app.export.graph_dot import graph_as_dot
from blueprint_app.export.graph_ml import graph_as_graphml
from blueprint_app.export.graph_svg import graph_as_svg
from blueprint_app.export.looks import LookOf, leanblueprint_looks
from blueprint_app.export.placed_dot import placed_dot
from blueprint_app.layout.placement import LayoutProblem, Placement
from blueprint_app.layout.problem import problem_of
from blueprint_app.layout.service import never, paint, place
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.model.snapshot import Snapshot

FORMATS = ("dot", "graphml", "svg", "png", "pdf")


def write_graph(
    snapshot: Snapshot,
    graph: DependencyGraph,
    form: str,
    *,
    placed: tuple[LayoutProblem, Placement] | None = None,
    look: LookOf | None = None,
    cache_folder: Path | None = None,
    check: Callable[[], None] = never,
) -> bytes:
    """The file's bytes in one of `FORMATS`.

    `placed` is where things are, if that is known (a window's own placement, say); without it the
    graph is placed first, with `cache_folder` to remember the placement in. `look` gives the nodes'
    colours, leanblueprint's own by default. `check` is called often and stops the work by raising.
    Raises `BlueprintError`.
    """
    if form == "dot":
        return graph_as_dot(snapshot, graph).encode()
    if form == "graphml":
        return graph_as_graphml(snapshot, graph)
    if form not in FORMATS:
        raise BlueprintError(f"There is no graph format called {form}.", f"Choose one of {', '.join(FORMATS)}.")
    problem, placement = placed or _placed(snapshot, graph, cache_folder, check)
    drawn = DrawnGraph(snapshot, graph, problem, placement, look or leanblueprint_looks(snapshot))
    if form == "svg":
        return graph_as_svg(drawn).encode()
    return paint(placed_dot(drawn, form), form, check)


def _placed(
    snapshot: Snapshot, graph: DependencyGraph, cache_folder: Path | None, check: Callable[[], None]
) -> tuple[LayoutProblem, Placement]:
    problem = problem_of(snapshot, graph)
    return problem, place(problem, cache_folder, check)
