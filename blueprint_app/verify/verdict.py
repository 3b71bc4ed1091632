"""What came out of judging a draft, and how far it got: the one value that says "verified"."""

from dataclasses import dataclass
from enum import StrEnum

from blueprint_app.verify.draft import Part
from blueprint_app.verify.lint import LintFinding


class CheckLevel(StrEnum):
    """How far a draft got; each level includes the ones before."""

    NONE = "none"
    COMPILED = "compiled"
    """Lean took the text. Nothing more: the text could have told Lean to look away."""
    REPLAYED = "replayed"
    """The kernel, in a process that never ran the draft, took every step of the proof."""
    MATCHED = "statement matched, axioms allowed"
    """And it is a proof of the statement as the project states it, from allowed axioms alone."""


class Failure(StrEnum):
    """What kept a draft from getting further."""

    NONE = "none"
    ERROR = "error"
    """Lean rejects the text."""
    SORRY = "sorry"
    """The draft itself leaves something out."""
    TIMEOUT = "timeout"
    MEMORY = "memory"
    REPLAY = "replay"
    """The kernel rejects what the draft made Lean believe."""
    STATEMENT = "statement"
    """What was proved is not what was stated, or not where it was stated."""
    AXIOMS = "axioms"
    """It rests on an axiom that is not allowed, or on a declaration with a ``sorry``."""
    RUNS_CODE = "runs code"
    """It holds code that Lean runs while reading, so that what was compiled need not be what its text says."""
    CRASH = "crash"
    NO_LEAN = "no Lean"
    NO_SANDBOX = "no sandbox"
    NOT_BUILT = "not built"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class LeanMessage:
    """What Lean printed about the draft, to be shown and to be answered, never to be believed.

    `line` is 1-based and counted within `part`, `column` 0-based; Lean's `text` of an unsolved goal holds the goal.
    """

    severity: str
    line: int
    column: int
    text: str
    kind: str = ""
    part: Part = Part.PROOF


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a draft got and why no further.

    `detail` says it in a sentence. `axioms` are those under the declaration, `gaps` the declarations below it that
    have a ``sorry``; both empty where the judge did not get so far. `sandbox` says what Lean ran in.
    """

    level: CheckLevel
    failure: Failure = Failure.NONE
    detail: str = ""
    messages: tuple[LeanMessage, ...] = ()
    lint: tuple[LintFinding, ...] = ()
    axioms: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    lean_version: str = ""
    sandbox: str = ""
    seconds: float = 0.0

    @property
    def is_verified(self) -> bool:
        """Whether this is a proof: no other level is."""
        return self.level is CheckLevel.MATCHED and self.failure is Failure.NONE

    @property
    def errors(self) -> tuple[LeanMessage, ...]:
        """The messages that are errors, in Lean's order."""
        return tuple(message for message in self.messages if message.severity == "error")
