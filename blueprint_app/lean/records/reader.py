"""Reads the build records of a project's own modules, each file once as long as it does not change."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from blueprint_app.lean.project import LeanProject
from blueprint_app.lean.records.freshness import FRESH, BuildState, Freshness, same_lean, with_imports
from blueprint_app.lean.records.ilean import Definition, ModuleReferences, read_ilean
from blueprint_app.lean.records.imports import read_imports
from blueprint_app.lean.records.lake_hash import text_hash
from blueprint_app.lean.records.trace import BuildTrace, LogEntry, read_trace

Content = TypeVar("Content")

LIBRARY_FOLDERS = ("lib/lean", "lib")
"""Where below a build folder the records lie: the first since Lean 4.18, the second before."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source file's imports and hashes; `sha256` is of its text with line ends LF, in hexadecimal."""

    imports: tuple[str, ...]
    sha256: str
    lake_hash: int
    modified: float


@dataclass(frozen=True, slots=True)
class ModuleRecord:
    """What is known of one module's build. `olean` is None where it was never built."""

    name: str
    source: Path
    source_state: SourceState
    freshness: Freshness
    olean: Path | None = None
    trace: BuildTrace | None = None
    references: ModuleReferences | None = None

    @property
    def is_fresh(self) -> bool:
        """Whether the build speaks for the sources as they are."""
        return self.freshness.state is BuildState.FRESH

    @property
    def definitions(self) -> Mapping[str, Definition]:
        """The declarations that the build recorded."""
        return self.references.definitions if self.references else {}

    def warned(self) -> dict[str, LogEntry]:
        """The declarations that the build warned of for a ``sorry`` of their own; absence proves nothing."""
        entries = [entry for entry in (self.trace and self.trace.log) or () if entry.warns_of_sorry]
        found: dict[str, LogEntry] = {}
        for entry in entries:
            for name in _named_at(self.definitions, entry):
                found.setdefault(name, entry)
        return found


@dataclass(frozen=True, slots=True)
class BuildRecords:
    """The records of all of a project's own modules, by module."""

    modules: Mapping[str, ModuleRecord] = field(default_factory=dict)

    @property
    def fresh(self) -> tuple[str, ...]:
        """The modules whose build speaks for their sources, in the project's order."""
        return tuple(name for name, record in self.modules.items() if record.is_fresh)

    @property
    def was_built(self) -> bool:
        """Whether any module was ever built."""
        return any(record.olean for record in self.modules.values())

    def module_of(self) -> dict[str, str]:
        """For each recorded declaration the module that holds it."""
        return {name: module for module, record in self.modules.items() for name in record.definitions}

    def importers_of(self, modules: frozenset[str]) -> frozenset[str]:
        """These modules and all of the project's own that import them, directly or not."""
        users: dict[str, list[str]] = {}
        for name, record in self.modules.items():
            for imported in record.source_state.imports:
                users.setdefault(imported, []).append(name)
        found = set(modules)
        waiting = list(modules)
        while waiting:
            for user in users.get(waiting.pop(), ()):
                if user not in found:
                    found.add(user)
                    waiting.append(user)
        return frozenset(found)

    def mentions(self, names: frozenset[str]) -> dict[str, frozenset[str]]:
        """For each of these names those of them that its source text names, itself or by way of others.

        Read from the ``.ilean`` files without Lean, so that what elaboration adds silently is not seen:
        enough to infer an edge, never to deny one.
        """
        direct = {
            name: found
            for record in self.modules.values()
            if record.references
            for name, found in record.references.mentions.items()
        }
        return {name: _reached(name, direct, names) for name in names if name in direct}


def _reached(start: str, direct: Mapping[str, frozenset[str]], names: frozenset[str]) -> frozenset[str]:
    """The first of `names` on every way down from `start`."""
    reached: set[str] = set()
    seen = {start}
    waiting = [start]
    while waiting:
        for name in direct.get(waiting.pop(), ()):
            if name in seen:
                continue
            seen.add(name)
            if name in names:
                reached.add(name)
            else:
                waiting.append(name)
    return frozenset(reached)


class RecordReader:
    """Reads a project's build records; what did not change on disk since the last time is not read again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[tuple[int, int], object]] = {}

    def read(self, project: LeanProject, check: Callable[[], None] = lambda: None) -> BuildRecords:
        """The records as they are now; `check` may raise to stop. Runs nothing and writes nothing."""
        folders = library_folders(project)
        records: dict[str, ModuleRecord] = {}
        for name, path in project.modules().items():
            check()
            if (record := self._record(name, path, folders, project.toolchain)) is not None:
                records[name] = record
        states = with_imports(
            {name: record.freshness for name, record in records.items()},
            {name: record.source_state.imports for name, record in records.items()},
        )
        return BuildRecords({name: _with_freshness(record, states[name]) for name, record in records.items()})

    def _record(self, name: str, path: Path, folders: Sequence[Path], toolchain: str) -> ModuleRecord | None:
        state = self._once("source", path, _source_state)
        if state is None:
            return None
        tail = module_path(name)
        base = next((folder / tail for folder in folders if (folder / f"{tail}.olean").is_file()), None)
        if base is None:
            return ModuleRecord(name, path, state, Freshness(BuildState.UNBUILT, f"{name} was never built."))
        olean, trace_file = base.with_name(f"{base.name}.olean"), base.with_name(f"{base.name}.trace")
        trace = self._once("trace", trace_file, read_trace)
        references = self._once("ilean", base.with_name(f"{base.name}.ilean"), read_ilean)
        freshness = _own_freshness(name, f"{tail}.lean", state, trace, trace_file, toolchain)
        return ModuleRecord(name, path, state, freshness, olean, trace, references)

    def _once(self, kind: str, path: Path, read: Callable[[Path], Content | None]) -> Content | None:
        """What `read` makes of a file, kept as long as its size and time stay."""
        try:
            stat = path.stat()
        except OSError:
            return None
        key, stamp = (kind, str(path)), (stat.st_size, stat.st_mtime_ns)
        kept = self._kept.get(key)
        if kept is None or kept[0] != stamp:
            kept = self._kept[key] = (stamp, read(path))
        content: Content | None = kept[1]  # type: ignore[assignment]  # what `read` of this kind made
        return content


def library_folders(project: LeanProject) -> tuple[Path, ...]:
    """The folders that may hold the records of the project's own modules."""
    builds = [project.build_folder]
    builds += [
        package.folder / ".lake" / "build"
        for package in project.packages
        if package.folder.is_relative_to(project.base) and not package.folder.is_relative_to(project.packages_folder)
    ]
    return tuple(build / library for build in builds for library in LIBRARY_FOLDERS)


def module_path(module: str) -> str:
    """The path of a module's files below a library folder, without their ending."""
    return "/".join(name_parts(module))


def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a Lean name; a part in «» may hold anything."""
    parts, current, quoted = [], "", False
    for character in name:
        if character in "«»":
            quoted = character == "«"
        elif character == "." and not quoted:
            parts.append(current)
            current = ""
        else:
            current += character
    return (*parts, current)


def source_sha256(data: bytes) -> str:
    """The hash by which evidence names a source: the same for checkouts with either kind of line ends."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def _source_state(path: Path) -> SourceState | None:
    try:
        data = path.read_bytes()
        modified = os.stat(path).st_mtime
    except OSError:
        return None
    imports = read_imports(data.decode("utf-8", errors="replace").removeprefix("\ufeff"))
    return SourceState(imports, source_sha256(data), text_hash(data), modified)


def _own_freshness(
    name: str, tail: str, source: SourceState, trace: BuildTrace | None, trace_file: Path, toolchain: str
) -> Freshness:
    if trace is None:
        return Freshness(BuildState.STALE, f"{name} has no readable build record.")
    if not same_lean(toolchain, trace.lean_version):
        lean = toolchain.rpartition(":")[2]
        return Freshness(BuildState.STALE, f"{name} was built with Lean {trace.lean_version}, not {lean}.")
    hashes = trace.source_hashes(tail)
    # Before Lean 4.21 a record does not tell the source's hash; times are all there is.
    same = source.lake_hash in hashes if hashes else source.modified <= os.stat(trace_file).st_mtime
    return FRESH if same else Freshness(BuildState.STALE, f"{name} has changed since it was built.")


def _with_freshness(record: ModuleRecord, freshness: Freshness) -> ModuleRecord:
    return ModuleRecord(
        record.name, record.source, record.source_state, freshness, record.olean, record.trace, record.references
    )


def _named_at(definitions: Mapping[str, Definition], entry: LogEntry) -> list[str]:
    """The declarations that a message is about: those whose name stands on its line, else the innermost around it."""
    at_line = [(name, each) for name, each in definitions.items() if each.line == entry.line]
    exact = [name for name, each in at_line if each.column == entry.column]
    if exact or at_line:
        return exact or [name for name, _ in at_line]
    around = [(each.first_line, name) for name, each in definitions.items() if each.covers(entry.line)]
    return [max(around)[1]] if around else []
