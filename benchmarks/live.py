"""How soon a change is shown, and what watching costs: ``python -m benchmarks.live [--lean FOLDER] [PROJECT ...]``.

Projects are copied, followed with the system's own watches, and changed as an editor does. Times
are from the moment the file is written until the new snapshot (and its placement) is there, medians
in milliseconds; "processor" is what all threads together worked for it.
"""

import argparse
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.graphs import blueprint_like, write_project
from blueprint_app.bootstrap.lean_side import LeanSide
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.layout.arrange import arrange
from blueprint_app.layout.placement import LayoutProblem
from blueprint_app.layout.problem import problem_of
from blueprint_app.layout.worker import engine_named
from blueprint_app.live.changes import counterparts
from blueprint_app.live.fingerprints import Fingerprints
from blueprint_app.live.following import Listener, Update
from blueprint_app.live.scope import Scope
from blueprint_app.live.stable_layout import DrawnGraph, adapted
from blueprint_app.live.survey import survey, watches_for
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.snapshot import Snapshot

REPOSITORY = Path(__file__).resolve().parent.parent
SAVES = 15
PATIENCE = 300.0


class Followed:
    """A project under a follower; `updated` waits for what comes of a change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._arrived = threading.Condition()
        self._updates: list[tuple[float, Update]] = []
        side = LeanSide(folder, folder.parent / "cache")
        blueprint = open_project(folder).blueprint
        snapshot = snapshot_of(blueprint, side.reading, side.evidence(blueprint))
        self.follower = side.follower(snapshot, Listener(updated=self._arrive))
        self.follower.start()
        self.follower.is_ready.wait(PATIENCE)

    def _arrive(self, update: Update) -> None:
        with self._arrived:
            self._updates.append((time.perf_counter(), update))
            self._arrived.notify_all()

    def after(self, change: Callable[[], object]) -> tuple[float, Update]:
        """Seconds from a change to its update, and the update."""
        with self._arrived:
            self._updates.clear()
        begun = time.perf_counter()
        change()
        with self._arrived:
            assert self._arrived.wait_for(lambda: self._updates, PATIENCE)
            return self._updates[0][0] - begun, self._updates[0][1]


def placed(snapshot: Snapshot) -> DrawnGraph:
    problem = problem_of(snapshot, snapshot.whole)
    return DrawnGraph(snapshot.whole.nodes, problem, arrange(problem, engine_named("layered"), "layered"))


def saves(
    project: Path, followed: Followed, target: Path, addition: Callable[[int, Sequence[NodeId]], str], count: int
) -> str:
    """One line of the table of single saves: `addition` is put at the end of `target` again and again."""
    old = placed(snapshot := followed.follower.snapshot)
    totals, layouts, processor = [], [], []
    for number in range(count + 1):
        text = target.read_text() + addition(number, old.nodes)
        used = time.process_time()
        seconds, update = followed.after(lambda text=text: target.write_text(text))
        begun = time.perf_counter()
        problem = problem_of(update.snapshot, update.snapshot.whole)
        result = adapted(old, update.snapshot.whole.nodes, problem, counterparts(snapshot, update.snapshot))
        layouts.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
        assert result.placement is not None
        old, snapshot = DrawnGraph(update.snapshot.whole.nodes, problem, result.placement), update.snapshot
        totals.append(seconds + layouts[-1])
    # The first reading of the Lean side goes through all of its cache.
    middle = [f"{1000 * statistics.median(times[1:]):.0f}" for times in (processor, layouts, totals)]
    shown = f"{project.name} | {target.suffix} | {len(snapshot.nodes)} | {len(snapshot.evidence.declarations):,}"
    return f"| {shown} | {' | '.join(middle)} | {1000 * max(totals[1:]):.0f} |"


def all_saves(project: Path, count: int) -> None:
    """The lines of one project: its longest TeX file saved, and its longest Lean file where it has any."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(project, Path(scratch) / project.name))
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        followed = Followed(folder)
        files = [folder / file.path for file in followed.follower.snapshot.blueprint.files]
        longest = max((path for path in files if path.suffix == ".tex"), key=lambda path: path.stat().st_size)

        def lemma(number: int, nodes: Sequence[NodeId]) -> str:
            return f"\n\\begin{{lemma}}\\label{{added:{number}}}\\uses{{{nodes[number]}}} More.\\end{{lemma}}\n"

        print(saves(project, followed, longest, lemma, count), flush=True)
        sources = [path for path in folder.rglob("*.lean") if path.name != "lakefile.lean"]
        if sources:
            longest = max(sources, key=lambda path: path.stat().st_size)
            theorem = "\ntheorem added{} : True := trivial\n"
            print(saves(project, followed, longest, lambda number, nodes: theorem.format(number), count), flush=True)
        followed.follower.stop()


def checkout(count: int = 5000) -> str:
    """What a branch switch that changes so many Lean files costs."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(REPOSITORY / "samples" / "primes", Path(scratch) / "primes"))

        def git(*words: str) -> None:
            identity = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")
            subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)

        def write(note: str) -> None:
            for number in range(count):
                file = folder / "Many" / f"Part{number // 100}" / f"File{number}.lean"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(f"theorem a{number} : True := trivial -- {note}\n")
            chapter = folder / "blueprint" / "src" / "chapters" / "sums.tex"
            chapter.write_text(f"{chapter.read_text()}% {note}\n")

        git("init", "-q", "-b", "main")
        for note in ("one", "two"):
            write(note)
            git("add", "-A")
            git("commit", "-q", "-m", note)
            git("branch", note)
        followed = Followed(folder)
        ended = []

        def switch() -> None:
            git("checkout", "-q", "one")
            ended.append(time.perf_counter())

        begun, used = time.perf_counter(), time.process_time()
        seconds, update = followed.after(switch)
        used = time.process_time() - used
        followed.follower.stop()
        took = ended[0] - begun
        return f"| {len(update.paths):,} | {took:.2f} | {seconds - took:.2f} | {used:.2f} |"


def watching(folder: Path) -> str:
    """What it costs to begin to watch a folder, and to look at it again where nothing changed."""
    scope = Scope(folder.resolve())
    times = []
    prints = Fingerprints(scope)
    for work in (prints.start, lambda: prints.look(None), lambda: watches_for(scope)):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    found = survey(scope)
    size = sum(stamp.size for stamp in found.values())
    figures = " | ".join(f"{1000 * seconds:.0f}" for seconds in times)
    return f"| {folder.name} | {len(found):,} | {size / 1e6:.1f} | {figures} |"


def adapting(count: int) -> str:
    """How long a small change of a graph of `count` nodes takes: five new nodes with three edges each."""
    asked = blueprint_like(count)
    nodes = [NodeId(str(index)) for index in range(count)]
    old = DrawnGraph(nodes, asked, arrange(asked, engine_named("plain"), "layered"))
    random = np.random.default_rng(3)
    new = [(int(random.integers(count)), count + index) for index in range(5) for _ in range(3)]
    larger = LayoutProblem(
        np.vstack((asked.sizes, np.tile([[90.0, 36.0]], (5, 1)))),
        np.vstack((asked.edges, np.array(new))),
        np.concatenate((asked.boxes, np.zeros(5, bool))),
        asked.groups,
    )
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        adapted(old, [*nodes, *(NodeId(f"new{index}") for index in range(5))], larger)
        times.append(time.perf_counter() - begun)
    return f"| {count:,} | {len(asked.edges):,} | {1000 * statistics.median(times):.0f} |"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("projects", nargs="*", type=Path)
    options.add_argument("--lean", nargs="*", type=Path, default=[], help="folders with Lean sources, to look through")
    options.add_argument("--generated", nargs="*", type=int, default=[], help="sizes of projects to generate")
    options.add_argument("--saves", type=int, default=SAVES, help="saves of each file, without the first")
    chosen = options.parse_args()
    corpus = REPOSITORY.parent / "shared" / "corpus"
    projects = chosen.projects or [corpus / name for name in ("pfr", "FLT", "carleson") if (corpus / name).is_dir()]
    print("| project | file | nodes | declarations | processor | placing | save to placed snapshot | worst |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        generated = [write_project(Path(scratch) / f"{count:,} nodes", count) for count in chosen.generated]
        for project in (*projects, *generated):
            all_saves(project, chosen.saves)
    print("\n| files changed | git checkout s | then to the snapshot s | processor s |\n|---|---|---|---|")
    print(checkout(), flush=True)
    print("\n| folder | files | MB | first look ms | look again ms | plan of watches ms |\n|---|---|---|---|---|---|")
    for folder in chosen.lean:
        print(watching(folder), flush=True)
    print("\n| nodes | edges | five new nodes ms |\n|---|---|---|")
    for count in (200, 1000, 5000, 20_000):
        print(adapting(count), flush=True)


if __name__ == "__main__":
    main()
