"""The real window over real projects: reader, layout engine, web engine and all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint_app.ui import app
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.window.main_window import MainWindow

# Starting the web engine and Graphviz on a busy machine.
PATIENCE = 60_000


@pytest.fixture
def window(qtbot, tmp_path) -> MainWindow:
    """The window as the program makes it, with settings of its own."""
    made = app.make_window(Settings(tmp_path / "settings.json"))
    made.resize(1400, 900)
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def opened(window, qtbot) -> Callable[[Path], MainWindow]:
    """A function that opens a project and waits until graph, overview and what the Lean side shows stand."""

    def open_project(path: Path) -> MainWindow:
        signals = [
            window.graph.canvas.settled,
            window.session.searchable,
            window.session.filtered,
            window.page.reading.rendered,
        ]
        with qtbot.waitSignals([*signals, window.session.renewed], timeout=PATIENCE):
            window.session.open(path)
        # What the Lean side shows is painted once more, and must not be taken for what a test waits for.
        canvas, slots = window.graph.canvas, ("scene", "filter", "search", "page")
        qtbot.waitUntil(
            lambda: not any(map(window.jobs.is_running, slots)) and canvas.pictures.is_idle(canvas.viewport),
            timeout=PATIENCE,
        )
        return window

    return open_project
