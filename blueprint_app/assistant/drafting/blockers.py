"""What stands in a draft's way, named so that the same obstacle is known again in the next round and the next node."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from blueprint_app.verify.verdict import Failure, LeanMessage, Verdict

_KINDS = (
    ("unknown name", r"[Uu]nknown (?:identifier|constant|namespace|tactic|option)|The identifier .* is unknown"),
    ("unsolved goals", r"unsolved goals|don't know how to synthesize"),
    ("type mismatch", r"[Tt]ype mismatch|has type|expected to have type"),
    ("no instance", r"failed to synthesize"),
    ("rewrite failed", r"[Dd]id not find (?:an occurrence|instance) of|motive is not type correct|`rw` failed"),
    ("arithmetic failed", r"omega could not|linarith failed|grind`? failed|positivity"),
    ("tactic failed", r"[Tt]actic `?\w+`? failed|simp made no progress|could not unify"),
    ("does not terminate", r"fail to show termination|structural recursion|decreasing_by"),
    ("time", r"maximum (?:recursion depth|number of heartbeats)|deterministic timeout"),
    ("syntax", r"unexpected (?:token|end of input|identifier)|expected "),
)
"""Kinds of Lean's errors, the first that fits counts."""

_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_GOAL = re.compile(r"^\s*⊢\s*(.+)$", re.MULTILINE)
_QUOTED = re.compile(r"[`'‘]([^`'’\n]{1,80})[`'’]")
_ACCIDENTAL = re.compile(r"\?\w+(?:\.\d+)?|✝\S*|\bu_\d+\b|_hyg\.\d+|\b\d+:\d+\b")
_MOST = 120


@dataclass(frozen=True, slots=True)
class Blocker:
    """An obstacle: its `kind`, and what it is about, without what differs by chance from one try to the next."""

    kind: str
    about: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.about}" if self.about else self.kind


def blocker_of(verdict: Verdict) -> Blocker | None:
    """What kept a draft back, or None if nothing did. Of several errors the first counts: others may follow from it."""
    if verdict.failure is Failure.NONE:
        return None
    if verdict.failure is Failure.ERROR and verdict.errors:
        return blocker_in(verdict.errors[0])
    about = ", ".join(verdict.axioms) if verdict.failure is Failure.AXIOMS else ""
    return Blocker(str(verdict.failure), about)


def blocker_in(message: LeanMessage) -> Blocker:
    """The obstacle that one of Lean's errors tells of."""
    kind = next((kind for kind, pattern in _PATTERNS if pattern.search(message.text)), "error")
    goals = _GOAL.findall(message.text)
    quoted = _QUOTED.findall(message.text)
    if kind in ("unknown name", "no instance") and quoted:
        about = quoted[0]
    elif goals:
        about = goals[0]
    else:
        about = " ".join(message.text.split())
    return Blocker(kind, _without_accidents(about))


def times_met(blocker: Blocker, earlier: Iterable[Blocker]) -> int:
    """How often an obstacle was met, this time included."""
    return 1 + sum(each == blocker for each in earlier)


def _without_accidents(text: str) -> str:
    return " ".join(_ACCIDENTAL.sub("_", text).split())[:_MOST]
