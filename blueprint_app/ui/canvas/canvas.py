"""The graph canvas: one painted surface that pans, zooms, selects and highlights, whatever the size of the graph."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QStyle, QToolTip, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.canvas import walking
from blueprint_app.ui.canvas.badges import (
    Emphasised,
    PlacedBadges,
    chain_edges,
    nodes_among,
    paint_badges,
    placed_badges,
)
from blueprint_app.ui.canvas.callouts import paint_callouts
from blueprint_app.ui.canvas.camera import Camera, ViewState
from blueprint_app.ui.canvas.ghosts import PlacedGhosts, Proposed, paint_ghosts, placed_ghosts
from blueprint_app.ui.canvas.groups import paint_group_titles
from blueprint_app.ui.canvas.highlight import Highlight, highlight_of
from blueprint_app.ui.canvas.links import Mask
from blueprint_app.ui.canvas.overlay import paint_focus, paint_message, paint_ring, spoken
from blueprint_app.ui.canvas.painting import paint
from blueprint_app.ui.canvas.pictures import Pictures
from blueprint_app.ui.canvas.scene import Scene, empty_scene, stands_still
from blueprint_app.ui.canvas.viewport import Margins, Viewport, fitted
from blueprint_app.ui.canvas.walking import Direction, Stand

HOVER_MS = 110
"""The pointer must rest so long on a node before its surroundings stand out: crossing the graph must not flicker."""
SLICE_SECONDS = 0.008
FIRST_SECONDS = 0.02
REACH = 4.0
"""How near, in pixels, a click must be to a node that is too small to be hit."""
ZOOM_STEP = 1.25
NEAR_PADDING = 72
"""What stands out is shown with so many pixels around it."""
GHOST_SCALE = 0.9
"""At this scale what is proposed can be read."""


class GraphCanvas(QWidget):
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
    view_changed = Signal()
    scene_changed = Signal()
    overview_painted = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setMinimumSize(160, 120)
        self.setAccessibleName("Dependency graph")
        self._pictures = Pictures(empty_scene())
        self._camera = Camera(self)
        self._camera.resize(self.width(), self.height())
        self._camera.moved.connect(self._on_moved)
        self._was_settled = False
        self._stand: Stand | None = None
        self._proposed: Proposed | None = None
        self._ghosts: PlacedGhosts | None = None
        self._hovered: int | None = None
        self._dwelt: int | None = None
        self._highlights: dict[int, Highlight] = {}
        self._shown_ids: frozenset[str] | None = None
        self._emphasis: Emphasised | None = None
        self._badges: PlacedBadges | None = None
        self._pressed: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self._keyboard_focus = False
        self._reduced_motion = False
        self._empty_message = "No graph yet.\nOpen a project that has a blueprint."
        self._work_timer = self._timer(0, self._on_work)
        self._hover_timer = self._timer(HOVER_MS, self._on_dwell)
        self._camera.rested.connect(self._work_timer.start)
        self._describe()

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

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
    def viewport(self) -> Viewport:
        """What part of the scene is seen."""
        return self._camera.view

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
        self._highlights = {}
        self._hovered = self._dwelt = None
        number = scene.standing_for(selected)
        self._stand = None if number is None else Stand(number)
        self._apply_fade()
        self._ghosts = placed_ghosts(self._proposed, scene) if self._proposed is not None else None
        self._camera.frame(scene.bounds, refit=not keep_view)
        if not self._camera.is_fitted and anchor is not None and anchor[0] in scene.index:
            node, px, py = anchor
            now_x, now_y = self.viewport.to_picture(*scene.centre(scene.index[node]))
            if (px, py) != (now_x, now_y):
                self._camera.follow(px - now_x, py - now_y)
        self._on_highlight_changed()
        self._describe()
        self.scene_changed.emit()
        self.view_changed.emit()

    def _anchor(self) -> tuple[NodeId, float, float] | None:
        node = self._stand.node if self._stand else walking.nearest_to(self.scene, self.viewport.x, self.viewport.y)
        if node is None:
            return None
        return self.scene.ids[node], *self.viewport.to_picture(*self.scene.centre(node))

    def select(self, node: str | None, centre: bool = False) -> None:
        """Select a node (or the box that it is in), or none; with `centre` bring it to the middle, else into sight."""
        number = self.scene.standing_for(node or None)
        if (self._stand.node if self._stand else None) != number:
            self._stand = None if number is None else Stand(number)
            self._on_highlight_changed()
            self._describe()
        if number is not None:
            self._bring_into_sight(number, centre=centre)

    def show_only(self, nodes: Iterable[str] | None) -> None:
        """Let all nodes but these step back (a filter); None for no filter."""
        shown = None if nodes is None else frozenset(nodes)
        if shown == self._shown_ids:
            return
        self._shown_ids = shown
        self._apply_fade()
        self._refresh()

    def emphasise(self, emphasis: Emphasised | None, *, come_near: bool = False) -> None:
        """Let some nodes stand out from all others, with badges, until it is None: meanwhile a selection is a ring.

        With `come_near` the view goes to them.
        """
        if emphasis != self._emphasis:
            self._emphasis = emphasis
            self._apply_fade()
            self._on_highlight_changed()
            if come_near and emphasis is not None:
                self._look_at_all(nodes_among(self.scene, emphasis.nodes))

    def _look_at_all(self, nodes: Mask) -> None:
        """Bring these nodes (n,) into sight together."""
        corners = self.scene.corners[nodes]
        if len(corners):
            (left, top), (right, bottom) = corners[:, :2].min(axis=0).tolist(), corners[:, 2:].max(axis=0).tolist()
            view = fitted((left, top, right, bottom), self.width(), self.height(), NEAR_PADDING)
            self._camera.go_to(view, glide=self._glides(True))

    def _apply_fade(self) -> None:
        scene, emphasis = self.scene, self._emphasis
        faded = None if self._shown_ids is None else ~nodes_among(scene, self._shown_ids)
        strong = None
        if emphasis is not None:
            others = ~nodes_among(scene, emphasis.nodes)
            faded = others if faded is None else faded | others
            strong = chain_edges(scene, emphasis.chain)
        self._badges = placed_badges(scene, emphasis.badges) if emphasis is not None else None
        self._pictures.fade(faded, strong)

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

    def set_reduced_motion(self, reduced: bool) -> None:
        """Whether views change at once instead of gliding."""
        self._reduced_motion = reduced

    def set_empty_message(self, message: str) -> None:
        """What an empty canvas says: what is so, and on the next line what to do."""
        self._empty_message = message
        self.update()

    # Pan and zoom

    def view_state(self) -> ViewState:
        """The present view, for history and undo."""
        goal = self._camera.goal
        return ViewState(goal.x, goal.y, goal.scale)

    def restore_view(self, state: ViewState, animated: bool = True) -> None:
        """Go to a view of `view_state`."""
        view = replace(self.viewport, x=state.x, y=state.y, scale=state.scale)
        self._camera.go_to(view, glide=self._glides(animated))

    def fit(self, animated: bool = True) -> None:
        """Show the whole scene; it stays fitted when the canvas changes its size."""
        self._camera.fit(glide=self._glides(animated))

    def keep_clear(self, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> None:
        """Fit the graph beside what covers so many pixels on each side (an open legend)."""
        self._camera.keep_clear(Margins(left, top, right, bottom))

    def zoom_in(self) -> None:
        """One step nearer, about the middle."""
        self.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step further away, about the middle."""
        self.zoom(1 / ZOOM_STEP)

    def zoom(self, factor: float, about: QPointF | None = None, animated: bool = True) -> None:
        """Scale by `factor` so that the point `about` (default: the middle) stays where it is."""
        about = about or QPointF(self.width() / 2, self.height() / 2)
        self._camera.zoom(factor, about.x(), about.y(), glide=self._glides(animated))

    def centre_on(self, x: float, y: float) -> None:
        """Bring a point of the scene to the middle, at once."""
        self._camera.go_to(replace(self.viewport, x=x, y=y), glide=False)

    @property
    def can_move(self) -> bool:
        """Whether motion may be shown: people and systems switch it off."""
        return self._glides(True)

    def _glides(self, wanted: bool) -> bool:
        duration = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
        return wanted and duration > 0 and not self._reduced_motion and self.isVisible()

    def _on_moved(self) -> None:
        self._refresh()
        self.view_changed.emit()

    def _bring_into_sight(self, node: int, *, centre: bool) -> None:
        x, y = self.scene.centre(node)
        view = self._camera.goal
        px, py = view.to_picture(x, y)
        margin_x, margin_y = min(90.0, view.width / 4), min(60.0, view.height / 4)
        inside = margin_x <= px <= view.width - margin_x and margin_y <= py <= view.height - margin_y
        if centre or not inside:
            self._camera.go_to(replace(view, x=x, y=y), glide=self._glides(True))

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
        self._pictures.draw(painter, view)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        paint_group_titles(painter, scene, view)
        selected = None if self._stand is None else self._stand.node
        if self._hovered is not None and self._hovered != selected:
            paint_ring(painter, scene, view, self._hovered, 1.5)
        if selected is not None:
            paint_ring(painter, scene, view, selected, 3.0)
        highlight = self._pictures.highlight
        if highlight is not None:
            paint_callouts(painter, scene, view, highlight.node, highlight.neighbours.tolist())
        if self._badges is not None:
            paint_badges(painter, scene, view, self._badges)
        if self._ghosts is not None:
            paint_ghosts(painter, self._ghosts, scene, view)
        if self._keyboard_focus:
            paint_focus(painter, scene.theme, QRectF(self.rect()))

    def grab_image(self, size: QSize | None = None, ratio: float = 1.0) -> QImage:
        """A crisp image of the present view, or of the whole scene in a `size`; `ratio` is device pixels per pixel."""
        view = self.viewport if size is None else fitted(self.scene.bounds, size.width(), size.height())
        image = QImage(round(view.width * ratio), round(view.height * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        for _ in paint(painter, self.scene, view, self._pictures.content):
            pass
        paint_group_titles(painter, self.scene, view)
        painter.end()
        return image

    # Highlight

    def _on_highlight_changed(self) -> None:
        selected = self._stand.node if self._stand is not None and self._emphasis is None else None
        node = self._dwelt if self._dwelt is not None else selected
        if node is not None and node not in self._highlights:
            if len(self._highlights) > 200:
                self._highlights.clear()
            self._highlights[node] = highlight_of(self.scene, node)
        self._pictures.stand_out(None if node is None else self._highlights[node])
        self._refresh()

    def _hover(self, node: int | None) -> None:
        if node == self._hovered:
            return
        self._hovered = node
        self.setCursor(Qt.CursorShape.ArrowCursor if node is None else Qt.CursorShape.PointingHandCursor)
        self._hover_timer.start()
        self.node_hovered.emit("" if node is None else self.scene.ids[node])
        self.update()

    def _on_dwell(self) -> None:
        if self._dwelt != self._hovered:
            self._dwelt = self._hovered
            self._on_highlight_changed()

    # Pointer

    def _node_at(self, point: QPointF) -> int | None:
        x, y = self.viewport.to_scene(point.x(), point.y())
        return self.scene.node_at(x, y, REACH / self.viewport.scale)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._camera.stop()
            self._pressed = self._dragged_from = event.position()
        self._set_keyboard_focus(False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position()
        if self._pressed is None or self._dragged_from is None:
            self._hover(self._node_at(position))
            return
        if self._dragged_from == self._pressed and (position - self._pressed).manhattanLength() < 4:
            return
        shift = position - self._dragged_from
        self._dragged_from = position
        self._hover(None)
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._camera.pan(shift.x(), shift.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_click = self._pressed is not None and self._pressed == self._dragged_from
        self._pressed = self._dragged_from = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if was_click and event.button() == Qt.MouseButton.LeftButton:
            node = self._node_at(event.position())
            if node is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.node_joined.emit(self.scene.ids[node])
            else:
                self._choose(node)
        self._hover(self._node_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node = self._node_at(event.position())
        if node is not None and event.button() == Qt.MouseButton.LeftButton:
            self.source_requested.emit(self.scene.ids[node])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        node = self._node_at(QPointF(event.pos()))
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self._stand is not None:
            node = self._stand.node
        self.menu_requested.emit("" if node is None else self.scene.ids[node], event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels, turn = event.pixelDelta(), event.angleDelta()
        zooms = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.phase() != Qt.ScrollPhase.NoScrollPhase and not pixels.isNull() and not zooms:
            # Two fingers on a trackpad move the graph; pinching, or Ctrl, zooms.
            self._camera.pan(pixels.x(), pixels.y())
        else:
            self.zoom(1.0016 ** (turn.y() or turn.x()), event.position(), animated=False)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinching, tooltips; everything else as ever."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1 + event.value(), event.position(), animated=False)
            return True
        if event.type() == QEvent.Type.Gesture:
            pinch = event.gesture(Qt.GestureType.PinchGesture)  # type: ignore[attr-defined]
            if pinch is not None:
                self.zoom(pinch.scaleFactor(), self.mapFromGlobal(pinch.hotSpot()), animated=False)
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._pictures.clear()
            self._refresh()
        return super().event(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        node = self._node_at(QPointF(event.pos()))
        if node is None:
            QToolTip.hideText()
            return
        # Always rich text of our own making: a title must not be able to pass for it.
        text = escape(self.scene.words.tooltips[node]).replace("\n", "<br>")
        QToolTip.showText(event.globalPos(), f"<qt>{text}</qt>", self)

    def _choose(self, node: int | None) -> None:
        """The user's own selection."""
        self._set_stand(None if node is None else Stand(node))

    def _set_stand(self, stand: Stand | None) -> None:
        before, self._stand = self._stand, stand
        if (before.node if before else None) != (stand.node if stand else None):
            self._on_highlight_changed()
            self._describe()
            self.node_selected.emit(self.selected or "")

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        directions = {
            Qt.Key.Key_Up: Direction.UP,
            Qt.Key.Key_Down: Direction.DOWN,
            Qt.Key.Key_Left: Direction.LEFT,
            Qt.Key.Key_Right: Direction.RIGHT,
        }
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain and key in directions:
            self._walk(directions[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected is not None:
            self.node_activated.emit(self.selected)
        elif plain and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif plain and key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_out()
        elif plain and key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.fit()
        elif plain and key == Qt.Key.Key_Escape and self._stand is not None:
            self._choose(None)
        else:
            super().keyPressEvent(event)

    def _walk(self, direction: Direction) -> None:
        if self._stand is None:
            node = walking.nearest_to(self.scene, self.viewport.x, self.viewport.y)
            stand = None if node is None else Stand(node)
        else:
            stand = walking.step(self.scene, self._stand, direction)
        if stand is not None:
            self._set_keyboard_focus(True)
            self._dwelt = self._hovered = None
            self._set_stand(stand)
            self._bring_into_sight(stand.node, centre=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self._set_keyboard_focus(event.reason() in by_key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._set_keyboard_focus(False)

    def _set_keyboard_focus(self, on: bool) -> None:
        if self._keyboard_focus != on:
            self._keyboard_focus = on
            self.update()

    # Size and words for screen readers

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._camera.resize(self.width(), self.height())

    def showEvent(self, event: QShowEvent) -> None:
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(900, 640)

    def _describe(self) -> None:
        self.setAccessibleDescription(spoken(self.scene, self._stand.node if self._stand else None))
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
