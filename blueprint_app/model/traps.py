"""Places where leanblueprint's reading fails or misleads: each becomes a diagnostic with its place."""

from collections.abc import Iterator
from functools import lru_cache

from blueprint_app.model.blueprint import Blueprint, ListCommand, Node, NodeId, Passage, Reading
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot


def find_traps(snapshot: Snapshot) -> tuple[Diagnostic, ...]:
    """All such places, in document order."""
    found: list[Diagnostic] = []
    for node in snapshot.blueprint.nodes:
        found += _lists(snapshot, node)
        found += _claims(snapshot, node)
        found += _labels(node)
    found += _cycles(snapshot)
    return tuple(found)


def _lists(snapshot: Snapshot, node: Node) -> Iterator[Diagnostic]:
    passages = [("statement", node.statement)]
    if node.proof is not None:
        passages.append(("proof", node.proof))
    for part, passage in passages:
        yield from _repeated(node, part, "uses", passage.uses, snapshot.reading)
        yield from _repeated(node, part, "lean", passage.lean, snapshot.reading)
        yield from _entries(snapshot.blueprint, node, passage)
    if node.proof is not None and node.proof.lean:
        yield _warning(
            node,
            "lean-in-proof",
            f"\\lean in the proof of {node.id} does not name the node's declaration.",
            "Move it into the statement.",
            node.proof.lean[-1].place,
        )


def _repeated(
    node: Node, part: str, command: str, lists: tuple[ListCommand, ...], reading: Reading
) -> Iterator[Diagnostic]:
    last = set(lists[-1].texts) if lists else set()
    lost = [text for each in lists[:-1] for text in each.texts if text and text not in last]
    if lost:
        effect = (
            "leanblueprint reads the last one only and loses"
            if reading is Reading.LEANBLUEPRINT
            else "lost by leanblueprint:"
        )
        yield _warning(
            node,
            f"{command}-repeated",
            f"The {part} of {node.id} has {len(lists)} \\{command}; {effect} {_listed(lost)}.",
            f"Join them in one \\{command}{{...}}.",
            lists[-1].place,
        )


def _entries(blueprint: Blueprint, node: Node, passage: Passage) -> Iterator[Diagnostic]:
    for command in passage.uses:
        for entry in command.entries:
            landmark = blueprint.landmarks.get(entry.text)
            if entry.text and entry.text not in blueprint.labels and (landmark is None or not landmark.usable):
                yield _warning(
                    node,
                    "uses-unresolved",
                    f"{node.id} uses {entry.text}, but there is no such label.",
                    _nearest(blueprint, entry.text),
                    entry.place,
                )
            elif landmark is not None and entry.text not in blueprint.labels:
                yield _warning(
                    node,
                    "uses-no-node",
                    f"{node.id} uses {entry.text}, which is no node but a {landmark.kind}.",
                    "No edge is drawn, yet leanblueprint waits for it to be \\leanok. Use the node that holds it.",
                    entry.place,
                )


def _nearest(blueprint: Blueprint, label: str) -> str:
    near = _close_to(label, tuple(blueprint.labels))
    return f"Did you mean {near[0]}?" if near else "Correct the label, or remove it."


@lru_cache(maxsize=256)
def _close_to(label: str, labels: tuple[str, ...]) -> list[str]:
    """Kept, as a project that is followed has the same faults again and again."""
    from difflib import get_close_matches

    return get_close_matches(label, labels, n=1, cutoff=0.8)


def _claims(snapshot: Snapshot, node: Node) -> Iterator[Diagnostic]:
    statement, proof = node.statement, node.proof
    if proof is not None and proof.notready is not None:
        yield _warning(
            node,
            "notready-in-proof",
            f"\\notready in the proof of {node.id} has no effect in leanblueprint.",
            "Put it into the statement if the node is not ready.",
            proof.notready,
        )
    if proof is not None and proof.is_leanok and not statement.is_leanok:
        yield _warning(
            node,
            "proof-without-statement",
            f"The proof of {node.id} is \\leanok, its statement is not.",
            "Add \\leanok to the statement, or remove it from the proof.",
            proof.leanok or proof.mathlibok,
        )
    if statement.notready is not None and statement.is_leanok:
        yield _warning(
            node,
            "notready-but-leanok",
            f"{node.id} is \\notready and \\leanok at once.",
            "Remove one of them.",
            statement.notready,
        )
    users = snapshot.used_by[node.id]
    if statement.mathlibok is not None and proof is None and node.kind != "definition" and users:
        yield _note(
            node,
            "mathlib-blocks",
            f"{node.id} is in Mathlib but has no proof here, so that leanblueprint never shows "
            f"the {len(users)} nodes above it as fully proved.",
            "Add a proof with \\leanok, or use the strict reading.",
            statement.mathlibok,
        )
    if node.kind == "definition" and not statement.is_leanok and users:
        fooled = [user for user in users if snapshot.status[user].fully_proved]
        if fooled and snapshot.reading is Reading.LEANBLUEPRINT:
            yield _warning(
                node,
                "definition-unformalised",
                f"{node.id} is not formalised, yet {_listed(fooled)} built on it shows as fully proved.",
                "leanblueprint does not look at definitions; the strict reading does.",
                statement.place,
            )
    if node.spare_proofs:
        yield _warning(
            node,
            "proof-repeated",
            f"{node.id} has {len(node.spare_proofs) + 1} proofs; only the last one counts.",
            "Make the others remarks, or give them their own statements.",
            node.spare_proofs[0].place,
        )


def _labels(node: Node) -> Iterator[Diagnostic]:
    if not node.labels:
        yield _note(
            node,
            "node-unlabelled",
            f"{node.heading} has no label, so that nothing can use it.",
            "Add \\label{...} to it.",
            node.statement.place,
        )
    elif node.id not in node.labels:
        yield _warning(
            node,
            "label-repeated",
            f"The label {node.labels[-1]} is given twice; leanblueprint draws one of its owners.",
            "Give one of them another label.",
            node.statement.place,
        )


def _cycles(snapshot: Snapshot) -> Iterator[Diagnostic]:
    for cycle in snapshot.whole.cycles:
        node = snapshot.nodes[cycle[0]]
        message = f"{node.id} uses itself." if len(cycle) == 1 else f"{_listed(cycle)} rest on each other."
        yield Diagnostic(
            Severity.ERROR,
            "cycle",
            message,
            "Remove one of these \\uses; leanblueprint itself stops here with a recursion error.",
            _first_use(snapshot, cycle),
            node.id,
        )


def _first_use(snapshot: Snapshot, cycle: tuple[NodeId, ...]) -> Place:
    """The place of a ``\\uses`` entry that closes the cycle."""
    node = snapshot.nodes[cycle[0]]
    inside = set(cycle)
    for passage in (node.statement, node.proof):
        for command in passage.uses if passage is not None else ():
            for entry in command.entries:
                if snapshot.blueprint.labels.get(entry.text) in inside:
                    return entry.place
    return node.statement.place


def _listed(names: "list[str] | list[NodeId] | tuple[NodeId, ...]") -> str:
    shown = ", ".join(names[:4])
    return f"{shown} and {len(names) - 4} more" if len(names) > 4 else shown


def _warning(node: Node, code: str, message: str, hint: str, place: Place | None) -> Diagnostic:
    return Diagnostic(Severity.WARNING, code, message, hint, place, node.id)


def _note(node: Node, code: str, message: str, hint: str, place: Place | None) -> Diagnostic:
    return Diagnostic(Severity.NOTE, code, message, hint, place, node.id)
