"""The loop: a model drafts Lean, Lean judges it, and the model hears what Lean said, until one of them is done."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from blueprint_app.assistant.asker import Asker
from blueprint_app.assistant.budget import OutOfBudgetError
from blueprint_app.assistant.conversation import first_messages, tokens_of
from blueprint_app.assistant.drafting.bench import CANNOT_JUDGE, Bench
from blueprint_app.assistant.drafting.blockers import Blocker, blocker_of
from blueprint_app.assistant.drafting.events import (
    Drafted,
    Ending,
    Event,
    Judged,
    Recorded,
    Replied,
    Result,
    RoundBegun,
    TacticsTried,
    TextCame,
)
from blueprint_app.assistant.drafting.partial import Partial
from blueprint_app.assistant.drafting.progress import Progress
from blueprint_app.assistant.drafting.recording import Recorder, Sent, outcome_of
from blueprint_app.assistant.endpoints.endpoint import Role
from blueprint_app.assistant.endpoints.messages import Finish, Message, Reply
from blueprint_app.assistant.prompts import Prompt
from blueprint_app.assistant.records.record import AttemptRecord, Outcome
from blueprint_app.assistant.repair import repair_messages
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.verdict import Verdict

USUAL_ROUNDS = 5
"""How often a model is asked about one node before the loop ends."""

_LONGEST_QUOTED = 6000
_AGAIN = "Answer once more, in the form that was asked for."

_INCOMPLETE = {
    Finish.CUT: "The answer broke off: the server closed the connection before its end.",
    Finish.LENGTH: "The answer broke off: it reached the limit of tokens for one answer.",
    Finish.CANCELLED: "The answer was stopped.",
}


@dataclass(frozen=True, slots=True)
class Prompts:
    """The prompts of one run: of the task, of repairs, and of new plans."""

    task: Prompt
    repair: Prompt
    replan: Prompt


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer that was paid for in an earlier start of the same run, but never judged."""

    sent: Sent
    reply: Reply


class DraftLoop:
    """One run on one node.

    `on_reply` is called with each answer before anything else is done with it, so that a run that is killed can go on
    with what was paid for.
    """

    def __init__(
        self,
        asker: Asker,
        role: Role,
        bench: Bench,
        recorder: Recorder,
        prompts: Prompts,
        on_event: Callable[[Event], None] = lambda event: None,
        *,
        rounds: int = USUAL_ROUNDS,
        tries_tactics: bool = True,
        on_reply: Callable[[int, Saved], None] = lambda number, saved: None,
    ) -> None:
        self._asker, self._role, self._bench, self._recorder, self._prompts = asker, role, bench, recorder, prompts
        self._tell, self._rounds, self._tries_tactics, self._on_reply = on_event, rounds, tries_tactics, on_reply
        self._records: list[AttemptRecord] = []
        self._taken_up: Saved | None = None

    def run(
        self,
        check: Callable[[], None] = lambda: None,
        progress: Progress | None = None,
        saved: Saved | None = None,
    ) -> Result:
        """Draft until a draft is accepted or the loop has to end.

        `progress` is what an earlier start of this run has done, `saved` an answer that it left unjudged. Raises
        ModelError, and what `check` raises; every attempt that was made is on disk by then.
        """
        state = progress or Progress()
        self._taken_up = saved
        if self._tries_tactics and not state.number and saved is None:
            found = self._try_tactics(check)
            if found is not None:
                return found
        while state.number < self._rounds:
            if state.is_stuck:
                return self._stuck(state)
            try:
                answered = saved or self._ask(state, check)
            except OutOfBudgetError as error:
                return replace(self._ended(Ending.OUT_OF_BUDGET, str(error), state), over=error.budget.name)
            saved = None
            step = self._use(answered, state, check)
            if isinstance(step, Result):
                return step
            state = step
        if state.is_stuck:
            return self._stuck(state)
        return self._ended(Ending.OUT_OF_ROUNDS, f"No draft was accepted in {state.number} rounds.", state)

    # The rounds

    def _try_tactics(self, check: Callable[[], None]) -> Result | None:
        tried = self._bench.try_tactics(check)
        if tried is None:
            return None
        tactics, found, verdict = tried
        self._tell(TacticsTried(tactics, found, verdict))
        if found is None or not verdict.is_verified:
            return None
        self._keep(self._recorder.tactic(self._bench.text_of(found), verdict))
        return self._result(Ending.VERIFIED, "A cheap tactic proves it; no model was asked.", found, verdict)

    def _ask(self, state: Progress, check: Callable[[], None]) -> Saved:
        """The model's next answer."""
        messages = self._messages(state)
        number = state.number + 1
        self._tell(RoundBegun(number, self._rounds, tokens_of(messages), state.wants_new_plan))
        sent = Sent(self._asker.endpoint, self._role, self._asker.chosen, messages)

        def keep(came: str, seconds: float) -> None:
            self._keep(self._recorder.stopped(sent, came, seconds, number, state.parent))

        with Partial(self._came, keep) as partial:
            reply = self._asker.ask(messages, partial.take, self._think, check)
            partial.is_whole = True
        answered = Saved(sent, reply)
        self._on_reply(number, answered)
        self._tell(Replied(number, reply.text, reply.usage, reply.seconds))
        return answered

    def _messages(self, state: Progress) -> tuple[Message, ...]:
        context = self._recorder.asked.context
        start = first_messages(self._prompts.task, context)
        if state.complaint is not None:
            answer, reason = state.complaint
            quoted = answer.strip()[:_LONGEST_QUOTED] or "(nothing)"
            return (*start, Message("assistant", quoted), Message("user", f"{reason} {_AGAIN}"))
        if state.last is None:
            return start
        repair = self._prompts.replan if state.wants_new_plan else self._prompts.repair
        return repair_messages(self._prompts.task, repair, context, state.last, state.failures[:-1])

    def _use(self, answered: Saved, state: Progress, check: Callable[[], None]) -> Progress | Result:
        """Judge what an answer holds: how far the run is then, or how it ended."""
        reply = answered.reply
        if reply.finish is Finish.REFUSED:
            self._keep(self._reply_kept(answered, state, Outcome.FAILED, Blocker("refused")))
            return self._ended(Ending.REFUSED, "The model would not answer.", state)
        if reply.finish in _INCOMPLETE:
            reason = _INCOMPLETE[reply.finish]
            return self._without_draft(answered, state, Blocker("incomplete answer", str(reply.finish)), reason)
        draft = self._bench.read(reply.text)
        if isinstance(draft, str):
            step = self._without_draft(answered, state, Blocker("no Lean in the reply"), draft)
            return self._ended(Ending.NO_LEAN, draft, step) if step.met > 1 else step
        return self._judge(answered, draft, state, check)

    def _without_draft(self, answered: Saved, state: Progress, blocker: Blocker, reason: str) -> Progress:
        record = self._keep(self._reply_kept(answered, state, Outcome.FAILED, blocker))
        return state.unreadable(answered.reply.text, reason, blocker, record.id)

    def _judge(self, answered: Saved, draft: Draft, state: Progress, check: Callable[[], None]) -> Progress | Result:
        number = state.number + 1
        self._tell(Drafted(number, draft))
        verdict = self._bench.judge(draft, check)
        blocker = blocker_of(verdict)
        met = 1 + sum(each == blocker for each in state.blockers)
        self._tell(Judged(number, verdict, blocker, met if blocker is not None else 0))
        outcome = Outcome.UNJUDGED if verdict.failure in CANNOT_JUDGE else outcome_of(verdict)
        record = self._keep(self._reply_kept(answered, state, outcome, blocker, draft, verdict))
        if outcome is Outcome.VERIFIED:
            words = f"Lean accepts the draft of round {number}: {verdict.level}."
            return self._result(Ending.VERIFIED, words, draft, verdict)
        if outcome is Outcome.COMPILED:
            words = f"Lean takes the draft of round {number}. Whether it says what the text says is for you to judge."
            return self._result(Ending.COMPILED, words, draft, verdict)
        if outcome is Outcome.UNJUDGED:
            return self._result(Ending.UNJUDGED, verdict.detail, draft, verdict)
        assert blocker is not None
        return state.failed(draft, verdict, blocker, record.id)

    # What is told and kept

    def _reply_kept(
        self,
        answered: Saved,
        state: Progress,
        outcome: Outcome,
        blocker: Blocker | None,
        draft: Draft | None = None,
        verdict: Verdict | None = None,
    ) -> AttemptRecord:
        return self._recorder.reply(
            answered.sent,
            answered.reply,
            outcome,
            text=self._bench.text_of(draft) if draft is not None else "",
            ending=".lean" if draft is not None else ".md",
            number=state.number + 1,
            parent=state.parent,
            verdict=verdict,
            blocker=blocker,
            again=answered is self._taken_up,
        )

    def _keep(self, record: AttemptRecord) -> AttemptRecord:
        self._records.append(record)
        self._tell(Recorded(record))
        return record

    def _think(self, text: str) -> None:
        self._tell(TextCame(text, is_thinking=True))

    def _came(self, text: str) -> None:
        self._tell(TextCame(text))

    def _stuck(self, state: Progress) -> Result:
        words = f"The same obstacle was met {state.met} times ({state.blockers[-1]}): the node may have to be split."
        return self._ended(Ending.STUCK, words, state)

    def _ended(self, ending: Ending, words: str, state: Progress) -> Result:
        return self._result(ending, words, state.last.draft if state.last is not None else None, None)

    def _result(self, ending: Ending, words: str, draft: Draft | None, verdict: Verdict | None) -> Result:
        return Result(ending, words, draft, verdict, tuple(self._records))
