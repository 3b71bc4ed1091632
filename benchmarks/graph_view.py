"""How long it takes to narrow a graph of 20,000 nodes, and to let some stand out: ``python -m benchmarks.graph_view``.

The graph is that of `benchmarks.insight`, in 40 chapters. The window's part is what runs on its own thread.
"""

import os
import sys
from dataclasses import replace

from benchmarks.insight import COUNT, project, tell
from blueprint_app.insight.graph.emphasis import Emphasis, EmphasisKind, standing_out
from blueprint_app.insight.graph.graph_view import Focus, Level, Narrowing, shown_graph
from blueprint_app.model.blueprint import Heading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot

CHAPTERS = 40


def in_chapters(snapshot: Snapshot) -> Snapshot:
    """The project with its nodes in chapters, in document order."""
    blueprint, place = snapshot.blueprint, Place("a.tex", 1)
    headings = tuple(Heading(key, "chapter", str(key + 1), f"Chapter {key + 1}", place) for key in range(CHAPTERS))
    count = len(blueprint.nodes)
    nodes = tuple(replace(node, path=(row * CHAPTERS // count,)) for row, node in enumerate(blueprint.nodes))
    return snapshot_of(replace(blueprint, nodes=nodes, headings=headings), evidence=snapshot.evidence)


def measure_narrowing(snapshot: Snapshot) -> None:
    """Print how long the functions take that a job runs."""
    graph, nodes = snapshot.whole, snapshot.blueprint.nodes
    hub, last = max(snapshot.nodes, key=lambda node: len(snapshot.used_by[node])), nodes[-1].id
    middle = nodes[len(nodes) // 2].id
    questions = {
        "focus on a node in the middle, up 2, down 1": Narrowing(Focus(middle, 2, 1)),
        "focus on the last node, its whole foundation": Narrowing(Focus(last, None, 0)),
        "focus on the most used node, its whole impact": Narrowing(Focus(hub, 0, None)),
        "paths from the most used node to the last": Narrowing(path=(hub, last)),
        "done hidden": Narrowing(hides_done=True),
        "chapters as boxes": Narrowing(collapsed=Level.CHAPTER),
        "chapters as boxes, done hidden": Narrowing(collapsed=Level.CHAPTER, hides_done=True),
    }
    print(f"{len(nodes)} nodes, {len(graph.edges)} edges, {CHAPTERS} chapters")
    for words, narrowing in questions.items():
        shown = shown_graph(snapshot, graph, narrowing)
        tell(f"  {words} ({len(shown.graph.nodes)})", lambda of=narrowing: shown_graph(snapshot, graph, of))
    for kind in EmphasisKind:
        emphasis = Emphasis(kind, hub if kind is EmphasisKind.IMPACT else None)
        tell(f"  what stands out: {kind}", lambda of=emphasis: standing_out(snapshot, of), 3)


def measure_canvas(snapshot: Snapshot) -> None:
    """Print what the window's own thread does when something stands out, without the painting."""
    import numpy as np
    from PySide6.QtWidgets import QApplication

    from blueprint_app.layout.placement import Placement
    from blueprint_app.layout.problem import problem_of
    from blueprint_app.ui.canvas import GraphCanvas, scene_of
    from blueprint_app.ui.canvas.standing_out.badges import Emphasised
    from blueprint_app.ui.theme import LEANBLUEPRINT_SCHEME, LIGHT

    app = QApplication.instance() or QApplication(sys.argv[:1])
    graph = snapshot.whole
    problem = problem_of(snapshot, graph)
    rows = np.arange(len(graph.nodes))
    centres = np.column_stack([(rows % 200) * 120.0, (rows // 200) * 70.0])
    ends = np.stack([centres[problem.edges[:, 0]], centres[problem.edges[:, 1]]], axis=1)
    points = np.repeat(ends, [2, 2], axis=1).reshape(-1, 2)
    boxes = np.full((len(problem.groups), 4), np.nan)
    bounds = (0.0, 0.0, 24_000.0, float(centres[-1, 1]))
    placement = Placement(centres, points, 4 * np.arange(len(problem.edges) + 1), boxes, bounds, "grid")
    canvas = GraphCanvas()
    canvas.show_scene(scene_of(snapshot, graph, problem, placement, LEANBLUEPRINT_SCHEME, LIGHT))
    hub = max(snapshot.nodes, key=lambda node: len(snapshot.used_by[node]))
    for kind in EmphasisKind:
        found = standing_out(snapshot, Emphasis(kind, hub if kind is EmphasisKind.IMPACT else None))
        value = Emphasised(found.nodes, found.badges, found.chain)

        def show(value: Emphasised = value) -> None:
            canvas.emphasise(None)
            canvas.emphasise(value, come_near=True)

        tell(f"  the window, {kind}: {len(found.nodes)} nodes, {len(found.badges)} badges", show)
    app.processEvents()


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    snapshot = in_chapters(project(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT, with_evidence=True))
    measure_narrowing(snapshot)
    measure_canvas(snapshot)


if __name__ == "__main__":
    main()
