"""Worker processes for the layout tests, ended at the end of each module."""

import pytest

from blueprint_app.layout.child import Children


@pytest.fixture(scope="module")
def children():
    """A place to ask engines: ``children.place("dot", problem, check, seconds)``."""
    kept = Children()
    yield kept
    kept.close()
