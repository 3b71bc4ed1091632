"""The pieces of what a model is told, each with its size, so that a person can look at them and leave some out."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from blueprint_app.assistant.endpoints.tokens import estimated_tokens
from blueprint_app.assistant.tasks import Audience, Task
from blueprint_app.model.blueprint import NodeId


class Part(StrEnum):
    """What a section is of. The order is the one in which they are read: what the question is about comes last."""

    VERSIONS = "versions"
    MACROS = "macros"
    DEFINITIONS = "definitions"
    USES = "uses"
    BLACK_BOXES = "black boxes"
    USERS = "used by"
    RELATED = "search hits"
    NEIGHBOURS = "neighbours in Lean"
    LESSONS = "lessons"
    LEAN_BEFORE = "Lean before the statement"
    STATEMENT = "statement"
    PROOF = "proof"
    LEAN_STATEMENT = "Lean statement"
    LEAN_PROOF = "Lean proof"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Section:
    """One piece of a context.

    `id` is unique in its context and stable between calls; `tokens` is an estimate. `node` is the node whose text it
    quotes and `declaration` the Lean declaration, if it quotes one. `rank` tells how soon it is dropped: the higher,
    the sooner. A section that is required is never dropped, as the question makes no sense without it.
    """

    id: str
    part: Part
    title: str
    text: str
    rank: int
    node: NodeId | None = None
    declaration: str = ""
    is_required: bool = False

    @property
    def tokens(self) -> int:
        """About how many tokens it takes, with the marks around it."""
        return estimated_tokens(self.text) + estimated_tokens(self.title) + MARKS

    @property
    def sha256(self) -> str:
        """What its text is known by in the record of an attempt."""
        return sha256_of(self.text)


MARKS = 30
"""Tokens of the marks at the two ends of a section."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a model is told of a node for one task, in reading order.

    `heading` is what people call the node, `declaration` the Lean name that the task is about ("" for none). `dropped`
    are the sections that were left out, by choice or for want of room, in the order in which they went.
    `statement_sha256` is the hash of the node's statement, as `model.provenance.statement_hash` takes it.
    """

    node: NodeId
    task: Task
    sections: tuple[Section, ...]
    audience: Audience = Audience.MATHEMATICIAN
    heading: str = ""
    declaration: str = ""
    dropped: tuple[Section, ...] = ()
    statement_sha256: str = ""

    @property
    def tokens(self) -> int:
        """About how many tokens all sections take; the prompt itself comes on top."""
        return sum(section.tokens for section in self.sections)

    @property
    def note(self) -> str:
        """What the user wants to add, "" for nothing."""
        return next((section.text for section in self.sections if section.part is Part.NOTE), "")

    @property
    def used_nodes(self) -> tuple[tuple[NodeId, str], ...]:
        """Each node whose text is quoted, with the hash of all that is quoted of it: for the record of an attempt."""
        texts: dict[NodeId, list[str]] = {}
        for section in self.sections:
            if section.node is not None:
                texts.setdefault(section.node, []).append(section.text)
        return tuple((node, sha256_of("\0".join(quoted))) for node, quoted in texts.items())

    def without(self, ids: Collection[str]) -> "Context":
        """The context without these sections; required ones stay."""
        gone = tuple(section for section in self.sections if section.id in ids and not section.is_required)
        kept = tuple(section for section in self.sections if section not in gone)
        return replace(self, sections=kept, dropped=(*self.dropped, *gone))

    def trimmed(self, limit: int) -> "Context":
        """The context with the least important sections dropped until it has at most `limit` tokens.

        What is required stays even if it is more than that: compare `tokens` with the limit. `dropped` says what went.
        """
        excess = self.tokens - limit
        gone = []
        for section in sorted(self.sections, key=lambda each: -each.rank):
            if excess > 0 and not section.is_required:
                gone.append(section.id)
                excess -= section.tokens
        shorter = self.without(gone)
        in_order = sorted(shorter.dropped[len(self.dropped) :], key=lambda each: -each.rank)
        return replace(shorter, dropped=(*self.dropped, *in_order))


def dropped_in_words(context: Context) -> str:
    """What was left out of a context, in one sentence for a person; "" if nothing was."""
    if not context.dropped:
        return ""
    tokens = sum(section.tokens for section in context.dropped)
    names = "; ".join(section.title for section in context.dropped[:3])
    more = len(context.dropped) - 3
    rest = f"; and {more} more" if more > 0 else ""
    return f"Left out (about {tokens} tokens): {names}{rest}."


def sha256_of(text: str) -> str:
    """The hash that records bind a text by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
