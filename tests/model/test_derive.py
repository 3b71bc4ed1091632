"""A snapshot with other evidence is the one that would be derived with it from the start."""

from pathlib import Path

import pytest

from blueprint_app.bootstrap.lean_side import LeanSide
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.model.blueprint import Reading
from blueprint_app.model.derive import snapshot_of, with_evidence


@pytest.mark.parametrize("reading", list(Reading))
@pytest.mark.parametrize("name", ["primes", "chapters", "cycle", "architect", "lists"])
def test_other_evidence_changes_only_what_rests_on_it(
    samples_folder: Path, tmp_path: Path, name: str, reading: Reading
) -> None:
    folder = samples_folder / name
    bare = open_project(folder, reading)
    evidence = LeanSide(folder, tmp_path).evidence(bare.blueprint)
    known = snapshot_of(bare.blueprint, reading, evidence, bare.provenance)
    assert with_evidence(bare, evidence, bare.provenance) == known
    assert with_evidence(known, bare.evidence, bare.provenance) == bare
    assert with_evidence(bare, evidence, bare.provenance).whole is bare.whole
