"""Everything that a window or a command needs of one project's assistant: ask, draft, record."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from blueprint_app.assistant.accepting import accepted_proof, accepted_statement
from blueprint_app.assistant.asker import Asker, Models
from blueprint_app.assistant.budget import Budget
from blueprint_app.assistant.context.facts import NO_FACTS, lean_facts, versions_of
from blueprint_app.assistant.context.gathering import RelatedHit, context_of
from blueprint_app.assistant.context.sections import Context
from blueprint_app.assistant.conversation import Conversation
from blueprint_app.assistant.drafting.bench import Bench
from blueprint_app.assistant.drafting.blockers import Blocker
from blueprint_app.assistant.drafting.events import Event, Result
from blueprint_app.assistant.drafting.loop import USUAL_ROUNDS, DraftLoop, Prompts, Saved
from blueprint_app.assistant.drafting.partial import Partial
from blueprint_app.assistant.drafting.proof_bench import ProofBench
from blueprint_app.assistant.drafting.recording import DECLARATION, Asked, Recorder, Sent
from blueprint_app.assistant.drafting.statement_bench import StatementBench, declarations_of
from blueprint_app.assistant.endpoints.consent import needs_consent, with_consent
from blueprint_app.assistant.endpoints.endpoint import Endpoint, ModelSettings, Role, RoleModel
from blueprint_app.assistant.endpoints.messages import Finish
from blueprint_app.assistant.endpoints.settings_file import read_model_settings, write_model_settings
from blueprint_app.assistant.lessons import lessons_of
from blueprint_app.assistant.new_declaration import NewPlace, places_for
from blueprint_app.assistant.project_state import lean_at, person_of
from blueprint_app.assistant.prompts import read_prompt
from blueprint_app.assistant.question import Answer, Question
from blueprint_app.assistant.records.draft_text import draft_in_text
from blueprint_app.assistant.records.record import AttemptRecord, Judgement, Outcome, Verdict, new_id
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.assistant.repair import REPAIR, REPLAN
from blueprint_app.assistant.tasks import TASKS, Audience, Task, obstacle, prompt_name, target_of
from blueprint_app.lean.project import LeanProject, read_project
from blueprint_app.live.change_set import ChangeSet
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.goal import goal_of
from blueprint_app.verify.judge import JudgeWork
from blueprint_app.verify.verdict import CheckLevel

Check = Callable[[], None]
OnText = Callable[[str], None]
Related = Callable[[Snapshot, NodeId, Task, Check], Sequence[RelatedHit]]


def _never() -> None:
    pass


def _ignore(text: str) -> None:
    pass


def _nothing(snapshot: Snapshot, node: NodeId, task: Task, check: Check) -> tuple[RelatedHit, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class DraftLimits:
    """How far one run of the loop may go; None is no limit. Cost is in US dollars."""

    rounds: int = USUAL_ROUNDS
    most_tokens: int | None = None
    most_cost: float | None = None
    tries_tactics: bool = True


USUAL_LIMITS = DraftLimits()


class Assistant:
    """The assistant of one project. Its calls block and may be made from several threads.

    `related` finds what is like a node, for a task. `day` is the budget of the day, over all that this user asks, if
    there is one. `executor` does the judging, in this process or elsewhere; None judges where it is called. `store`
    keeps the attempts, those of the folder if it is left out.
    """

    def __init__(
        self,
        folder: Path,
        models: Models,
        *,
        settings_path: Path | None = None,
        related: Related = _nothing,
        day: Budget | None = None,
        executor: Executor | None = None,
        store: AttemptStore | None = None,
    ) -> None:
        self.folder, self.store = folder, store or AttemptStore(folder)
        self._models, self._settings_path, self._related = models, settings_path, related
        self._budgets = () if day is None else (day,)
        self._executor = executor
        self._lock = threading.Lock()
        self._settings: ModelSettings | None = None

    # What is set about models

    @property
    def settings(self) -> ModelSettings:
        """What is set about models."""
        with self._lock:
            if self._settings is None:
                self._settings = read_model_settings(self._settings_path)
            return self._settings

    def reload_settings(self) -> None:
        """Read what is set about models from the disk when it is next asked for."""
        with self._lock:
            self._settings = None

    def agree(self, host: str) -> None:
        """Keep that text may go to a host. Raises BlueprintError if that cannot be kept."""
        settings = self.settings
        for endpoint in settings.endpoints:
            if endpoint.host == host:
                write_model_settings(with_consent(endpoint, settings), self._settings_path)
                self.reload_settings()
                return

    def model_for(self, task: Task, chosen: RoleModel | None = None) -> tuple[Endpoint, Role, RoleModel]:
        """Who does a task: the model that is `chosen` or set for it. Raises BlueprintError where there is none."""
        role = TASKS[task].role
        chosen = chosen or self.settings.roles.get(role)
        if chosen is None:
            raise BlueprintError(f"No model is chosen for the role {role}.", "Choose one under Models.")
        return self._endpoint(chosen), role, chosen

    # Asking

    def obstacle(self, snapshot: Snapshot, node: NodeId, task: Task) -> str:
        """Why the task cannot be done on a node, in a sentence; "" where it can."""
        reason = obstacle(task, snapshot, node)
        if snapshot.blueprint.is_packed:
            reason = "This is a snapshot: it can only be read."
        if reason:
            return reason
        try:
            self.model_for(task)
        except BlueprintError as error:
            return str(error)
        return ""

    def context(
        self,
        snapshot: Snapshot,
        node: NodeId,
        task: Task,
        audience: Audience = Audience.MATHEMATICIAN,
        note: str = "",
        check: Check = _never,
    ) -> Context:
        """What a model would be told. Raises BlueprintError where a declaration cannot be cut out of its file."""
        facts = lean_facts(self.folder, snapshot, node, task, check)
        if task is Task.STATE and facts != NO_FACTS:
            facts = replace(facts, before=self.place(snapshot, node).before)
        check()
        lessons = lessons_of(self.store.of(node), task)
        related = self._related(snapshot, node, task, check)
        return context_of(
            snapshot, node, task, facts=facts, lessons=lessons, related=related, note=note, audience=audience
        )

    def question(
        self, context: Context, without: frozenset[str] = frozenset(), chosen: RoleModel | None = None
    ) -> Question:
        """What would be sent, without the sections of these ids; it is made to fit the model's context.

        `chosen` is asked in the place of the model that the settings name for the task. Raises BlueprintError where
        no model is chosen or a prompt of the project's own is damaged.
        """
        endpoint, role, chosen = self.model_for(context.task, chosen)
        prompt = read_prompt(prompt_name(context.task, context.audience), self.folder)
        question = Question(
            Conversation(prompt, context.without(without)),
            endpoint,
            role,
            chosen,
            needs_consent(endpoint, self.settings),
            context.statement_sha256,
            new_id(),
        )
        return _fitted(question)

    def follow_up(
        self, question: Question, turns: tuple[tuple[str, str], ...], asked: str, parent: str = ""
    ) -> Question:
        """The next question of a conversation: what was asked and answered so far, and what is asked now.

        The first question of `turns` is the task itself, whatever its words; `parent` is the id of the last attempt.
        """
        conversation = replace(question.conversation, turns=())
        for number, (said, answered) in enumerate(turns):
            conversation = conversation.answered(answered, said if number else "")
        return replace(question, conversation=conversation, asked=asked, parent=parent)

    def answer(
        self,
        question: Question,
        requested_by: str = "",
        on_text: OnText = _ignore,
        on_thinking: OnText = _ignore,
        check: Check = _never,
    ) -> Answer:
        """Ask, and record the attempt. Raises ModelError, OutOfBudgetError, and what `check` raises.

        An answer that is stopped is recorded as far as it came.
        """
        self._refuse(question.endpoint)
        recorder = Recorder(self.store, self._asked(question, requested_by, check))
        messages = question.messages
        sent = Sent(question.endpoint, question.role, question.chosen, messages)
        asker = Asker(self._models, question.endpoint, question.chosen, self._budgets)

        def keep(came: str, seconds: float) -> None:
            recorder.stopped(sent, came, seconds, parent=question.parent)

        with Partial(on_text, keep) as partial:
            reply = asker.ask(messages, partial.take, on_thinking, check)
            partial.is_whole = True
        outcome, blocker = _OUTCOMES.get(reply.finish, (Outcome.ANSWERED, None))
        record = recorder.reply(sent, reply, outcome, parent=question.parent, blocker=blocker)
        return Answer(reply, record)

    # Drafting

    def draft(
        self,
        question: Question,
        snapshot: Snapshot,
        limits: DraftLimits = USUAL_LIMITS,
        on_event: Callable[[Event], None] = lambda event: None,
        check: Check = _never,
        requested_by: str = "",
    ) -> Result:
        """Draft, have it judged, and repair, until it is done. Raises ModelError, and what `check` raises."""
        self._refuse(question.endpoint)
        bench = self.bench(snapshot, question.context, check)
        budget = Budget("the budget of this run", limits.most_tokens, limits.most_cost)
        loop = self.loop(
            question, bench, requested_by, on_event, (budget,), limits.rounds, limits.tries_tactics, check=check
        )
        return loop.run(check)

    def bench(self, snapshot: Snapshot, context: Context, check: Check = _never) -> Bench:
        """Who judges the drafts of a task on a node. Raises BlueprintError where there is nothing to judge."""
        allowed = snapshot.evidence.allowed_axioms
        if context.task is Task.STATE:
            return StatementBench(str(self.folder), self.place(snapshot, context.node), allowed)
        goal = goal_of(self._project(), context.declaration, check)
        work = JudgeWork(str(self.folder), goal, Draft("sorry"), allowed_axioms=allowed)
        return self.proof_bench(work)

    def proof_bench(self, work: JudgeWork) -> ProofBench:
        """The judge of one goal's drafts, at work where all judging is done."""
        return ProofBench(work, self._executor)

    def loop(
        self,
        question: Question,
        bench: Bench,
        requested_by: str,
        on_event: Callable[[Event], None],
        budgets: Sequence[Budget] = (),
        rounds: int = USUAL_ROUNDS,
        tries_tactics: bool = True,
        on_reply: Callable[[int, Saved], None] = lambda number, saved: None,
        store: AttemptStore | None = None,
        check: Check = _never,
    ) -> DraftLoop:
        """The loop of one run, not started yet; its attempts go into `store` if one is given."""
        asker = Asker(self._models, question.endpoint, question.chosen, (*budgets, *self._budgets))
        prompts = Prompts(question.prompt, read_prompt(REPAIR, self.folder), read_prompt(REPLAN, self.folder))
        recorder = Recorder(store or self.store, self._asked(question, requested_by, check))
        return DraftLoop(
            asker,
            question.role,
            bench,
            recorder,
            prompts,
            on_event,
            rounds=rounds,
            tries_tactics=tries_tactics,
            on_reply=on_reply,
        )

    # What people decide

    def changes(self, snapshot: Snapshot, record: AttemptRecord) -> ChangeSet:
        """What accepting the draft of a record would change, for a person to see.

        Raises BlueprintError where files are no longer as they were read, or the record holds no draft.
        """
        if not record.draft.file.endswith(".lean"):
            raise BlueprintError("This attempt holds no draft.", "Choose one that does.")
        node, draft = NodeId(record.node), draft_in_text(self.store.reply(record))
        if node not in snapshot.nodes:
            raise BlueprintError(f"The blueprint has no node {record.node} any more.", "Rename it back, or draft anew.")
        if record.task == Task.STATE:
            place, is_compiled = self.place(snapshot, node), record.outcome is Outcome.COMPILED
            return accepted_statement(snapshot, node, place, declarations_of(draft), is_compiled=is_compiled)
        name = str(record.params.get(DECLARATION) or target_of(Task.PROVE, snapshot, node))
        is_verified = record.outcome is Outcome.VERIFIED and record.check.level == CheckLevel.MATCHED
        return accepted_proof(snapshot, node, goal_of(self._project(), name), draft, is_verified=is_verified)

    def mark(
        self, record: AttemptRecord, judgement: Judgement, by: str = "", note: str = "", statement_sha256: str = ""
    ) -> Verdict:
        """Keep what a person says of an attempt, having read the node's statement with that hash."""
        return self.store.mark(record, judgement, by or person_of(self.folder), note, statement_sha256)

    def _project(self) -> LeanProject:
        project = read_project(self.folder)
        if project is None:
            raise BlueprintError("There is no Lean project in this folder.", "Add a lakefile to draft Lean here.")
        return project

    def place(self, snapshot: Snapshot, node: NodeId) -> NewPlace:
        """Where a new declaration for a node would go. Raises BlueprintError where there is no Lean to put it into."""
        return places_for(snapshot, self._project(), node)[0]

    def _asked(self, question: Question, requested_by: str, check: Check) -> Asked:
        versions = versions_of(self.folder)
        return Asked(
            question.context.node,
            str(question.context.task),
            question.run,
            requested_by or person_of(self.folder, check),
            question.statement_sha256,
            question.context,
            question.prompt,
            lean_at(self.folder, *versions, check),
        )

    def _endpoint(self, chosen: RoleModel) -> Endpoint:
        endpoint = self.settings.endpoint(chosen.endpoint)
        if endpoint is None:
            raise BlueprintError(f"There is no endpoint called {chosen.endpoint}.", "Add it under Models.")
        return endpoint

    def refuse_without_consent(self, task: Task, models: Sequence[RoleModel]) -> None:
        """Raises BlueprintError if text would go to a host that no person agreed to."""
        for chosen in models:
            self._refuse(self.model_for(task, chosen)[0])

    def _refuse(self, endpoint: Endpoint) -> None:
        """The last gate: whoever calls, nothing goes to a host that no person agreed to."""
        if needs_consent(endpoint, self.settings):
            raise BlueprintError(f"Nobody has agreed yet that text goes to {endpoint.host}.", "Agree first.")


_OUTCOMES = {
    Finish.REFUSED: (Outcome.FAILED, Blocker("refused")),
    Finish.CUT: (Outcome.FAILED, Blocker("incomplete answer", "cut")),
    Finish.LENGTH: (Outcome.FAILED, Blocker("incomplete answer", "length")),
    Finish.CANCELLED: (Outcome.ABANDONED, None),
}
"""What an answer for people comes to, where it is not simply answered."""


def _fitted(question: Question) -> Question:
    """The question with the least important sections dropped until it fits into the model's context, if it can."""
    room = question.room
    if not room or question.tokens <= room:
        return question
    around = question.tokens - question.context.tokens
    shorter = question.context.trimmed(max(room - around, 0))
    return replace(question, conversation=replace(question.conversation, context=shorter))
