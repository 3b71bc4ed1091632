"""Works through a plan: several nodes at once, within the budgets, until all are done or there is a reason to stop."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from blueprint_app.assistant.batch.breaker import Breaker
from blueprint_app.assistant.batch.journal import Done, Journal
from blueprint_app.assistant.batch.ledger import DayBudget, Ledger
from blueprint_app.assistant.batch.plan import BatchPlan, Job, jobs_of, model_name
from blueprint_app.assistant.batch.results import ModelRow, table_of
from blueprint_app.assistant.budget import Amount, Budget
from blueprint_app.assistant.drafting.events import Ending, Event, Result
from blueprint_app.assistant.drafting.loop import DraftLoop, Saved
from blueprint_app.assistant.drafting.progress import Progress
from blueprint_app.assistant.endpoints.errors import ModelError, Trouble
from blueprint_app.model.errors import BlueprintError

_POLL_SECONDS = 0.05
_OUT_AT_ONCE = frozenset({Trouble.WRONG_KEY, Trouble.WRONG_MODEL, Trouble.WRONG_URL, Trouble.NO_QUOTA})
"""Troubles that no other node of the run can change."""


class StoppedError(Exception):
    """Raised inside of a job once the run is to stop; the job is taken up again by the next start."""


@dataclass(frozen=True, slots=True)
class JobBegun:
    """A node is being worked on."""

    job: Job
    model: str


@dataclass(frozen=True, slots=True)
class JobEvent:
    """What the loop of one job tells."""

    job: Job
    event: Event


@dataclass(frozen=True, slots=True)
class JobDone:
    """A job is done; `finished` of `total` jobs are."""

    job: Job
    done: Done
    finished: int
    total: int


@dataclass(frozen=True, slots=True)
class ModelOut:
    """A model is taken out of the run, and why."""

    model: str
    reason: str


BatchEvent = JobBegun | JobEvent | JobDone | ModelOut


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: `halted` says why it ended before all was done, "" if it did not. `left` are jobs not done."""

    done: tuple[tuple[Job, Done], ...]
    left: tuple[Job, ...]
    table: tuple[ModelRow, ...]
    spent: Amount
    halted: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a job begins: what an earlier start of the run did, and an answer that it had paid for."""

    progress: Progress
    saved: Saved | None


class LoopMaker(Protocol):
    """Makes the loops of a run's jobs."""

    def loop_for(
        self,
        job: Job,
        budgets: Sequence[Budget],
        on_event: Callable[[Event], None],
        on_reply: Callable[[int, Saved], None],
        check: Callable[[], None],
    ) -> DraftLoop:
        """The loop of a job. Raises BlueprintError where the node cannot be worked on."""

    def start_of(self, job: Job, journal: Journal) -> Start:
        """Where an earlier start of the run left the job."""


class BatchRun:
    """One run. `pause`, `resume` and `stop` may be called from any thread."""

    def __init__(
        self,
        maker: LoopMaker,
        journal: Journal,
        ledger: Ledger,
        on_event: Callable[[BatchEvent], None] = lambda event: None,
        breaker: Breaker | None = None,
    ) -> None:
        self._maker, self._journal, self._plan = maker, journal, journal.plan
        self._tell = on_event
        self._breaker = breaker or Breaker()
        limits = self._plan.limits
        self._budgets = (
            Budget("the budget of this run", limits.run_tokens, limits.run_cost, journal.spent()),
            DayBudget(ledger, limits.day_tokens, limits.day_cost),
        )
        self._stopped, self._may_go = threading.Event(), threading.Event()
        self._may_go.set()
        self._lock = threading.Lock()
        self._told_out: set[str] = set()
        self._spent_out = ""
        self._jobs = jobs_of(self._plan)

    def pause(self) -> None:
        """Ask no more until `resume`; a call that is under way goes on."""
        self._may_go.clear()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._may_go.set()

    @property
    def is_paused(self) -> bool:
        """Whether the run waits for `resume`."""
        return not self._may_go.is_set()

    @property
    def plan(self) -> BatchPlan:
        """What it is to do."""
        return self._plan

    @property
    def journal(self) -> Journal:
        """Its diary."""
        return self._journal

    @property
    def total(self) -> int:
        """How many jobs there are in all, canaries too."""
        return len(self._jobs)

    @property
    def finished(self) -> int:
        """How many of them are done."""
        return len(self._journal.done)

    def stop(self) -> None:
        """End all jobs at once; the next start takes them up again."""
        self._stopped.set()
        self._may_go.set()

    def run(self, check: Callable[[], None] = lambda: None) -> Outcome:
        """Work until all is done, or until there is a reason to stop; what `check` raises is one, and comes out."""
        waiting = deque(job for job in self._jobs if job.key not in self._journal.done)
        with ThreadPoolExecutor(max(1, self._plan.parallel), "batch") as pool:
            running: set[Future[None]] = set()
            try:
                while True:
                    check()
                    running |= {pool.submit(self._work, job) for job in self._next(waiting, len(running))}
                    if not running and (self._reason_to_end() or not waiting):
                        break
                    if not running:
                        self._may_go.wait(_POLL_SECONDS)
                        continue
                    finished, running = wait(running, _POLL_SECONDS, FIRST_COMPLETED)
                    for each in finished:
                        each.result()
            finally:
                if running:
                    self.stop()
        return self.outcome()

    def _next(self, waiting: deque[Job], running: int) -> Iterator[Job]:
        """The jobs that may begin now."""
        while waiting and running < self._plan.parallel and not self.is_paused and not self._reason_to_end():
            yield waiting.popleft()
            running += 1

    def _reason_to_end(self) -> str:
        """Why no more jobs are begun; "" if there is no reason."""
        return self._journal.halted or self._spent_out or ("Stopped." if self._stopped.is_set() else "")

    def _work(self, job: Job) -> None:
        begun = time.monotonic()
        model = model_name(self._plan.models[job.model])
        skipped = self._reason_to_skip(job, model)
        if skipped:
            self._end(job, Done(None, skipped))
            return
        self._tell(JobBegun(job, model))
        try:
            with self._noted(job, model):
                result = self._draft(job)
                if result.over in {budget.name for budget in self._budgets}:
                    # Not the node's fault: the next start takes it up where it is.
                    self._spent_out = result.words
                    return
                self._end(job, self._done(job, result, time.monotonic() - begun))
                self._judge_model(job, model, result)
        except StoppedError:
            return

    def _draft(self, job: Job) -> Result:
        limits = self._plan.limits
        node = Budget("the budget of this node", limits.node_tokens, limits.node_cost, self._journal.spent_on(job.key))
        loop = self._maker.loop_for(
            job,
            (node, *self._budgets),
            lambda event: self._tell(JobEvent(job, event)),
            lambda number, saved: self._journal.reply(job, number, saved),
            self._check,
        )
        start = self._maker.start_of(job, self._journal)
        return loop.run(self._check, start.progress, start.saved)

    def _done(self, job: Job, result: Result, seconds: float) -> Done:
        paid = self._journal.paid.get(job.key, [])
        spent = self._journal.spent_on(job.key)
        return Done(result.ending, result.words, spent, len(paid), round(seconds, 3))

    @contextmanager
    def _noted(self, job: Job, model: str) -> Iterator[None]:
        """Note a failure that is not the draft's: of the model's server, or of the node."""
        try:
            yield
        except ModelError as error:
            self._breaker.failed(model, str(error.what_happened), at_once=error.trouble in _OUT_AT_ONCE)
            self._end(job, Done(None, str(error)))
        except BlueprintError as error:
            self._end(job, Done(None, str(error)))
        self._tell_out(model)

    def _judge_model(self, job: Job, model: str, result: Result) -> None:
        if job.canary is not None:
            if result.ending is Ending.VERIFIED:
                self._halt(
                    f"A planted false statement was called verified ({model}): the judging cannot be trusted. "
                    "Nothing that this run verified counts until that is explained."
                )
            return
        if result.ending in (Ending.VERIFIED, Ending.COMPILED):
            self._breaker.closed(model)
        elif result.ending in (Ending.NO_LEAN, Ending.REFUSED):
            self._breaker.failed(model, str(result.ending))

    def _reason_to_skip(self, job: Job, model: str) -> str:
        out = self._breaker.reason(model)
        if out:
            return f"The model was taken out of the run: {out}"
        if self._plan.first_wins and job.canary is None:
            for other in range(len(self._plan.models)):
                done = self._journal.done.get(Job(job.node, other).key)
                if other != job.model and done is not None and done.is_closed:
                    return f"{model_name(self._plan.models[other])} has closed it."
        return ""

    def _tell_out(self, model: str) -> None:
        reason = self._breaker.reason(model)
        if not reason:
            return
        with self._lock:
            is_news = model not in self._told_out
            self._told_out.add(model)
        if is_news:
            self._tell(ModelOut(model, reason))

    def _halt(self, reason: str) -> None:
        self._journal.halt(reason)
        self.stop()

    def _end(self, job: Job, done: Done) -> None:
        finished = self._journal.end(job, done)
        self._tell(JobDone(job, done, finished, len(self._jobs)))

    def _check(self) -> None:
        """Called often within a job: it waits here while the run is paused."""
        while not self._stopped.is_set() and not self._may_go.wait(_POLL_SECONDS):
            pass
        if self._stopped.is_set():
            raise StoppedError

    def outcome(self) -> Outcome:
        """How it stands."""
        done = tuple((job, self._journal.done[job.key]) for job in self._jobs if job.key in self._journal.done)
        left = tuple(job for job in self._jobs if job.key not in self._journal.done)
        return Outcome(done, left, table_of(self._plan, done), self._journal.spent(), self._reason_to_end())
