"""Scans a project's sources: only what has changed, in several processes where there is much of it."""

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from blueprint_app.lean.project import LeanProject
from blueprint_app.lean.scan.index import SourceIndex
from blueprint_app.lean.scan.scanned_file import LARGEST, Scan, ScannedFile, digest_of, scan_bytes
from blueprint_app.lean.scan.store import ScanStore

_BATCH = 2**20
"""Bytes of source that a worker process is given at a time: about a fifth of a second of work."""

_WORTH_PROCESSES = 4 * 2**20
"""Bytes of source from which on the start of worker processes pays."""

_MOST_PROCESSES = 8
_PATIENCE = 0.1
"""Seconds between two looks at whether the work is still wanted."""

Report = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class _Found:
    """A file of the project as the disk shows it."""

    module: str
    path: str
    shown: str
    size: int
    modified: int

    def scanned(self, scan: Scan) -> ScannedFile:
        return ScannedFile(self.module, self.shown, self.size, self.modified, scan)


def scan_project(
    project: LeanProject,
    cache_folder: Path | None = None,
    check: Callable[[], None] = lambda: None,
    report: Report = lambda fraction, note: None,
) -> SourceIndex:
    """The declarations of all of a project's own modules.

    What is in `cache_folder` and has not changed is not read again. `check` is called often and may
    raise to stop, which ends the worker processes; `report` is told how far the work is (0 to 1).
    """
    report(0.0, "Looking for Lean files")
    store = ScanStore(cache_folder, project.folder)
    stamps, known = store.read()
    check()
    found, unread = _files_of(project)
    check()
    scans: dict[str, Scan] = {}
    changed = []
    for file in found:
        size, modified, digest = stamps.get(file.shown, (-1, -1, ""))
        if (size, modified) == (file.size, file.modified) and digest in known:
            scans[file.path] = known[digest]
        else:
            changed.append(file)
    if changed:
        scans |= _scanned(changed, known, check, report)
    files = [file.scanned(scans[file.path]) for file in found if file.path in scans]
    unread += [file.shown for file in found if file.path not in scans]
    if changed or len(stamps) != len(files):
        store.write(files, known)
    report(1.0, "Lean files read")
    return SourceIndex(project, files, unread)


def rescan(index: SourceIndex, paths: Iterable[Path]) -> SourceIndex:
    """The index after these files were changed, made or deleted; the same one if that changed nothing.

    Paths that hold none of the project's modules are passed over, but not a changed lakefile: that
    asks for `read_project` and `scan_project`.
    """
    files, unread = dict(index.files), set(index.unread)
    for path in paths:
        module = index.project.module_of(path)
        if module is None:
            continue
        shown = index.project.shown_path(path)
        before = files.pop(shown, None)
        unread.discard(shown)
        try:
            status = path.stat()
        except OSError:
            continue
        file = _Found(module, str(path), shown, status.st_size, status.st_mtime_ns)
        data = _read(file.path)
        if data is None:
            unread.add(shown)
        elif before is not None and before.scan.digest == digest_of(data):
            files[shown] = before
        else:
            files[shown] = file.scanned(scan_bytes(data))
    if files == index.files and unread == index.unread:
        return index
    return SourceIndex(index.project, (files[path] for path in sorted(files)), unread)


def _files_of(project: LeanProject) -> tuple[list[_Found], list[str]]:
    found, unread = [], []
    for module, path in project.modules().items():
        shown = project.shown_path(path)
        try:
            status = os.stat(path)
        except OSError:
            unread.append(shown)
            continue
        found.append(_Found(module, str(path), shown, status.st_size, status.st_mtime_ns))
    return sorted(found, key=lambda file: file.shown), unread


def _scanned(
    changed: Sequence[_Found], known: dict[str, Scan], check: Callable[[], None], report: Report
) -> dict[str, Scan]:
    """Scans by path; a file that cannot be read has none."""
    if known:
        # After a change of branch every time is new, but most contents are known.
        scans = dict(_known_contents(changed, known, check))
        changed = [file for file in changed if file.path not in scans]
    else:
        scans = {}
    total = sum(file.size for file in changed)
    results: dict[str, Scan | None] = {}
    if total >= _WORTH_PROCESSES:
        # Where the system has no processes or memory to give, this process reads the rest.
        with contextlib.suppress(BrokenExecutor, OSError):
            _collect(_in_processes(list(_batches(changed)), check), results, total, report)
    rest = [file for file in changed if file.path not in results]
    _collect(_in_this_process(_batches(rest), check), results, total, report)
    return scans | {path: scan for path, scan in results.items() if scan is not None}


def _collect(
    batches: Iterable[list[tuple[str, int, Scan | None]]], results: dict[str, Scan | None], total: int, report: Report
) -> None:
    done = 0
    for batch in batches:
        for path, size, scan in batch:
            results[path] = scan
            done += size
        report(min(1.0, done / max(total, 1)), "Reading Lean files")


def _in_this_process(
    batches: Iterable[list[tuple[str, int]]], check: Callable[[], None]
) -> Iterator[list[tuple[str, int, Scan | None]]]:
    for batch in batches:
        for file in batch:
            check()
            yield _scan_batch([file])


def _known_contents(
    files: Iterable[_Found], known: dict[str, Scan], check: Callable[[], None]
) -> Iterator[tuple[str, Scan]]:
    for file in files:
        check()
        data = _read(file.path)
        if data is not None and (scan := known.get(digest_of(data))) is not None:
            yield file.path, scan


def _batches(files: Iterable[_Found]) -> Iterator[list[tuple[str, int]]]:
    batch: list[tuple[str, int]] = []
    total = 0
    for file in files:
        batch.append((file.path, file.size))
        total += file.size
        if total >= _BATCH:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def _in_processes(
    batches: Sequence[list[tuple[str, int]]], check: Callable[[], None]
) -> Iterator[list[tuple[str, int, Scan | None]]]:
    """The results of the batches as they come, from processes that end with this generator."""
    processes = max(1, min(_MOST_PROCESSES, os.cpu_count() or 1, len(batches)))
    # Fresh processes: a copy of one with threads in it, as a window has, can hang.
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"))
    try:
        waiting: set[Future[list[tuple[str, int, Scan | None]]]] = {pool.submit(_scan_batch, each) for each in batches}
        while waiting:
            done, waiting = wait(waiting, _PATIENCE, FIRST_COMPLETED)
            check()
            for future in done:
                yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _scan_batch(batch: Sequence[tuple[str, int]]) -> list[tuple[str, int, Scan | None]]:
    """Runs in a worker process."""
    results: list[tuple[str, int, Scan | None]] = []
    for path, size in batch:
        data = _read(path)
        results.append((path, size, None if data is None else scan_bytes(data)))
    return results


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        return None
    return data if len(data) <= LARGEST else None
