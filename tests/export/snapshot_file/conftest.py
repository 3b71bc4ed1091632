"""A project with all that a snapshot file can carry, and the file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from blueprint_app.assistant.records.record import Judgement, Outcome
from blueprint_app.bootstrap.attempts import attempt_store
from blueprint_app.bootstrap.lean_side import lean_side
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.bootstrap.packing import pack_project
from blueprint_app.model.derive import with_evidence
from blueprint_app.model.headline import Headline
from blueprint_app.model.provenance import statement_hash
from blueprint_app.model.snapshot import Snapshot
from tests.assistant.records.attempts import full


@dataclass
class Packed:
    snapshot: Snapshot
    path: Path


def with_lean(folder: Path) -> Snapshot:
    snapshot = open_project(folder)
    return with_evidence(snapshot, lean_side(folder).evidence(snapshot.blueprint), snapshot.provenance)


def record_attempts(folder: Path, node: str) -> None:
    store, snapshot = attempt_store(folder), open_project(folder)
    digest = statement_hash(next(each for each in snapshot.blueprint.nodes if each.id == node))
    failed = store.write(full(node), "theorem café : True := by\r\n  sorry\n", ".lean")
    store.mark(failed, Judgement.NOTE, "Ada", "nearly")
    waiting = full(node, "2026-11-04T08:00:00+00:00", outcome=Outcome.COMPILED, statement_sha256=digest, task="state")
    store.write(waiting, "theorem drafted : True := by\n  sorry\n", ".lean")


@pytest.fixture
def packed(sample_copy: Callable[[str], Path], tmp_path: Path) -> Packed:
    """The sample `chapters` with evidence and attempts."""
    folder = sample_copy("chapters")
    headlines = open_project(folder).headlines
    record_attempts(folder, next(node for node, headline in headlines.items() if headline is Headline.INFORMAL))
    snapshot = with_lean(folder)
    path = tmp_path / "chapters.bpsnap"
    pack_project(snapshot, path)
    return Packed(snapshot, path)


@pytest.fixture
def packed_path(packed: Packed) -> Path:
    """The file alone: random tests write out what they are given."""
    return packed.path
