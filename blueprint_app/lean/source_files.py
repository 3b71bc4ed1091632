"""Walks a project's Lean files: never out of the project, never round in circles, never into what others built."""

import os
from collections.abc import Iterator
from pathlib import Path

_NEVER_SOURCES = frozenset({"lake-packages", "node_modules", "__pycache__"})


def lean_files(root_file: Path, boundary: Path, skipped: frozenset[Path]) -> Iterator[Path]:
    """The file of a root module, if there is one, and all ``.lean`` files in the folder of its name, sorted.

    Hidden folders and those in `skipped` are left out. A link is followed if it leads to somewhere within
    `boundary` (an absolute path without links); each folder is visited once, by whichever name comes first.
    """
    if root_file.is_file() and _is_within(root_file, boundary):
        yield root_file
    waiting = [str(root_file.with_suffix(""))]
    visited: set[tuple[int, int]] = set()
    left_out = {str(path) for path in skipped}
    while waiting:
        folder = waiting.pop()
        if not _is_new_folder(folder, visited):
            continue
        files, folders = _entries(folder, boundary)
        yield from (Path(path) for path in files)
        waiting.extend(path for path in reversed(folders) if path not in left_out)


def _is_new_folder(folder: str, visited: set[tuple[int, int]]) -> bool:
    try:
        status = os.stat(folder)
    except OSError:
        return False
    identity = (status.st_dev, status.st_ino)
    if identity in visited:
        return False
    visited.add(identity)
    return True


def _entries(folder: str, boundary: Path) -> tuple[list[str], list[str]]:
    """The paths of a folder's Lean files and of its folders, each sorted; unreadable folders hold nothing."""
    files, folders = [], []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith(".") or (entry.is_symlink() and not _is_within(Path(entry.path), boundary)):
                    continue
                if name.endswith(".lean"):
                    if entry.is_file():
                        files.append(entry.path)
                elif name not in _NEVER_SOURCES and entry.is_dir():
                    folders.append(entry.path)
    except OSError:
        return [], []
    return sorted(files), sorted(folders)


def _is_within(path: Path, boundary: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(boundary)
