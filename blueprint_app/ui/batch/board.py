"""How a run stands, folded from what its threads tell, to be looked at by the window whenever it likes."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from blueprint_app.assistant.batch.journal import Done
from blueprint_app.assistant.batch.plan import BatchPlan, Job, jobs_of, model_name
from blueprint_app.assistant.batch.runner import BatchEvent, JobBegun, JobDone, JobEvent, ModelOut
from blueprint_app.assistant.budget import Amount
from blueprint_app.assistant.drafting.events import Drafted, Ending, Event, Judged, Replied, RoundBegun, TacticsTried
from blueprint_app.ui.look.icons import Tone

WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Row:
    """One job as it stands: `state` in a few words, `hint` in more. `tone` is None while it is not done."""

    job: Job
    model: str
    state: str = WAITING
    hint: str = ""
    tone: Tone | None = None
    is_running: bool = False
    amount: Amount = Amount()  # noqa: RUF009 - frozen

    @property
    def name(self) -> str:
        """The node, or what stands in the place of one."""
        return self.job.node if self.job.canary is None else f"planted false statement {self.job.canary + 1}"


class Board:
    """The rows of a run in the order of its jobs; `take` may be called from any thread."""

    def __init__(self, plan: BatchPlan, done: Mapping[str, Done]) -> None:
        self.plan = plan
        self._lock = threading.Lock()
        jobs = jobs_of(plan)
        self._at = {job.key: number for number, job in enumerate(jobs)}
        self._rows = [Row(job, model_name(plan.models[job.model])) for job in jobs]
        self._out: dict[str, str] = {}
        self._today = Amount()
        self._is_new = True
        for job in jobs:
            if job.key in done:
                self._change(job, partial(_finished, done=done[job.key]))

    def take(self, event: BatchEvent) -> None:
        """Something happened."""
        with self._lock:
            self._is_new = True
            match event:
                case JobBegun(job):
                    self._change(job, lambda row: replace(row, state="beginning", is_running=True))
                case JobEvent(job, inner):
                    self._change(job, lambda row: _advanced(row, inner))
                case JobDone(job, done):
                    self._change(job, lambda row: _finished(row, done))
                case ModelOut(model, reason):
                    self._out[model] = reason

    def spent_today(self, amount: Amount) -> None:
        """So much was spent today."""
        with self._lock:
            self._is_new = self._is_new or amount != self._today
            self._today = amount

    def come_to_rest(self) -> None:
        """The run has ended: what was under way waits for the next start."""
        with self._lock:
            self._is_new = True
            self._rows = [
                replace(row, state=WAITING, is_running=False) if row.is_running else row for row in self._rows
            ]

    def has_news(self) -> bool:
        """Whether anything happened since this was last asked."""
        with self._lock:
            is_new, self._is_new = self._is_new, False
            return is_new

    @property
    def rows(self) -> tuple[Row, ...]:
        """All jobs."""
        with self._lock:
            return tuple(self._rows)

    @property
    def out(self) -> Mapping[str, str]:
        """The models that were taken out, and why."""
        with self._lock:
            return dict(self._out)

    @property
    def today(self) -> Amount:
        """What was spent today, over all projects."""
        with self._lock:
            return self._today

    def _change(self, job: Job, change: Callable[[Row], Row]) -> None:
        number = self._at[job.key]
        self._rows[number] = change(self._rows[number])


def _advanced(row: Row, event: Event) -> Row:
    match event:
        case TacticsTried(found=found):
            return replace(row, state="closed by a cheap tactic" if found else "cheap tactics did not close it")
        case RoundBegun():
            return replace(row, state=f"drafting, round {event.number} of {event.most}")
        case Replied():
            return replace(row, state=f"answered, round {event.number}", amount=row.amount + Amount.of(event.usage))
        case Drafted():
            return replace(row, state=f"Lean is judging, round {event.number}")
        case Judged():
            level = "verified" if event.verdict.is_verified else str(event.verdict.level)
            said = level if event.blocker is None else str(event.blocker)
            return replace(row, state=f"round {event.number}: {said}")
    return row


_TONES = {Ending.VERIFIED: Tone.GOOD, Ending.COMPILED: Tone.OPEN, Ending.UNJUDGED: Tone.OPEN}


def _finished(row: Row, done: Done) -> Row:
    state = str(done.ending) if done.ending is not None else f"not begun: {done.words}"
    tone = Tone.PLAIN if done.ending is None else _TONES.get(done.ending, Tone.BAD)
    if row.job.canary is not None and done.ending is not None:
        # That no model could prove it is what it is there for.
        is_well = done.ending is not Ending.VERIFIED
        state, tone = (
            ("not proved, as it must be", Tone.GOOD) if is_well else ("VERIFIED, though it is false", Tone.BAD)
        )
    return replace(row, state=state, hint=done.words, tone=tone, is_running=False, amount=done.amount)
