"""The visible Build command: ``lake build`` as the user would run it, its output line by line."""

from collections.abc import Callable
from dataclasses import dataclass

from blueprint_app.lean.asking.process import NO_LIMITS, Limits, run_program
from blueprint_app.lean.asking.tools import NotAsked, find_tools
from blueprint_app.lean.project import LeanProject
from blueprint_app.model.errors import BlueprintError


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """How a build ended."""

    succeeded: bool
    code: int


def build(
    project: LeanProject,
    on_line: Callable[[str], None],
    check: Callable[[], None] = lambda: None,
    limits: Limits = NO_LIMITS,
) -> BuildOutcome:
    """Run ``lake build`` in the project; `on_line` gets its output as it comes.

    To be called only when the user asked for it: a build runs the project's own code, may fetch packages
    and a toolchain, and writes below ``.lake``. `check` raises to stop it, which kills all of
    it. Raises BlueprintError where there is no Lean, and what `check` raises.
    """
    tools = find_tools(project, network=True)
    if isinstance(tools, NotAsked):
        raise BlueprintError(tools.reason, tools.hint)
    code = run_program(
        [str(tools.lake), "build"],
        project.folder,
        environment=tools.environment,
        on_line=on_line,
        check=check,
        limits=limits,
    )
    return BuildOutcome(code == 0, code)
