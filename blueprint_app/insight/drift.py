"""Drift: places where what the author declares and what the evidence shows contradict each other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from functools import partial

from blueprint_app.insight import tex_edits
from blueprint_app.insight.references import labels_referred_to
from blueprint_app.model.blueprint import ListEntry, Node, NodeId, Passage
from blueprint_app.model.derive import declared_names
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel
from blueprint_app.model.graph import adjacency, reach
from blueprint_app.model.headline import contradiction, is_declared_done
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot


class DriftKind(StrEnum):
    """What drifted apart; the order is the order of the inbox."""

    FALSE_CLAIM = "claimed, but not so"
    STALE = "evidence older than the sources"
    RENAMED = "declaration not found"
    UNDECLARED = "done in Lean, not declared"
    TWICE = "declared twice"
    USES_MISSING = "used in Lean, not in the blueprint"
    USES_UNNEEDED = "used in the blueprint, not in Lean"
    REF_WITHOUT_USES = "referred to in the proof, not used"
    CYCLE = "cycle"
    DISCONNECTED = "connected to nothing"


@dataclass(frozen=True, slots=True)
class TexEdit:
    """A change of one file that would mend a drift: `apply` maps its text to the new text."""

    title: str
    file: str
    apply: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Drift:
    """One line of the inbox; `chain` shows step by step how Lean's declarations lead to it."""

    kind: DriftKind
    node: NodeId
    message: str
    place: Place
    chain: tuple[str, ...] = ()
    edit: TexEdit | None = None


def find_drift(snapshot: Snapshot) -> tuple[Drift, ...]:
    """The whole inbox, worst first, then in document order."""
    found: list[Drift] = []
    for node in snapshot.blueprint.nodes:
        found += _claims(snapshot, node)
        found += _names(snapshot, node)
        found += _references(snapshot, node)
    found += _twice(snapshot)
    found += _dependencies(snapshot)
    found += _shape(snapshot)
    rank = {kind: position for position, kind in enumerate(DriftKind)}
    return tuple(sorted(map(_editable, found), key=lambda drift: rank[drift.kind]))


def _editable(drift: Drift) -> Drift:
    """The line without an edit where its text is no TeX file's: a tag or a comment in Lean is written otherwise."""
    if drift.edit is None or drift.edit.file.endswith(".tex"):
        return drift
    return replace(drift, edit=None)


def false_claims(drift: Sequence[Drift]) -> tuple[Drift, ...]:
    """Those lines that make a blueprint say what is not so."""
    return tuple(each for each in drift if each.kind is DriftKind.FALSE_CLAIM)


def _claims(snapshot: Snapshot, node: Node) -> Iterator[Drift]:
    evidence, allowed = snapshot.node_evidence[node.id], snapshot.evidence.allowed_axioms
    reason = contradiction(node, evidence, allowed)
    if reason:
        in_proof = (
            is_declared_done(node) and node.proof is not None and evidence.is_found and not evidence.statement_sorry
        )
        passage = node.proof if in_proof and node.proof is not None else node.statement
        place = passage.leanok or passage.place
        edit = _remove_leanok(passage) if passage.leanok is not None else None
        yield Drift(DriftKind.FALSE_CLAIM, node.id, reason, place, _sorry_chain(evidence.declarations), edit)
    elif evidence.is_stale:
        stale = next(each for each in evidence.declarations if each.stale)
        message = f"The evidence for {stale.name} is older than its sources: build or ask Lean again."
        yield Drift(DriftKind.STALE, node.id, message, node.statement.place)
    yield from _undeclared(snapshot, node)


def _undeclared(snapshot: Snapshot, node: Node) -> Iterator[Drift]:
    evidence, allowed = snapshot.node_evidence[node.id], snapshot.evidence.allowed_axioms
    if not evidence.is_found or evidence.statement_sorry or node.statement.notready is not None:
        return
    names = ", ".join(each.name for each in evidence.declarations)
    how = (
        "Lean has checked it" if evidence.is_verified(allowed) else "the Lean text holds it without a sorry of its own"
    )
    if not node.statement.is_leanok:
        yield Drift(
            DriftKind.UNDECLARED,
            node.id,
            f"The statement is in Lean ({names}), but is not \\leanok.",
            node.statement.place,
            (),
            _add_leanok(node.statement),
        )
    proof = node.proof
    if proof is not None and not proof.is_leanok and not evidence.has_sorry and not evidence.foreign_axioms(allowed):
        yield Drift(
            DriftKind.UNDECLARED,
            node.id,
            f"{names} is proved: {how}; the proof is not \\leanok.",
            proof.place,
            (),
            _add_leanok(proof),
        )


def _sorry_chain(declarations: Sequence[DeclarationEvidence]) -> tuple[str, ...]:
    for each in declarations:
        if each.sorry_in:
            return (each.name, *each.sorry_in[:3])
    return ()


def _names(snapshot: Snapshot, node: Node) -> Iterator[Drift]:
    """Names that are not found although the project was read in full, with the nearest that exist."""
    if not node.statement.lean:
        return
    for entry in node.statement.lean[-1].entries:
        evidence = snapshot.evidence.of(entry.text)
        if not entry.text or evidence.level is not EvidenceLevel.MISSING:
            continue
        near = _nearest(entry.text, snapshot.evidence.declarations)
        message = f"{entry.text} is not among the project's declarations."
        if near:
            yield Drift(
                DriftKind.RENAMED, node.id, f"{message} Nearest: {near}.", entry.place, (), _rename(entry, near)
            )
        else:
            yield Drift(DriftKind.RENAMED, node.id, message, entry.place)


def _nearest(name: str, declarations: Mapping[str, DeclarationEvidence]) -> str:
    last = name.rsplit(".", 1)[-1]
    same = [each for each in declarations if each.rsplit(".", 1)[-1] == last]
    if len(same) == 1:
        return same[0]
    return next(iter(get_close_matches(name, same or list(declarations), n=1, cutoff=0.75)), "")


def _references(snapshot: Snapshot, node: Node) -> Iterator[Drift]:
    """Nodes that a proof refers to without using them, directly or through what it uses."""
    if node.proof is None:
        return
    used = {*snapshot.statement_uses[node.id], *snapshot.proof_uses[node.id]}
    labels = snapshot.blueprint.labels
    for label in labels_referred_to(node.proof.tex):
        target = labels.get(label)
        if target is None or target == node.id or target in used:
            continue
        used.add(target)
        yield Drift(
            DriftKind.REF_WITHOUT_USES,
            node.id,
            f"The proof refers to {target}, but does not use it.",
            node.proof.place,
            (),
            _add_uses(node.proof, label),
        )


def _twice(snapshot: Snapshot) -> Iterator[Drift]:
    owners: dict[str, list[Node]] = {}
    for node in snapshot.blueprint.nodes:
        for name in declared_names(node, snapshot.reading):
            owners.setdefault(name, []).append(node)
    for name, nodes in owners.items():
        if len(nodes) > 1:
            message = f"{name} is the declaration of {len(nodes)} nodes: {', '.join(node.id for node in nodes[:4])}."
            yield Drift(DriftKind.TWICE, nodes[1].id, message, nodes[1].statement.lean[-1].place)


def _dependencies(snapshot: Snapshot) -> Iterator[Drift]:
    """Uses that Lean has and the blueprint lacks, and the other way round, where Lean's side is known."""
    owner = {name: node.id for node in snapshot.blueprint.nodes for name in declared_names(node, snapshot.reading)}
    before = adjacency(snapshot.whole.edges, backwards=True)
    for node in snapshot.blueprint.nodes:
        declarations = snapshot.node_evidence[node.id].declarations
        if not declarations or any(each.uses is None or each.has_own_sorry for each in declarations):
            continue
        needed: dict[NodeId, str] = {}
        for each in declarations:
            for name in each.uses or ():
                other = owner.get(name)
                if other is not None and other != node.id:
                    needed.setdefault(other, f"{each.name} uses {name}")
        below = reach(node.id, before)
        for other, chain in needed.items():
            if other not in below:
                passage = node.proof or node.statement
                yield Drift(
                    DriftKind.USES_MISSING,
                    node.id,
                    f"In Lean it rests on {other}, which the blueprint does not say.",
                    passage.place,
                    (chain,),
                    _add_uses(passage, other),
                )
        yield from _unneeded(snapshot, node, set(needed))


def _unneeded(snapshot: Snapshot, node: Node, needed: set[NodeId]) -> Iterator[Drift]:
    for passage in (node.statement, node.proof):
        for command in passage.uses[-1:] if passage is not None else ():
            for entry in command.entries:
                other = snapshot.blueprint.labels.get(entry.text)
                if other is None or other in needed or not snapshot.node_evidence[other].is_found:
                    continue
                remove = partial(tex_edits.remove_entry, command=command, entry=entry)
                edit = TexEdit(f"Remove {entry.text} from \\uses", entry.place.file, remove)
                yield Drift(
                    DriftKind.USES_UNNEEDED, node.id, f"Its Lean text does not use {other}.", entry.place, (), edit
                )


def _shape(snapshot: Snapshot) -> Iterator[Drift]:
    for cycle in snapshot.whole.cycles:
        node = snapshot.nodes[cycle[0]]
        yield Drift(DriftKind.CYCLE, node.id, f"{' → '.join((*cycle[:5], cycle[0]))}", node.statement.place)
    if not snapshot.whole.edges:
        return
    connected = {end for edge in snapshot.whole.edges for end in (edge.source, edge.target)}
    for node in snapshot.blueprint.nodes:
        if node.id not in connected:
            yield Drift(
                DriftKind.DISCONNECTED,
                node.id,
                f"{node.heading} uses nothing and nothing uses it.",
                node.statement.place,
            )


def _remove_leanok(passage: Passage) -> TexEdit:
    place = passage.leanok
    assert place is not None
    return TexEdit("Remove \\leanok", place.file, lambda text: tex_edits.remove_flag(text, "leanok", place))


def _add_leanok(passage: Passage) -> TexEdit:
    return TexEdit("Add \\leanok", passage.place.file, lambda text: tex_edits.add_flag(text, "leanok", passage))


def _add_uses(passage: Passage, label: str) -> TexEdit:
    return TexEdit(f"Add {label} to \\uses", passage.place.file, lambda text: tex_edits.add_uses(text, label, passage))


def _rename(entry: ListEntry, name: str) -> TexEdit:
    return TexEdit(f"Rename to {name}", entry.place.file, lambda text: tex_edits.replace_entry(text, entry, name))
