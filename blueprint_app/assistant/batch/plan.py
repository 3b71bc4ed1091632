"""What a run over many nodes is to do: which nodes, which models, and how much they may take."""

from dataclasses import dataclass

from blueprint_app.assistant.drafting.loop import USUAL_ROUNDS
from blueprint_app.assistant.endpoints.endpoint import RoleModel
from blueprint_app.assistant.tasks import Task
from blueprint_app.model.blueprint import NodeId

CANARY_EVERY = 20
"""Nodes to one planted false statement; a run has at least one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be spent, in tokens and US dollars; None is no limit."""

    node_tokens: int | None = None
    node_cost: float | None = None
    run_tokens: int | None = None
    run_cost: float | None = None
    day_tokens: int | None = None
    day_cost: float | None = None


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """One run. `models` compete: each is asked about every node; with `first_wins` a node is left once it is closed.

    `run` names the run in the records; `parallel` is how many nodes are worked on at once.
    """

    run: str
    task: Task
    nodes: tuple[NodeId, ...]
    models: tuple[RoleModel, ...]
    rounds: int = USUAL_ROUNDS
    parallel: int = 2
    limits: Limits = NO_LIMITS
    first_wins: bool = False
    canary_every: int = CANARY_EVERY
    """0 plants none."""


@dataclass(frozen=True, slots=True)
class Job:
    """One node for one model. A canary has its number in the run as `canary`, else that is None."""

    node: str
    model: int
    canary: int | None = None

    @property
    def key(self) -> str:
        """What the job is known by within its run."""
        return f"{self.model}/{self.node}"


def jobs_of(plan: BatchPlan) -> tuple[Job, ...]:
    """All jobs in the order in which they are begun: node by node, a canary after the first and then every so often.

    A canary early on: if the judging cannot be trusted, little should have been spent by then.
    """
    models = range(len(plan.models))
    jobs: list[Job] = []
    planted = 0
    for number, node in enumerate(plan.nodes):
        jobs += [Job(node, model) for model in models]
        if plan.canary_every and number % plan.canary_every == 0:
            # One model in turn: it is the judge that is put to the test.
            jobs.append(Job(f"canary:{planted}", planted % len(plan.models), planted))
            planted += 1
    return tuple(jobs)


def model_name(model: RoleModel) -> str:
    """How a model is called in tables, records apart: its name and where it is served."""
    return f"{model.model} ({model.endpoint})"
