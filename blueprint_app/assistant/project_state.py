"""What a record says of the project that an attempt was made in, and of the person who asked for it."""

import getpass
import os
from collections.abc import Callable
from pathlib import Path

from blueprint_app.assistant.records.record import LeanAt
from blueprint_app.lean.asking.environment import program_environment
from blueprint_app.lean.asking.process import Limits, ProgramMissingError, TimeLimitError, run_program
from blueprint_app.lean.evidence_file import project_commit

_NOTHING_OF_THE_PROJECTS = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
"""So that git runs no program of the project's."""

_GIT_LIMITS = Limits(seconds=10.0)


def lean_at(folder: Path, lean: str, mathlib: str, check: Callable[[], None] = lambda: None) -> LeanAt:
    """Against what a draft is judged: `lean` and `mathlib` as known, the commit and whether there are changes."""
    commit = project_commit(folder, check)
    if not commit:
        return LeanAt(lean, mathlib)
    changed = _git(folder, check, "status", "--porcelain", "--untracked-files=no")
    return LeanAt(lean, mathlib, commit, bool(changed))


def person_of(folder: Path, check: Callable[[], None] = lambda: None) -> str:
    """Who works here: as git calls them in this project, else as the system does."""
    named = _git(folder, check, "config", "user.name")
    if named and named[0].strip():
        return named[0].strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "someone"


def _git(folder: Path, check: Callable[[], None], *words: str) -> list[str]:
    """The lines that git prints; none where there is no git, or none of it here."""
    lines: list[str] = []
    try:
        code = run_program(
            ["git", *_NOTHING_OF_THE_PROJECTS, *words],
            folder,
            environment=program_environment(),
            on_line=lines.append,
            check=check,
            limits=_GIT_LIMITS,
        )
    except (ProgramMissingError, TimeLimitError):
        return []
    return lines if code == 0 else []
