"""Finds and reads the Lean files of a project, each once and only when something in them is asked for."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from blueprint_app.model.blueprint import SourceFile
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.file_access import DISK, FileAccess

MAX_FILE_BYTES = 20_000_000
"""Larger files are not Lean that a person wrote."""
MAX_FILES = 20_000
"""Files looked at before the search is given up."""
_SKIPPED_FOLDERS = {"lake-packages", "build", "node_modules", "__pycache__", "venv", "_out"}


class LeanFiles:
    """The ``.lean`` files of one project folder, packages and build products left out.

    `check` is called once a file and may raise to stop.
    """

    def __init__(self, folder: Path, check: Callable[[], None] = lambda: None, access: FileAccess = DISK) -> None:
        self.folder = folder
        self.access = access
        self.diagnostics: list[Diagnostic] = []
        self.sources: list[SourceFile] = []
        self.check = check
        self._paths: list[Path] | None = None
        self._texts: dict[Path, str | None] = {}
        self._found: dict[Path, bytes] = {}

    def paths(self) -> list[Path]:
        """All of them, sorted."""
        if self._paths is None:
            self._paths = sorted(self._walk())
        return self._paths

    def _walk(self) -> Iterator[Path]:
        seen = 0
        for base, folders, names in self.access.walk(self.folder):
            folders[:] = [name for name in folders if name not in _SKIPPED_FOLDERS and not name.startswith(".")]
            if Path(base) == self.folder / "blueprint":
                # Drafts by models lie there, which are no part of the project.
                folders[:] = [name for name in folders if name != "attempts"]
            for name in names:
                if not name.endswith(".lean"):
                    continue
                seen += 1
                if seen > MAX_FILES:
                    self.report(
                        "lean-files-too-many",
                        f"More than {MAX_FILES:,} Lean files: the rest was not looked at.",
                        "Open the folder of the Lean project itself.",
                        Place("", 0),
                    )
                    return
                yield Path(base) / name

    def of_module(self, module: str) -> Path | None:
        """The file of a module: below the project folder, else the one path that ends so."""
        parts = module.strip().split(".")
        if not all(parts) or any("/" in part or "\\" in part or "\0" in part for part in parts):
            return None
        relative = Path(*parts).with_suffix(".lean") if "." not in parts[-1] else None
        if relative is None:
            return None
        direct = self.folder / relative
        try:
            if self.access.is_file(direct) and self.access.is_within(direct, self.folder):
                return direct
        except OSError:
            return None
        ending = f"/{relative.as_posix()}"
        return next((path for path in self.paths() if path.as_posix().endswith(ending)), None)

    def shown(self, path: Path) -> str:
        """A path as it is shown: relative to the project folder, with forward slashes."""
        return Path(os.path.relpath(path, self.folder)).as_posix()

    def containing(self, *marks: bytes) -> list[Path]:
        """The files that hold one of these byte strings."""
        found = []
        for path in self.paths():
            self.check()
            data = self._bytes(path)
            if data is not None and any(mark in data for mark in marks):
                found.append(path)
                # Its text is asked for next.
                self._found[path] = data
        return found

    def text(self, path: Path) -> str | None:
        """A file's text, or None with a diagnostic if it cannot be read."""
        if path not in self._texts:
            data = self._found.pop(path, None) or self._bytes(path, report=True)
            self._texts[path] = None if data is None else self._decoded(path, data)
        return self._texts[path]

    def _decoded(self, path: Path, data: bytes) -> str:
        self.sources.append(SourceFile(self.shown(path), hashlib.sha256(data).hexdigest(), "utf-8"))
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.report(
                "not-utf8",
                f"{self.shown(path)} is not UTF-8.",
                "Save it as UTF-8: Lean reads nothing else.",
                Place(self.shown(path), data.count(b"\n", 0, error.start) + 1),
            )
            text = data.decode("utf-8", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")

    def _bytes(self, path: Path, *, report: bool = False) -> bytes | None:
        try:
            # Only what is a link itself can lead out of the folders that were walked through.
            if self.access.is_link(path) and not self.access.is_within(path, self.folder):
                return None
            if self.access.size(path) <= MAX_FILE_BYTES:
                return self.access.read(path)
            problem = "is larger than 20 MB"
        except OSError as error:
            problem = f"could not be read: {error.strerror or error}"
        if report:
            self.report(
                "file-unreadable", f"{self.shown(path)} {problem}.", "What it holds is missing here.",
                Place(self.shown(path), 0),
            )  # fmt: skip
        return None

    def report(
        self, code: str, message: str, hint: str, place: Place | None, severity: Severity = Severity.WARNING
    ) -> None:
        """Keep a finding about the content."""
        self.diagnostics.append(Diagnostic(severity, code, message, hint, place))
