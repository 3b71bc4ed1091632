"""Why a draft could not be verified here, said before it is asked for."""

from collections.abc import Callable
from pathlib import Path

from blueprint_app.assistant.context import Context
from blueprint_app.assistant.tasks import TASKS, AnswerForm, Task

_STILL = "A draft can still be made; nothing will be called verified."


def caution_for(folder: Path, context: Context, check: Callable[[], None]) -> str:
    """Why drafts for this cannot be judged on this machine, in words; "" if they can, or if there is nothing to judge.

    Blocks while it looks at the project's build.
    """
    if TASKS[context.task].answer is not AnswerForm.LEAN or context.task is not Task.PROVE:
        return ""
    from blueprint_app.verify.readiness import NotReady, readiness

    found = readiness(folder, context.declaration, check)
    return f"Nothing can be verified here. {found} {_STILL}" if isinstance(found, NotReady) else ""
