"""The past of git clones, read for the first time and again: ``python -m benchmarks.history [--who] FOLDER ...``.

Each folder is that of a project in a full clone. With ``--who`` it also asks who wrote what. What is read is kept in a
folder of the run's own. "One reading" is of the blueprint as it is now: the first time should cost little more than as
many of these as blueprints are read, over the machine's processors.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from blueprint_app.insight.history.events import lines_of
from blueprint_app.insight.history.history import History
from blueprint_app.live.past.authors import read_authors
from blueprint_app.live.past.past import Past
from blueprint_app.model.blueprint import Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.sources.project import read_project

READINGS = 5


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of processors, those of other processes that ended meanwhile included."""
    start, busy = time.perf_counter(), processor_seconds()
    work()
    return time.perf_counter() - start, processor_seconds() - busy


def processor_seconds() -> float:
    """What this process and those that it has ended took, whatever else the machine had to do."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def one_reading(folder: Path) -> float:
    """Processor seconds of reading the blueprint as it is now and deriving its states, the best of some."""
    return min(timed(lambda: snapshot_of(read_project(folder), Reading.LEANBLUEPRINT))[1] for _ in range(READINGS))


def measure(folder: Path, *, who: bool) -> None:
    """Print the rows of one project."""
    with tempfile.TemporaryDirectory() as cache:

        def past() -> Past:
            return Past(folder, cache_folder=Path(cache))

        history = History()

        def read() -> None:
            nonlocal history
            history = past().history()

        rows = [("history, first time", read), ("history, again", read)]
        if who:
            rows += [("who, first time", lambda: read_authors(past())), ("who, again", lambda: read_authors(past()))]
        rows.append(("what happened to each node", lambda: lines_of(history)))
        for name, work in rows:
            clock, busy = timed(work)
            print(f"| {folder.name} | {name} | {clock:.1f} | {busy:.1f} |", flush=True)
        print(f"| {folder.name} | one reading | | {one_reading(folder):.2f} |")
        print(
            f"\n{folder.name}: {history.commits:,} commits of the main line, {history.changes:,} of them changed the "
            f"blueprint, {len(history.points):,} were read.\n",
            flush=True,
        )


if __name__ == "__main__":
    folders = [Path(word).resolve() for word in sys.argv[1:] if not word.startswith("--")]
    print(f"load {os.getloadavg()[0]:.0f} on {os.cpu_count()} processors\n" if hasattr(os, "getloadavg") else "")
    print("| project | what | s | s of processors |")
    print("|---|---|---|---|")
    for each in folders:
        measure(each, who="--who" in sys.argv)
