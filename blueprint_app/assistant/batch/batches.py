"""Begins runs over many nodes, and finds those that were not finished."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from blueprint_app.assistant.assistant import Assistant
from blueprint_app.assistant.batch.journal import Journal, runs_left
from blueprint_app.assistant.batch.ledger import Ledger
from blueprint_app.assistant.batch.maker import NodeMaker
from blueprint_app.assistant.batch.plan import BatchPlan, Limits
from blueprint_app.assistant.batch.runner import BatchEvent, BatchRun
from blueprint_app.assistant.budget import Amount
from blueprint_app.assistant.project_state import person_of
from blueprint_app.assistant.tasks import Task, obstacle
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot

_SAFE = re.compile(r"[\w.-]+")


class Batches:
    """The runs of one project. Diaries lie in `state_folder`, what is spent is noted in `ledger`."""

    def __init__(self, assistant: Assistant, state_folder: Path, ledger: Ledger) -> None:
        self._assistant, self._folder, self._ledger = assistant, state_folder, ledger

    def begin(
        self, snapshot: Snapshot, plan: BatchPlan, on_event: Callable[[BatchEvent], None] = lambda event: None
    ) -> BatchRun:
        """A new run, not started yet. Raises BlueprintError where nobody agreed to a host, or a model is not set up."""
        if not _SAFE.fullmatch(plan.run):
            raise ValueError(f"{plan.run} is no name for a run")
        if not plan.nodes:
            raise BlueprintError("There is no node to work on.", "Choose nodes for which the task can be done.")
        self._assistant.refuse_without_consent(plan.task, plan.models)
        journal = Journal(self._folder / f"{plan.run}.jsonl", plan, self._assistant.folder)
        return self._run(snapshot, journal, on_event)

    def left(self) -> tuple[Journal, ...]:
        """The runs that were not finished, the newest first; those that are damaged are left out.

        Diaries of runs that are finished are taken away: the records tell of them.
        """
        found = []
        for path in runs_left(self._folder, self._assistant.folder):
            try:
                journal = Journal.found(path)
            except BlueprintError:
                continue
            if journal.is_finished:
                journal.remove()
            else:
                found.append(journal)
        return tuple(found)

    def spent_today(self) -> Amount:
        """What this user spent today, over all projects."""
        return self._ledger.spent_today()

    def go_on(
        self,
        snapshot: Snapshot,
        journal: Journal,
        limits: Limits | None = None,
        on_event: Callable[[BatchEvent], None] = lambda event: None,
    ) -> BatchRun:
        """A run that goes on where it was, with other limits if these are given."""
        if limits is not None:
            journal.plan = replace(journal.plan, limits=limits)
        self._assistant.refuse_without_consent(journal.plan.task, journal.plan.models)
        return self._run(snapshot, journal, on_event)

    def _run(self, snapshot: Snapshot, journal: Journal, on_event: Callable[[BatchEvent], None]) -> BatchRun:
        canaries = self._folder / f"{journal.plan.run}-canaries"
        maker = NodeMaker(self._assistant, snapshot, journal.plan, canaries, person_of(self._assistant.folder))
        return BatchRun(maker, journal, self._ledger, on_event)


def choosable(
    snapshot: Snapshot, task: Task, among: Sequence[NodeId] | None = None, ready_only: bool = True
) -> tuple[NodeId, ...]:
    """The nodes, in document order, for which a task can be done: for proofs those that still have one to find.

    With `ready_only` all that a node rests on is there, as leanblueprint derives it.
    """
    return tuple(
        node
        for node in (snapshot.nodes if among is None else among)
        if node in snapshot.nodes and _is_open(snapshot, node, task, ready_only) and not obstacle(task, snapshot, node)
    )


def _is_open(snapshot: Snapshot, node: NodeId, task: Task, ready_only: bool) -> bool:
    status, found = snapshot.status[node], snapshot.node_evidence[node]
    if task is Task.PROVE:
        return any(each.proof_sorry for each in found.declarations) and (status.can_prove or not ready_only)
    if task is Task.STATE:
        return not found.is_found and not found.is_in_mathlib and (status.can_state or not ready_only)
    return status.can_state or not ready_only
