"""Changes one of the project's own files as a person asked for, and leaves every other byte of it as it was."""

import contextlib
import difflib
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.errors import BlueprintError

_MARKS = {"utf-8-sig": (b"\xef\xbb\xbf",), "utf-16": (b"\xff\xfe", b"\xfe\xff")}
"""How files of these encodings begin."""

_AROUND = 2
"""Lines shown before and after a change."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a file holds before and after a change; `shown` is its path relative to the project's folder.

    A file that `is_new` is not there before, one that `is_removed` not after.
    """

    title: str
    path: Path
    shown: str
    before: bytes
    after: bytes
    encoding: str
    is_new: bool = False
    is_removed: bool = False

    @property
    def undone(self) -> "FileChange":
        """The change that takes this one back."""
        title = f"Undo: {self.title}"
        return FileChange(
            title, self.path, self.shown, self.after, self.before, self.encoding, self.is_removed, self.is_new
        )

    def diff(self) -> tuple[str, ...]:
        """The lines of a unified diff, without its two heading lines and without line ends."""
        old, new = (data.decode(self.encoding).splitlines() for data in (self.before, self.after))
        return tuple(difflib.unified_diff(old, new, lineterm="", n=_AROUND))[2:]


def planned(blueprint: Blueprint, shown: str, edit: Callable[[str], str], title: str) -> FileChange:
    """The change that `edit` makes of a file's text, in which every line ends in a single newline.

    Line ends, encoding and byte order marks stay as they are. Raises BlueprintError where the file is not what was
    read, or cannot hold the new text.
    """
    read = next((file for file in blueprint.files if file.path == shown), None)
    path = Path(os.path.realpath(Path(blueprint.folder, shown)))
    data = _bytes_of(path, shown)
    if read is None or hashlib.sha256(data).hexdigest() != read.sha256:
        raise _changed(shown)
    after = spliced(data, read.encoding, edit)
    if after == data:
        raise BlueprintError(f"Nothing would change in {shown}.", "Read the project again.")
    return FileChange(title, path, shown, data, after, read.encoding)


def planned_new(folder: Path, shown: str, text: str, title: str) -> FileChange:
    """The change that makes a file in UTF-8. Raises BlueprintError where there is something of that name."""
    if os.path.lexists(folder / shown):
        raise _changed(shown)
    return FileChange(title, folder / shown, shown, b"", text.encode(), "utf-8", is_new=True)


def write(change: FileChange) -> None:
    """Put the new content in the file's place at once, if it still holds the old. Raises BlueprintError."""
    if change.is_new:
        _make(change)
        return
    if _bytes_of(change.path, change.shown) != change.before:
        raise _changed(change.shown)
    temporary = ""
    try:
        if change.is_removed:
            os.unlink(change.path)
            return
        mode = os.stat(change.path).st_mode
        handle, temporary = tempfile.mkstemp(dir=change.path.parent, prefix=".#", suffix="~")
        with os.fdopen(handle, "wb") as file:
            file.write(change.after)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, change.path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise _unwritable(change, error) from error


def _make(change: FileChange) -> None:
    """A file that must not be there yet; half a one is taken away."""
    try:
        change.path.parent.mkdir(parents=True, exist_ok=True)
        with open(change.path, "xb") as file:
            try:
                file.write(change.after)
            except OSError:
                os.unlink(change.path)
                raise
    except FileExistsError:
        raise _changed(change.shown) from None
    except OSError as error:
        raise _unwritable(change, error) from error


def spliced(data: bytes, encoding: str, edit: Callable[[str], str]) -> bytes:
    """The bytes after an edit of their text; only what lies between the first and the last difference is written anew.

    Raises BlueprintError where the encoding has no such characters.
    """
    mark = next((mark for mark in _MARKS.get(encoding, ()) if data.startswith(mark)), b"")
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-be" if mark == b"\xfe\xff" else "utf-16-le"}.get(
        encoding, encoding
    )
    raw = data[len(mark) :].decode(codec)
    text = _with_newlines(raw)
    new = edit(text)
    head = _shared(text, new)
    tail = _shared(text[head:][::-1], new[head:][::-1])
    start, end = _raw_offset(raw, head), _raw_offset(raw, len(text) - tail)
    middle = new[head : len(new) - tail].replace("\n", _line_end(raw))
    try:
        written = middle.encode(codec)
    except UnicodeEncodeError as error:
        raise BlueprintError(
            f"The file is written in {encoding}, which has no “{error.object[error.start]}”.", "Save it as UTF-8 first."
        ) from error
    first = len(mark) + len(raw[:start].encode(codec))
    last = len(mark) + len(raw[:end].encode(codec))
    return data[:first] + written + data[last:]


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (first, second) in pairs if first != second), min(len(one), len(other)))


def _with_newlines(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def _raw_offset(raw: str, offset: int) -> int:
    """Where a character of the text with plain newlines stands in the text as written."""
    position = 0
    for line in raw.splitlines(keepends=True):
        # Other line separators of Unicode are characters like any other.
        plain = _with_newlines(line)
        if offset < len(plain):
            return position + offset
        offset -= len(plain)
        position += len(line)
    return position


def _line_end(raw: str) -> str:
    """How the file ends its lines: as its first one does."""
    at = raw.find("\n")
    if at < 0:
        return "\r" if "\r" in raw else "\n"
    return "\r\n" if raw[at - 1 : at] == "\r" else "\n"


def _bytes_of(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BlueprintError(
            f"{shown} cannot be read ({error.strerror or error}).", "Put it back, or read the project again."
        ) from error


def _changed(shown: str) -> BlueprintError:
    return BlueprintError(
        f"{shown} has changed since it was read; nothing was written.", "Read the project again, then try once more."
    )


def _unwritable(change: FileChange, error: OSError) -> BlueprintError:
    return BlueprintError(
        f"{change.shown} cannot be written ({error.strerror or error}).",
        "Make the file and its folder writable, then try once more.",
    )
