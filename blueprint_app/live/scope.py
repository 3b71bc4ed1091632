"""Which of a project's thousands of files matter to what is shown, so that nothing else is watched or read."""

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a changed file says something about."""

    BLUEPRINT = "blueprint"
    """The blueprint's own text: TeX, its styles and settings, manifests of other tools."""
    LEAN = "lean"
    """A Lean source file."""
    BUILD = "build"
    """A record of ``lake build``."""
    ATTEMPT = "attempt"
    """A record of an attempt, or what a person said of one."""
    CLAIM = "claim"
    """Who works on what, as the team keeps it."""
    PROJECT = "project"
    """The lakefile, the manifest, the toolchain."""
    GIT = "git"
    """The commit or branch that is checked out."""


_KIND_OF_SUFFIX = {
    **dict.fromkeys((".tex", ".sty", ".cls", ".cfg", ".bbl", ".bib"), Kind.BLUEPRINT),
    ".lean": Kind.LEAN,
    ".trace": Kind.BUILD,
}
_KIND_OF_NAME = {
    **dict.fromkeys(("lakefile.toml", "lakefile.lean", "lake-manifest.json", "lean-toolchain"), Kind.PROJECT),
    "blueprint-manifest.json": Kind.BLUEPRINT,
    **{f"blueprint.{form}": Kind.BLUEPRINT for form in ("yaml", "yml", "graphml", "dot", "gv")},
}
_BACKUP_MARKS = (".#", "._", "#", "~")
"""How the names of Emacs's locks, macOS's doubles and half-saved files begin."""

_ATTEMPTS = ["blueprint", "attempts"]
_CLAIMS = "blueprint/claims.yaml"

_LEFT_OUT = frozenset({"node_modules", "__pycache__", "venv", "lake-packages"})
_LEFT_OUT_OF_LAKE = frozenset({"packages", "config"})
_LEFT_OUT_OF_BUILD = frozenset({"bin", "doc", "doc-data", "ir"})


@dataclass(frozen=True, slots=True)
class Scope:
    """A project's files that matter, told from their names alone.

    `folder` is absolute, without symbolic links; `read` holds the paths relative to it, with
    forward slashes, of files that matter because they were read, whatever their names.
    """

    folder: Path
    read: frozenset[str] = frozenset()
    _prefix: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_prefix", os.path.join(str(self.folder), ""))

    def reading(self, files: Collection[str]) -> "Scope":
        """The same scope after these files were read."""
        return Scope(self.folder, frozenset(files))

    def relative(self, path: str) -> str | None:
        """An absolute path as shown, or None if it lies outside the folder."""
        return path.removeprefix(self._prefix).replace(os.sep, "/") if path.startswith(self._prefix) else None

    def absolute(self, shown: str) -> str:
        """The absolute path of a shown one."""
        return os.path.normpath(os.path.join(self.folder, shown))

    def kind_of(self, shown: str) -> Kind | None:
        """What a file says something about, or None if it does not matter; `shown` is relative to the folder."""
        *folders, name = shown.split("/")
        if any(self.leaves_out(folder, parent) for parent, folder in zip(["", *folders], folders, strict=False)):
            return None
        if folders[:2] == _ATTEMPTS:
            # Drafts lie there too: they are no part of the project's Lean sources.
            return Kind.ATTEMPT if name.endswith(".yaml") and not name.startswith(".") else None
        if shown == _CLAIMS:
            return Kind.CLAIM
        if shown in self.read:
            return Kind.LEAN if name.endswith(".lean") else Kind.BLUEPRINT
        if name.startswith(_BACKUP_MARKS):
            return None
        if folders[:3] == [".lake", "build", "blueprint"] and name.endswith((".json", ".tex")):
            return Kind.BLUEPRINT
        return _KIND_OF_NAME.get(name) or _KIND_OF_SUFFIX.get(os.path.splitext(name)[1])

    @staticmethod
    def leaves_out(name: str, parent: str) -> bool:
        """Whether a folder called `name` in one called `parent` holds nothing of interest."""
        if parent == ".lake":
            return name in _LEFT_OUT_OF_LAKE
        if parent == "build" and name in _LEFT_OUT_OF_BUILD:
            return True
        return name in _LEFT_OUT or (name.startswith(".") and name != ".lake")
