"""Opening a project that is open already raises its window."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from blueprint_app.ui.window import one_window
from blueprint_app.ui.window.one_window import OpenMark, raise_other
from tests.e2e.conftest import PATIENCE

REPOSITORY = Path(__file__).parents[2]

# The offscreen platform has nothing to raise a window above.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


@pytest.fixture(autouse=True)
def own_cache(monkeypatch):
    """A cache folder with a short name: the system limits the length of a socket's path."""
    with tempfile.TemporaryDirectory(prefix="bw-") as folder:
        monkeypatch.setenv("XDG_CACHE_HOME", folder)
        yield Path(folder) / "blueprint-explorer"


def second_start(project: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "blueprint_app", str(project)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(os.name != "posix", reason="looks at sockets in a folder")
def test_a_second_start_raises_the_window_and_ends(window, qtbot, sample_copy):
    project = sample_copy("cycle")
    OpenMark(window)
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
        window.session.open(project)
    window.showMinimized()
    assert window.isMinimized()
    started = second_start(project)
    qtbot.waitUntil(lambda: started.poll() is not None, timeout=PATIENCE)
    assert started.returncode == 0
    assert "open already" in started.communicate()[0]
    assert not window.isMinimized()


@pytest.mark.skipif(os.name != "posix", reason="looks at sockets in a folder")
def test_no_window_is_raised_that_shows_another_project_or_none(window, qtbot, sample_copy, own_cache):
    first, second = sample_copy("cycle"), sample_copy("comments")
    OpenMark(window)
    assert not raise_other(first)
    for project in (first, second):
        with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
            window.session.open(project)
    assert not raise_other(first)
    assert len(list((own_cache / "open").iterdir())) == 1


@pytest.mark.skipif(os.name != "posix", reason="looks at sockets in a folder")
def test_a_socket_that_a_killed_process_left_is_no_window(window, qtbot, sample_copy, own_cache):
    project = sample_copy("cycle")
    left = second_start(project)
    folder = own_cache / "open"

    def has_one_socket():
        # It is made in a folder of its own beside, and moved.
        return folder.is_dir() and [each.is_socket() for each in folder.iterdir()] == [True]

    qtbot.waitUntil(has_one_socket, timeout=PATIENCE)
    left.kill()
    left.communicate()
    assert has_one_socket()
    assert not raise_other(project)
    OpenMark(window)
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
        window.session.open(project)
    started = second_start(project)
    qtbot.waitUntil(lambda: started.poll() is not None, timeout=PATIENCE)
    assert "open already" in started.communicate()[0]


def test_where_the_path_would_be_too_long_there_are_two_windows(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ("long" * 30)))
    if os.name == "posix":
        assert one_window._address(tmp_path) == ""
    assert not raise_other(tmp_path)
