"""Scanning as many Lean files as Mathlib has: ``python -m benchmarks.scanning [--names] [FOLDER ...]``.

Makes a tree of 7,000 files and 80 MB out of the ``.lean`` files below the folders (the samples if
none is given), each copy in a namespace of its own so that no name is declared twice, and times a
first scan, one with nothing changed, one where every time stamp is new, and one changed file. With
``--names`` it tells instead, for each folder with a blueprint, what became of the names in it.
"""

import itertools
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.lean.project import read_project
from blueprint_app.lean.scan.declarations import scan_text
from blueprint_app.lean.scan.scanning import rescan, scan_project
from blueprint_app.model.evidence import EvidenceLevel

REPOSITORY = Path(__file__).resolve().parent.parent
FILES, MEGABYTES = 7_000, 80


@contextmanager
def timed(what: str) -> Iterator[None]:
    start, busy = time.perf_counter(), processor_seconds()
    yield
    print(f"| {what} | {time.perf_counter() - start:.3f} | {processor_seconds() - busy:.3f} |", flush=True)


def processor_seconds() -> float:
    """What this process and those that it has ended took, whatever else the machine had to do."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


DECLARED = re.compile(
    r"\b(?:theorem|lemma|def|abbrev|instance|structure|class|inductive|opaque|axiom|alias)\s+(?:[^\s:({\[]*\.)?([\w'!?]+)"
)


def count_names(folders: list[Path]) -> None:
    """Of the names that a blueprint gives, how many are read, inferred, missing, and declared nowhere in the project.

    The last column counts names that are not found although something with the same last component
    is declared: those to look at by hand.
    """
    print("| project | files | names | read | inferred | missing | of others | of these to look at |")
    print("|---|---|---|---|---|---|---|---|")
    for folder in folders:
        project = read_project(folder)
        nodes = open_project(folder).blueprint.nodes
        passages = [passage for node in nodes for passage in (node.statement, node.proof) if passage]
        names = {text for passage in passages for command in passage.lean for text in command.texts if text}
        if project is None or not names:
            continue
        evidence = scan_project(project).evidence()
        modules = project.modules().values()
        endings = {name for path in modules for name in DECLARED.findall(path.read_text("utf-8", "replace"))}
        found = [evidence.of(name) for name in names]
        absent = [each for each in found if each.level is not EvidenceLevel.SOURCE]
        inferred = sum(each.is_generated for each in found)
        missing = sum(each.level is EvidenceLevel.MISSING for each in found)
        odd = sum(each.name.split(".")[-1] in endings for each in absent)
        read = len(names) - len(absent) - inferred
        figures = (len(modules), len(names), read, inferred, missing, len(absent) - missing, odd)
        print(f"| {folder.name} | {' | '.join(map(str, figures))} |", flush=True)


def make_tree(folder: Path, texts: list[str]) -> None:
    """Copies until there are as many bytes as wanted, cut where a line ends so that there are as many files."""
    (folder / "lakefile.toml").write_text('name = "big"\n[[lean_lib]]\nname = "Big"\n', encoding="utf-8")
    wanted = MEGABYTES * 2**20 // FILES
    stream = (line for text in itertools.cycle(texts) for line in [*text.splitlines(keepends=True), "\n"])
    for number in range(FILES):
        lines, size = [f"namespace Copy{number}\n"], 0
        while size < wanted:
            line = next(stream)
            lines.append(line)
            size += len(line.encode())
        path = folder / "Big" / f"Part{number // 100}" / f"File{number}.lean"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")


def touch_all(folder: Path) -> None:
    for path in folder.rglob("*.lean"):
        os.utime(path)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(folders: list[Path]) -> None:
    paths = sorted(path for folder in folders for path in folder.rglob("*.lean") if ".lake" not in path.parts)
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    size = sum(len(text.encode()) for text in texts) / 1e6
    one = seconds(lambda: [scan_text(text) for text in texts])
    print(f"{len(texts)} different files, {size:.1f} MB: {one / size:.3f} s for a MB in one process\n")
    print(f"{os.cpu_count()} cores, {FILES:,} files, {MEGABYTES} MB\n\n| | s | s of processors |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        tree, cache = Path(scratch, "tree"), Path(scratch, "cache")
        tree.mkdir()
        make_tree(tree, texts)
        project = read_project(tree)
        assert project is not None
        with timed("first scan"):
            index = scan_project(project, cache)
        with timed("names of the index"):
            count = len(index.declarations)
        with timed("nothing changed"):
            index = scan_project(project, cache)
        with timed("names of the index"):
            assert len(index.declarations) == count
        touch_all(tree)
        with timed("every time stamp new, as after a change of branch"):
            scan_project(project, cache)
        changed = tree / "Big" / "Part0" / "File7.lean"
        changed.write_text(changed.read_text(encoding="utf-8") + "\ntheorem new : True := trivial\n", encoding="utf-8")
        with timed("one changed file"):
            index = rescan(index, [changed])
        with timed("names of the index"):
            assert len(index.declarations) == count + 1
    print(f"\n{count:,} names")


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:] if argument != "--names"]
    (count_names if "--names" in sys.argv else main)(given or [REPOSITORY / "samples"])
