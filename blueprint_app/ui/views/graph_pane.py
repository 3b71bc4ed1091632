"""The middle: the canvas with its legend and small map, and what stands there until a graph does."""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.canvas import (
    CanvasView,
    GraphCanvas,
    InferredMark,
    Legend,
    Minimap,
    Scene,
    ZoomButtons,
    empty_scene,
)
from blueprint_app.ui.canvas.moving.glide import Glide, can_glide
from blueprint_app.ui.canvas.standing_out.ghosts import Proposed
from blueprint_app.ui.graph_reading.bar import ReadingBar
from blueprint_app.ui.theme import Theme

_MARGIN = 12
_SMALLEST_FOR_MAP, _LOWEST_FOR_MAP, _SMALLEST_FOR_LEGEND = 480, 320, 560
"""A narrower canvas is all needed for the graph itself."""

_ROOMY = 900
"""From this width on the legend stands beside the graph rather than on it."""

_READABLE = 0.9
"""The scale at which a node's text can be read at ease."""

_REST_MS = 400
"""A view counts as a resting point, to be restored by Back, once it has stood still so long."""


class GraphPane(QWidget):
    """`node_selected` carries an id ("" for none); `viewport_changed` a value that `show_viewport` takes;
    `menu_requested` an id and a place on the screen; `only_written_wanted` a wish to see no inferred edges;
    `node_joined` an id that was clicked with Ctrl; `box_activated` and `box_menu_requested` the same for boxes, which
    stand for several nodes and are never selected outside of the graph. `keys` are deeds by the keys that the canvas
    leaves alone.
    """

    node_selected = Signal(str)
    node_activated = Signal(str)
    source_requested = Signal(str)
    menu_requested = Signal(str, QPoint)
    viewport_changed = Signal(object)
    legend_folded = Signal(bool)
    only_written_wanted = Signal()
    node_joined = Signal(str)
    box_activated = Signal(str)
    box_menu_requested = Signal(str, QPoint)

    def __init__(self, legend: str = "auto", parent: QWidget | None = None) -> None:
        """`legend` is "open", "folded", or "auto" to have it open where there is room."""
        super().__init__(parent)
        self._legend_mode = legend
        self._legend_before: tuple[str, bool] | None = None
        self._awaited: NodeId | None = None
        self._glides_next = False
        self._is_leaving = False
        self.canvas = GraphCanvas()
        self._scene: Scene | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._on_rest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.bar = ReadingBar()
        self.keys: Mapping[str, Callable[[], object]] = {}
        layout.addWidget(self.bar)
        layout.addWidget(self.canvas, 1)
        self.setFocusProxy(self.canvas)
        self.legend = Legend(self.canvas, self.canvas)
        self.minimap = Minimap(self.canvas, self.canvas)
        self.zoom_buttons = ZoomButtons(self.canvas, self.canvas)
        self.inferred_mark = InferredMark(self.canvas, self.canvas)
        self.inferred_mark.move(_MARGIN, _MARGIN)
        self.inferred_mark.clicked.connect(lambda _checked=False: self.only_written_wanted.emit())
        self._fold_legend(legend != "open")
        for overlay in (self.canvas, self.legend, self.minimap):
            overlay.installEventFilter(self)
        self.legend.folded_changed.connect(self._on_legend_folded)
        self.canvas.node_selected.connect(lambda node: self.node_selected.emit("" if self._is_box(node) else node))
        self.canvas.node_activated.connect(lambda node: self._pass_on(node, self.node_activated))
        self.canvas.source_requested.connect(lambda node: self._pass_on(node, self.source_requested))
        self.canvas.node_joined.connect(lambda node: self._pass_on(node, self.node_joined))
        self.canvas.menu_requested.connect(self._on_menu_requested)
        self.canvas.view_changed.connect(self._rest.start)
        self.canvas.view_changed.connect(self._on_view_changed)

    @property
    def scene(self) -> Scene | None:
        """What is shown, if anything."""
        return self._scene

    def show_waiting(self, what: str, theme: Theme) -> None:
        """Show that a graph is on its way."""
        self._scene = None
        self.canvas.set_empty_message(what)
        self.canvas.show_scene(empty_scene(theme))
        self._place_overlays()

    def expect_another(self) -> None:
        """Another graph is on its way: where this one is looked at is no resting point any more."""
        self._is_leaving = True

    def show_scene(self, scene: Scene, viewport: object) -> None:
        """Show `scene`; a graph of the same name keeps its view, another one is shown at `viewport`, or whole."""
        old, view = self._scene, self.canvas.viewport
        same = old is not None and old.name == scene.name
        glides, self._glides_next = self._glides_next, False
        self._scene = scene
        self._is_leaving = False
        if not scene.ids:
            self.canvas.set_empty_message(
                "Nothing is left to show.\nAll of this graph is done, and hidden."
                if scene.is_narrowed
                else "This blueprint has no nodes.\nNodes are definition, lemma, theorem … environments."
            )
        self.canvas.show_scene(scene, keep_view=same)
        if not same and isinstance(viewport, CanvasView):
            self.canvas.restore_view(viewport, animated=False)
        if glides and same and old is not None and self.canvas.can_move and can_glide(old, scene):
            Glide(self.canvas, (old, view), (scene, self.canvas.viewport))
        self._place_overlays()
        if self._awaited is not None:
            self.look_at(self._awaited)

    def glide_next(self) -> None:
        """Let the nodes go visibly from where they are to where the next scene of this graph has them."""
        self._glides_next = True

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
        """Select `node` and bring it into sight, with `centre` into the middle; a selected box gives way to nodes."""
        if node is None and self._is_box(self.canvas.selected or ""):
            return
        self.canvas.select(node, centre=centre)

    def look_at(self, node: NodeId | None) -> None:
        """Bring `node` into the middle, no smaller than its text can be read; once its graph is there."""
        scene = self._scene
        number = None if scene is None else scene.standing_for(node)
        if scene is None or number is None:
            self._awaited = node
            return
        self._awaited = None
        x, y = scene.centre(number)
        self.canvas.restore_view(CanvasView(x, y, max(self.canvas.view_state().scale, _READABLE)))

    def show_ghosts(self, proposed: Proposed | None) -> None:
        """Show what a proposal would add, until it is None."""
        self.canvas.show_ghosts(proposed)

    def fit(self) -> None:
        """Show the whole graph."""
        self.canvas.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the canvas does not do by itself."""
        deed = self.keys.get(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText))
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()

    def _is_box(self, node: str) -> bool:
        scene = self._scene
        return scene is not None and any(box.id == node for box in scene.collapsed)

    def _pass_on(self, node: str, signal: SignalInstance) -> None:
        """Tell of a node; a box is opened, whatever was wanted of it."""
        (self.box_activated if self._is_box(node) else signal).emit(node)

    def _on_menu_requested(self, node: str, place: QPoint) -> None:
        (self.box_menu_requested if self._is_box(node) else self.menu_requested).emit(node, place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place_overlays()
        return super().eventFilter(watched, event)

    def _place_overlays(self) -> None:
        """Legend at the lower left, map at the lower right, the zoom buttons above it."""
        width, height = self.canvas.width(), self.canvas.height()
        has_graph = self._scene is not None and bool(self._scene.ids)
        self.legend.setVisible(has_graph and width >= _SMALLEST_FOR_LEGEND)
        self.minimap.setVisible(self._wants_map())
        self.zoom_buttons.setVisible(has_graph)
        if self._legend_mode == "auto" and self.legend.is_folded != (width < _ROOMY):
            self._fold_legend(width < _ROOMY)
        self.legend.adjustSize()
        self.legend.move(_MARGIN, height - self.legend.height() - _MARGIN)
        self.minimap.move(width - self.minimap.width() - _MARGIN, height - self.minimap.height() - _MARGIN)
        above = self.minimap.y() if self.minimap.isVisibleTo(self.canvas) else height
        buttons = self.zoom_buttons
        buttons.move(width - buttons.width() - _MARGIN, above - buttons.height() - _MARGIN + 4)
        is_open = self.legend.isVisibleTo(self.canvas) and not self.legend.is_folded
        covered = (self.legend.width() + _MARGIN, self.legend.height() + _MARGIN) if is_open else (0, 0)
        self.canvas.keep_corner(*covered)
        self.canvas.keep_clear(self.minimap.height() + _MARGIN if self._has_room_for_map() else 0)

    def _has_room_for_map(self) -> bool:
        return self.canvas.width() >= _SMALLEST_FOR_MAP and self.canvas.height() >= _LOWEST_FOR_MAP

    def _wants_map(self) -> bool:
        """A map helps where there is more than can be seen, and room for it beside what is seen."""
        canvas, scene = self.canvas, self._scene
        if scene is None or not scene.ids or not self._has_room_for_map():
            return False
        left, top, right, bottom = canvas.viewport.box
        start_x, start_y, end_x, end_y = scene.bounds
        return bool(left > start_x or top > start_y or right < end_x or bottom < end_y)

    def _on_view_changed(self) -> None:
        if self.minimap.isVisibleTo(self.canvas) != self._wants_map():
            self._place_overlays()

    def hold_legend(self, *, is_open: bool) -> None:
        """Have the legend open for a while, which is nobody's choice and not remembered; or as it was before."""
        if is_open and self._legend_before is None:
            self._legend_before = self._legend_mode, self.legend.is_folded
            self._legend_mode = "busy"
            self.legend.fold(False)
        elif not is_open and self._legend_before is not None:
            mode, folded = self._legend_before
            self._legend_before = None
            self.legend.fold(folded)
            self._legend_mode = mode
            self._place_overlays()

    def _fold_legend(self, folded: bool) -> None:
        mode, self._legend_mode = self._legend_mode, "busy"
        self.legend.fold(folded)
        self._legend_mode = mode

    def _on_legend_folded(self, folded: bool) -> None:
        """What a person chose is kept from now on."""
        if self._legend_mode != "busy":
            self._legend_mode = "folded" if folded else "open"
            self.legend_folded.emit(folded)

    def _on_rest(self) -> None:
        if self._scene is not None and not self._is_leaving:
            self.viewport_changed.emit(self.canvas.view_state())
