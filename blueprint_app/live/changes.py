"""What is different between two snapshots of a project, node by node: the lines of "changed since"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from blueprint_app.model.blueprint import Node, NodeId, Passage
from blueprint_app.model.snapshot import Snapshot


class Aspect(StrEnum):
    """What of a node changed; the value is the text shown. The order is from what matters most."""

    HEADLINE = "state"
    COLOUR = "colour"
    ADDED = "new"
    REMOVED = "gone"
    RENAMED = "renamed"
    STATEMENT = "statement"
    PROOF = "proof"
    TITLE = "title"
    USES = "uses"
    DECLARATIONS = "Lean declarations"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed of one node.

    `node` is its id in the newer snapshot, or in the older one if it is gone there. `before` and
    `after` are short texts where such tell the change (headlines, labels, titles, names), else "".
    """

    node: NodeId
    aspect: Aspect
    before: str = ""
    after: str = ""


def changes_between(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """All changes from `old` to `new`, in the order of the new document, nodes that are gone last.

    A node whose label is new but whose text is that of one that is gone counts as renamed.
    Numbers and places in files do not count: they move with every line above them.
    """
    earlier = counterparts(old, new)
    found: list[Change] = []
    for node in new.blueprint.nodes:
        if node.id in earlier:
            found.extend(_changes_of(old, new, old.nodes[earlier[node.id]], node, earlier))
        else:
            found.append(Change(node.id, Aspect.ADDED, after=new.headlines[node.id].value))
    kept = set(earlier.values())
    found.extend(
        Change(node.id, Aspect.REMOVED, before=old.headlines[node.id].value)
        for node in old.blueprint.nodes
        if node.id not in kept
    )
    return tuple(found)


def counterparts(old: Snapshot, new: Snapshot) -> dict[NodeId, NodeId]:
    """For each node of `new` that was in `old`, what it was called there.

    Labelled nodes are known by their ids. The others, and those whose ids are in one snapshot
    alone, are known by their text, where it is the only one such; ids that only count unlabelled nodes say
    least and come last.
    """
    matched = {node.id: node.id for node in new.blueprint.nodes if node.labels and _is_labelled(old, node.id)}
    taken = set(matched.values())
    by_text = _by_text(node for node in old.blueprint.nodes if node.id not in taken)
    wanted = _by_text(node for node in new.blueprint.nodes if node.id not in matched)
    for text, node in wanted.items():
        if node is not None and (known := by_text.get(text)) is not None:
            matched[node] = known
            taken.add(known)
    for each in new.blueprint.nodes:
        if each.id not in matched and each.id not in taken and not each.labels and each.id in old.nodes:
            matched[each.id] = each.id
            taken.add(each.id)
    return matched


def _is_labelled(snapshot: Snapshot, node: NodeId) -> bool:
    return node in snapshot.nodes and bool(snapshot.nodes[node].labels)


def _by_text(nodes: Iterator[Node]) -> dict[tuple[str, str], NodeId | None]:
    """Ids by kind and statement; None where several share them."""
    found: dict[tuple[str, str], NodeId | None] = {}
    for node in nodes:
        key = (node.kind, node.statement.tex)
        if node.statement.tex:
            found[key] = None if key in found else node.id
    return found


def _changes_of(
    old: Snapshot, new: Snapshot, before: Node, after: Node, earlier: Mapping[NodeId, NodeId]
) -> Iterator[Change]:
    node = after.id
    headlines = old.headlines[before.id].value, new.headlines[node].value
    if headlines[0] != headlines[1]:
        yield Change(node, Aspect.HEADLINE, *headlines)
    if old.status[before.id] != new.status[node]:
        yield Change(node, Aspect.COLOUR)
    if before.id != node and (before.labels or after.labels):
        yield Change(node, Aspect.RENAMED, before.id, node)
    if (before.kind, before.statement.tex) != (after.kind, after.statement.tex):
        yield Change(node, Aspect.STATEMENT)
    if _text(before.proof) != _text(after.proof):
        yield Change(node, Aspect.PROOF)
    if before.title != after.title:
        yield Change(node, Aspect.TITLE, before.title, after.title)
    if _uses(old, before.id) != {earlier.get(used, used) for used in _uses(new, node)}:
        yield Change(node, Aspect.USES)
    names = _declarations(before), _declarations(after)
    if names[0] != names[1]:
        yield Change(node, Aspect.DECLARATIONS, ", ".join(names[0]), ", ".join(names[1]))


def _text(passage: Passage | None) -> str | None:
    return None if passage is None else passage.tex


def _uses(snapshot: Snapshot, node: NodeId) -> set[NodeId]:
    return {*snapshot.statement_uses[node], *snapshot.proof_uses[node]}


def _declarations(node: Node) -> tuple[str, ...]:
    passages = (node.statement, node.proof)
    return tuple(
        dict.fromkeys(
            name for passage in passages if passage for command in passage.lean for name in command.texts if name
        )
    )
