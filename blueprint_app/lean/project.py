"""Which Lean files are a project's own, what their modules are called, and where its packages lie."""

import json
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from blueprint_app.lean.lakefile import Glob, Lakefile, LibraryEntry, lean_lakefile, toml_lakefile
from blueprint_app.lean.names import parts_of, quoted_part
from blueprint_app.lean.source_files import lean_files
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place

_DEPTH_OF_SEARCH = 2
"""How far below the project folder a Lake package is looked for: ``lean/`` or ``formal/lean/``."""

_NESTED_PACKAGES = 20
"""How many packages that lie within the project are read as parts of it."""


@dataclass(frozen=True, slots=True)
class Library:
    """A Lean library or program of the project: modules under its roots or named by its globs are its own.

    `source_folder` is absolute; module ``A.B`` lies in its ``A/B.lean``.
    """

    name: str
    source_folder: Path
    roots: tuple[str, ...]
    globs: tuple[Glob, ...]

    def covers(self, module: str) -> bool:
        """Whether the module is one of this library's."""
        return any(module == root or module.startswith(f"{root}.") for root in self.roots) or any(
            glob.covers(module) for glob in self.globs
        )


@dataclass(frozen=True, slots=True)
class Package:
    """A package that the project rests on, and the folder that it is in or would be fetched to."""

    name: str
    folder: Path


@dataclass(frozen=True, slots=True)
class LeanProject:
    """The Lean side of a project as its files describe it; nothing was run to find out.

    `base` is the folder that places are relative to, `folder` that of the Lake package (the same,
    or below it); both are absolute. `build_folder` and `packages_folder` need not exist. `toolchain`
    is the content of ``lean-toolchain``, "" where there is none. `is_guessed` tells that no lakefile
    names a library, so that ``Name.lean`` beside ``Name/`` had to do.
    """

    base: Path
    folder: Path
    name: str
    libraries: tuple[Library, ...]
    build_folder: Path
    packages_folder: Path
    packages: tuple[Package, ...] = ()
    toolchain: str = ""
    is_guessed: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def package_folders(self) -> dict[str, Path]:
        """The folder of each package, by name."""
        return {package.name: package.folder for package in self.packages}

    def module_of(self, path: Path) -> str | None:
        """The module that a file holds, or None if it is not one of the project's own."""
        for library in self.libraries:
            if path.suffix == ".lean" and path.is_relative_to(library.source_folder):
                module = _module_name(path.relative_to(library.source_folder))
                if library.covers(module):
                    return module
        return None

    def file_of(self, module: str) -> Path | None:
        """The file that holds a module of the project's own, or None if there is no such file."""
        relative = _module_path(module)
        for library in self.libraries:
            path = library.source_folder / relative
            if library.covers(module) and path.is_file():
                return path
        return None

    def modules(self) -> dict[str, Path]:
        """Every module of the project's own that there is now, and its file. Walks the folders."""
        found: dict[str, Path] = {}
        skipped = frozenset({self.build_folder, self.packages_folder})
        for library in self.libraries:
            starts = dict.fromkeys((*library.roots, *(glob.module for glob in library.globs)))
            for start in starts:
                for path in lean_files(library.source_folder / _module_path(start), self.base, skipped):
                    module = _module_name(path.relative_to(library.source_folder))
                    if library.covers(module):
                        found.setdefault(module, path)
        return found

    def shown_path(self, path: Path) -> str:
        """A file's path as places give it: relative to `base`, with forward slashes."""
        return Path(os.path.relpath(path, self.base)).as_posix()


def read_project(folder: Path) -> LeanProject | None:
    """The Lean project in or a little below `folder`, or None if there is none. Runs nothing, writes nothing."""
    base = Path(os.path.realpath(folder))
    package = _find_package(base)
    if package is None:
        return None
    return _Reader(base).project(package)


def _find_package(base: Path) -> Path | None:
    level = [base]
    for _ in range(_DEPTH_OF_SEARCH + 1):
        for folder in level:
            if any((folder / name).is_file() for name in ("lakefile.toml", "lakefile.lean")):
                return folder
        level = [child for folder in level for child in _visible_folders(folder)]
    has_lean = (base / "lean-toolchain").is_file() or any(_guessed_libraries(base))
    return base if has_lean else None


def _visible_folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [folder / name for name in sorted(names) if not name.startswith(".") and name != "lake-packages"]


class _Reader:
    """Reads a package and those within the project that it rests on, and collects what is wrong with them."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self._diagnostics: list[Diagnostic] = []

    def project(self, folder: Path) -> LeanProject:
        lakefile = self._lakefile(folder)
        manifest = self._manifest(folder)
        packages_folder = folder / (lakefile.packages_folder or _packages_folder(folder, manifest))
        packages = tuple(_packages(manifest, folder, packages_folder))
        libraries = list(self._libraries(folder, lakefile))
        is_guessed = not libraries
        if is_guessed:
            libraries = list(_guessed_libraries(folder))
        for package in packages[:_NESTED_PACKAGES]:
            inside = package.folder.is_relative_to(self._base) and not package.folder.is_relative_to(packages_folder)
            if inside and package.folder != folder and package.folder.is_dir():
                libraries.extend(self._libraries(package.folder, self._lakefile(package.folder)))
        return LeanProject(
            self._base,
            folder,
            lakefile.name or folder.name,
            tuple(libraries),
            folder / lakefile.build_folder,
            packages_folder,
            packages,
            (_text_of(folder / "lean-toolchain") or "").strip(),
            is_guessed,
            tuple(self._diagnostics),
        )

    def _lakefile(self, folder: Path) -> Lakefile:
        # Lake prefers lakefile.lean where both are there.
        if (text := _text_of(folder / "lakefile.lean")) is not None:
            return lean_lakefile(text)
        if (text := _text_of(folder / "lakefile.toml")) is not None:
            try:
                return toml_lakefile(text)
            except tomllib.TOMLDecodeError as error:
                self._warn(folder / "lakefile.toml", "lakefile-damaged", f"The lakefile cannot be read: {error}.")
        return Lakefile()

    def _libraries(self, folder: Path, lakefile: Lakefile) -> Iterator[Library]:
        for entry in lakefile.libraries:
            source = Path(os.path.normpath(folder / lakefile.source_folder / entry.source_folder))
            if source.is_relative_to(self._base):
                yield _library(entry, source)
            else:
                message = f"The library {entry.name} has its sources outside the project; they are not read."
                self._warn(folder, "library-outside", message)

    def _manifest(self, folder: Path) -> dict[str, Any]:
        path = folder / "lake-manifest.json"
        text = _text_of(path)
        if text is None:
            return {}
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            self._warn(path, "manifest-damaged", f"The list of packages cannot be read: {error}.")
            return {}
        return data if isinstance(data, dict) else {}

    def _warn(self, path: Path, code: str, message: str) -> None:
        place = Place(Path(os.path.relpath(path, self._base)).as_posix(), 0)
        self._diagnostics.append(Diagnostic(Severity.WARNING, code, message, place=place))


def _library(entry: LibraryEntry, source: Path) -> Library:
    return Library(entry.name, source, entry.roots, entry.globs)


def _guessed_libraries(folder: Path) -> Iterator[Library]:
    for path in sorted(folder.glob("*.lean")):
        if path.name != "lakefile.lean":
            root = _module_name(Path(path.name))
            yield Library(root, folder, (root,), (Glob(root),))


def _packages_folder(folder: Path, manifest: dict[str, Any]) -> str:
    named = manifest.get("packagesDir")
    if isinstance(named, str) and named:
        return named
    return "lake-packages" if (folder / "lake-packages").is_dir() else ".lake/packages"


def _packages(manifest: dict[str, Any], folder: Path, packages_folder: Path) -> Iterator[Package]:
    entries = manifest.get("packages")
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict):
            continue
        # Manifests up to version 5 wrap each entry: {"git": {...}} or {"path": {...}}.
        kind = next((kind for kind in ("git", "path") if isinstance(entry.get(kind), dict)), "")
        facts = entry[kind] if kind else entry
        kind = kind or facts.get("type", "git")
        name = facts.get("name")
        if not isinstance(name, str) or not name:
            continue
        place = folder / str(facts.get("dir") or ".") if kind == "path" else packages_folder / name
        inner = facts.get("subDir") or facts.get("subDir?") or "."
        yield Package(name, Path(os.path.normpath(place / str(inner))))


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
    except OSError:
        return None


def _module_name(relative: Path) -> str:
    parts = relative.with_suffix("").parts
    return ".".join(quoted_part(part) for part in parts)


def _module_path(module: str) -> Path:
    parts = [part.strip("«»") for part in parts_of(module)]
    return Path(*parts[:-1], f"{parts[-1]}.lean") if parts else Path(".lean")
