"""Starting the program: with no display, for a command, and without what the first window does not need."""

import os
import subprocess
import sys

import pytest

from blueprint_app import __main__ as program
from blueprint_app.ui import app
from tests.e2e.conftest import PATIENCE


def run(*arguments, **environment):
    variables = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    root = os.path.dirname(os.path.dirname(program.__file__))
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, env={**variables, "PYTHONPATH": root, **environment}, capture_output=True, text=True, timeout=120
    )


def test_with_no_display_it_names_the_commands_that_work_and_fails(samples_folder):
    ended = run("-m", "blueprint_app", str(samples_folder / "primes"), QT_QPA_PLATFORM="")
    assert ended.returncode == 2
    assert "no display" in ended.stderr
    for command in ("status", "show", "graph"):
        assert f"blueprint-explorer {command}" in ended.stderr


def test_a_command_needs_neither_display_nor_qt(samples_folder):
    script = (
        "import sys; from blueprint_app.__main__ import main; "
        "status = main(['status', sys.argv[1]]); assert 'PySide6' not in sys.modules; sys.exit(status)"
    )
    ended = run("-c", script, str(samples_folder / "primes"), QT_QPA_PLATFORM="")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout


def test_the_first_window_waits_for_nothing_heavy():
    script = (
        "import sys; from blueprint_app.ui import app; "
        "application = app.make_application(); window = app.make_window(); "
        "print(*(name for name in ('openai', 'networkx', 'scipy', 'pygraphviz', 'PySide6.QtWebEngineCore') "
        "if name in sys.modules)); window.close()"
    )
    ended = run("-c", script, QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == ""


def test_a_missing_system_library_is_explained():
    script = """
import sys
from blueprint_app.__main__ import open_window

class WithoutGraphics:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "PySide6.QtCore":
            raise ImportError("libEGL.so.1: cannot open shared object file", name=name)

sys.meta_path.insert(0, WithoutGraphics)
sys.exit(open_window(None))
"""
    ended = run("-c", script, QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 2
    assert "libEGL.so.1" in ended.stderr
    assert "apt-get install" in ended.stderr


def test_a_failure_before_there_is_a_window_is_told_on_the_terminal():
    script = """
import sys
from blueprint_app.ui import app

def fail():
    raise RuntimeError("no window today")

app.make_window = fail
sys.exit(app.run(None))
"""
    ended = run("-c", script, QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 1
    assert "no window today" in ended.stderr
    assert "Blueprint Explorer 0." in ended.stderr


@pytest.mark.parametrize("arguments", [["status"], ["no-such-command"]])
def test_what_is_no_folder_is_left_to_the_command_line(arguments, monkeypatch):
    from blueprint_app import cli

    asked = []
    monkeypatch.setattr(cli, "main", lambda given: asked.append(given) or 7)
    assert program.main(arguments) == 7
    assert asked == [arguments]


def test_the_very_first_start_opens_the_sample_and_says_so(window, qtbot):
    with qtbot.waitSignal(window.graph.canvas.settled, timeout=PATIENCE):
        app.open_first(window, None)
    assert window.session.project.snapshot.blueprint.folder.endswith("primes")
    (notice,) = window.notices.notices
    assert "sample" in notice.text
    assert [offer.text for offer in notice.offers] == ["Take a short tour", "Open a project", "Not now"]


def test_a_later_start_offers_what_was_open_last(window, samples_folder):
    window.settings["recent"] = (str(samples_folder / "cycle"),)
    app.open_first(window, None)
    assert window.session.project is None
    assert window.centre.currentWidget() is window.start_page


def test_the_widths_of_the_side_parts_are_remembered(window, qtbot):
    with qtbot.waitSignal(window.graph.canvas.settled, timeout=PATIENCE):
        app.open_first(window, None)
    window.resizeDocks([window.outline_dock], [360], app.Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: window.outline_dock.width() == 360, timeout=PATIENCE)
    window.close()
    assert window.settings["widths"].split()[0] == "360"
