"""Projects that the real Lean built, once for all tests of a worker."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable
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
        timeout=1200,
        check=False,
    )
    return done.stdout


def once_for_all_workers(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to ask for it makes and the others wait for."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            # Records name the folder that they were made in; nothing compares more than the end of a path.
            unfinished.rename(folder)
    return folder


@pytest.fixture(scope="session")
def built_primes(lake: str, samples_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built copy of the sample `primes`; not to be changed (ask for `primes_copy` to change one)."""

    def make(folder: Path) -> None:
        shutil.copytree(samples_folder / "primes", folder, ignore=shutil.ignore_patterns(".lake"))
        printed = lake_build(lake, folder)
        assert "Build completed successfully" in printed, printed

    return once_for_all_workers(tmp_path_factory, "built-primes", make)


@pytest.fixture
def primes_copy(built_primes: Path, tmp_path: Path) -> Path:
    """A copy of the built sample, records and all, for a test to change."""
    return shutil.copytree(built_primes, tmp_path / "primes")


@pytest.fixture(scope="session")
def built_cheats(lake: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built project of `tests/lean/cheats.py`; not to be changed."""

    def make(folder: Path) -> None:
        write_project(folder, SOURCES)
        printed = lake_build(lake, folder)
        assert "Build completed successfully" in printed, printed

    return once_for_all_workers(tmp_path_factory, "built-cheats", make)


@pytest.fixture(scope="session")
def cheats_cache(built_cheats: Path) -> Path:
    """The cache folder that Lean's answers about it are kept in."""
    return built_cheats.with_name("answers")
