"""Several files changed as one: shown together, written all or none, taken back together."""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from blueprint_app.live.changing import FileChange, planned, spliced, write
from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.errors import BlueprintError

Edit = Callable[[str], str]
"""From a file's text, in which every line ends in a single newline, to its new text."""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What some files hold before and after; each file once. It is shown as a `FileChange` is."""

    title: str
    changes: tuple[FileChange, ...]

    @property
    def shown(self) -> str:
        """The paths of the files, relative to the project's folder."""
        return ", ".join(change.shown for change in self.changes)

    @property
    def undone(self) -> "ChangeSet":
        """The change that takes this one back."""
        return ChangeSet(f"Undo: {self.title}", tuple(change.undone for change in reversed(self.changes)))

    def diff(self) -> tuple[str, ...]:
        """The lines to be shown: for each file a heading, if there are several, and its unified diff."""
        if len(self.changes) == 1:
            return self.changes[0].diff()
        return tuple(line for change in self.changes for line in (f"@ {change.shown}", *change.diff(), ""))[:-1]

    def as_patch(self) -> str:
        """All of it as one text that ``patch -p1`` and ``git apply`` take."""
        return "".join(_patch_of(change) for change in self.changes)


def planned_set(blueprint: Blueprint, edits: Iterable[tuple[str, Edit]], title: str) -> ChangeSet:
    """The change that these edits make of the blueprint's own files; those of one file follow each other.

    Raises BlueprintError where a file is not what was read, or where nothing would change in it.
    """
    by_file: dict[str, list[Edit]] = {}
    for shown, edit in edits:
        by_file.setdefault(shown, []).append(edit)
    return ChangeSet(title, tuple(planned(blueprint, shown, _chained(each), title) for shown, each in by_file.items()))


def planned_over(folder: Path, shown: str, text: str, edit: Edit, title: str) -> FileChange:
    """The change that `edit` makes of a file in UTF-8 that is read apart from the blueprint, as ``.lean`` files are.

    `text` is what was read, line ends as they were. Raises BlueprintError where the file holds something else by now.
    """
    path = folder / shown
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BlueprintError(
            f"{shown} cannot be read ({error.strerror or error}).", "Put it back, or read the project again."
        ) from error
    if data != text.encode():
        raise BlueprintError(
            f"{shown} has changed since it was read; nothing was written.",
            "Read the project again, then try once more.",
        )
    return FileChange(title, path, shown, data, spliced(data, "utf-8", edit), "utf-8")


def write_set(changes: ChangeSet) -> None:
    """Write all files, if all still hold what they held; if one cannot be written, those before it are put back.

    Raises BlueprintError.
    """
    done: list[FileChange] = []
    try:
        for change in changes.changes:
            write(change)
            done.append(change)
    except BlueprintError:
        for change in reversed(done):
            with contextlib.suppress(BlueprintError):
                write(change.undone)
        raise


def _chained(edits: list[Edit]) -> Edit:
    def chained(text: str) -> str:
        for edit in edits:
            text = edit(text)
        return text

    return chained


def _patch_of(change: FileChange) -> str:
    import difflib

    old, new = (data.decode(change.encoding).splitlines(keepends=True) for data in (change.before, change.after))
    before = "/dev/null" if change.is_new else f"a/{change.shown}"
    after = "/dev/null" if change.is_removed else f"b/{change.shown}"
    lines = difflib.unified_diff(old, new, before, after)
    ended = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return "".join(ended)
