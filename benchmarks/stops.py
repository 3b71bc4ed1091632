"""How long the window stands still while a project opens, Lean's side arrives and files change.

Run: ``python -m benchmarks.stops [--runs 3] [--saves 6] [--generated 20000] [PROJECT ...]``, on a window system or with
QT_QPA_PLATFORM=offscreen. Each run is a process of its own with the whole window; projects are copied first.

A stop is the time between two turns of the window's event loop: what a person feels as a freeze. "Own" is how much of
it the window's thread itself worked, which other programs on the machine do not lengthen. ``--why`` prints where the
window's thread stood during the longest stops.
"""

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

from PySide6.QtCore import Qt, QTimer

from benchmarks.graphs import write_project
from blueprint_app.ui import app

ROOT = Path(__file__).resolve().parent.parent
SLOTS = (
    *("open", "filter", "search", "page", "scene", "evidence", "refine", "emphasis", "list", "list-sort"),
    *("next", "next-filter", "progress"),
)
"""The jobs that are waited for before a phase counts as over."""

REST_SECONDS = 1.0
PATIENCE = 180.0
STOPS_TOLD, LINES_TOLD = 14, 16
GRAPH_COMMANDS = {
    "graph.focus": "focus on a node",
    "graph.show_all": "all of it again",
    "graph.hide_done": "done hidden",
    "graph.chapters": "chapters as boxes",
}
EMPHASES = {"graph.impact": "impact", "graph.critical_path": "critical path", "graph.bottlenecks": "bottlenecks"}
VIEWS = {"list": "the list", "next": "what is next", "progress": "progress"}
PHASES = (
    *("opening", "first page", "Lean's side", *GRAPH_COMMANDS.values(), *EMPHASES.values(), *VIEWS.values()),
    *("saved .tex", "saved .lean"),
)

Figures = dict[str, list[dict[str, float]]]


@dataclass
class Pulse:
    """The turns of the event loop; `longest` since the last `begin`, by the clock and of the thread's own work."""

    at: float = 0.0
    own_at: float = 0.0
    longest: float = 0.0
    own: float = 0.0

    def beat(self) -> None:
        """Note that a turn ends here."""
        now, own = time.perf_counter(), time.thread_time()
        if self.at:
            self.longest, self.own = max(self.longest, now - self.at), max(self.own, own - self.own_at)
        self.at, self.own_at = now, own

    def begin(self) -> None:
        """Forget the stops so far."""
        self.beat()
        self.longest = self.own = 0.0


@dataclass
class Why:
    """Where the window's thread stood in turns that took long: for each stop the milliseconds of each stack."""

    pulse: Pulse
    stops: dict[float, Counter[str]] = field(default_factory=dict)
    at: float = 0.0

    def watch(self) -> None:
        """A signal runs its handler in the window's own thread: time outside of Python counts for where that ends."""
        signal.signal(signal.SIGALRM, self._sample)
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)

    def _sample(self, _number: int, frame: FrameType | None) -> None:
        now, names = time.perf_counter(), []
        while frame is not None and frame.f_code.co_name != "turn_until":
            code = frame.f_code
            names.append(f"{code.co_filename[code.co_filename.rfind('/') + 1 : -3]}.{code.co_name}:{frame.f_lineno}")
            frame = frame.f_back
        stacks = self.stops.setdefault(self.pulse.at, Counter())
        stacks[" > ".join(reversed(names))] += 1000 * (now - max(self.at, self.pulse.at))
        self.at = now

    def tell(self, depth: int) -> None:
        """Print the longest stops, in the order of time."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        longest = sorted(self.stops, key=lambda begun: -self.stops[begun].total())[:STOPS_TOLD]
        for begun in sorted(longest):
            stacks = self.stops[begun]
            print(f"at {begun - min(self.stops):.2f} s: {stacks.total():.0f} ms", file=sys.stderr)
            outer: Counter[str] = Counter()
            for stack, took in stacks.items():
                outer[" > ".join(stack.split(" > ")[:depth])] += took
            for stack, took in outer.most_common(LINES_TOLD):
                print(f"{took:6.1f}  {stack}", file=sys.stderr)


class Run:
    """The window over one project, and the figures of each phase."""

    def __init__(self) -> None:
        sys.setswitchinterval(app.SWITCH_SECONDS)
        self.application = app.make_application()
        self.window = app.make_window()
        self.window.show()
        self.application.processEvents()
        self.pulse = Pulse()
        self.figures: Figures = {phase: [] for phase in PHASES}
        self.seen: Counter[str] = Counter()
        self.last: dict[str, float] = {}
        self.doing = ""
        window = self.window
        window.scenes.ready.connect(lambda *_facts: self._note("graph"))
        window.page.reading.rendered.connect(lambda *_facts: self._note("page"))
        window.session.renewed.connect(lambda *_facts: self._note("renewed"))
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=1)
        self._timer.timeout.connect(self.pulse.beat)
        self._timer.start()

    def _note(self, what: str) -> None:
        self.seen[what] += 1
        self.last[what] = time.perf_counter()

    def turn_until(self, met: Callable[[], bool]) -> None:
        """Let the event loop turn."""
        end = time.perf_counter() + PATIENCE
        while not met():
            assert time.perf_counter() < end, f"this took too long: {self.doing}"
            self.application.processEvents()
            time.sleep(0.0002)

    def phase(self, name: str, act: Callable[[], object], awaited: str, met: Callable[[], bool]) -> None:
        """Do something, wait until what is awaited was seen ("": until it is met), and until all is quiet."""
        self.doing = name
        self.pulse.begin()
        begun = time.perf_counter()
        act()
        self.turn_until(met)
        took = (self.last[awaited] if awaited else time.perf_counter()) - begun
        rested = time.perf_counter() + REST_SECONDS
        self.turn_until(lambda: time.perf_counter() > rested and not any(map(self.window.jobs.is_running, SLOTS)))
        self.pulse.beat()
        self.figures[name].append({"took": took, "longest": self.pulse.longest, "own": self.pulse.own})

    def renew(self, name: str, act: Callable[[], object]) -> None:
        """A phase that ends with the graph of a newer snapshot."""
        count, lean = self.seen["renewed"], self.window.lean

        def met() -> bool:
            return self.seen["renewed"] > count and lean.following.is_on and self.last["graph"] > self.last["renewed"]

        self.phase(name, act, "graph", met)

    def all(self, folder: Path, saves: int) -> None:
        """Every phase, one after the other; what the window would begin by itself waits for its own."""
        window = self.window
        begin, window.lean.begin = window.lean.begin, lambda: None  # type: ignore[method-assign]
        prepare, waiting = window.page.prepare, []
        window.page.prepare = waiting.append  # type: ignore[method-assign]
        self.phase(
            "opening", lambda: window.session.open(folder), "graph", lambda: bool(self.seen["graph"] and waiting)
        )
        self.phase("first page", lambda: prepare(waiting[0]), "page", lambda: bool(self.seen["page"]))
        self.renew("Lean's side", begin)
        self.read_the_graph()
        for name, file, addition in targets(folder):
            for number in range(saves):
                text = file.read_text() + addition(number)
                self.renew(name, threading.Thread(target=file.write_text, args=(text,)).start)

    def _has_come(self, count: int) -> bool:
        """Whether a graph has come beyond so many."""
        return self.seen["graph"] > count

    def read_the_graph(self) -> None:
        """Narrow the graph, let some of it stand out, and look at the other views."""
        window, run = self.window, self.window.commands
        snapshot = window.session.project.snapshot
        window.presenter.go_to(max(snapshot.nodes, key=lambda node: len(snapshot.used_by[node])))
        for command in ("graph.focus", "graph.show_all", "graph.hide_done", "graph.show_all", "graph.chapters"):
            count = self.seen["graph"]
            if run[command].isEnabled():
                met = partial(self._has_come, count)
                self.phase(GRAPH_COMMANDS[command], run[command].trigger, "graph", met)
        run["graph.show_all"].trigger()
        for command, name in EMPHASES.items():
            self.phase(name, run[command].trigger, "", lambda: window.reading.emphasis.answer is not None)
            window.store.change(emphasis=None)
        shown: dict[str, Callable[[], bool]] = {
            "list": lambda: bool(window.views[0].table.rows.rows),
            "next": lambda: bool(window.next_view.ready.table.rows.rows),
            "progress": lambda: window.progress.view.pages.now.figures is not None,
        }
        for view, name in VIEWS.items():
            self.phase(name, partial(window.store.change, view=view), "", shown[view])
        window.store.change(view="graph")


def targets(folder: Path) -> Iterator[tuple[str, Path, Callable[[int], str]]]:
    """The project's longest TeX and Lean file, and what is put at the end of each again and again."""

    def longest(paths: Iterator[Path]) -> list[Path]:
        return sorted(paths, key=lambda path: path.stat().st_size)[-1:]

    source = folder / "blueprint" / "src"
    for path in longest(path for path in source.rglob("*.tex") if "\\begin{lemma}" in path.read_text()):
        yield "saved .tex", path, lambda number: f"\n\\begin{{lemma}}\\label{{added:{number}}} More.\\end{{lemma}}\n"
    for path in longest(path for path in folder.rglob("*.lean") if path.name != "lakefile.lean"):
        yield "saved .lean", path, lambda number: f"\ntheorem added{number} : True := trivial\n"


def child(folder: Path, saves: int, depth: int) -> None:
    """One run inside its own process: prints the figures as JSON."""
    run = Run()
    why = Why(run.pulse)
    if depth:
        why.watch()
    run.all(folder, saves)
    if depth:
        why.tell(depth)
    run.window.close()
    print(json.dumps(run.figures))


def run_apart(project: Path, saves: int, depth: int) -> Figures:
    """The figures of one run in a process of its own, with a home and a copy of the project of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(project, Path(scratch) / project.name, ignore=shutil.ignore_patterns(".git")))
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        homes = {f"XDG_{name}_HOME": f"{scratch}/{name.lower()}" for name in ("CACHE", "CONFIG", "DATA", "STATE")}
        environment = {**os.environ, **homes, "PYTHONPATH": str(ROOT)}
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            environment.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
        options = ["--child", "--saves", str(saves), "--why", str(depth), str(folder)]
        command = [sys.executable, "-m", "benchmarks.stops", *options]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout.splitlines()[-1])


def rows(name: str, runs: list[Figures]) -> Iterator[str]:
    """The lines of a project: medians over all runs and saves, and the worst stop."""
    for phase in PHASES:
        figures = [each for one in runs for each in one[phase]]
        if figures:
            took, longest, own = ([1000 * each[key] for each in figures] for key in ("took", "longest", "own"))
            middle = " | ".join(f"{statistics.median(values):.0f}" for values in (took, longest, own))
            yield f"| {name} | {phase} | {middle} | {max(longest):.0f} | {max(own):.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("projects", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--saves", type=int, default=6)
    parser.add_argument("--generated", type=int, nargs="*", default=[], help="sizes of projects to generate")
    parser.add_argument("--why", type=int, default=0, metavar="DEPTH", help="print so many calls of each long stop")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.projects[0].resolve(), options.saves, options.why)
        return
    print("| project | what happens | until it stands | longest stop | own | worst | worst, own |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        generated = [write_project(Path(scratch) / f"{count:,} nodes", count) for count in options.generated]
        for project in (*options.projects, *generated):
            runs = [run_apart(project, options.saves, options.why) for _ in range(options.runs)]
            print("\n".join(rows(project.name, runs)), flush=True)
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
