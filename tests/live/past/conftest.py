"""``repository``: an empty git repository to fill."""

import shutil
from pathlib import Path

import pytest

from tests.live.past.repositories import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty one."""
    if shutil.which("git") is None:
        pytest.skip("no git on PATH")
    return Repository(tmp_path / "project")
