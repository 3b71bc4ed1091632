"""Snapshots that tests of the assistant share: the sample with its Lean side, and a real blueprint."""

from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint_app.bootstrap.lean_side import LeanSide
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.snapshot import Snapshot


def with_lean(folder: Path) -> Snapshot:
    """The snapshot of a project with what its Lean files show; Lean is not run."""
    opened = open_project(folder)
    return snapshot_of(opened.blueprint, opened.reading, LeanSide(folder).evidence(opened.blueprint))


@pytest.fixture(scope="session")
def primes_folder(samples_folder: Path) -> Path:
    return samples_folder / "primes"


@pytest.fixture(scope="session")
def primes(primes_folder: Path) -> Snapshot:
    return with_lean(primes_folder)


@pytest.fixture(scope="session")
def read_with_lean() -> Callable[[Path], Snapshot]:
    return with_lean


@pytest.fixture(scope="session")
def pfr(corpus_folder: Path) -> Snapshot:
    return open_project(corpus_folder / "pfr")
