"""One file that another program wrote, read with care: whatever is wrong with it becomes a diagnostic."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from blueprint_app.model.blueprint import SourceFile
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place

MAX_BYTES = 100_000_000
"""A graph of 20,000 nodes with its texts has some 30 MB."""


@dataclass
class ListedFile:
    """A file's text with what was found wrong in it; `shown` is its path relative to `folder`."""

    folder: Path
    path: Path
    text: str = ""
    sources: list[SourceFile] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The path as it is shown, with forward slashes."""
        return Path(os.path.relpath(self.path, self.folder)).as_posix()

    def place(self, line: int = 0) -> Place:
        """The place of a line; 0 for the whole file."""
        return Place(self.shown, line)

    def place_of_offset(self, offset: int) -> Place:
        """The place of a character."""
        return Place(self.shown, self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset))

    def report(
        self, code: str, message: str, hint: str = "", line: int = 0, severity: Severity = Severity.WARNING
    ) -> None:
        """Keep a finding about the content."""
        self.diagnostics.append(Diagnostic(severity, code, message, hint, self.place(line)))


def read_listed(folder: Path, path: Path) -> ListedFile:
    """A file, its text empty and an error noted where it cannot be read."""
    file = ListedFile(folder, path)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        message = f"{file.shown} could not be read: {error.strerror or error}."
        file.report("file-unreadable", message, "Its nodes are missing here.", severity=Severity.ERROR)
        return file
    if size > MAX_BYTES:
        message = f"{file.shown} has {size / 1e6:.0f} MB and was not read."
        file.report("file-too-large", message, "Its nodes are missing here.", severity=Severity.ERROR)
        return file
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        file.report("not-utf8", f"{file.shown} is not UTF-8.", "Save it as UTF-8.", line)
        text = data.decode("utf-8", "replace")
    file.text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    file.sources.append(SourceFile(file.shown, hashlib.sha256(data).hexdigest(), "utf-8"))
    return file
