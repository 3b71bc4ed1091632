"""Searches the declarations of the Lean packages that a project rests on, Mathlib among them.

Reading a large package takes a minute, so it is done once for each revision, in processes of its own, and only where
the user asked for it. How names and statements become words is told by whoever makes the index.
"""

import contextlib
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from blueprint_app.lean.library_store import FORMAT, LibraryRow, LibraryStore
from blueprint_app.lean.project import LeanProject, Package, read_project
from blueprint_app.lean.scan.declarations import ScannedDeclaration, scan_text
from blueprint_app.lean.scan.scanned_file import LARGEST, is_plain
from blueprint_app.model.errors import BlueprintError

Check = Callable[[], None]
Report = Callable[[float, str], None]
Words = Callable[[str], str]

_BATCH = 2**20
"""Bytes of source that a worker process is given at a time."""

_WORTH_PROCESSES = 4 * 2**20
_MOST_PROCESSES = 8
_PATIENCE = 0.1
_LONGEST = 2_000
"""Characters of a statement or docstring that are kept."""


@dataclass(frozen=True, slots=True)
class LibraryWords:
    """How names, and statements and docstrings, become words: functions of a module, as other processes call them."""

    of_name: Words
    of_text: Words


@dataclass(frozen=True, slots=True)
class Library:
    """A package that is there on disk, what its content is known by, and whether it can be searched."""

    package: Package
    key: str
    is_indexed: bool


@dataclass(frozen=True, slots=True)
class LibraryHit:
    """A declaration of a package. `path` is absolute; `score` compares hits of one question."""

    name: str
    kind: str
    package: str
    module: str
    path: str
    line: int
    statement: str
    doc: str
    score: float


class LibraryIndex:
    """The packages of one project as they are when first looked at; may be asked from several threads."""

    def __init__(self, project: LeanProject, cache_folder: Path, words: LibraryWords) -> None:
        self._project = project
        self._store = LibraryStore(cache_folder)
        self._words = words

    @cached_property
    def _keys(self) -> tuple[tuple[Package, str], ...]:
        packages = (each for each in self._project.packages if self._is_library(each))
        return tuple((package, _key_of(package)) for package in packages)

    def libraries(self) -> tuple[Library, ...]:
        """The packages that are there, in the order of the manifest."""
        return tuple(Library(package, key, self._store.has(key)) for package, key in self._keys)

    def build(self, check: Check = lambda: None, report: Report = lambda fraction, note: None) -> int:
        """Read the packages that cannot be searched yet; gives the number of declarations that were added.

        `check` is called often and may raise to stop: packages that were read to their end stay, of the one that was
        being read nothing is left. Raises BlueprintError where the cache cannot be written.
        """
        missing = {each: _files_of(each.package) for each in self.libraries() if not each.is_indexed}
        total = max(1, sum(file.size for files in missing.values() for file in files))
        count = done = 0
        for library, files in missing.items():
            told = _part(report, done, total, f"Reading {library.package.name}")
            told(0)
            rows = _rows(files, self._words, check, told)
            count += self._written(library, rows)
            done += sum(file.size for file in files)
        report(1.0, "Packages read")
        return count

    def _written(self, library: Library, rows: Iterable[LibraryRow]) -> int:
        try:
            return self._store.write(library.key, rows)
        except OSError as error:
            raise BlueprintError(
                f"The search in {library.package.name} could not be made ready: {error}",
                "See whether there is room on the disk that holds your cache folder.",
            ) from error

    def find(self, words: Sequence[str], limit: int = 20, check: Check = lambda: None) -> tuple[LibraryHit, ...]:
        """The declarations of all packages that can be searched which fit the words best, best first."""
        hits: list[LibraryHit] = []
        for package, key in self._keys:
            check()
            for row in self._store.find(key, words, limit):
                path = str(package.folder / row.path)
                hits.append(LibraryHit(row.name, row.kind, package.name, row.module, path, *row[4:]))
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.name))[:limit])

    def _is_library(self, package: Package) -> bool:
        """Whether it is on disk and not a part of the project itself."""
        inside = package.folder.is_relative_to(self._project.base)
        own = inside and not package.folder.is_relative_to(self._project.packages_folder)
        return package.folder.is_dir() and not own


@dataclass(frozen=True, slots=True)
class _File:
    module: str
    path: str
    shown: str
    size: int


_Batch = list[_File]


def _part(report: Report, before: int, total: int, note: str) -> Callable[[int], None]:
    return lambda size: report((before + size) / total, note)


def _key_of(package: Package) -> str:
    """What a package's content is known by: the commit that Lake checked out, else sizes and times of its files."""
    commit = _commit_of(package.folder)
    if not commit:
        stamps = hashlib.sha256()
        for file in _files_of(package):
            stamps.update(f"{file.shown}\0{file.size}\0{os.stat(file.path).st_mtime_ns}\n".encode())
        commit = stamps.hexdigest()
    name = "".join(letter if letter.isalnum() else "-" for letter in package.name)
    return f"{name}-{hashlib.sha256(f'{FORMAT} {package.name} {commit}'.encode()).hexdigest()[:20]}"


def _commit_of(folder: Path) -> str:
    """The commit of a repository that stands on no branch, as those that Lake fetches do; else ""."""
    try:
        head = (folder / ".git" / "HEAD").read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
    return head if len(head) >= 40 and all(letter in "0123456789abcdef" for letter in head) else ""


def _files_of(package: Package) -> list[_File]:
    project = read_project(package.folder)
    found = []
    for module, path in sorted(project.modules().items()) if project is not None else ():
        try:
            size = path.stat().st_size
        except OSError:
            continue
        if size <= LARGEST:
            found.append(_File(module, str(path), project.shown_path(path) if project else str(path), size))
    return found


def _batches(files: Iterable[_File]) -> Iterator[_Batch]:
    batch: _Batch = []
    for file in files:
        batch.append(file)
        if sum(each.size for each in batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows(
    files: Sequence[_File], words: LibraryWords, check: Check, told: Callable[[int], None]
) -> Iterator[LibraryRow]:
    """All declarations of the files; `told` is told of the bytes that were read."""
    done = 0
    with contextlib.closing(_read(files, words, check)) as batches:
        for batch, rows in batches:
            check()
            yield from rows
            done += sum(file.size for file in batch)
            told(done)


def _read(
    files: Sequence[_File], words: LibraryWords, check: Check
) -> Generator[tuple[_Batch, list[LibraryRow]], None, None]:
    """The declarations of the files, a batch at a time: in other processes where there is much to read."""
    batches = list(_batches(files))
    done: set[int] = set()
    if sum(file.size for file in files) >= _WORTH_PROCESSES:
        try:
            with contextlib.closing(_in_processes(batches, words, check)) as results:
                for number, rows in results:
                    done.add(number)
                    yield batches[number], rows
        except (BrokenExecutor, OSError):
            # The system has no processes or memory to give: this process reads the rest.
            pass
    for number, batch in enumerate(batches):
        if number not in done:
            yield batch, [row for file in batch for row in _rows_of([file], words, check)]


def _in_processes(
    batches: Sequence[_Batch], words: LibraryWords, check: Check
) -> Generator[tuple[int, list[LibraryRow]], None, None]:
    processes = max(1, min(_MOST_PROCESSES, os.cpu_count() or 1, len(batches)))
    # Fresh processes: a copy of one with threads in it, as a window has, can hang.
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"))
    try:
        numbers: dict[Future[list[LibraryRow]], int] = {
            pool.submit(_rows_of, batch, words): number for number, batch in enumerate(batches)
        }
        waiting = set(numbers)
        while waiting:
            done, waiting = wait(waiting, _PATIENCE, FIRST_COMPLETED)
            check()
            for future in done:
                yield numbers.pop(future), future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _rows_of(batch: Sequence[_File], words: LibraryWords, check: Check = lambda: None) -> list[LibraryRow]:
    """What the files declare and others can refer to. Runs in a worker process as well."""
    rows: list[LibraryRow] = []
    for file in batch:
        check()
        try:
            text = Path(file.path).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        rows += (_row(file, each, words) for each in scan_text(text).declarations if is_plain(each))
    return rows


def _row(file: _File, declaration: ScannedDeclaration, words: LibraryWords) -> LibraryRow:
    statement, doc = declaration.statement[:_LONGEST], declaration.doc[:_LONGEST]
    return LibraryRow(
        declaration.name,
        declaration.kind,
        file.module,
        file.shown,
        declaration.line,
        statement,
        doc,
        words.of_name(declaration.name),
        words.of_text(doc),
        words.of_text(statement),
    )
