"""From process start to a painted graph, and how long the window was ever unresponsive on the way.

Run: python benchmarks/start.py [--runs 5] PROJECT...   (a window system or QT_QPA_PLATFORM=offscreen)

Each run is a process of its own. "first" has an empty layout cache, "again" finds the layout of the
run before. The longest gap is the longest time between two turns of the event loop after the window
was shown: what a person feels as a freeze; "reading a node" adds the first node page with typeset
mathematics, from the click to formulas on screen.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def child(path: Path, begun: float) -> None:
    """One start inside its own process: prints the times as JSON."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer

    from blueprint_app.ui import app

    sys.setswitchinterval(app.SWITCH_SECONDS)
    times: dict[str, float] = {"imports": time.time() - begun}
    application = app.make_application()
    window = app.make_window()
    window.show()
    canvas, page = window.graph.canvas, window.page.reading
    beats: list[float] = []
    gaps = [0.0]

    def beat() -> None:
        # The first turn shows the window itself: nobody can have touched it before.
        beats.append(time.perf_counter())
        if len(beats) > 1:
            gaps.append(beats[-1] - beats[-2])

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                if watched is window:
                    times.setdefault("window", time.time() - begun)
                elif canvas.scene.ids and "graph" not in times:
                    QTimer.singleShot(0, on_graph)
            return False

    def on_graph() -> None:
        if "graph" not in times:
            times["graph"] = time.time() - begun
            times["gap"] = max(gaps)
            QTimer.singleShot(1500, read_a_node)

    def read_a_node() -> None:
        gaps.clear()
        times["clicked"] = time.time() - begun
        window.presenter.go_to(max(canvas.scene.ids, key=lambda node: len(nodes[node].statement.tex)))
        nodes_shown.append(1)

    def on_rendered() -> None:
        times["read"] = time.time() - begun - times["clicked"]
        times["read_gap"] = max(gaps)
        print(json.dumps(times))
        window.close()
        application.quit()

    nodes_shown: list[int] = []
    watch = Watch()
    for widget in (canvas, window):
        widget.installEventFilter(watch)
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=1)
    timer.timeout.connect(beat)
    timer.start()
    page.rendered.connect(
        lambda node, *_facts: on_rendered() if node else times.setdefault("overview", time.time() - begun)
    )
    window.session.open(path)
    nodes: dict[str, object] = {}
    window.session.opened.connect(lambda project: nodes.update(project.snapshot.nodes))
    application.exec()


def start(path: Path, home: Path) -> dict[str, float]:
    """Start a process and give the times that it measured, in seconds since the process was asked for."""
    variables = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    environment = {**os.environ, **variables, "PYTHONPATH": str(ROOT)}
    # A person's second start finds its modules compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        environment.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    command = [sys.executable, __file__, "--child", repr(time.time()), str(path)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    return json.loads(run.stdout.splitlines()[-1])


def row(name: str, runs: list[dict[str, float]]) -> str:
    """A line of the table: medians, and of the gaps the worst too."""
    middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    worst = {key: max(run[key] for run in runs) for key in ("gap", "read_gap")}
    return (
        f"| {name} | {middle['window']:.2f} | {middle['graph']:.2f} "
        f"| {1000 * middle['gap']:.0f} ({1000 * worst['gap']:.0f}) "
        f"| {1000 * middle['read']:.0f} | {1000 * middle['read_gap']:.0f} ({1000 * worst['read_gap']:.0f}) |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("projects", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--child", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.projects[0].resolve(), options.child)
        return
    print(
        "| start | window, s | graph, s | longest gap, ms (worst run) | first page, ms | longest gap, ms (worst run) |"
    )
    print("|---|---|---|---|---|---|")
    for path in options.projects:
        with tempfile.TemporaryDirectory() as home:
            first = start(path, Path(home))
            again = [start(path, Path(home)) for _ in range(options.runs)]
            print(row(f"{path.name}, first", [first]), flush=True)
            print(row(f"{path.name}, again", again), flush=True)


if __name__ == "__main__":
    main()
