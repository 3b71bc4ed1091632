"""From the data of a proposal to lemmas that fit into the blueprint; what does not fit is refused in words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from blueprint_app.assistant.lean_reply.blocks import parted
from blueprint_app.assistant.problem import Problem
from blueprint_app.assistant.proposals.blocks import proposed_data
from blueprint_app.assistant.proposals.tex_safety import danger_in, without_comments
from blueprint_app.model.blueprint import Blueprint, NodeId
from blueprint_app.model.graph import adjacency, reach, strong_components
from blueprint_app.model.snapshot import Snapshot

MOST = 20
"""Lemmas of one proposal."""

_LABEL = re.compile(r"[^\s,{}\\%#&~^$\[\]\x00-\x1f\x7f]{1,120}")
_SPACE = re.compile(r"\s+")


class RefusedError(Exception):
    """Stops the reading of a proposal with the words for its `Problem`; never leaves this module."""


@dataclass(frozen=True, slots=True)
class ProposedNode:
    """A lemma that a model proposes. Texts are TeX, `uses` and `proof_uses` labels of nodes or of other new lemmas."""

    label: str
    kind: str
    title: str
    statement: str
    uses: tuple[str, ...] = ()
    proof: str = ""
    proof_uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A split of a node: the lemmas in an order in which each comes after those that it uses.

    `proof_uses` are the labels that the node's proof then rests on in addition, `proof` TeX of how the node follows
    from them ("" for none).
    """

    node: NodeId
    nodes: tuple[ProposedNode, ...]
    proof_uses: tuple[str, ...]
    proof: str = ""


def proposal_from(answer: str, snapshot: Snapshot, node: NodeId) -> Proposal | Problem:
    """The split of a node that an answer proposes, or why there is none that could be taken.

    Refused are labels that exist or stand twice, uses of what is no node, uses of the node itself or of anything that
    rests on it, cycles, and TeX that could do more than be read.
    """
    _, said = parted(answer)
    data = proposed_data(said)
    if isinstance(data, Problem):
        return data
    try:
        return _Reader(snapshot, node).proposal(data)
    except RefusedError as refused:
        return Problem(f"The proposal is refused: {refused}.", "Ask for another one.")


class _Reader:
    """Reads and checks one proposal."""

    def __init__(self, snapshot: Snapshot, node: NodeId) -> None:
        self._snapshot, self._node = snapshot, node
        self._blueprint: Blueprint = snapshot.blueprint
        self._kinds = [kind for kind in snapshot.blueprint.theorem_kinds if kind != "definition"]

    def proposal(self, data: Mapping[str, Any]) -> Proposal:
        entries = data.get("lemmas", data.get("nodes"))
        if not isinstance(entries, list) or not entries:
            raise RefusedError("it holds no list of lemmas")
        if len(entries) > MOST:
            raise RefusedError(f"it holds {len(entries)} lemmas, and {MOST} are the most")
        nodes = [self._proposed(entry, number) for number, entry in enumerate(entries, 1)]
        self._check_labels(nodes)
        ordered = tuple(_in_order(nodes))
        new = {node.label for node in nodes}
        for node in nodes:
            self._check_uses(f"{node.label} uses", (*node.uses, *node.proof_uses), new)
        proof_uses = self._proof_uses(data, nodes, new)
        proof = self._tex(data, "proof", "the new proof")
        return Proposal(self._node, ordered, proof_uses, proof)

    def _proposed(self, entry: object, number: int) -> ProposedNode:
        if not isinstance(entry, dict):
            raise RefusedError(f"its lemma {number} has no label and no statement")
        label = self._label(entry.get("label"), number)
        kind = _line(entry.get("kind")).lower() or "lemma"
        if kind not in self._kinds:
            raise RefusedError(f"{label} is of the kind {kind!r}; there are {', '.join(self._kinds)}")
        statement = self._tex(entry, "statement", f"the statement of {label}")
        if not statement:
            raise RefusedError(f"{label} has no statement")
        title = _line(self._tex(entry, "title", f"the title of {label}"))
        return ProposedNode(
            label, kind, title, statement, _labels(entry, "uses"),
            self._tex(entry, "proof", f"the proof of {label}"), _labels(entry, "proof_uses"),
        )  # fmt: skip

    def _label(self, given: object, number: int) -> str:
        label = given.strip() if isinstance(given, str) else ""
        if not label:
            raise RefusedError(f"its lemma {number} has no label")
        if _LABEL.fullmatch(label) is None:
            raise RefusedError(f"{label[:60]!r} cannot be a label")
        return label

    def _tex(self, entry: Mapping[str, Any], key: str, what: str) -> str:
        given = entry.get(key)
        if given is None:
            return ""
        if not isinstance(given, str):
            raise RefusedError(f"{what} is no text")
        if reason := danger_in(given, self._blueprint):
            raise RefusedError(f"{what} is not taken, as {reason}")
        return without_comments(given)

    def _check_labels(self, nodes: Sequence[ProposedNode]) -> None:
        taken = {*self._blueprint.labels, *self._blueprint.landmarks, *self._snapshot.nodes}
        for node in nodes:
            if node.label in taken:
                raise RefusedError(f"the label {node.label} exists already")
        seen: set[str] = set()
        for node in nodes:
            if node.label in seen:
                raise RefusedError(f"the label {node.label} stands there twice")
            seen.add(node.label)

    def _check_uses(self, what: str, labels: Sequence[str], new: set[str]) -> None:
        resting = reach(self._node, adjacency(self._snapshot.whole.edges))
        for label in labels:
            if label in new:
                continue
            node = self._blueprint.labels.get(label)
            if node is None:
                known = "names no node" if label in self._blueprint.landmarks else "does not exist"
                raise RefusedError(f"{what} {label}, which {known}")
            if node == self._node:
                raise RefusedError(f"{what} {label}, the node that is to be split")
            if node in resting:
                raise RefusedError(f"{what} {label}, which itself rests on the node that is to be split")

    def _proof_uses(self, data: Mapping[str, Any], nodes: Sequence[ProposedNode], new: set[str]) -> tuple[str, ...]:
        """What the node rests on then: as proposed, else the lemmas that no other new lemma uses."""
        inner = {label for node in nodes for label in (*node.uses, *node.proof_uses)}
        given = _labels(data, "proof_uses") or tuple(node.label for node in nodes if node.label not in inner)
        self._check_uses("the node would use", given, new)
        if not new.intersection(given):
            raise RefusedError("the node would use none of the new lemmas")
        return given


def _in_order(nodes: Sequence[ProposedNode]) -> list[ProposedNode]:
    """Each lemma behind those that it uses. Raises RefusedError where they use each other in a circle."""
    by_label = {node.label: node for node in nodes}
    used = {
        node.label: [label for label in dict.fromkeys((*node.uses, *node.proof_uses)) if label in by_label]
        for node in nodes
    }
    for label, others in used.items():
        if label in others:
            raise RefusedError(f"{label} uses itself")
    components = strong_components(list(by_label), used)
    for component in components:
        if len(component) > 1:
            raise RefusedError(f"{' and '.join(sorted(component))} use each other")
    return [by_label[component[0]] for component in components]


def _labels(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_each_label(entry.get(key))))


def _each_label(given: object) -> Iterator[str]:
    if isinstance(given, str):
        yield from (label.strip() for label in given.split(",") if label.strip())
    elif isinstance(given, list):
        for label in given:
            if not isinstance(label, str):
                raise RefusedError("a list of uses holds something that is no label")
            if label.strip():
                yield _SPACE.sub(" ", label.strip())
    elif given is not None:
        raise RefusedError("the uses of a lemma are no list of labels")


def _line(given: object) -> str:
    return _SPACE.sub(" ", given).strip() if isinstance(given, str) else ""
