"""Pictures of the running window, for the README and for looking at it with a critical eye.

Run: python tools/screenshots.py PROJECT -o window.png [--theme dark] [--size 1440x900] [--ratio 2]
     [--node LABEL [--close-up]] [--scheme headline] [--graph chapter_2] [--filter TEXT] [--search TEXT] [--legend]
     [--bare] [--drift] [--inferred]
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
REST_MS, LONGEST_MS = 500, 60_000


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", nargs="?", type=Path, help="a folder; without one the start page is taken")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1440x900", help="width x height in logical pixels")
    parser.add_argument("--ratio", type=float, default=1.0, help="device pixels a logical pixel")
    parser.add_argument("--zoom", type=float, default=1.0, help="size of the text")
    parser.add_argument("--node", help="label of the node to select")
    parser.add_argument("--close-up", action="store_true", help="bring the node close")
    parser.add_argument("--scheme", default="leanblueprint")
    parser.add_argument("--graph", help="name of the graph to show")
    parser.add_argument("--filter", default="", help="text of the filter box")
    parser.add_argument("--search", help="text of the search box")
    parser.add_argument("--bare", action="store_true", help="do not wait for what the Lean side shows")
    parser.add_argument("--drift", action="store_true", help="show the drift inbox")
    parser.add_argument("--inferred", action="store_true", help="show inferred edges where nobody wrote any")
    parser.add_argument("--legend", action="store_true", help="open the legend")
    return parser.parse_args()


class Photographer:
    """Leads the window to what the picture shows, waits until it stands, and takes it."""

    def __init__(self, window: "MainWindow", options: argparse.Namespace) -> None:
        from PySide6.QtCore import QTimer

        self._window, self._options = window, options
        self.failures: list[str] = []
        self._has_lean = self._is_led = False
        # Restarted by whatever still changes; what is seen after a rest is final.
        self._rest = QTimer(interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._take)

    def begin(self) -> None:
        """Open the project; without one the start page is the picture."""
        from blueprint_app.ui import error_hook

        error_hook.listen(lambda message, _report: self.failures.append(message))
        window = self._window
        if self._options.project is None:
            self._rest.start()
            return
        window.session.failed.connect(self._on_failed)
        window.page.reading.rendered.connect(self._on_rendered)
        window.graph.canvas.settled.connect(self._on_changed)
        window.session.renewed.connect(self._on_renewed)
        window.session.open(self._options.project.resolve())

    def _on_failed(self, _path: Path, error: Exception) -> None:
        self.failures.append(str(error))
        self._window.close()

    def _on_rendered(self, node: str, *_counts: int) -> None:
        """The overview stands: go on to what is wanted; the wanted page stands: let all come to rest."""
        if node == "" and (self._options.bare or self._has_lean) and not self._is_led:
            self._is_led = True
            self._lead()
        if self._is_led and node == (self._options.node or ""):
            self._rest.start()

    def _on_renewed(self) -> None:
        self._has_lean = True

    def _on_changed(self) -> None:
        if self._rest.isActive():
            self._rest.start()

    def _lead(self) -> None:
        window, options = self._window, self._options
        if options.graph:
            window.store.change(graph=options.graph, viewport=None)
        if options.filter:
            window.store.change(filter=options.filter)
        if options.node:
            (window.presenter.look_at if options.close_up else window.presenter.go_to)(options.node)
        if options.drift:
            window.deeds.panels.toggle_drift()
            window.drift.table.selectRow(0)
        if options.search:
            window.deeds.looking.search_nodes()
            window.quick_open.field.setText(options.search)

    def _take(self) -> None:
        if self._options.project is not None:
            # Where the project lies on this machine is nobody's concern.
            self._window.status.project.setText(self._options.project.resolve().name)
        self._window.grab().save(str(self._options.output))
        self._window.close()


def main() -> int:
    """Take one picture; returns the exit status."""
    options = arguments()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(options.ratio)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    sys.path.insert(0, str(ROOT))

    from PySide6.QtCore import QTimer

    from blueprint_app.ui import app
    from blueprint_app.ui.settings.settings import Settings

    application = app.make_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.json")
        for key in ("theme", "scheme", "zoom", "inferred"):
            settings[key] = getattr(options, key)
        settings["legend"] = "open" if options.legend else "auto"
        window = app.make_window(settings)
        window.resize(*map(int, options.size.split("x")))
        window.show()
        photographer = Photographer(window, options)
        photographer.begin()
        QTimer.singleShot(LONGEST_MS, application.quit)
        application.exec()
    for failure in photographer.failures:
        print(failure, file=sys.stderr)
    return 1 if photographer.failures or not options.output.exists() else 0


if __name__ == "__main__":
    sys.exit(main())
