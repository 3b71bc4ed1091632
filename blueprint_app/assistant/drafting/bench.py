"""What the loop needs of whoever judges drafts: reading them out of answers, and judging them."""

from collections.abc import Callable
from typing import Protocol

from blueprint_app.verify.draft import Draft
from blueprint_app.verify.verdict import Failure, Verdict

CANNOT_JUDGE = frozenset({Failure.NO_LEAN, Failure.NO_SANDBOX, Failure.NOT_BUILT})
"""Failures that say nothing of the draft: nothing here could judge it."""


class Bench(Protocol):
    """Judges the drafts of one task on one node."""

    def read(self, reply: str) -> Draft | str:
        """The draft that an answer holds, or in words why it holds none."""

    def judge(self, draft: Draft, check: Callable[[], None]) -> Verdict:
        """How far a draft gets. Never raises for what a draft does."""

    def try_tactics(self, check: Callable[[], None]) -> tuple[tuple[str, ...], Draft | None, Verdict] | None:
        """Which cheap tactics were tried, the draft that one of them makes, and its verdict; None if none apply."""

    def text_of(self, draft: Draft) -> str:
        """A draft as the file beside its record has it."""
