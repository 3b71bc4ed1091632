"""What a person chose for a run, and how it is remembered until the next."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from blueprint_app.assistant.batch.plan import NO_LIMITS, Limits
from blueprint_app.assistant.drafting.loop import USUAL_ROUNDS
from blueprint_app.assistant.endpoints.endpoint import RoleModel
from blueprint_app.assistant.tasks import Task

TASKS = (Task.PROVE, Task.STATE)
"""What can be drafted for many nodes."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """All but the nodes: these are another matter each time."""

    task: Task = Task.PROVE
    models: tuple[RoleModel, ...] = ()
    rounds: int = USUAL_ROUNDS
    parallel: int = 2
    first_wins: bool = False
    limits: Limits = NO_LIMITS

    def as_texts(self) -> dict[str, str]:
        """As the settings keep it."""
        limits = {each.name: getattr(self.limits, each.name) for each in fields(Limits)}
        return {
            "task": str(self.task),
            "models": "\n".join(f"{each.endpoint}/{each.model}" for each in self.models),
            "rounds": str(self.rounds),
            "parallel": str(self.parallel),
            "first_wins": "yes" if self.first_wins else "",
            **{name: str(value) for name, value in limits.items() if value is not None},
        }


def wishes_of(texts: Mapping[str, str]) -> Wishes:
    """What the settings kept; what cannot be read there counts as not there."""
    wishes = Wishes()
    if texts.get("task") in TASKS:
        wishes = replace(wishes, task=Task(texts["task"]))
    models = [line.partition("/") for line in texts.get("models", "").split("\n")]
    limits: dict[str, int | float] = {}
    for each in fields(Limits):
        value = _number(texts.get(each.name, ""))
        if value > 0:
            limits[each.name] = int(value) if each.name.endswith("tokens") else value
    return replace(
        wishes,
        models=tuple(RoleModel(endpoint, model) for endpoint, _, model in models if endpoint and model),
        rounds=_between(texts.get("rounds", ""), 1, 50, wishes.rounds),
        parallel=_between(texts.get("parallel", ""), 1, 32, wishes.parallel),
        first_wins=bool(texts.get("first_wins")),
        limits=Limits(**limits),  # type: ignore[arg-type]
    )


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 < value < 1e12 else 0.0


def _between(text: str, low: int, high: int, usual: int) -> int:
    value = int(_number(text))
    return value if low <= value <= high else usual
