"""A blueprint as it was at one commit: of each node as much as is compared, counted and drawn later.

What Lean's side showed then is not known, so that all of this is as the author declared it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from blueprint_app.insight.progress import is_proved
from blueprint_app.model.blueprint import Blueprint, Node, Reading
from blueprint_app.model.derive import declared_names, snapshot_of
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot

_UNREADABLE = frozenset({"document-missing", "blueprint-not-loaded", "file-unreadable", "file-too-large"})
_DAMAGE = frozenset(
    {
        "braces-unbalanced",
        "brace-stray",
        "environment-unclosed",
        "end-stray",
        "verbatim-unclosed",
        "file-missing",
        "file-unreadable",
        "file-too-large",
        "include-loop",
        "macro-loop",
    }
)
"""Findings after which nodes may be missing, or be there that nobody wrote."""

_DIGITS = 12
"""Of the hashes that tell whether a text changed."""


@dataclass(frozen=True, slots=True)
class NodeThen:
    """A node at a commit.

    `headline` is the declared one; `is_stated`, `is_proved` and `is_fully_proved` are counted as `Progress` counts
    them; `border` and `fill` are leanblueprint's colours. `statement` and `proof` are short hashes of the texts ("" for
    no proof), in which line breaks do not count.
    """

    id: str
    labels: tuple[str, ...]
    kind: str
    heading: str
    headline: Headline
    is_stated: bool
    is_proved: bool
    is_fully_proved: bool
    border: str
    fill: str
    names: tuple[str, ...]
    statement: str
    proof: str

    @property
    def needs_proof(self) -> bool:
        """Whether it counts among what is to be proved: definitions have nothing to prove."""
        return self.kind != "definition"

    @property
    def is_done(self) -> bool:
        """Whether the author declares that nothing is left to do at it."""
        return self.is_proved if self.needs_proof else self.is_stated


@dataclass(frozen=True, slots=True)
class Counts:
    """How many nodes there were, and of how many what was declared; `proved` are some of those `to_prove`."""

    nodes: int
    stated: int
    to_prove: int
    proved: int
    fully_proved: int
    headlines: Mapping[Headline, int]

    @property
    def left(self) -> int:
        """How many were still to be proved."""
        return self.to_prove - self.proved


@dataclass(frozen=True)
class Moment:
    """All nodes at a commit, in document order.

    `problem` tells in words why there is no blueprint to be read; then nothing is known of the nodes. `damage` tells
    of a fault in the text by which some may be missing, or be there that nobody wrote; "" for none.
    """

    nodes: tuple[NodeThen, ...] = ()
    problem: str = ""
    damage: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, NodeThen]:
        """The nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def counts(self) -> Counts:
        """What there is, counted."""
        return counts_of(self.nodes)


def counts_of(nodes: Iterable[NodeThen]) -> Counts:
    """The counts over some nodes."""
    chosen = tuple(nodes)
    return Counts(
        nodes=len(chosen),
        stated=sum(node.is_stated for node in chosen),
        to_prove=sum(node.needs_proof for node in chosen),
        proved=sum(node.needs_proof and node.is_proved for node in chosen),
        fully_proved=sum(node.is_fully_proved for node in chosen),
        headlines=Counter(node.headline for node in chosen),
    )


def moment_of(blueprint: Blueprint, reading: Reading) -> Moment:
    """What is kept of a blueprint as it was read."""
    broken = next((each for each in blueprint.diagnostics if each.code in _UNREADABLE), None)
    if not blueprint.nodes and broken is not None:
        return Moment(problem=broken.message)
    snapshot = snapshot_of(blueprint, reading)
    damage = next((each for each in blueprint.diagnostics if each.code in _DAMAGE), None)
    words = "" if damage is None else f"{damage.message} ({damage.place})"
    return Moment(tuple(_node_then(snapshot, node) for node in blueprint.nodes), damage=words)


def _node_then(snapshot: Snapshot, node: Node) -> NodeThen:
    status = snapshot.status[node.id]
    proved = node.kind != "definition" and is_proved(snapshot, node)
    return NodeThen(
        id=node.id,
        labels=node.labels,
        kind=node.kind,
        heading=node.heading,
        headline=snapshot.headlines[node.id],
        is_stated=node.statement.is_leanok,
        is_proved=proved,
        is_fully_proved=status.fully_proved and (proved or node.statement.is_leanok),
        border=status.border,
        fill=status.fill,
        names=declared_names(node, snapshot.reading),
        statement=_digest(node.statement.tex),
        proof="" if node.proof is None else _digest(node.proof.tex),
    )


def _digest(tex: str) -> str:
    return hashlib.sha256(" ".join(tex.split()).encode("utf-8", "replace")).hexdigest()[:_DIGITS]


NO_TEXT = _digest("")
"""The hash of a statement without a word in it."""
