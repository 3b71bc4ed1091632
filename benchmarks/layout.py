"""How long each layout engine takes and how many edges cross: run as ``python -m benchmarks.layout``.

Every time is the median processor time of several runs of the engine alone, each in a fresh
process with a time limit; both engines use one core. Sizes are nodes of `benchmarks.graphs.blueprint_like`.
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.graphs import blueprint_like
from blueprint_app.layout.layered.crossings import inversions
from blueprint_app.layout.placement import LayoutProblem, Placement

SIZES = (100, 300, 635, 1000, 1500, 3000, 10_000, 20_000)
ENGINES = ("dot", "layered")
LARGEST_FOR_DOT = 3000
LIMIT_SECONDS = 240.0
SAMPLES = np.linspace(0.0, 1.0, 9)


def crossing_count(problem: LayoutProblem, placement: Placement) -> int:
    """Pairs of edges that change sides between one layer and the next, over all layers.

    Curves are followed from layer to layer; at its ends an edge counts as at the middle of its node.
    """
    layer_y = np.unique(np.round(placement.centres[:, 1], 1))
    layer = np.searchsorted(layer_y, np.round(placement.centres[:, 1], 1))
    upper, lower, between = [], [], []
    for edge, (source, target) in enumerate(problem.edges.tolist()):
        points = sampled(placement.points[placement.offsets[edge] : placement.offsets[edge + 1]])
        first, last = sorted((layer[source], layer[target]))
        inside = np.arange(first + 1, last)
        along = points[np.argsort(points[:, 1], kind="stable")]
        top, bottom = (source, target) if layer[source] < layer[target] else (target, source)
        x = [
            placement.centres[top, 0],
            *np.interp(layer_y[inside], along[:, 1], along[:, 0]),
            placement.centres[bottom, 0],
        ]
        upper.extend(x[:-1])
        lower.extend(x[1:])
        between.extend(range(first, last))
    by_ends = np.lexsort((lower, upper, between))
    ranks = np.unique(np.column_stack((between, np.round(lower, 3))), axis=0, return_inverse=True)[1].ravel()
    return inversions(ranks[by_ends])


def sampled(points: np.ndarray) -> np.ndarray:
    """Points on the Bézier pieces, eight a piece."""
    starts, first, second, ends = (points[k : len(points) - 3 + k : 3, None, :] for k in range(4))
    t = SAMPLES[None, :, None]
    curve = (1 - t) ** 3 * starts + 3 * t * (1 - t) ** 2 * first + 3 * t**2 * (1 - t) * second + t**3 * ends
    return curve.reshape(-1, 2)


def problem_named(name: str) -> LayoutProblem:
    """A graph of so many nodes, or the whole graph of the project in a folder."""
    if name.isdigit():
        return blueprint_like(int(name))
    from blueprint_app.bootstrap.opening import open_project
    from blueprint_app.layout.problem import problem_of

    snapshot = open_project(Path(name))
    return problem_of(snapshot, snapshot.whole)


def measure(engine: str, name: str) -> tuple[float, int]:
    """Seconds of processor time and crossings of one run in this process."""
    from blueprint_app.layout.arrange import arrange
    from blueprint_app.layout.worker import engine_named

    problem = problem_named(name)
    draw = engine_named("plain" if engine == "layered" else engine)
    arrange(blueprint_like(20), draw, engine)
    start = time.process_time()
    placement = arrange(problem, draw, engine)
    return time.process_time() - start, crossing_count(problem, placement)


def row(engine: str, name: str, runs: int) -> str:
    """One line of the table."""
    command = [sys.executable, "-m", "benchmarks.layout", "--one", engine, name]
    title = f"{int(name):,}" if name.isdigit() else Path(name).name
    found = []
    for _ in range(runs):
        try:
            done = subprocess.run(
                command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=LIMIT_SECONDS, check=True
            )
        except subprocess.TimeoutExpired:
            return f"| {engine} | {title} | > {LIMIT_SECONDS:.0f} | |"
        seconds, crossings = done.stdout.split()
        found.append((float(seconds), int(crossings)))
    return f"| {engine} | {title} | {statistics.median(seconds for seconds, _ in found):.2f} | {found[0][1]:,} |"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--one", nargs=2, metavar=("ENGINE", "GRAPH"))
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--graphs", nargs="+", default=[str(size) for size in SIZES], help="sizes or project folders")
    chosen = options.parse_args()
    if chosen.one:
        print(*measure(*chosen.one))
        return
    print("| engine | nodes | seconds | crossings |\n|---|---|---|---|")
    for name in chosen.graphs:
        for engine in ENGINES:
            if engine == "layered" or not name.isdigit() or int(name) <= LARGEST_FOR_DOT:
                print(row(engine, name, chosen.runs), flush=True)


if __name__ == "__main__":
    main()
