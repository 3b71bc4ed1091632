"""Judges drafts of a proof: of a declaration that stands in the project, or of one planted to test the judging."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace

from blueprint_app.assistant.lean_reply import Problem, draft_from
from blueprint_app.assistant.records.draft_text import text_of_draft
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.judge import JudgeWork, judge_draft
from blueprint_app.verify.verdict import Verdict


class ProofBench:
    """The bench of one goal. `work` says all but the draft; an `executor` other than None does the judging."""

    def __init__(self, work: JudgeWork, executor: Executor | None = None) -> None:
        self._work, self._executor = work, executor

    def read(self, reply: str) -> Draft | str:
        """The draft that an answer holds, or in words why it holds none."""
        found = draft_from(reply, self._work.goal)
        return str(found) if isinstance(found, Problem) else found

    def judge(self, draft: Draft, check: Callable[[], None]) -> Verdict:
        """How far a draft gets."""
        return judge_draft(replace(self._work, draft=draft), check)

    def try_tactics(self, check: Callable[[], None]) -> tuple[tuple[str, ...], Draft | None, Verdict] | None:
        """Nothing is tried yet."""
        return None

    def text_of(self, draft: Draft) -> str:
        """A draft as the file beside its record has it."""
        return text_of_draft(draft)
