"""How far a run has come: what was tried and why it failed. All that the next round has to know."""

from dataclasses import dataclass, replace

from blueprint_app.assistant.drafting.blockers import Blocker, times_met
from blueprint_app.assistant.repair import FailedDraft
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.verdict import Verdict

REPLAN_AFTER = 2
"""Times that the same obstacle is met before another plan is asked for."""

SPLIT_AFTER = 3
"""Times that the same obstacle is met before the loop gives up and offers to split the node."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What came of the rounds so far.

    `number` is the last round's, `last` its draft if it failed with one, `complaint` what was wrong with an answer
    that held no draft, with that answer. `failures` say in a line each why earlier drafts failed.
    `parent` is the id of the last record.
    """

    number: int = 0
    last: FailedDraft | None = None
    complaint: tuple[str, str] | None = None
    blockers: tuple[Blocker, ...] = ()
    failures: tuple[str, ...] = ()
    parent: str = ""

    @property
    def met(self) -> int:
        """How often the last obstacle was met."""
        return times_met(self.blockers[-1], self.blockers[:-1]) if self.blockers else 0

    @property
    def wants_new_plan(self) -> bool:
        """Whether mending once more would not help."""
        return self.met >= REPLAN_AFTER

    @property
    def is_stuck(self) -> bool:
        """Whether it is time to split the node."""
        return self.met >= SPLIT_AFTER

    def failed(self, draft: Draft, verdict: Verdict, blocker: Blocker, parent: str) -> "Progress":
        """After one more round whose draft failed."""
        messages = tuple(verdict.errors)
        return replace(
            self,
            number=self.number + 1,
            last=FailedDraft(draft, messages, verdict.detail),
            complaint=None,
            blockers=(*self.blockers, blocker),
            failures=(*self.failures, str(blocker)),
            parent=parent,
        )

    def unreadable(self, answer: str, reason: str, blocker: Blocker, parent: str) -> "Progress":
        """After one more round whose answer held no draft."""
        return replace(
            self,
            number=self.number + 1,
            complaint=(answer, reason),
            blockers=(*self.blockers, blocker),
            parent=parent,
        )
