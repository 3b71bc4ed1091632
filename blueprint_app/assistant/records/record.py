"""One try at a node as it is kept: everything that tells how it came about, and nothing secret.

The parts and fields are those of the file, in its order; a field left at its default is not known or does not apply.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

SCHEMA = "blueprint-attempt/1"
VERDICT_SCHEMA = "blueprint-verdict/1"

TASKS = frozenset({"explain", "state", "prove", "critique", "counterexample", "split", "retell", "related"})
FINISHES = frozenset({"", "stop", "length", "cancelled", "cut", "refused"})

_ALWAYS = {"always": True}
"""Marks fields that are written even at their defaults."""
_FOUND = {"found": True}
"""Marks what is known from where a record was found, and is no part of its file."""

Parameter = str | int | float | bool | None


class Outcome(StrEnum):
    """What came of an attempt by itself, before any person judged it."""

    FAILED = "failed"
    COMPILED = "compiled"
    VERIFIED = "verified"
    REJECTED = "rejected"
    ABANDONED = "abandoned"
    ANSWERED = "answered"
    """Text for a person, such as an explanation: there is nothing that Lean could judge."""
    UNJUDGED = "not judged"
    """A draft, where nothing was at hand that could judge it."""


class Judgement(StrEnum):
    """What a person can say of an attempt."""

    FAITHFUL = "faithful"
    """The drafted Lean statement says what the text says."""
    UNFAITHFUL = "not faithful"
    ACCEPTED = "accepted"
    """The draft was put into the project."""
    REJECTED = "rejected"
    NOTE = "note"


ABOUT_THE_STATEMENT = frozenset({Judgement.FAITHFUL, Judgement.UNFAITHFUL})
ABOUT_THE_DRAFT = frozenset({Judgement.ACCEPTED, Judgement.REJECTED})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who made the attempt: `kind` is "model", "human" or "tactics" (Lean's own); `role` is the part of a model."""

    kind: str = field(default="model", metadata=_ALWAYS)
    model: str = ""
    served_model: str = ""
    endpoint_host: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class ContextPiece:
    """One piece of what was sent: the node that it tells of ("" for none), and the SHA-256 of its text."""

    node: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class PromptUsed:
    """The template and the SHA-256 of what was sent; `text` is all of it, where the user wants that kept."""

    template: str = ""
    sha256: str = ""
    context: tuple[ContextPiece, ...] = ()
    text: str = field(default="", metadata={"longest": 300_000})


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """Tokens, and what they cost in the currency of the endpoint's prices (None: not known).

    `estimated` tells that the server gave no numbers.
    """

    prompt: int = 0
    completion: int = 0
    reasoning: int = 0
    cached: int = 0
    cost: float | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """When it began (ISO 8601 in UTC), and the seconds that the model and Lean took."""

    start: str = ""
    model_s: float = 0.0
    lean_s: float = 0.0


@dataclass(frozen=True, slots=True)
class DraftFile:
    """The reply beside the record: the file's name in the same folder and the SHA-256 of its bytes."""

    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class LeanAt:
    """Against what it was judged; `dirty` tells that the project had changes that were not committed."""

    version: str = ""
    mathlib: str = ""
    project_commit: str = ""
    dirty: bool | None = None


@dataclass(frozen=True, slots=True)
class CheckMessage:
    """What Lean said; `line` is 1-based and counted within the `part` of the draft, as the judge counts it."""

    severity: str = ""
    line: int = 0
    column: int = 0
    text: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class CheckMade:
    """How far the judging came: `level` in the judge's words, `lint` the warnings, `sandbox` what kept the draft in."""

    level: str = ""
    axioms: tuple[str, ...] = ()
    messages: tuple[CheckMessage, ...] = field(default=(), metadata={"most": 30})
    lint: tuple[str, ...] = ()
    sandbox: str = ""


@dataclass(frozen=True, slots=True)
class FailureSeen:
    """Why it failed: `kind` (``class`` in the file) in the judge's words, `blocker` what stood in the way."""

    kind: str = field(default="", metadata={"key": "class"})
    blocker: str = ""


@dataclass(frozen=True, slots=True)
class HumanSaid:
    """What a person said of it at the time of writing; what is said later stands in files of its own."""

    verdict: str = ""
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of an attempt: a small file of its own beside the record, as records are never changed.

    `statement_sha256` is the hash of the node's statement as that person read it.
    """

    id: str
    attempt: str
    verdict: Judgement
    by: str
    time: str
    note: str = ""
    statement_sha256: str = ""
    schema: str = field(default=VERDICT_SCHEMA, metadata=_ALWAYS)


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """One attempt. `id` sorts by time; `run` is what the rounds of one loop share, `parent` the attempt before.

    `statement_sha256` is the hash of the node's statement in TeX, as `model.provenance.statement_hash` takes it.
    `file` (shown path) and `verdicts` (in order of time) are where and beside what the record was found: they are
    no part of the file.
    """

    id: str
    node: str
    task: str
    run: str = ""
    round: int = 0
    parent: str = ""
    actor: Actor = Actor()
    requested_by: str = ""
    prompt: PromptUsed = PromptUsed()
    params: Mapping[str, Parameter] = field(default_factory=dict)
    usage: TokenUsage = TokenUsage()
    time: TimeSpent = TimeSpent()
    finish: str = ""
    statement_sha256: str = ""
    draft: DraftFile = DraftFile()
    lean: LeanAt = LeanAt()
    check: CheckMade = CheckMade()
    outcome: Outcome = field(default=Outcome.FAILED, metadata=_ALWAYS)
    failure: FailureSeen = FailureSeen()
    human: HumanSaid = HumanSaid()
    schema: str = field(default=SCHEMA, metadata=_ALWAYS)
    file: str = field(default="", metadata=_FOUND)
    verdicts: tuple[Verdict, ...] = field(default=(), metadata=_FOUND)

    @property
    def model(self) -> str:
        """The model that answered, as the server names it if it does."""
        return self.actor.served_model or self.actor.model

    @property
    def is_by_model(self) -> bool:
        """Whether a model made it."""
        return self.actor.kind == "model"

    def standing(self) -> tuple[Verdict, ...]:
        """Of each person the newest word on the statement and the newest on the draft; notes all."""
        newest: dict[tuple[str, int], Verdict] = {}
        for verdict in self._spoken():
            about = 1 if verdict.verdict in ABOUT_THE_STATEMENT else 2 if verdict.verdict in ABOUT_THE_DRAFT else 0
            key = (verdict.by, about) if about else (verdict.id, 0)
            newest[key] = verdict
        return tuple(sorted(newest.values(), key=lambda verdict: (verdict.time, verdict.id)))

    @property
    def is_accepted(self) -> bool:
        """Whether someone put it into the project, and did not take that back."""
        return any(each.verdict is Judgement.ACCEPTED for each in self.standing())

    @property
    def is_rejected(self) -> bool:
        """Whether someone turned it down and nobody took it."""
        said = {each.verdict for each in self.standing()}
        return Judgement.ACCEPTED not in said and (Judgement.REJECTED in said or self.outcome is Outcome.REJECTED)

    def _spoken(self) -> tuple[Verdict, ...]:
        said = self.human.verdict
        if said not in frozenset(Judgement):
            return self.verdicts
        first = Verdict(
            self.id, self.id, Judgement(said), self.human.by, self.time.start, self.human.note, self.statement_sha256
        )
        return (first, *self.verdicts)


def utc_now() -> str:
    """Now, as records write it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def new_id(start: str = "") -> str:
    """An id that no other attempt has and that sorts by time; `start` as `TimeSpent` has it, now if left out."""
    moment = datetime.fromisoformat(start).astimezone(UTC) if start else datetime.now(UTC)
    return f"{moment:%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(5)}"
