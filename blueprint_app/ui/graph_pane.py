"""The middle: the canvas with its legend and small map, and what stands there until a graph does."""

from collections.abc import Collection

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.canvas.canvas import GraphCanvas
from blueprint_app.ui.canvas.canvas import ViewState as CanvasView
from blueprint_app.ui.canvas.scene import Scene, empty_scene
from blueprint_app.ui.theme import Theme

_REST_MS = 400
"""A view counts as a resting point, to be restored by Back, once it has stood still so long."""


class GraphPane(QWidget):
    """`node_selected` carries an id ("" for none); `viewport_changed` a value that `show_viewport` takes."""

    node_selected = Signal(str)
    node_activated = Signal(str)
    source_requested = Signal(str)
    viewport_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = GraphCanvas()
        self._scene: Scene | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._on_rest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.canvas.node_selected.connect(self.node_selected)
        self.canvas.node_activated.connect(self.node_activated)
        self.canvas.source_requested.connect(self.source_requested)
        self.canvas.view_changed.connect(self._rest.start)

    @property
    def scene(self) -> Scene | None:
        """What is shown, if anything."""
        return self._scene

    def show_waiting(self, what: str, theme: Theme) -> None:
        """Show that a graph is on its way."""
        self._scene = None
        self.canvas.set_empty_message(what)
        self.canvas.show_scene(empty_scene(theme))

    def show_scene(self, scene: Scene, viewport: object) -> None:
        """Show `scene`; a graph of the same name keeps its view, another one is shown at `viewport`, or whole."""
        same = self._scene is not None and self._scene.name == scene.name
        self._scene = scene
        if not scene.ids:
            self.canvas.set_empty_message(
                "This blueprint has no nodes.\nNodes are definition, lemma, theorem … environments."
            )
        self.canvas.show_scene(scene, keep_view=same)
        if not same and isinstance(viewport, CanvasView):
            self.canvas.restore_view(viewport, animated=False)

    def show_viewport(self, viewport: object) -> None:
        """Go to a view that `viewport_changed` told, or to the whole graph for None."""
        if isinstance(viewport, CanvasView):
            if viewport != self.canvas.view_state():
                self.canvas.restore_view(viewport)
        else:
            self.canvas.fit()

    def show_theme(self, theme: Theme) -> None:
        """Take the colours of an empty canvas; a graph brings its own."""
        if self._scene is None:
            self.canvas.show_scene(empty_scene(theme))

    def dim_except(self, nodes: Collection[NodeId] | None) -> None:
        """Let all nodes but these step back; None for no filter."""
        self.canvas.show_only(nodes)

    def select(self, node: NodeId | None, *, centre: bool = False) -> None:
        """Select `node` and bring it into sight, with `centre` into the middle."""
        self.canvas.select(node, centre=centre)

    def fit(self) -> None:
        """Show the whole graph."""
        self.canvas.fit()

    def _on_rest(self) -> None:
        if self._scene is not None:
            self.viewport_changed.emit(self.canvas.view_state())
