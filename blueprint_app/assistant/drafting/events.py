"""What the loop tells while it runs, for a window or a terminal to show, and how it ended."""

from dataclasses import dataclass
from enum import StrEnum

from blueprint_app.assistant.drafting.blockers import Blocker
from blueprint_app.assistant.endpoints.messages import Usage
from blueprint_app.assistant.records.record import AttemptRecord
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.verdict import Verdict


@dataclass(frozen=True, slots=True)
class TacticsTried:
    """The cheap tactics were tried before any model was asked; `found` is the draft that one of them makes, if any."""

    tactics: tuple[str, ...]
    found: Draft | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RoundBegun:
    """The model is asked for round `number` (from 1) of `most`; `new_plan` tells that it is asked for another way.

    `tokens` is an estimate of what is sent.
    """

    number: int
    most: int
    tokens: int
    new_plan: bool = False


@dataclass(frozen=True, slots=True)
class TextCame:
    """More of the model's answer; `is_thinking` for what it shows of its thoughts."""

    text: str
    is_thinking: bool = False


@dataclass(frozen=True, slots=True)
class Replied:
    """The whole answer of a round is here, with what it took."""

    number: int
    text: str
    usage: Usage
    seconds: float


@dataclass(frozen=True, slots=True)
class Drafted:
    """The answer holds a draft, which Lean is given now."""

    number: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a round's draft; `blocker` is what kept it back, `met` how often that was met in this run."""

    number: int
    verdict: Verdict
    blocker: Blocker | None = None
    met: int = 0


@dataclass(frozen=True, slots=True)
class Recorded:
    """The attempt is on disk."""

    record: AttemptRecord


Event = TacticsTried | RoundBegun | TextCame | Replied | Drafted | Judged | Recorded


class Ending(StrEnum):
    """Why the loop ended."""

    VERIFIED = "verified"
    """The draft is a proof of the statement, from allowed axioms."""
    COMPILED = "compiled"
    """A drafted statement that Lean takes; whether it says what the text says is for a person to judge."""
    UNJUDGED = "not judged"
    """There is a draft, but nothing here that could judge it."""
    OUT_OF_ROUNDS = "out of rounds"
    OUT_OF_BUDGET = "out of budget"
    STUCK = "stuck"
    """The same obstacle was met three times: the node may have to be split."""
    NO_LEAN = "no Lean in the reply"
    REFUSED = "refused"
    """The model would not answer."""


@dataclass(frozen=True, slots=True)
class Result:
    """How a run of the loop ended: `words` for people, and the draft that came furthest with its verdict.

    `records` are the attempts that it left, the last one last; `over` names the budget that ended it, if one did.
    """

    ending: Ending
    words: str
    draft: Draft | None = None
    verdict: Verdict | None = None
    records: tuple[AttemptRecord, ...] = ()
    over: str = ""

    @property
    def offers_split(self) -> bool:
        """Whether it is time to split the node into smaller ones."""
        return self.ending is Ending.STUCK
