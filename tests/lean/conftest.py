"""Projects that the real Lean built, once for all tests of a worker."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.lean.cheats import SOURCES
from tests.lean.records.projects import write_project


def lake_build(lake: str, folder: Path) -> str:
    """Build a project and return what was printed."""
    done = subprocess.run(
        [lake, "build"],
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    return done.stdout


@pytest.fixture(scope="session")
def built_primes(lake: str, samples_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built copy of the sample `primes`; not to be changed (ask for `primes_copy` to change one)."""
    folder = tmp_path_factory.mktemp("built") / "primes"
    shutil.copytree(samples_folder / "primes", folder, ignore=shutil.ignore_patterns(".lake"))
    printed = lake_build(lake, folder)
    assert "Build completed successfully" in printed, printed
    return folder


@pytest.fixture
def primes_copy(built_primes: Path, tmp_path: Path) -> Path:
    """A copy of the built sample, records and all, for a test to change."""
    return shutil.copytree(built_primes, tmp_path / "primes")


@pytest.fixture(scope="session")
def built_cheats(lake: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built project of `tests/lean/cheats.py`; not to be changed."""
    folder = write_project(tmp_path_factory.mktemp("cheats") / "small", SOURCES)
    printed = lake_build(lake, folder)
    assert "Build completed successfully" in printed, printed
    return folder


@pytest.fixture(scope="session")
def cheats_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder that Lean's answers about it are kept in."""
    return tmp_path_factory.mktemp("answers")
