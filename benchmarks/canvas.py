"""How long a frame of the graph canvas takes, at 1,000, 5,000 and 20,000 nodes.

Run it offscreen: ``QT_QPA_PLATFORM=offscreen python -m benchmarks.canvas``. The graphs are made up:
rows of nodes as a layered layout gives them, some 2.5 edges a node, one in four of them long
and bent once a row.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import median
from time import perf_counter, thread_time
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from blueprint_app.layout.placement import LayoutProblem, Placement
from blueprint_app.model.blueprint import Blueprint, Node, NodeId, Passage, Reading
from blueprint_app.model.graph import DependencyGraph, Edge, EdgeKind
from blueprint_app.model.headline import Headline
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.model.status import BlueprintStatus
from blueprint_app.ui.canvas import GraphCanvas, Scene, scene_of
from blueprint_app.ui.theme import HEADLINE_SCHEME, LIGHT

WIDTH, HEIGHT = 1400, 900
COLUMN, ROW = 150.0, 90.0
EDGES_PER_NODE = 3.0
WORDS = ("entropy bound", "distance", "of independent variables", "doubling lemma", "for finite groups", "torsion")


class Time(NamedTuple):
    """Milliseconds by the clock on the wall, and of the thread's own work; other programs add to the first only."""

    wall: float
    own: float


def made_up(count: int, seed: int = 7) -> tuple[Snapshot, LayoutProblem, Placement]:
    """A snapshot of `count` nodes, placed in rows."""
    random = np.random.default_rng(seed)
    columns = max(int((count * 1.6) ** 0.5), 1)
    row, column = np.divmod(np.arange(count), columns)
    centres = np.stack([column * COLUMN + random.uniform(-20, 20, count), row * ROW], axis=1)
    boxes = random.random(count) < 0.2
    sizes = np.stack([random.uniform(60, 130, count), np.full(count, 36.0)], axis=1)
    pairs = made_up_edges(count, columns, random)
    curves = [bent(centres[source], centres[target], random) for source, target in pairs]
    offsets = np.concatenate([[0], np.cumsum([len(curve) for curve in curves])]).astype(np.int64)
    bounds = (-100.0, -50.0, columns * COLUMN + 100, (count // columns + 1) * ROW)
    placement = Placement(centres, np.concatenate(curves), offsets, np.zeros((0, 4)), bounds, "made up")
    return made_up_snapshot(count, boxes, pairs, random), LayoutProblem(sizes, pairs, boxes), placement


def made_up_edges(count: int, columns: int, random: np.random.Generator) -> np.ndarray:
    """About `EDGES_PER_NODE` edges a node from earlier rows to later ones; (m, 2)."""
    targets = np.repeat(np.arange(columns, count), int(EDGES_PER_NODE * 2))[::2]
    is_long = random.random(len(targets)) < 0.25
    rows = np.where(is_long, random.integers(1, 12, len(targets)), 1)
    aside = np.where(is_long, random.integers(-20, 21, len(targets)), random.integers(-3, 4, len(targets)))
    sources = targets - rows * columns + aside
    kept = (sources >= 0) & (sources // columns < targets // columns)
    return np.unique(np.stack([sources[kept], targets[kept]], axis=1), axis=0)


def bent(start: np.ndarray, end: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A curve with one Bézier piece a row."""
    pieces = max(round((end[1] - start[1]) / ROW), 1)
    stops = start + (end - start) * np.linspace(0, 1, pieces + 1)[:, None]
    stops[1:-1, 0] += random.uniform(-60, 60, pieces - 1)
    stops[0, 1] += 18
    stops[-1, 1] -= 18
    points = [stops[0]]
    for a, b in pairwise(stops):
        down = np.array([0, (b[1] - a[1]) / 3])
        points += [a + down, b - down, b]
    return np.array(points)


def made_up_snapshot(count: int, boxes: np.ndarray, pairs: np.ndarray, random: np.random.Generator) -> Snapshot:
    """Nodes of every headline with titles of a few words."""
    place = Place("made-up.tex", 1)
    ids = [NodeId(f"lem:node-{number}") for number in range(count)]
    nodes = tuple(
        Node(
            ids[number], (ids[number],), "definition" if boxes[number] else "lemma",
            "Definition" if boxes[number] else "Lemma", f"{number // 100 + 1}.{number % 100 + 1}",
            " ".join(random.choice(WORDS, int(random.integers(1, 6)))), (), Passage("", place),
        )
        for number in range(count)
    )  # fmt: skip
    edges = tuple(
        Edge(ids[a], ids[b], EdgeKind.STATEMENT if (a + b) % 3 == 0 else EdgeKind.PROOF) for a, b in pairs.tolist()
    )
    graph = DependencyGraph("document", "Made up", tuple(ids), edges, edges)
    status = BlueprintStatus(False, False, False, False, "", "", "ellipse")
    choices = random.integers(0, len(Headline), count)
    headlines = {node: list(Headline)[choice] for node, choice in zip(ids, choices, strict=True)}
    return Snapshot(
        blueprint=Blueprint("/", "Made up", nodes),
        reading=Reading.LEANBLUEPRINT,
        status=dict.fromkeys(ids, status),
        headlines=headlines,
        statement_uses={},
        proof_uses={},
        other_uses={},
        graphs=(graph,),
        whole=graph,
        diagnostics=(),
    )


def timed(deed: Callable[[], None]) -> Time:
    """What a deed takes."""
    start, own = perf_counter(), thread_time()
    deed()
    return Time((perf_counter() - start) * 1000, (thread_time() - own) * 1000)


def frames(moves: Iterator[Callable[[], None]]) -> list[Time]:
    """From each move until the canvas has painted it and done its share of background work."""
    times = []
    for move in moves:

        def frame(move: Callable[[], None] = move) -> None:
            move()
            QApplication.processEvents()

        times.append(timed(frame))
    return times


def settle(canvas: GraphCanvas) -> list[Time]:
    """Let the canvas finish painting; what each turn of the event loop took of the window's time."""
    done: list[bool] = []
    connection = canvas.settled.connect(lambda: done.append(True))
    times = []
    while not done:
        times.append(timed(QApplication.processEvents))
    canvas.settled.disconnect(connection)
    return [time for time in times if time.own > 0.2]


def at_rest(canvas: GraphCanvas, scale: float | None) -> list[Time]:
    """Go to the middle at a scale (None: fitted) and draw it crisp; see `settle`."""
    canvas.fit(animated=False)
    if scale is not None:
        canvas.zoom(scale / canvas.viewport.scale, animated=False)
    canvas.update()
    return settle(canvas)


def pan(canvas: GraphCanvas, steps: int) -> Iterator[Callable[[], None]]:
    """A drag of 24 pixels a frame, there and back."""
    for number in range(steps):
        shift = 24 if number < steps // 2 else -24
        view = canvas.viewport.moved(-shift, -shift / 2)
        yield lambda view=view: canvas.centre_on(view.x, view.y)


def zoom(canvas: GraphCanvas, steps: int) -> Iterator[Callable[[], None]]:
    """The wheel from the whole graph to single nodes and back."""
    canvas.fit(animated=False)
    factor = (2.0 / canvas.viewport.scale) ** (2 / steps)
    for number in range(steps):
        by = factor if number < steps // 2 else 1 / factor
        yield lambda by=by: canvas.zoom(by, QPointF(WIDTH / 3, HEIGHT / 3), animated=False)


def select(canvas: GraphCanvas, steps: int) -> Iterator[Callable[[], None]]:
    """Another node selected each frame."""
    count = len(canvas.scene.ids)
    for number in range(steps):
        yield lambda number=number: canvas.select(canvas.scene.ids[count // 2 + number * 7 % (count // 3)])


def row(name: str, times: list[Time]) -> str:
    """A row of the table."""
    wall, own = [time.wall for time in times], [time.own for time in times]
    return f"| {name} | {median(wall):.1f} | {max(wall):.1f} | {median(own):.1f} | {max(own):.1f} |"


def measure(count: int, ratio: float) -> list[str]:
    """The table of one size."""
    snapshot, problem, placement = made_up(count)
    scenes: list[Scene] = []
    building = timed(
        lambda: scenes.append(scene_of(snapshot, snapshot.whole, problem, placement, HEADLINE_SCHEME, LIGHT))
    )
    scene = scenes[0]
    canvas = GraphCanvas()
    canvas.resize(WIDTH, HEIGHT)
    canvas.show()
    QApplication.processEvents()
    lines = [
        row("scene built (in a job)", [building]),
        row("first frame", frames(iter([lambda: canvas.show_scene(scene)]))),
    ]
    for name, scale in (("whole graph", None), ("middle, scale 0.4", 0.4), ("close, scale 1", 1.0)):
        slices = at_rest(canvas, scale)
        lines.append(
            row(f"{name}: slices of the crisp painting, {sum(time.own for time in slices):.0f} ms of work", slices)
        )
        lines.append(row(f"{name}: pan sweep", frames(pan(canvas, 120))))
    lines.append(row("zoom sweep", frames(zoom(canvas, 160))))
    settle(canvas)
    lines.append(row("selection moves, whole graph", frames(select(canvas, 40))))
    canvas.close()
    size = f"{count:,} nodes, {len(scene.edges):,} edges, {WIDTH} x {HEIGHT}"
    return [f"\n### {size}, {ratio:g} device pixels a pixel\n",
            "| | median | worst | median, own | worst, own |", "|---|---|---|---|---|", *lines]  # fmt: skip


def main() -> int:
    """Print the tables of the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 5000, 20000])
    sizes = parser.parse_args().sizes
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QGuiApplication)
    for size in sizes:
        print("\n".join(measure(size, application.devicePixelRatio())), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
