"""Who wrote a node's Lean text: a person, or a model with its name and the date; and what still waits for a person.

Nothing here comes from Lean, and nothing here can make a node look better than Lean shows it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from blueprint_app.model.blueprint import Node
from blueprint_app.model.diagnostic import Diagnostic


class Part(StrEnum):
    """What of a node a draft is for."""

    STATEMENT = "statement"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class FaithfulMark:
    """What a person said of whether a Lean statement means what the text says.

    `statement_sha256` is the hash of the text that they compared it with, "" where that is not known.
    """

    by: str
    date: str
    is_faithful: bool
    statement_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """Lean text for one part of a node: who wrote it, when, how far it was judged, and whether it is in the project.

    `model` is "" where a person wrote it; `level` is in the judge's words. `date` is ISO 8601 in UTC, as is `accepted`,
    the time when it was put into the project ("": it was not). `statement_sha256` is the hash of the node's text
    that it was written for, `marks` the newest word of each person.
    """

    attempt: str
    part: Part
    model: str
    date: str
    level: str = ""
    accepted: str = ""
    statement_sha256: str = ""
    marks: tuple[FaithfulMark, ...] = ()

    def faithful_to(self, statement_sha256: str) -> tuple[str, ...]:
        """Who says that it means what this text says; nobody as long as anyone says that it does not."""
        said = [mark for mark in self.marks if mark.statement_sha256 in ("", statement_sha256)]
        return tuple(mark.by for mark in said) if all(mark.is_faithful for mark in said) else ()


@dataclass(frozen=True, slots=True)
class NodeProvenance:
    """What is recorded of one node as its text is now; without records its Lean text counts as written by people.

    `draft` is the newest draft of a model that is neither in the project nor turned down, for the text as it is.
    `statement` and `proof` are what of a model's was put into the project. `faithful` are those who say that the
    Lean statement, which a model wrote, means what the text says.
    """

    draft: Contribution | None = None
    statement: Contribution | None = None
    proof: Contribution | None = None
    faithful: tuple[str, ...] = ()

    @property
    def needs_faithful(self) -> bool:
        """Whether a model wrote the statement in Lean and no person vouches for it: Lean cannot."""
        return self.statement is not None and not self.faithful

    @property
    def is_by_model(self) -> bool:
        """Whether any of its Lean text is a model's."""
        return self.statement is not None or self.proof is not None

    @property
    def newest(self) -> Contribution | None:
        """The newest of a model's that is in the project."""
        found = [each for each in (self.statement, self.proof) if each is not None]
        return max(found, key=lambda each: each.date, default=None)


NO_NODE_PROVENANCE = NodeProvenance()
"""Of a node of which nothing is recorded."""


@dataclass(frozen=True, slots=True)
class ProjectProvenance:
    """All that is recorded, by label and oldest first, whatever the texts are now; and what could not be read."""

    contributions: Mapping[str, tuple[Contribution, ...]] = field(default_factory=dict)
    remarks: tuple[Diagnostic, ...] = ()

    def of(self, node: Node) -> NodeProvenance:
        """What of it concerns a node with the text that it has."""
        names = dict.fromkeys((node.id, *node.labels))
        found = [each for name in names for each in self.contributions.get(name, ())]
        if not found:
            return NO_NODE_PROVENANCE
        found.sort(key=lambda each: (each.date, each.attempt))
        now = statement_hash(node)
        statement = _accepted(found, Part.STATEMENT)
        return NodeProvenance(
            draft=_open_draft(found, now),
            statement=statement,
            proof=_accepted(found, Part.PROOF),
            faithful=() if statement is None else statement.faithful_to(now),
        )


NO_PROVENANCE = ProjectProvenance()
"""Of a project that holds no records, or whose records were not looked at."""


def statement_hash(node: Node) -> str:
    """The hash of a node's statement in TeX; how its lines are broken and indented does not count."""
    return hashlib.sha256(" ".join(node.statement.tex.split()).encode("utf-8", "replace")).hexdigest()


def _accepted(found: list[Contribution], part: Part) -> Contribution | None:
    """The last that was put into the project for a part, if a model wrote it."""
    accepted = [each for each in found if each.part is part and each.accepted]
    last = max(accepted, key=lambda each: each.accepted, default=None)
    return last if last is not None and last.model else None


def _open_draft(found: list[Contribution], statement_sha256: str) -> Contribution | None:
    """The newest draft that waits: not one for a text that has changed since, nor one from before another was taken."""
    taken = max((each.accepted for each in found), default="")
    waiting = [
        each
        for each in found
        if each.model and not each.accepted and each.date > taken and each.statement_sha256 == statement_sha256
    ]
    return waiting[-1] if waiting else None
