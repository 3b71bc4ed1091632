"""The loops of a run's jobs: of the project's nodes, and of the false statements planted among them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from blueprint_app.assistant.assistant import Assistant
from blueprint_app.assistant.batch.canaries import Canary, canary
from blueprint_app.assistant.batch.journal import Journal
from blueprint_app.assistant.batch.plan import BatchPlan, Job
from blueprint_app.assistant.batch.runner import Start
from blueprint_app.assistant.budget import Budget
from blueprint_app.assistant.context.lean_text import in_force
from blueprint_app.assistant.context.sections import Context, Part, Section
from blueprint_app.assistant.drafting.bench import Bench
from blueprint_app.assistant.drafting.events import Event
from blueprint_app.assistant.drafting.loop import DraftLoop, Saved
from blueprint_app.assistant.drafting.resuming import progress_of
from blueprint_app.assistant.new_declaration import NewPlace
from blueprint_app.assistant.question import Question
from blueprint_app.assistant.records.draft_text import draft_in_text
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.assistant.tasks import Task, obstacle
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.goal import Goal
from blueprint_app.verify.judge import JudgeWork

Check = Callable[[], None]


class NodeMaker:
    """Makes the loops of one run. The attempts at canaries are kept in `canary_folder`, not among the project's."""

    def __init__(
        self, assistant: Assistant, snapshot: Snapshot, plan: BatchPlan, canary_folder: Path, requested_by: str
    ) -> None:
        self._assistant, self._snapshot, self._plan, self._by = assistant, snapshot, plan, requested_by
        self._canaries = AttemptStore(canary_folder)

    def loop_for(
        self,
        job: Job,
        budgets: Sequence[Budget],
        on_event: Callable[[Event], None],
        on_reply: Callable[[int, Saved], None],
        check: Check,
    ) -> DraftLoop:
        """The loop of a job. Raises BlueprintError where the node cannot be worked on."""
        question, bench = self._canary(job, job.canary) if job.canary is not None else self._node(job, check)
        return self._assistant.loop(
            replace(question, run=self._run(job)),
            bench,
            self._by,
            on_event,
            budgets,
            self._plan.rounds,
            on_reply=on_reply,
            store=self._store(job),
            check=check,
        )

    def start_of(self, job: Job, journal: Journal) -> Start:
        """Where an earlier start of the run left the job: after its records, with an answer that has none yet."""
        store = self._store(job)
        records = [record for record in store.of(job.node) if record.run == self._run(job)]
        progress = progress_of(records, store.reply, draft_in_text)
        paid = next((each for each in journal.paid.get(job.key, []) if each.number == progress.number + 1), None)
        if paid is None:
            return Start(progress, None)
        endpoint, _role, chosen = self._assistant.model_for(self._plan.task, self._plan.models[job.model])
        return Start(progress, paid.saved(endpoint, chosen))

    def _node(self, job: Job, check: Check) -> tuple[Question, Bench]:
        node, task = NodeId(job.node), self._plan.task
        if node not in self._snapshot.nodes:
            raise BlueprintError(f"The blueprint has no node {job.node} any more.", "Begin a new run.")
        if reason := obstacle(task, self._snapshot, node):
            raise BlueprintError(reason)
        context = self._assistant.context(self._snapshot, node, task, check=check)
        question = self._assistant.question(context, chosen=self._plan.models[job.model])
        return question, self._assistant.bench(self._snapshot, context, check)

    def _canary(self, job: Job, number: int) -> tuple[Question, Bench]:
        planted = canary(number, self._plan.run)
        place = self._assistant.place(self._snapshot, NodeId(self._plan.nodes[0]))
        goal = _goal(planted, place)
        context = _context(NodeId(job.node), planted, goal)
        question = self._assistant.question(context, chosen=self._plan.models[job.model])
        allowed = self._snapshot.evidence.allowed_axioms
        work = JudgeWork(str(self._assistant.folder), goal, Draft("sorry"), allowed_axioms=allowed)
        return question, self._assistant.proof_bench(work)

    def _store(self, job: Job) -> AttemptStore:
        return self._canaries if job.canary is not None else self._assistant.store

    def _run(self, job: Job) -> str:
        return f"{self._plan.run}-{job.model}"


def _goal(planted: Canary, place: NewPlace) -> Goal:
    """A planted statement as if it stood at a place; the file on disk stays as it is."""
    name = f"{place.namespace}.{planted.name}" if place.namespace else planted.name
    before = f"{place.before}\n\n" if place.before else ""
    return Goal(name, place.module, place.file, before, planted.statement, " by\n  sorry", place.after, place.line)


def _context(node: NodeId, planted: Canary, goal: Goal) -> Context:
    """What a model is told of it: no more and no less than of a lemma that nothing in the project is used for."""
    sections = (
        Section("lean-before", Part.LEAN_BEFORE, "Lean before the statement", in_force(goal.before), 1),
        Section("statement", Part.STATEMENT, "Statement of Lemma", planted.tex, 0, is_required=True),
        Section("lean-statement", Part.LEAN_STATEMENT, "Lean statement", goal.statement, 0, is_required=True),
    )
    return Context(node, Task.PROVE, sections, heading="Lemma", declaration=goal.name)
