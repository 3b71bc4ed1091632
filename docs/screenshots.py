"""Takes the pictures of the documentation from the running app, so that they show what is really there.

usage: .venv/bin/python docs/screenshots.py [PROJECT [LABEL [NAME]]]

Writes ``docs/images/NAME-light.png`` and ``NAME-dark.png``: the window with PROJECT (default: the sample ``primes``)
open and the node LABEL selected, after its graph has been placed and its formulas typeset. Needs no display.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

# Chromium refuses to start as root with its sandbox, and pictures are also made in containers.
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from blueprint_app.ui.app import make_application, make_window
from blueprint_app.ui.main_window import MainWindow
from blueprint_app.ui.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1440, 900)
PATIENCE_MS = 60_000


def wait_for(signal: SignalInstance, start: Callable[[], object]) -> None:
    """Run `start` and the event loop until `signal` comes; gives up with an error after a minute."""
    loop = QEventLoop()
    signal.connect(lambda *_: loop.quit())
    late = QTimer(singleShot=True, interval=PATIENCE_MS)
    late.timeout.connect(lambda: loop.exit(1))
    late.start()
    QTimer.singleShot(0, start)
    if loop.exec():
        sys.exit(f"nothing came within {PATIENCE_MS // 1000} s")


def rest(milliseconds: int) -> None:
    """Let animations end and the last frame be painted."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def take(window: MainWindow, name: str) -> None:
    """Write a picture of the window."""
    rest(1_500)
    target = ROOT / "docs" / "images" / f"{name}.png"
    target.parent.mkdir(exist_ok=True)
    if not window.grab().save(str(target)):
        sys.exit(f"{target} could not be written")
    print(target.relative_to(ROOT))


def copy_of(project: Path) -> Path:
    """The project in a folder whose name tells nothing about the machine that the picture is taken on."""
    place = Path(tempfile.gettempdir()) / "projects" / project.name
    shutil.rmtree(place, ignore_errors=True)
    return shutil.copytree(project, place, ignore=shutil.ignore_patterns(".git", ".lake"))


def main(project: Path, label: str, name: str) -> None:
    """Open the project, select the node, and take the picture in both themes."""
    app: QApplication = make_application()
    project = copy_of(project)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.json")
        settings["theme"] = "light"
        window = make_window(settings)
        window.resize(*SIZE)
        window.show()
        wait_for(window.scenes.ready, lambda: window.session.open(project))
        wait_for(window.page.reading.completed, lambda: window.presenter.look_at(label))
        for theme in ("light", "dark"):
            settings["theme"] = theme
            take(window, f"{name}-{theme}")
        window.close()
    app.processEvents()


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        Path(given[0]).resolve() if given else ROOT / "samples" / "primes",
        given[1] if len(given) > 1 else "thm:fib-add",
        given[2] if len(given) > 2 else "window",
    )
