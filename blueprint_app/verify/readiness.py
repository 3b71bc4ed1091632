"""Whether a draft can be judged here and now; if not, why, in words that a person can act on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from blueprint_app.lean.asking.process import ProgramMissingError, TimeLimitError
from blueprint_app.lean.asking.tools import NotAsked, find_tools
from blueprint_app.lean.project import LeanProject, read_project
from blueprint_app.lean.records.imports import read_imports
from blueprint_app.lean.records.reader import BuildRecords, RecordReader
from blueprint_app.lean.scan.blanking import blanked
from blueprint_app.model.errors import BlueprintError
from blueprint_app.user_folders import cache_folder as default_cache_folder
from blueprint_app.verify.goal import Goal, goal_of
from blueprint_app.verify.programs import compiled_programs, programs_folder
from blueprint_app.verify.sandbox import NoSandbox, Sandbox, find_sandbox
from blueprint_app.verify.toolchain import Toolchain, lean_path, options_of, toolchain_of
from blueprint_app.verify.verdict import Failure

_MODULE_HEADER = re.compile(r"\ufeff?\s*module\s")


def _never() -> None:
    pass


@dataclass(frozen=True, slots=True)
class NotReady:
    """Why nothing can be verified, and what to do about it."""

    reason: str
    hint: str
    failure: Failure

    def __str__(self) -> str:
        return f"{self.reason} {self.hint}".strip()


@dataclass(frozen=True, slots=True)
class Ready:
    """All that judging takes. `sandbox` is None only where a person allowed one run without.

    `stamp` names the build that the goal's module rests on, `own` are the project's own modules.
    """

    project: LeanProject
    goal: Goal
    toolchain: Toolchain
    sandbox: Sandbox | None
    programs: Path
    path: tuple[Path, ...]
    options: tuple[str, ...]
    own: tuple[str, ...]
    stamp: str


def readiness(folder: str | Path, name: str, check: Callable[[], None] = _never) -> Ready | NotReady:
    """Whether a draft for the declaration of this name could be verified; runs no Lean, so that it is quick."""
    project = read_project(Path(folder))
    if project is None:
        return NotReady("There is no Lean project here.", "Choose a folder with a lakefile.", Failure.NOT_BUILT)
    try:
        goal = goal_of(project, name, check)
    except BlueprintError as error:
        return NotReady(error.what_happened, error.what_to_do, Failure.ERROR)
    return ready_for(project, goal, check=check, prepare=False)


def ready_for(
    project: LeanProject,
    goal: Goal,
    *,
    unsandboxed: bool = False,
    cache_folder: Path | None = None,
    prepare: bool = True,
    check: Callable[[], None] = _never,
) -> Ready | NotReady:
    """What it takes to judge drafts for a goal. With `unsandboxed` the sandbox may be missing.

    With `prepare` the app's own Lean programs are there afterwards, which takes up to a minute the first time.
    """
    sandbox = find_sandbox()
    if isinstance(sandbox, NoSandbox) and not unsandboxed:
        return NotReady(sandbox.reason, sandbox.hint, Failure.NO_SANDBOX)
    tools = find_tools(project)
    toolchain = toolchain_of(tools) if not isinstance(tools, NotAsked) else tools
    if isinstance(toolchain, NotAsked):
        return NotReady(toolchain.reason, toolchain.hint, Failure.NO_LEAN)
    records = RecordReader().read(project, check)
    if reason := _not_built(project, goal, records):
        return NotReady(reason, "Build the project.", Failure.NOT_BUILT)
    cache = cache_folder or default_cache_folder()
    try:
        programs = compiled_programs(toolchain, cache, check) if prepare else programs_folder(toolchain, cache)
    except (ProgramMissingError, TimeLimitError) as error:
        return NotReady(error.what_happened, error.what_to_do, Failure.NO_LEAN)
    if isinstance(programs, NotAsked):
        return NotReady(programs.reason, programs.hint, Failure.NO_LEAN)
    return Ready(
        project,
        goal,
        toolchain,
        sandbox if isinstance(sandbox, Sandbox) else None,
        programs,
        lean_path(project),
        options_of(project, goal.module),
        tuple(records.modules),
        _stamp(records, goal),
    )


def _not_built(project: LeanProject, goal: Goal, records: BuildRecords) -> str:
    """Why the modules that a goal's file imports are not there as their sources are; "" if they are."""
    if _MODULE_HEADER.match(blanked(goal.before).code):
        return f"{goal.module} is a file of Lean's module system, for which drafts cannot be judged yet."
    for package in project.packages:
        if not package.folder.is_dir():
            return f"The package {package.name} is not on this machine."
    for name in _below(goal, records):
        if not records.modules[name].is_fresh:
            return records.modules[name].freshness.reason or f"{name} has no fresh build."
    return ""


def _below(goal: Goal, records: BuildRecords) -> list[str]:
    """The project's own modules that the goal's file imports, directly or not, in a fixed order."""
    found: dict[str, None] = {}
    waiting = list(read_imports(goal.before.removeprefix("\ufeff")))
    while waiting:
        name = waiting.pop()
        if name in records.modules and name not in found:
            found[name] = None
            waiting += records.modules[name].source_state.imports
    return sorted(found)


def _stamp(records: BuildRecords, goal: Goal) -> str:
    stamps = []
    for name in _below(goal, records):
        record = records.modules[name]
        stamps.append(f"{name} {record.trace.hash if record.trace else ''} {_time(record.olean)}")
    return "\n".join(stamps)


def _time(olean: Path | None) -> int:
    try:
        return olean.stat().st_mtime_ns if olean else 0
    except OSError:
        return 0
