"""The pictures of the guide, all taken from the running window over the sample of primes; needs lake on the PATH.

Run: python tools/guide_pictures.py -o docs/images/guide [--only NAME]...

Pillow reduces them to a palette; it is there wherever leanblueprint is.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.assistant_pictures import LONGEST_MS, Photographer, Step, prepared_sample  # noqa: E402

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from blueprint_app.ui.jobs import Activity
    from blueprint_app.ui.window.main_window import MainWindow
    from tests.fakes.model_server import ModelServer

RATIO, WINDOW, COLOURS = "1.5", (1100, 680), 200
OF_THE_ASSISTANT = {"consent": "what-is-sent", "draft-finished": "assistant"}
"""What is kept of the story of the assistant, and under which name."""


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True, help="a folder for the pictures")
    parser.add_argument("--only", action="append", metavar="NAME", help="leave the others as they are")
    parser.add_argument("--without-assistant", action="store_true", help="leave out what takes a minute")
    return parser.parse_args()


class GuidePhotographer(Photographer):
    """Shows the parts of the window one after another; `built` is a copy of the sample that was built."""

    def __init__(
        self, window: "MainWindow", server: "ModelServer", built: Path, opened: Path, options: argparse.Namespace
    ) -> None:
        super().__init__(window, server, opened, options)
        self._built = built
        self._is_busy = False
        window.jobs.activities_changed.connect(self._on_activities)

    def _take(self, name: str, widget: "QWidget | None" = None) -> None:
        if name not in OF_THE_ASSISTANT:
            return
        self._save(OF_THE_ASSISTANT[name], widget or self._window.right)

    def _save(self, name: str, widget: "QWidget | None" = None) -> None:
        """Write a picture, if it is wanted; where the project lies is nobody's concern."""
        if self._options.only and name not in self._options.only:
            return
        self._window.status.project.setText(self._built.name if self._window.session.project else "")
        save((widget or self._window).grab(), self._options.output / f"{name}.png")

    def _story(self) -> Iterator[Step]:
        self._arrange(800, 520)
        yield self._quiet()
        self._save("start-page")
        yield from self._open(self._built)
        yield from self._window_itself()
        yield from self._reading()
        yield from self._views()
        yield from self._findings()
        yield from self._asking_lean()
        if not self._options.without_assistant:
            self._arrange(*WINDOW, outline=250, page=420)
            yield from self._models()
            yield from self._opening()
            yield from self._explaining()
            yield from self._drafting()

    def _quiet(self, milliseconds: int = 900) -> Step:
        """Done when nothing has been worked on for so long."""
        from PySide6.QtCore import QElapsedTimer

        clock = QElapsedTimer()
        clock.start()

        def is_quiet() -> bool:
            if self._is_busy:
                clock.restart()
            return clock.elapsed() >= milliseconds

        return is_quiet

    def _on_activities(self, activities: "tuple[Activity, ...]") -> None:
        self._is_busy = bool(activities)

    def _arrange(self, width: int, height: int, *, outline: int = 0, page: int = 0, below: bool = False) -> None:
        """Make room for what a picture is about; the widths are those of the docks, 0 for one that is not wanted."""
        from PySide6.QtCore import Qt

        window = self._window
        window.resize(width, height)
        for dock, wanted in ((window.outline_dock, outline), (window.page_dock, page)):
            dock.setVisible(bool(wanted))
            window.resizeDocks([dock], [wanted or 1], Qt.Orientation.Horizontal)
        window.diagnostics_dock.setVisible(below)

    def _open(self, folder: Path) -> Iterator[Step]:
        window = self._window
        window.session.open(folder)
        yield lambda: window.session.project is not None and window.lean.side is not None
        yield lambda: not window.jobs.is_running("evidence")
        yield self._quiet(3000)

    def _window_itself(self) -> Iterator[Step]:
        self._arrange(*WINDOW, outline=270, page=340, below=True)
        self._window.presenter.look_at("thm:fib-add")
        yield self._quiet(2500)
        self._save("window")

    def _reading(self) -> Iterator[Step]:
        window = self._window
        self._arrange(900, 600)
        window.presenter.go_to("thm:fib-gcd")
        window.commands["graph.focus"].trigger()
        yield self._quiet(2000)
        self._save("focus", window.graph)
        window.commands["graph.show_all"].trigger()
        yield self._quiet()

    def _views(self) -> Iterator[Step]:
        window = self._window
        self._arrange(820, 620)
        window.presenter.go_to("thm:zeckendorf-exists")
        window.store.change(view="next")
        yield self._quiet(1500)
        self._save("next", window.centre)
        self._arrange(820, 720)
        window.store.change(view="progress")
        yield self._quiet(1500)
        self._save("progress", window.centre)
        window.store.change(view="graph")

    def _findings(self) -> Iterator[Step]:
        window = self._window
        self._arrange(900, 640, below=True)
        window.deeds.panels.toggle_drift()
        yield self._quiet()
        window.drift.table.selectRow(0)
        yield self._quiet(1500)
        self._save("drift", window.bottom)

    def _asking_lean(self) -> Iterator[Step]:
        window = self._window
        self._arrange(1040, 820, page=420)
        window.presenter.look_at("thm:fib-add")
        window.commands["lean.ask"].trigger()
        yield lambda: not window.jobs.is_running("ask")
        yield self._quiet(4000)
        self._save("node-page", window.right)
        window.presenter.look_at("thm:zeckendorf-exists")
        window.commands["go.standing"].trigger()
        yield self._quiet(2000)
        self._save("standing", window.right)
        window.commands["go.page"].trigger()


def save(picture: "object", file: Path) -> None:
    """Write a picture of a widget with a palette of its own, which makes it a third as large."""
    from PIL import Image
    from PySide6.QtCore import QBuffer

    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[attr-defined]
    image = Image.open(BytesIO(buffer.data().data())).convert("RGB")
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE).save(file, optimize=True)


def main() -> int:
    """Take the pictures; returns the exit status."""
    options = arguments()
    if shutil.which("lake") is None:
        print("Put lake on the PATH: the pictures show what Lean says.", file=sys.stderr)
        return 2
    options.output.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"], os.environ["QT_SCALE_FACTOR"] = "offscreen", RATIO
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = str(folder / variable.lower())
        return photographed(folder, options)


def photographed(folder: Path, options: argparse.Namespace) -> int:
    """Take them with settings of their own; returns the exit status."""
    from PySide6.QtCore import QTimer

    from blueprint_app.ui import app
    from blueprint_app.ui.settings.settings import Settings
    from tests.fakes.model_server import ModelServer

    built = folder / "whole" / "primes"
    shutil.copytree(ROOT / "samples" / "primes", built)
    subprocess.run(["lake", "build"], cwd=built, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    opened = folder if options.without_assistant else prepared_sample(folder)
    application = app.make_application()
    with ModelServer() as server:
        settings = Settings(folder / "settings.json")
        settings["theme"], settings["widths"], settings["trusted"] = "light", "270 340", (str(built),)
        window = app.make_window(settings)
        window.resize(*WINDOW)
        window.show()
        photographer = GuidePhotographer(window, server, built, opened, options)
        photographer.begin()
        QTimer.singleShot(LONGEST_MS, application.quit)
        application.exec()
    for failure in photographer.failures:
        print(failure, file=sys.stderr)
    return 1 if photographer.failures else 0


if __name__ == "__main__":
    sys.exit(main())
