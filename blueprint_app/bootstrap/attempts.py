"""The attempts that are recorded of a project, and what they tell of its nodes."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.bootstrap.running import Check, unchecked
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.provenance import NO_PROVENANCE, ProjectProvenance
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.snapshot_path import is_snapshot_file

if TYPE_CHECKING:
    from blueprint_app.assistant.records.store import AttemptStore


def attempt_store(folder: Path) -> "AttemptStore":
    """The attempts of a project; the same store for the same folder, as it keeps what it read.

    For a snapshot file those that it carries. Raises BlueprintError where such a file cannot be read.
    """
    return _packed_attempts(folder) if is_snapshot_file(folder) else _store_of(folder)


@lru_cache(maxsize=8)
def _store_of(folder: Path) -> "AttemptStore":
    from blueprint_app.assistant.records.store import AttemptStore

    return AttemptStore(folder)


def _packed_attempts(path: Path) -> "AttemptStore":
    from blueprint_app.assistant.records.packed import PackedAttempts
    from blueprint_app.export.snapshot_file import read_snapshot

    return PackedAttempts(path, read_snapshot(path).attempts)


def failed_attempts(snapshot: Snapshot) -> dict[NodeId, int]:
    """How many attempts failed at each node, by the labels that nodes have now."""
    folder = Path(snapshot.blueprint.folder)
    # Most projects have no records, and need no reader of them.
    if not is_snapshot_file(folder) and not (folder / "blueprint" / "attempts").is_dir():
        return {}
    from blueprint_app.assistant.records.record import Outcome

    labels, found = snapshot.blueprint.labels, dict[NodeId, int]()
    for record in attempt_store(folder).read()[0]:
        node = labels.get(record.node, NodeId(record.node))
        if record.outcome is Outcome.FAILED and node in snapshot.nodes:
            found[node] = found.get(node, 0) + 1
    return found


def provenance_at(folder: Path, check: Check = unchecked) -> ProjectProvenance:
    """What the records of a project tell of who wrote its Lean text, as they are now."""
    # Most projects have no records, and need no reader of them.
    if not (folder / "blueprint" / "attempts").is_dir():
        return NO_PROVENANCE
    from blueprint_app.assistant.records.provenance import provenance_of

    return provenance_of(*attempt_store(folder).read(check))
