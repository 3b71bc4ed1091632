"""Which sources a project folder holds, read and merged into one blueprint."""

from collections.abc import Callable
from pathlib import Path

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.sources.lean_files import LeanFiles
from blueprint_app.sources.lean_texts import LeanTexts
from blueprint_app.sources.leanblueprint.files import find_entry
from blueprint_app.sources.leanblueprint.reader import read_entry


def read_project(path: Path, check: Callable[[], None] = lambda: None) -> Blueprint:
    """The blueprint of the project that `path` (a folder, or a file in it) belongs to."""
    project, entry = find_entry(path)
    return read_entry(project, entry, check, LeanTexts(LeanFiles(project, check)))
