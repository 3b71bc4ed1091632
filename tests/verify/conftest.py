"""Projects for drafts to be judged in, built once by the real Lean, and a Lean that the sandbox can reach."""

import os
import shutil
from pathlib import Path

import pytest

from blueprint_app.verify.sandbox import NoSandbox, find_sandbox
from tests.lean.conftest import lake_build, once_for_all_workers
from tests.lean.records.projects import write_project
from tests.verify.attacks import SOURCES


@pytest.fixture(scope="session")
def judged_lean(lake: str) -> str:
    """``lake`` where drafts can be judged: there is a sandbox too. The test is skipped where not."""
    found = find_sandbox()
    if isinstance(found, NoSandbox):
        pytest.skip(f"no sandbox: {found.reason}")
    return lake


@pytest.fixture(scope="session")
def programs_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that all workers share, so that the judge is compiled once."""
    own = tmp_path_factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "judge-cache"


@pytest.fixture(scope="session")
def built_arena(judged_lean: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built project of `tests/verify/attacks.py`; not to be changed."""

    def make(folder: Path) -> None:
        write_project(folder, SOURCES)
        lakefile = (folder / "lakefile.toml").read_text(encoding="utf-8")
        (folder / "lakefile.toml").write_text(lakefile.replace("Small", "Arena"), encoding="utf-8")
        printed = lake_build(judged_lean, folder)
        assert "Build completed successfully" in printed, printed

    return once_for_all_workers(tmp_path_factory, "built-arena", make)


@pytest.fixture
def arena_copy(built_arena: Path, tmp_path: Path) -> Path:
    """A copy of it for a test to change."""
    return shutil.copytree(built_arena, tmp_path / "arena")
