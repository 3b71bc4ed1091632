"""How the readers get at files: from the disk, or from where else a project's files are kept, such as a commit."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

Walked = tuple[str, list[str], list[str]]
"""As `os.walk` gives it: a folder, the names of the folders in it, the names of its files."""


class FileAccess(Protocol):
    """Where files come from. All paths are absolute.

    `has_builds` tells whether what programs wrote may be looked for beside what people did.
    """

    has_builds: bool

    def is_file(self, path: Path) -> bool:
        """Whether there is such a file. Raises OSError where that cannot be told."""

    def is_link(self, path: Path) -> bool:
        """Whether it only names another file."""

    def is_within(self, path: Path, folder: Path) -> bool:
        """Whether it lies in a folder, whichever links are on the way."""

    def size(self, path: Path) -> int:
        """Bytes. Raises OSError."""

    def read(self, path: Path) -> bytes:
        """The content of a file. Raises OSError."""

    def walk(self, folder: Path) -> Iterator[Walked]:
        """What lies below a folder; names that are taken out of the lists are not gone into."""


class Disk:
    """The files as they are."""

    has_builds = True

    def is_file(self, path: Path) -> bool:
        """Whether there is such a file."""
        return path.is_file()

    def is_link(self, path: Path) -> bool:
        """Whether it is a symbolic link."""
        return path.is_symlink()

    def is_within(self, path: Path, folder: Path) -> bool:
        """Whether it leads into the folder in the end."""
        return path.resolve().is_relative_to(folder.resolve())

    def size(self, path: Path) -> int:
        """Bytes. Raises OSError."""
        return path.stat().st_size

    def read(self, path: Path) -> bytes:
        """The content of a file. Raises OSError."""
        return path.read_bytes()

    def walk(self, folder: Path) -> Iterator[Walked]:
        """What lies below a folder."""
        yield from os.walk(folder)


DISK = Disk()


class HeldFiles:
    """Files that stand in a table, by their path below a folder with forward slashes; no link is among them."""

    has_builds = False

    def __init__(self, folder: Path, files: Mapping[str, bytes]) -> None:
        self._folder, self._files = folder, files

    def is_file(self, path: Path) -> bool:
        """Whether the table has it."""
        return self._key(path) in self._files

    def is_link(self, path: Path) -> bool:
        """Never."""
        return False

    def is_within(self, path: Path, folder: Path) -> bool:
        """Whether the path begins with the folder's."""
        return Path(os.path.normpath(path)).is_relative_to(folder)

    def size(self, path: Path) -> int:
        """Bytes. Raises OSError."""
        return len(self.read(path))

    def read(self, path: Path) -> bytes:
        """The content of a file. Raises OSError."""
        try:
            return self._files[self._key(path)]
        except KeyError:
            raise FileNotFoundError(2, "No such file", str(path)) from None

    def walk(self, folder: Path) -> Iterator[Walked]:
        """What lies below a folder, sorted."""
        tree: dict[str, tuple[dict[str, None], list[str]]] = {"": ({}, [])}
        for path in sorted(self._files):
            *parents, name = path.split("/")
            for depth, parent in enumerate(parents):
                tree["/".join(parents[:depth])][0][parent] = None
                tree.setdefault("/".join(parents[: depth + 1]), ({}, []))
            tree["/".join(parents)][1].append(name)
        yield from self._below(self._key(folder).removesuffix("."), tree)

    def _below(self, base: str, tree: Mapping[str, tuple[Mapping[str, None], Sequence[str]]]) -> Iterator[Walked]:
        if base not in tree:
            return
        folders, names = list(tree[base][0]), list(tree[base][1])
        yield str(self._folder / base), folders, names
        for each in folders:
            yield from self._below(f"{base}/{each}".lstrip("/"), tree)

    def _key(self, path: Path) -> str:
        return Path(os.path.relpath(path, self._folder)).as_posix()
