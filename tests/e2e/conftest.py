"""The real window over real projects: reader, layout engine, web engine and all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint_app.ui import app
from blueprint_app.ui.main_window import MainWindow
from blueprint_app.ui.settings import Settings

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
    """A function that opens a project and waits until its graph is painted crisp and its overview is shown."""

    def open_project(path: Path) -> MainWindow:
        signals = [
            window.graph.canvas.settled,
            window.session.searchable,
            window.session.filtered,
            window.page.reading.rendered,
        ]
        with qtbot.waitSignals(signals, timeout=PATIENCE):
            window.session.open(path)
        return window

    return open_project
