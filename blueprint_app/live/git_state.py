"""What git has checked out and whether it is at work, read from its folder without running it."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GitFolders:
    """`own` holds HEAD and the index's lock; `common` the branches, and is another one in a linked worktree."""

    own: Path
    common: Path

    @property
    def is_locked(self) -> bool:
        """Whether git is changing files at this moment."""
        return os.path.lexists(self.own / "index.lock")

    def inside(self, path: str) -> str:
        """The path below git's folders of an absolute one, with forward slashes; "" for one outside."""
        for base in (self.own, self.common):
            start = f"{base}{os.sep}"
            if path.startswith(start):
                return path[len(start) :].replace(os.sep, "/")
        return ""

    def head(self) -> str:
        """What is checked out: the branch, if there is one, and its commit; "" where it cannot be read."""
        head = _line(self.own / "HEAD")
        name = head.removeprefix("ref: ")
        if name == head:
            return head
        return f"{name} {_line(self.own / name) or _line(self.common / name) or self._packed(name)}"

    def _packed(self, name: str) -> str:
        try:
            lines = (self.common / "packed-refs").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        return next((line.split(" ", 1)[0] for line in lines if line.endswith(f" {name}")), "")


def git_folders(folder: Path) -> GitFolders | None:
    """Where git keeps its state of the working tree that a folder lies in; None outside of one."""
    for base in (folder, *folder.parents):
        mark = base / ".git"
        if mark.is_dir():
            return GitFolders(mark, mark)
        if mark.is_file():
            # A linked worktree or a submodule: a file that names the real folder.
            own = Path(os.path.normpath(base / _line(mark).removeprefix("gitdir: ")))
            common = _line(own / "commondir")
            return GitFolders(own, Path(os.path.normpath(own / common)) if common else own)
    return None


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
