"""TeX in comments of Lean files, as leanblueprint-extract takes it out: ``/-%% ... %%-/`` and ``--%%`` lines."""

import re
from pathlib import Path, PurePosixPath

from blueprint_app.model.diagnostic import Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.lean_files import LeanFiles
from blueprint_app.sources.splicing import LEAN_COMMENTS, SpliceBuilder, SplicedText

MARKS = (b"/-%%", b"--%%")
_COMMENT = re.compile(r"/-%%(?P<block>.*?)%%-/|^--%%(?P<line>[^\n]*)$", re.DOTALL | re.MULTILINE)
_UNCLOSED = re.compile(r"/-%%(?!.*%%-/)", re.DOTALL)


def has_comments(text: str) -> bool:
    """Whether there is anything to take out of a Lean file."""
    return _COMMENT.search(text) is not None


class CommentTexts:
    """What the tool would write for each Lean file of a project."""

    def __init__(self, files: LeanFiles) -> None:
        self._files = files
        self._texts: dict[Path, SplicedText | None] = {}

    def paths(self) -> list[Path]:
        """The Lean files that hold such comments."""
        return [
            path for path in self._files.containing(*MARKS) if has_comments(self._files.text(path) or "")
        ]  # fmt: skip

    def of_input(self, name: str) -> SplicedText | None:
        """What the file that ``\\input{name}`` asks for would hold: the tool names it after the Lean file."""
        parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("..", ".", "/")]
        if not parts or not parts[-1].removesuffix(".tex"):
            return None
        parts[-1] = parts[-1].removesuffix(".tex") + ".lean"
        candidates = self._files.paths()
        for length in range(len(parts), 0, -1):
            ending = "/" + "/".join(parts[-length:])
            for path in candidates:
                if f"/{self._files.shown(path)}".endswith(ending):
                    found = self.of_file(path)
                    if found is not None:
                        return found
        return None

    def of_file(self, path: Path) -> SplicedText | None:
        """The TeX in one Lean file, or None if it has none."""
        if path not in self._texts:
            self._texts[path] = self._extracted(path)
        return self._texts[path]

    def _extracted(self, path: Path) -> SplicedText | None:
        text = self._files.text(path)
        if text is None or not has_comments(text):
            return None
        shown = self._files.shown(path)
        builder = SpliceBuilder(LEAN_COMMENTS)
        for found in _COMMENT.finditer(text):
            kind = "block" if found["block"] is not None else "line"
            start = found.start(kind)
            line = text.count("\n", 0, start) + 1
            place = Place(shown, line, start - text.rfind("\n", 0, start))
            builder.quote(found[kind], place)
            builder.write("\n", place)
        self._note_unclosed(text, shown)
        return builder.finish()

    def _note_unclosed(self, text: str, shown: str) -> None:
        unclosed = _UNCLOSED.search(text)
        if unclosed is not None:
            self._files.report(
                "comment-unclosed",
                "This /-%% is not closed by %%-/, so that it is no part of the blueprint.",
                "Add %%-/ where the text ends.",
                Place(shown, text.count("\n", 0, unclosed.start()) + 1),
                Severity.WARNING,
            )
