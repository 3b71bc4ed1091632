"""Looks through a project's folders: what is there to watch, and what the files that matter look like from outside."""

import os
import stat
import sys
from collections.abc import Iterator
from typing import NamedTuple

from blueprint_app.live.scope import Scope


class Stamp(NamedTuple):
    """What tells of a change without reading a file: time of change in nanoseconds, size in bytes, inode."""

    changed: int
    size: int
    inode: int


class Watch(NamedTuple):
    """A folder to be watched, with all below it if `recursive`."""

    path: str
    recursive: bool


def stamp_of(path: str) -> Stamp | None:
    """The stamp of a regular file, or None where there is none that can be looked at."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return _stamp(status)


def _stamp(status: os.stat_result) -> Stamp | None:
    if not stat.S_ISREG(status.st_mode):
        return None
    return Stamp(status.st_mtime_ns, status.st_size, status.st_ino)


def stamp_of_folder(path: str) -> int | None:
    """What tells a folder from another one that took its place; None where there is no folder."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_ino if stat.S_ISDIR(status.st_mode) else None


def survey(scope: Scope) -> dict[str, Stamp]:
    """The stamps of all files that matter, by shown path. Folders that vanish or cannot be listed count as empty."""
    found: dict[str, Stamp] = {}
    for base, name, entry in _entries(scope):
        shown = f"{base}{name}"
        if scope.kind_of(shown) is not None:
            try:
                stamp = _stamp(entry.stat())
            except OSError:
                continue
            if stamp is not None:
                found[shown] = stamp
    for shown in scope.read - found.keys():
        stamp = stamp_of(scope.absolute(shown))
        if stamp is not None:
            found[shown] = stamp
    return found


def _entries(scope: Scope) -> Iterator[tuple[str, str, "os.DirEntry[str]"]]:
    """The files of all folders that are not left out: shown folder with its last slash, name, entry."""
    waiting = [""]
    while waiting:
        base = waiting.pop()
        parent = base[:-1].rpartition("/")[2]
        for entry in _listed(os.path.join(scope.folder, base)):
            if not entry.is_dir(follow_symlinks=False):
                yield base, entry.name, entry
            elif not scope.leaves_out(entry.name, parent):
                waiting.append(f"{base}{entry.name}/")


def _listed(folder: str) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


FEW_FOLDERS = 150
"""Up to so many folders each is watched alone on Linux, with a thread of watchdog's each."""


def watches_for(scope: Scope) -> list[Watch]:
    """Watches that cover all folders of interest and none that is left out.

    Alone, where folders are few and the system watches single folders (Linux): watchdog's own
    following of new sub-folders breaks without a word when the system has no more watches to give. Otherwise
    the fewest: a folder with its sub-folders apart only where something below it is left out; the
    project folder and every ``.lake`` always, as packages may appear in them later.
    """
    watches: list[Watch] = []
    if sys.platform.startswith("linux"):
        _plan(scope, "", watches, each_alone=True)
        if len(watches) <= FEW_FOLDERS:
            return watches
        watches.clear()
    _plan(scope, "", watches, each_alone=False)
    return watches


def _plan(scope: Scope, base: str, watches: list[Watch], *, each_alone: bool) -> bool:
    """Add the watches for one shown folder; whether a recursive one would do for it (and was added)."""
    name = base[:-1].rpartition("/")[2]
    folders = [entry.name for entry in _listed(os.path.join(scope.folder, base)) if entry.is_dir(follow_symlinks=False)]
    kept = [folder for folder in folders if not scope.leaves_out(folder, name)]
    below: list[Watch] = []
    are_whole = [_plan(scope, f"{base}{folder}/", below, each_alone=each_alone) for folder in kept]
    is_whole = not each_alone and base != "" and name != ".lake" and len(kept) == len(folders) and all(are_whole)
    watches.append(Watch(os.path.normpath(os.path.join(scope.folder, base)), is_whole))
    if not is_whole:
        watches.extend(below)
    return is_whole
