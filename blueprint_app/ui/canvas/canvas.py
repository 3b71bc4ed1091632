"""The graph canvas: one painted surface that pans, zooms, selects and highlights, whatever the size of the graph."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.canvas.links import Mask
from blueprint_app.ui.canvas.moving import walking
from blueprint_app.ui.canvas.moving.keyboard import Keyboard
from blueprint_app.ui.canvas.moving.pointer import HANDS, Pointer
from blueprint_app.ui.canvas.moving.surface import Surface
from blueprint_app.ui.canvas.moving.viewport import fitted
from blueprint_app.ui.canvas.moving.walking import Stand
from blueprint_app.ui.canvas.painting.frame import Over, paint_frame, still_image
from blueprint_app.ui.canvas.painting.pictures import Pictures
from blueprint_app.ui.canvas.scene import Scene, empty_scene, stands_still
from blueprint_app.ui.canvas.standing_out.badges import Emphasised, nodes_among
from blueprint_app.ui.canvas.standing_out.ghosts import PlacedGhosts, Proposed, placed_ghosts
from blueprint_app.ui.canvas.standing_out.overlay import paint_message, spoken
from blueprint_app.ui.canvas.standing_out.prominence import Prominence

SLICE_SECONDS = 0.008
FIRST_SECONDS = 0.02
REACH = 4.0
"""How near, in pixels, a click must be to a node that is too small to be hit."""
GHOST_SCALE = 0.9
"""At this scale what is proposed can be read."""


class GraphCanvas(Surface):
    """Shows a `Scene`.

    `node_selected`, `node_hovered` carry a node's id ("" for none) and are emitted for what the
    user does, not for calls of `select`. `node_activated` (Enter), `node_joined` (click with Ctrl), `source_requested`
    (double click) and `menu_requested` (with a global position) carry the id too. `view_changed` tells that pan or
    zoom changed, `overview_painted` that the picture of the whole is new, `settled` that all is painted crisp.
    """

    node_selected = Signal(str)
    node_hovered = Signal(str)
    node_activated = Signal(str)
    node_joined = Signal(str)
    source_requested = Signal(str)
    menu_requested = Signal(str, QPoint)
    scene_changed = Signal()
    overview_painted = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pointer, self._keyboard = Pointer(self), Keyboard(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setMinimumSize(160, 120)
        self.setAccessibleName("Dependency graph")
        self._pictures = Pictures(empty_scene())
        self._prominence = Prominence(self._pictures)
        self._was_settled = False
        self._stand: Stand | None = None
        self._proposed: Proposed | None = None
        self._ghosts: PlacedGhosts | None = None
        self._has_focus_frame = False
        self._empty_message = "No graph yet.\nOpen a project that has a blueprint."
        self._work_timer = QTimer(self, singleShot=True, interval=0)
        self._work_timer.timeout.connect(self._on_work)
        self._camera.rested.connect(self._work_timer.start)
        self._describe()

    # What is shown

    @property
    def scene(self) -> Scene:
        """The scene that is shown."""
        return self._pictures.scene

    @property
    def pictures(self) -> Pictures:
        """The images behind the canvas; the minimap shows one of them."""
        return self._pictures

    @property
    def stand(self) -> Stand | None:
        """The selected node, and how it was come by."""
        return self._stand

    @property
    def selected(self) -> NodeId | None:
        """The selected node."""
        return self.scene.ids[self._stand.node] if self._stand is not None else None

    def show_scene(self, scene: Scene, keep_view: bool = False) -> None:
        """Show another scene; the selection stays where the node exists.

        With `keep_view` nothing jumps: the selected node, or else the one in the middle, stays
        where it is on the screen, and of the same scene nothing is painted again. Otherwise the whole scene is fitted.
        """
        if keep_view and scene is self.scene:
            return
        anchor = self._anchor() if keep_view else None
        selected = self.selected
        # What moves would be seen twice; all else looks better for a moment as it was than half painted.
        self._pictures = Pictures(scene, self._pictures if keep_view and stands_still(self.scene, scene) else None)
        self._pointer.forget()
        number = scene.standing_for(selected)
        self._stand = None if number is None else Stand(number)
        self._prominence.take(self._pictures)
        self._ghosts = placed_ghosts(self._proposed, scene) if self._proposed is not None else None
        self._camera.frame(scene.bounds, scene.corners, refit=not keep_view)
        if anchor is not None:
            self._hold(*anchor)
        self.light_up()
        self._describe()
        self.scene_changed.emit()
        self.view_changed.emit()

    def _anchor(self) -> tuple[NodeId, float, float] | None:
        node = self._stand.node if self._stand else walking.nearest_to(self.scene, self.viewport.x, self.viewport.y)
        if node is None:
            return None
        return self.scene.ids[node], *self.viewport.to_picture(*self.scene.centre(node))

    def _hold(self, node: NodeId, px: float, py: float) -> None:
        """Keep a node at a point of the picture, unless the whole scene is fitted."""
        if self._camera.is_fitted or node not in self.scene.index:
            return
        now_x, now_y = self.viewport.to_picture(*self.scene.centre(self.scene.index[node]))
        if (px, py) != (now_x, now_y):
            self._camera.follow(px - now_x, py - now_y)

    def select(self, node: str | None, centre: bool = False) -> None:
        """Select a node (or the box that it is in), or none; with `centre` bring it to the middle, else into sight."""
        number = self.scene.standing_for(node or None)
        if (self._stand.node if self._stand else None) != number:
            self._take(None if number is None else Stand(number))
        if number is not None:
            self._bring_into_sight(number, centre=centre)

    def choose(self, stand: Stand | None) -> None:
        """Select for the user, who is where the node is."""
        if (self._stand.node if self._stand else None) == (stand.node if stand else None):
            self._stand = stand
            return
        self._take(stand)
        self.node_selected.emit(self.selected or "")

    def walk_to(self, stand: Stand) -> None:
        """Select for the user, who came by key."""
        self.show_focus(True)
        self._pointer.forget()
        self.choose(stand)
        self._bring_into_sight(stand.node, centre=False)

    def _take(self, stand: Stand | None) -> None:
        self._stand = stand
        self.light_up()
        self._describe()

    def show_only(self, nodes: Iterable[str] | None) -> None:
        """Let all nodes but these step back (a filter); None for no filter."""
        if self._prominence.show_only(nodes):
            self._refresh()

    def emphasise(self, emphasis: Emphasised | None, *, come_near: bool = False) -> None:
        """Let some nodes stand out from all others, with badges, until it is None: meanwhile a selection is a ring.

        With `come_near` the view goes to them.
        """
        if self._prominence.emphasise(emphasis):
            self.light_up()
            if come_near and emphasis is not None:
                self._look_at_all(nodes_among(self.scene, emphasis.nodes))

    def _look_at_all(self, nodes: Mask) -> None:
        """Bring these nodes (n,) into sight together."""
        corners = self.scene.corners[nodes]
        if len(corners):
            (left, top), (right, bottom) = corners[:, :2].min(axis=0).tolist(), corners[:, 2:].max(axis=0).tolist()
            self._camera.go_near((left, top, right, bottom), glide=self._glides(True))

    def light_up(self) -> None:
        """Let the surroundings of the node stand out that is pointed at, or else selected."""
        selected = self._stand.node if self._stand is not None and self._prominence.emphasis is None else None
        self._prominence.light_up(selected if self._pointer.dwelt is None else self._pointer.dwelt)
        self._refresh()

    def show_ghosts(self, proposed: Proposed | None) -> None:
        """Show what a proposal would add, over the graph as it stands and close enough to be read; None for nothing."""
        if proposed is self._proposed:
            return
        self._proposed = proposed
        self._ghosts = placed_ghosts(proposed, self.scene) if proposed is not None else None
        if self._ghosts is not None and self._ghosts.rects:
            middle = self._ghosts.bounds.center()
            view = self._camera.goal
            seen = replace(view, x=middle.x(), y=middle.y(), scale=max(view.scale, GHOST_SCALE))
            self._camera.go_to(seen, glide=self._glides(True))
        self.update()

    @property
    def ghosts(self) -> PlacedGhosts | None:
        """What a proposal would add, with its places; None while nothing is proposed for a node of this scene."""
        return self._ghosts

    def set_empty_message(self, message: str) -> None:
        """What an empty canvas says: what is so, and on the next line what to do."""
        self._empty_message = message
        self.update()

    def _on_moved(self) -> None:
        self._refresh()
        super()._on_moved()

    def _bring_into_sight(self, node: int, *, centre: bool) -> None:
        x, y = self.scene.centre(node)
        self._camera.bring_into_sight(x, y, centre=centre, glide=self._glides(True))

    # Painting

    def _refresh(self) -> None:
        self._was_settled = False
        self.update()
        self._work_timer.start()

    def _on_work(self) -> None:
        if not self.scene.ids or not self.isVisible():
            return
        was_crisp, overview = self._pictures.is_crisp(self.viewport), self._pictures.overview.image
        if self._pictures.advance(
            self.viewport, self.devicePixelRatioF(), SLICE_SECONDS, moving=self._camera.is_moving
        ):
            self.update()
        if not was_crisp and self._pictures.is_crisp(self.viewport):
            self.update()
        if self._pictures.overview.image is not overview:
            self.overview_painted.emit()
        if not self._pictures.is_idle(self.viewport):
            if not self._camera.is_moving or not self._pictures.is_content(self.viewport):
                self._work_timer.start()
        elif not self._was_settled and not self._camera.is_moving:
            self._was_settled = True
            self.settled.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            # A painter that outlives its event takes the process with it.
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        scene, view = self.scene, self.viewport
        if not scene.ids:
            paint_message(painter, scene.theme, QRectF(self.rect()), self._empty_message)
            return
        if not self._pictures.has_base():
            self._pictures.advance(view, self.devicePixelRatioF(), FIRST_SECONDS, moving=False)
        selected = None if self._stand is None else self._stand.node
        badges = self._prominence.badges
        over = Over(selected, self._pointer.hovered, badges, self._ghosts, self._has_focus_frame)
        paint_frame(painter, self._pictures, view, over)

    def grab_image(self, size: QSize | None = None, ratio: float = 1.0) -> QImage:
        """A crisp image of the present view, or of the whole scene in a `size`; `ratio` is device pixels per pixel."""
        view = self.viewport if size is None else fitted(self.scene.bounds, size.width(), size.height())
        return still_image(self.scene, self._pictures.content, view, ratio)

    # Hands

    def node_at(self, point: QPointF) -> int | None:
        """The node at a point of the canvas, or very near to it."""
        x, y = self.viewport.to_scene(point.x(), point.y())
        return self.scene.node_at(x, y, REACH / self.viewport.scale)

    def name_of(self, node: int | None) -> str:
        """The id that the signals carry for a node; "" for none."""
        return "" if node is None else self.scene.ids[node]

    def event(self, event: QEvent) -> bool:
        """What hands do is for the pointer; everything else as ever."""
        if event.type() in HANDS and self._pointer.takes(event):
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._pictures.clear()
            self._refresh()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keyboard.takes(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self.show_focus(event.reason() in by_key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.show_focus(False)

    def show_focus(self, shown: bool) -> None:
        """Whether a frame tells that the keyboard works on the canvas."""
        if self._has_focus_frame != shown:
            self._has_focus_frame = shown
            self.update()

    # Size and words for screen readers

    def showEvent(self, event: QShowEvent) -> None:
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(900, 640)

    def _describe(self) -> None:
        self.setAccessibleDescription(spoken(self.scene, self._stand.node if self._stand else None))
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
