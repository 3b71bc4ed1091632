"""Starts the window: the Qt application, the error hook, the theme, and the first project."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from blueprint_app import __version__
from blueprint_app.export.engine_files import resource_folder
from blueprint_app.model.blueprint import Reading
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui import error_hook
from blueprint_app.ui.jobs import JobContext
from blueprint_app.ui.project.samples import sample_folders
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.window.main_window import MainWindow

SWITCH_SECONDS = 0.0001
"""How long a working thread may keep the UI thread waiting for the interpreter. It is waited for at each of the
hundreds of calls that paint a frame: with Python's own 5 ms a list takes a second to appear while a job runs."""


def read_project(path: Path, reading: Reading, context: JobContext) -> Snapshot:
    """Read the blueprint at `path` inside a job."""
    # The first window does not wait for these; while a project is read there is little else to paint.
    # numpy.unique, of which the first frame makes use, imports numpy.ma when it is first called.
    import numpy.ma  # noqa: F401

    import blueprint_app.layout.problem  # noqa: F401
    from blueprint_app.bootstrap.opening import open_project

    return open_project(path, reading, check=context.check, report=context.report)


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """The Qt application, named and set up; must run before any window is made."""
    # The view of mathematics shares its graphics context with the window, else its start freezes it.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(list(arguments) or ["blueprint-explorer"])
    app.setApplicationName("Blueprint Explorer")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("blueprint-explorer")
    app.setWindowIcon(QIcon(str(resource_folder("icons") / "blueprint-explorer.svg")))
    app.setStyle("Fusion")
    return app


def make_window(settings: Settings | None = None) -> MainWindow:
    """The main window with the real reader and layout."""
    from blueprint_app.bootstrap.assisting import assistant_for, batches_for
    from blueprint_app.bootstrap.lean_side import lean_side
    from blueprint_app.bootstrap.searching import SearchSide
    from blueprint_app.layout import service

    return MainWindow(settings or Settings(), read_project, service, lean_side, assistant_for, batches_for, SearchSide)


def run(folder: Path | None) -> int:
    """Show the window, with the project in `folder` if one is given; returns the exit status.

    Where another process shows that project already, its window comes to the front instead.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    error_hook.install()
    app = make_application(sys.argv[:1])
    from blueprint_app.ui.window.one_window import OpenMark, raise_other

    if folder is not None and raise_other(folder):
        print(f"{folder} is open already: its window comes to the front.")
        return 0
    window = make_window()
    OpenMark(window)
    window.show()
    _take_picture(window)
    open_first(window, folder)
    return app.exec()


def _take_picture(window: MainWindow) -> None:
    """Have the window write a picture of itself and close, where the environment asks for one."""
    if path := os.environ.get("BLUEPRINT_EXPLORER_PICTURE"):
        from blueprint_app.ui.window.picture import Picture

        Picture(window, Path(path))


def open_first(window: MainWindow, folder: Path | None) -> None:
    """Open what was asked for; on the very first start, when there is nothing to come back to, the sample."""
    from blueprint_app.layout.service import prepare

    is_first = not window.settings["recent"]
    if is_first:
        window.tour.offer_once()
    samples = sample_folders() if folder is None and is_first else ()
    chosen = folder or next(iter(samples), None)
    if chosen is None:
        return
    prepare()
    if samples:
        window.tour.welcome()
    window.session.open(chosen)


def has_display() -> bool:
    """Whether a window can be shown; on Linux that takes an X or Wayland display or a platform that needs none."""
    if not sys.platform.startswith("linux"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.split(":")[0] in ("offscreen", "minimal", "vnc", "linuxfb", "eglfs"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
