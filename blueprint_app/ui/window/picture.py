"""A picture that the window takes of itself before it closes, for tests of an installed app (packaging/smoke-test)."""

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

_SIZE = (1440, 900)
_REST_MS, _LONGEST_MS = 700, 60_000
_FORMULA = """(() => {
    const box = document.querySelector("#page mjx-container mjx-math").getBoundingClientRect();
    const fonts = [...document.fonts].filter((font) => font.status === "loaded").length;
    return JSON.stringify({box: [box.x, box.y, box.width, box.height], fonts});
})()"""


class Picture(QObject):
    """Goes to a node with formulas once the graph stands, waits for its page, and writes what is seen.

    Beside the picture stands a .json file: where graph and formula are in it, and when they first stood.
    """

    def __init__(self, window: "MainWindow", path: Path) -> None:
        super().__init__(window)
        self._window, self._path = window, path
        self._node = ""
        window.resize(*_SIZE)
        self._told: dict[str, Any] = {}
        # Restarted by whatever still changes; what is seen after a rest is final.
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._find_formula)
        window.graph.canvas.settled.connect(self._on_painted)
        window.page.reading.completed.connect(self._on_page)
        QTimer.singleShot(_LONGEST_MS, self, self._give_up)
        window.session.failed.connect(lambda _path, error: self._write(error=str(error)))

    def _on_painted(self) -> None:
        self._told.setdefault("painted", time.time())
        self._go_on()

    def _on_page(self, node: str, formulas: int, rejected: int) -> None:
        if node and node == self._node:
            self._told |= {"rendered": time.time(), "node": node, "formulas": formulas, "rejected": rejected}
        self._go_on()

    def _go_on(self) -> None:
        project = self._window.session.project
        if "rendered" in self._told and "painted" in self._told:
            self._rest.start()
        elif project is not None and "painted" in self._told and not self._node:
            nodes = project.snapshot.blueprint.nodes
            self._node = next((node.id for node in nodes if "$" in node.statement.tex), nodes[0].id)
            self._window.presenter.go_to(self._node)

    def _give_up(self) -> None:
        self._window.grab().save(str(self._path))
        self._write(error=f"graph and page do not stand after {_LONGEST_MS // 1000} s")

    def _find_formula(self) -> None:
        from blueprint_app.ui.reading.web import WebReader

        reader = self._window.page.reading.reader
        if not isinstance(reader, WebReader):
            self._write(error=self._window.page.reading.notice)
            return
        reader.document().runJavaScript(_FORMULA, 0, lambda found: self._take(reader, json.loads(found or "{}")))

    def _take(self, reader: QWidget, found: dict[str, Any]) -> None:
        canvas, project = self._window.graph.canvas, self._window.session.project
        assert project is not None
        self._window.grab().save(str(self._path))
        self._write(
            project=str(project.path),
            graph=self._place(canvas, (0, 0, canvas.width(), canvas.height())),
            formula=self._place(reader, found["box"]) if found else None,
            fonts=found.get("fonts", 0),
        )

    def _place(self, widget: QWidget, box: tuple[float, float, float, float]) -> list[int]:
        """x, y, width and height of a part of a widget, in pixels of the picture."""
        corner = widget.mapTo(self._window, QPoint(int(box[0]), int(box[1])))
        ratio = self._window.devicePixelRatioF()
        return [round(ratio * each) for each in (corner.x(), corner.y(), box[2], box[3])]

    def _write(self, **told: object) -> None:
        self._path.with_suffix(".json").write_text(json.dumps(self._told | told, indent=2), "utf-8")
        self._window.close()
