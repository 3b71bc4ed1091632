"""Finds and reads the files of a blueprint, whatever their encoding, and never outside what TeX would read."""

import hashlib
import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from blueprint_app.model.blueprint import SourceFile
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place
from blueprint_app.sources.file_access import DISK, FileAccess
from blueprint_app.sources.splicing import OtherTexts, SplicedText

MAX_FILE_BYTES = 20_000_000
"""Larger files are not TeX that a person wrote."""
ENTRY_PLACES = ("blueprint/src/web.tex", "blueprint/web.tex", "src/web.tex", "web.tex", "docs/blueprint/src/web.tex")
_SKIPPED_FOLDERS = {".git", ".lake", "lake-packages", "build", "node_modules", "__pycache__", ".venv", "venv"}


@dataclass(eq=False)
class TextFile:
    """A file that was read; `number` tells its tokens from those of other files."""

    number: int
    path: Path
    shown_path: str
    text: str
    sha256: str
    encoding: str

    @cached_property
    def line_starts(self) -> Sequence[int]:
        """The offsets at which lines begin."""
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def place(self, start: int, end: int = 0) -> Place:
        """The place of the characters from `start` to `end`."""
        line = bisect_right(self.line_starts, start)
        last = bisect_right(self.line_starts, max(start, end - 1)) if end else 0
        return Place(self.shown_path, line, start - self.line_starts[line - 1] + 1, last)


@dataclass(eq=False)
class SplicedFile(TextFile):
    """TeX that stands in a file of another kind, and is shown there."""

    spliced: SplicedText

    def place(self, start: int, end: int = 0) -> Place:
        """The place of the characters from `start` to `end` in the file that they come from."""
        return self.spliced.place(start, end)


class ProjectFiles:
    """The files of one project that were read, each once; `others` answers for text that is in no TeX file."""

    def __init__(self, folder: Path, entry: Path, others: OtherTexts | None = None, access: FileAccess = DISK) -> None:
        self.folder = folder
        self.entry = entry
        self.others = others
        self.files: list[TextFile] = []
        self.diagnostics: list[Diagnostic] = []
        self.access = access
        self._known: dict[Path, TextFile | None] = {}
        self._spliced: dict[int, SplicedFile] = {}

    def read(self, path: Path) -> TextFile | None:
        """The text of a file, or None with a diagnostic if it cannot be read."""
        path = Path(os.path.normpath(path))
        if path not in self._known:
            self._known[path] = self._load(path)
        return self._known[path]

    def find(self, name: str, including: TextFile | None) -> Path | None:
        """The file that ``\\input{name}`` means: beside the including file, else beside web.tex."""
        name = name.strip().strip('"')
        if not name or "\0" in name:
            return None
        folders = [self.entry.parent]
        if including is not None and including.path.parent != self.entry.parent:
            folders.insert(0, including.path.parent)
        for candidate in (name, name + ".tex"):
            for folder in folders:
                path = folder / candidate
                try:
                    if self.access.is_file(path) and self._is_inside(path):
                        return path
                except OSError:
                    continue
        return None

    def _is_inside(self, path: Path) -> bool:
        """Whether a file lies in the project; text that was not written by the user must not reach others."""
        return self.access.is_within(path, self.folder)

    def splice(self, text: SplicedText | None) -> TextFile | None:
        """A text from elsewhere as a file to be read, the same one for the same text."""
        if text is None:
            return None
        known = self._spliced.get(id(text))
        if known is None:
            path = self.folder / text.segments[0].place.file
            known = SplicedFile(len(self.files), path, text.segments[0].place.file, text.text, "", "utf-8", text)
            self._spliced[id(text)] = known
            self.files.append(known)
        return known

    def source_of(self, number: int) -> str:
        """The kind of the file of that number, as nodes in it name it."""
        file = self.files[number] if number >= 0 else None
        return file.spliced.source if isinstance(file, SplicedFile) else "leanblueprint"

    def place(self, number: int, start: int, end: int = 0) -> Place:
        """The place of characters in the file of that number."""
        return self.files[number].place(start, end)

    def shown(self, path: Path) -> str:
        """A path as it is shown: relative to the project folder, with forward slashes."""
        return Path(os.path.relpath(path, self.folder)).as_posix()

    def sources(self) -> tuple[SourceFile, ...]:
        """The files read, for telling later whether they have changed."""
        own = (file for file in self.files if not isinstance(file, SplicedFile))
        others = self.others.files if self.others is not None else ()
        return (*(SourceFile(file.shown_path, file.sha256, file.encoding) for file in own), *others)

    def _load(self, path: Path) -> TextFile | None:
        shown = self.shown(path)
        try:
            size = self.access.size(path)
            if size > MAX_FILE_BYTES:
                self._report("file-too-large", f"{shown} has {size / 1e6:.0f} MB and was not read.", shown)
                return None
            data = self.access.read(path)
        except OSError as error:
            self._report("file-unreadable", f"{shown} could not be read: {error.strerror or error}.", shown)
            return None
        text, encoding = self._decode(data, shown)
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            self.diagnostics.append(
                Diagnostic(
                    Severity.WARNING,
                    "nul-character",
                    f"{shown} holds a NUL character, which was skipped.",
                    "Save the file as plain text.",
                    Place(shown, line),
                )
            )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        file = TextFile(len(self.files), path, shown, text, hashlib.sha256(data).hexdigest(), encoding)
        self.files.append(file)
        return file

    def _decode(self, data: bytes, shown: str) -> tuple[str, str]:
        for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
            if data.startswith(mark):
                try:
                    return data.decode(encoding), encoding
                except UnicodeDecodeError:
                    break
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.diagnostics.append(
                Diagnostic(
                    Severity.WARNING,
                    "not-utf8",
                    f"{shown} is not UTF-8; it was read as Latin-1.",
                    "Save it as UTF-8: leanblueprint stops at such a file.",
                    Place(shown, line),
                )
            )
            return data.decode("latin-1"), "latin-1"

    def _report(self, code: str, message: str, shown: str) -> None:
        self.diagnostics.append(
            Diagnostic(Severity.ERROR, code, message, "Nodes in it are missing here.", Place(shown, 0))
        )


def find_entry(folder: Path) -> tuple[Path, Path]:
    """The project folder and the web.tex of the blueprint that a folder (or file) belongs to.

    Looks in the usual places of the folder, then of each folder around it up to the root of a git
    clone, then anywhere below. Raises BlueprintError where there is none.
    """
    start = Path(os.path.abspath(folder))
    if start.is_file():
        if start.name == "web.tex":
            return _project_of(start), start
        start = start.parent
    if not start.is_dir():
        raise BlueprintError(f"There is no folder {folder}.", "Choose the folder of a Lean project with a blueprint.")
    for base in (start, *start.parents):
        for place in ENTRY_PLACES:
            if (base / place).is_file():
                entry = base / place
                return (_project_of(entry), entry)
        if (base / ".git").exists():
            break
    found = _search_below(start)
    if found is None:
        raise BlueprintError(
            f"No blueprint found in {start}.",
            "A blueprint has a file web.tex, usually blueprint/src/web.tex. Open the folder of its Lean project.",
        )
    return _project_of(found), found


def _project_of(entry: Path) -> Path:
    for base in entry.parents:
        marks = (".git", "lakefile.toml", "lakefile.lean", "lean-toolchain")
        if any((base / mark).exists() for mark in marks):
            return base
    parts = entry.parent.parts
    if len(parts) > 2 and parts[-2:] == ("blueprint", "src"):
        return entry.parents[2]
    if parts[-1:] in (("blueprint",), ("src",)) and len(parts) > 1:
        return entry.parents[1]
    return entry.parent


def _search_below(folder: Path, limit: int = 20_000) -> Path | None:
    seen = 0
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED_FOLDERS)
        seen += len(names) + len(folders)
        if "web.tex" in names:
            return Path(base) / "web.tex"
        if seen > limit:
            return None
    return None
