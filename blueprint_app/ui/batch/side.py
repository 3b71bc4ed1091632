"""What the window asks of the runs of a project: agreed signatures, so that neither is built from the other."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from blueprint_app.assistant.batch.journal import Journal
    from blueprint_app.assistant.batch.plan import BatchPlan, Limits
    from blueprint_app.assistant.batch.runner import BatchEvent, BatchRun
    from blueprint_app.assistant.budget import Amount
    from blueprint_app.model.snapshot import Snapshot


class BatchSide(Protocol):
    """The runs of one project; all of these belong into a job."""

    def begin(
        self, snapshot: "Snapshot", plan: "BatchPlan", on_event: "Callable[[BatchEvent], None]" = ...
    ) -> "BatchRun":
        """A new run, not started yet. Raises BlueprintError."""

    def left(self) -> "tuple[Journal, ...]":
        """The runs that were not finished, the newest first."""

    def go_on(
        self,
        snapshot: "Snapshot",
        journal: "Journal",
        limits: "Limits | None" = None,
        on_event: "Callable[[BatchEvent], None]" = ...,
    ) -> "BatchRun":
        """A run that goes on where it was."""

    def spent_today(self) -> "Amount":
        """What this user spent today."""


BatchesOf = Callable[[Any], BatchSide]
"""From the assistant that the window was given to its runs; both come from one place and know each other."""
