"""Judges drafts of a proof: of a declaration that stands in the project, or of one planted to test the judging."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace

from blueprint_app.assistant.lean_reply import Problem, draft_from
from blueprint_app.assistant.records.draft_text import text_of_draft
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.judge import JudgeWork, judge_draft
from blueprint_app.verify.tactics import CHEAP_TACTICS, try_tactics
from blueprint_app.verify.verdict import Verdict

_POLL_SECONDS = 0.05


class NotWantedError(Exception):
    """Ends the judging of a draft that nobody waits for any more."""


class ProofBench:
    """The bench of one goal. `work` says all but the draft; the judging is done by `executor`, if one is given."""

    def __init__(self, work: JudgeWork, executor: Executor | None = None) -> None:
        self._work, self._executor = work, executor

    def read(self, reply: str) -> Draft | str:
        """The draft that an answer holds, or in words why it holds none."""
        found = draft_from(reply, self._work.goal)
        return str(found) if isinstance(found, Problem) else found

    def judge(self, draft: Draft, check: Callable[[], None]) -> Verdict:
        """How far a draft gets."""
        work = replace(self._work, draft=draft)
        return judge_draft(work, check) if self._executor is None else _judged_by(self._executor, work, check)

    def try_tactics(self, check: Callable[[], None]) -> tuple[tuple[str, ...], Draft | None, Verdict] | None:
        """The tactics that cost nothing, all in one run of Lean."""
        return CHEAP_TACTICS, *try_tactics(self._work, CHEAP_TACTICS, check)

    def text_of(self, draft: Draft) -> str:
        """A draft as the file beside its record has it."""
        return text_of_draft(draft)


def _judged_by(executor: Executor, work: JudgeWork, check: Callable[[], None]) -> Verdict:
    """The verdict of an executor; `check` is called here meanwhile, and what it raises ends the work as well."""
    unwanted = threading.Event()

    def still_wanted() -> None:
        if unwanted.is_set():
            raise NotWantedError

    # Only threads of this process can be told to end; a worker elsewhere has the limits of the judge.
    is_here = isinstance(executor, ThreadPoolExecutor)
    future: Future[Verdict] = executor.submit(judge_draft, work, *((still_wanted,) if is_here else ()))
    try:
        while True:
            check()
            try:
                return future.result(_POLL_SECONDS)
            except TimeoutError:
                continue
    finally:
        unwanted.set()
        future.cancel()
