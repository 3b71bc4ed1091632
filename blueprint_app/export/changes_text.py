"""What is different between two snapshots, for a terminal and for scripts."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from blueprint_app.export.titles import plain_title
from blueprint_app.insight.progress import progress_of
from blueprint_app.live.changes import Aspect, Change, counterparts
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot

SCHEMA = "blueprint-changes/1"
_LONGEST = 80


def changes_as_text(old: Snapshot, new: Snapshot, changes: Sequence[Change]) -> str:
    """From what to what, then each node that differs with what is different of it."""
    lines = [f"from  {snapshot_in_words(old)}", f"to    {snapshot_in_words(new)}", ""]
    if not changes:
        return "\n".join([*lines, "Nothing is different."]) + "\n"
    earlier = counterparts(old, new)
    for node, group in groupby(changes, key=lambda each: each.node):
        lines.append(f"{node}  {_heading(old, new, node)}".rstrip())
        for each in group:
            is_colour = each.aspect is Aspect.COLOUR
            lines.append(f"  {_declared(old, earlier[node], new, node) if is_colour else _line(each)}")
    return "\n".join([*lines, "", *_sums(old, new, changes)]) + "\n"


def changes_as_json(old: Snapshot, new: Snapshot, changes: Sequence[Change]) -> dict[str, Any]:
    """The same, schema ``blueprint-changes/1``."""
    return {
        "schema": SCHEMA,
        "from": _identity(old),
        "to": _identity(new),
        "changes": [
            {
                "node": each.node,
                "aspect": each.aspect.name.lower(),
                "before": each.before or None,
                "after": each.after or None,
            }
            for each in changes
        ],
    }


def snapshot_in_words(snapshot: Snapshot) -> str:
    """The title, and of a snapshot file when and of which commit it was made."""
    packing, title = snapshot.blueprint.packing, plain_title(snapshot.blueprint.title) or "Blueprint"
    if packing is None:
        return f"{title}, as it is now"
    when = packing.date.replace("T", " ")[:16]
    commit = f", commit {packing.commit[:10]}" if packing.commit else ""
    return f"{title}, snapshot of {when}{commit}{' with changes' if packing.is_dirty else ''}"


def _identity(snapshot: Snapshot) -> dict[str, Any]:
    packing = snapshot.blueprint.packing
    return {
        "title": snapshot.blueprint.title,
        "date": None if packing is None else packing.date,
        "commit": None if packing is None else packing.commit or None,
        "nodes": len(snapshot.blueprint.nodes),
    }


def _heading(old: Snapshot, new: Snapshot, name: NodeId) -> str:
    node = new.nodes.get(name) or old.nodes.get(name)
    return "" if node is None else node.heading


def _declared(old: Snapshot, was: NodeId, new: Snapshot, node: NodeId) -> str:
    """What the author declares of it, and what follows from that, which the other one does not have."""
    before, after = _states(old, was), _states(new, node)
    gained = [f"now {word}" for word in after if word not in before]
    lost = [f"no longer {word}" for word in before if word not in after]
    return f"declared: {', '.join((*gained, *lost))}" if gained or lost else "drawn in another colour"


def _states(snapshot: Snapshot, node: NodeId) -> list[str]:
    status, statement = snapshot.status[node], snapshot.nodes[node].statement
    states = {
        "not ready": statement.notready is not None,
        "in Mathlib": statement.mathlibok is not None,
        "stated": statement.is_leanok,
        "proved": status.proved,
        "fully proved": status.fully_proved,
        "resting on stated nodes only": status.can_state,
        "with a proof that does": status.can_prove,
    }
    return [word for word, holds in states.items() if holds]


def _line(change: Change) -> str:
    if change.before and change.after:
        return f"{change.aspect.value}: {_clipped(change.before)} → {_clipped(change.after)}"
    words = {
        Aspect.ADDED: f"new, {change.after}",
        Aspect.REMOVED: f"gone, was {change.before}",
    }
    return words.get(change.aspect, f"{change.aspect.value} changed")


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _sums(old: Snapshot, new: Snapshot, changes: Sequence[Change]) -> Iterator[str]:
    nodes = len({each.node for each in changes})
    yield f"{nodes} node{'s' if nodes > 1 else ''} differ{'' if nodes > 1 else 's'}."
    was, now = progress_of(old), progress_of(new)
    yield f"  statements in Lean  {was.stated} of {was.nodes} → {now.stated} of {now.nodes}"
    yield f"  proofs in Lean      {was.proved} of {was.to_prove} → {now.proved} of {now.to_prove}"
