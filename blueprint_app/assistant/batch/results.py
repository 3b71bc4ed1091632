"""Who closed what, and at which cost: the table that competing models are compared by."""

from collections.abc import Iterable
from dataclasses import dataclass

from blueprint_app.assistant.batch.journal import Done
from blueprint_app.assistant.batch.plan import BatchPlan, Job, model_name
from blueprint_app.assistant.budget import Amount
from blueprint_app.assistant.drafting.events import Ending


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model's line: nodes that it was asked about, closed (verified, or compiled where no more can be shown)."""

    model: str
    asked: int
    verified: int
    compiled: int
    rounds: int
    amount: Amount
    seconds: float

    @property
    def cost_of_one(self) -> float | None:
        """US dollars for each node that it closed; None where it closed none or no price is known."""
        closed = self.verified + self.compiled
        return self.amount.cost / closed if closed and self.amount.cost else None


def table_of(plan: BatchPlan, done: Iterable[tuple[Job, Done]]) -> tuple[ModelRow, ...]:
    """A row for each model, in the order of the plan; canaries do not count."""
    pairs = [(job, each) for job, each in done if job.canary is None and each.ending is not None]
    rows = []
    for number, model in enumerate(plan.models):
        own = [each for job, each in pairs if job.model == number]
        rows.append(
            ModelRow(
                model_name(model),
                len(own),
                sum(each.ending is Ending.VERIFIED for each in own),
                sum(each.ending is Ending.COMPILED for each in own),
                sum(each.rounds for each in own),
                sum((each.amount for each in own), Amount()),
                sum(each.seconds for each in own),
            )
        )
    return tuple(rows)
