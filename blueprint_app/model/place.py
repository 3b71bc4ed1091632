"""Where in a project's files something stands, so that every fact can be shown in its source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a source file.

    `file` is relative to the project folder, with forward slashes; `line` and `end_line` are
    1-based and inclusive; `column` is 1-based and counts code points. A `line` of 0 means the
    whole file (one that is missing, say).
    """

    file: str
    line: int
    column: int = 1
    end_line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file
