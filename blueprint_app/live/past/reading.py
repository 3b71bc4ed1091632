"""Reads blueprints out of the trees of many commits, in several processes where there are many."""

import multiprocessing
import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from blueprint_app.insight.history.moments import Moment, moment_of
from blueprint_app.live.past.git import Check, Contents, Git, Objects
from blueprint_app.live.past.main_line import LINK, FileChange
from blueprint_app.live.past.trees import is_tex
from blueprint_app.model.blueprint import Reading
from blueprint_app.sources.file_access import HeldFiles
from blueprint_app.sources.lean_architect.texts import Memory
from blueprint_app.sources.leanblueprint.files import MAX_FILE_BYTES
from blueprint_app.sources.project import read_files

NO_BLUEPRINT = "There is no blueprint at this commit."
_WORTH_PROCESSES = 40
"""Fewer readings than that are done before other processes have begun."""
_MOST_PROCESSES = 4
_PATIENCE = 0.1
_HELD_BYTES = 64 * 2**20
_MOST_LINKS, _LONGEST_LINK = 8, 4096


@dataclass(frozen=True, slots=True)
class Task:
    """One blueprint to be read: `blobs` are the ids of the project's files by path, without Lean files if not `lean`.

    `links` are those of them that only name another file. `entry` is the web.tex, "" for a document that the Lean
    files make; `key` is the caller's.
    """

    key: str
    entry: str
    blobs: Mapping[str, str]
    links: frozenset[str]
    lean: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The blueprint of a task; None where Lean files are needed for it that the task did not have.

    `is_whole` is false where the clone lacks the content of a file that it has the name of.
    """

    key: str
    moment: Moment | None
    is_whole: bool = True


def task_of(key: str, base: str, entry: str, files: Mapping[str, FileChange], *, lean: bool) -> Task:
    """The task for the project in a folder of a tree; of its files only those that a reader may ask for."""
    full = base + entry if entry else ""
    chosen = {
        path[len(base) :]: change
        for path, change in files.items()
        if path.startswith(base) and (is_tex(path, full) or (lean and path.endswith(".lean")))
    }
    blobs = {path: change.blob for path, change in chosen.items()}
    return Task(key, entry, blobs, frozenset(path for path, each in chosen.items() if each.mode == LINK), lean)


class _Watched(Mapping[str, bytes]):
    """Contents that remember whether a Lean file, or the list of all, was asked for."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents
        self.asked_lean = False

    def __getitem__(self, path: str) -> bytes:
        self.asked_lean |= path.endswith(".lean")
        return self._contents[path]

    def __contains__(self, path: object) -> bool:
        self.asked_lean |= isinstance(path, str) and path.endswith(".lean")
        return path in self._contents

    def __iter__(self) -> Iterator[str]:
        self.asked_lean = True
        return iter(self._contents)

    def __len__(self) -> int:
        return len(self._contents)


class Reader:
    """Reads tasks one after another out of one clone; keeps contents that the next may share."""

    def __init__(self, folder: Path, reading: Reading, check: Check = lambda: None) -> None:
        self._folder, self._reading, self._check = folder, reading, check
        self._objects: Objects = Git(folder).objects()
        self._held: dict[str, bytes] = {}
        self._memory = Memory()

    def read(self, task: Task) -> Answer:
        """The blueprint of a task."""
        if sum(map(len, self._held.values())) > _HELD_BYTES:
            self._held.clear()
        blobs = {path: blob for path in task.blobs if (blob := self._blob(task, path))}
        contents = Contents(blobs, self._objects, self._held, MAX_FILE_BYTES)
        files = _Watched(contents)
        folder = Path(os.path.abspath(self._folder))
        entry = folder / task.entry if task.entry else None
        blueprint = read_files(HeldFiles(folder, files), folder, entry, self._check, self._memory)
        if files.asked_lean and not task.lean:
            return Answer(task.key, None)
        moment = Moment(problem=NO_BLUEPRINT) if blueprint is None else moment_of(blueprint, self._reading)
        return Answer(task.key, moment, not contents.lacks)

    def close(self) -> None:
        """Let go of git."""
        self._objects.close()

    def _blob(self, task: Task, path: str) -> str:
        """The id of a file's content, links followed within the project; "" where they lead nowhere."""
        for _ in range(_MOST_LINKS):
            if path not in task.links:
                return task.blobs.get(path, "")
            try:
                target = self._objects.read(task.blobs[path], _LONGEST_LINK).decode("utf-8", "surrogateescape")
            except OSError:
                return ""
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        return ""


def read_tasks(
    folder: Path, reading: Reading, tasks: Sequence[Task], check: Check, on_answer: Callable[[Answer], None]
) -> None:
    """The answers to all tasks, as they come. Whatever `check` raises comes out, and all processes end."""
    left = {task.key: task for task in tasks}

    def take(answer: Answer) -> None:
        left.pop(answer.key, None)
        on_answer(answer)

    if len(tasks) >= _WORTH_PROCESSES and (os.cpu_count() or 1) > 1:
        # Where the system has no processes or memory to give, this process reads the rest.
        with suppress(BrokenExecutor, OSError):
            _in_processes(folder, reading, tasks, check, take)
    if left:
        with closing(Reader(folder, reading, check)) as reader:
            for task in list(left.values()):
                check()
                take(reader.read(task))


def _in_processes(
    folder: Path, reading: Reading, tasks: Sequence[Task], check: Check, take: Callable[[Answer], None]
) -> None:
    processes = max(1, min(_MOST_PROCESSES, os.cpu_count() or 1))
    # Fresh processes: a copy of one with threads in it, as a window has, can hang.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(folder, reading))
    try:
        waiting: set[Future[Answer]] = {pool.submit(_read, task) for task in tasks}
        while waiting:
            done, waiting = wait(waiting, _PATIENCE, FIRST_COMPLETED)
            check()
            for future in done:
                take(future.result())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_reader: Reader | None = None
"""Of a worker process."""


def _begin(folder: Path, reading: Reading) -> None:
    global _reader
    _reader = Reader(folder, reading)


def _read(task: Task) -> Answer:
    assert _reader is not None
    return _reader.read(task)
