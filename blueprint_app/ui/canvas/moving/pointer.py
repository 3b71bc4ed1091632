"""What the mouse, the wheel and fingers do on the canvas: point at nodes, choose them, pan and zoom."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QToolTip

from blueprint_app.ui.canvas.moving.walking import Stand

if TYPE_CHECKING:
    from blueprint_app.ui.canvas.canvas import GraphCanvas

HOVER_MS = 110
"""The pointer must rest so long on a node before its surroundings stand out: crossing the graph must not flicker."""
DRAG_PIXELS = 4
"""A pointer that moves less between press and release has clicked."""
WHEEL_BASE = 1.0016
"""The scale changes by this factor for each eighth of a degree that the wheel turns."""


class Pointer(QObject):
    """The hands on one canvas; `hovered` is the node under the pointer, `dwelt` the one on which it rests."""

    def __init__(self, canvas: "GraphCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.hovered: int | None = None
        self.dwelt: int | None = None
        self._pressed: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self._dwell = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._dwell.timeout.connect(self._on_dwell)

    def takes(self, event: QEvent) -> bool:
        """Do what one of the `HANDS` events asks for; whether there was something to do."""
        return HANDS[event.type()](self, event)

    def forget(self) -> None:
        """Let go of the node it was on: another is shown, or chosen by key."""
        self.hovered = self.dwelt = None

    # Hovering

    def _hover(self, node: int | None) -> None:
        if node == self.hovered:
            return
        self.hovered = node
        self._canvas.setCursor(Qt.CursorShape.ArrowCursor if node is None else Qt.CursorShape.PointingHandCursor)
        self._dwell.start()
        self._canvas.node_hovered.emit(self._canvas.name_of(node))
        self._canvas.update()

    def _on_dwell(self) -> None:
        if self.dwelt != self.hovered:
            self.dwelt = self.hovered
            self._canvas.light_up()

    def leave(self, event: QEvent) -> bool:
        """The pointer is elsewhere."""
        self._hover(None)
        return True

    def show_tooltip(self, event: QHelpEvent) -> bool:
        """Tell what the node under the pointer is."""
        node = self._canvas.node_at(QPointF(event.pos()))
        if node is None:
            QToolTip.hideText()
        else:
            # Always rich text of our own making: a title must not be able to pass for it.
            text = escape(self._canvas.scene.words.tooltips[node]).replace("\n", "<br>")
            QToolTip.showText(event.globalPos(), f"<qt>{text}</qt>", self._canvas)
        return True

    # Buttons

    def press(self, event: QMouseEvent) -> bool:
        """A click begins, or a drag."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._canvas.halt()
            self._pressed = self._dragged_from = event.position()
        self._canvas.show_focus(False)
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Point at what is there, or drag the graph along."""
        position = event.position()
        if self._pressed is None or self._dragged_from is None:
            self._hover(self._canvas.node_at(position))
        elif self._dragged_from != self._pressed or (position - self._pressed).manhattanLength() >= DRAG_PIXELS:
            shift = position - self._dragged_from
            self._dragged_from = position
            self._hover(None)
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._canvas.pan(shift)
        return True

    def release(self, event: QMouseEvent) -> bool:
        """A click is done, or a drag."""
        was_click = self._pressed is not None and self._pressed == self._dragged_from
        self._pressed = self._dragged_from = None
        self._canvas.setCursor(Qt.CursorShape.ArrowCursor)
        if was_click and event.button() == Qt.MouseButton.LeftButton:
            self._click(event)
        self._hover(self._canvas.node_at(event.position()))
        return True

    def _click(self, event: QMouseEvent) -> None:
        node = self._canvas.node_at(event.position())
        if node is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._canvas.node_joined.emit(self._canvas.name_of(node))
        else:
            self._canvas.choose(None if node is None else Stand(node))

    def double_click(self, event: QMouseEvent) -> bool:
        """Ask for a node's source."""
        node = self._canvas.node_at(event.position())
        if node is not None and event.button() == Qt.MouseButton.LeftButton:
            self._canvas.source_requested.emit(self._canvas.name_of(node))
        return True

    def ask_for_menu(self, event: QContextMenuEvent) -> bool:
        """Ask for the menu of a node, or of the graph."""
        node, stand = self._canvas.node_at(QPointF(event.pos())), self._canvas.stand
        if event.reason() == QContextMenuEvent.Reason.Keyboard and stand is not None:
            node = stand.node
        self._canvas.menu_requested.emit(self._canvas.name_of(node), event.globalPos())
        return True

    # Wheel and fingers

    def turn(self, event: QWheelEvent) -> bool:
        """The wheel zooms; two fingers on a trackpad move the graph, and with Ctrl they zoom."""
        pixels, turn = event.pixelDelta(), event.angleDelta()
        zooms = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.phase() != Qt.ScrollPhase.NoScrollPhase and not pixels.isNull() and not zooms:
            self._canvas.pan(QPointF(pixels))
        else:
            self._canvas.zoom(WHEEL_BASE ** (turn.y() or turn.x()), event.position(), animated=False)
        event.accept()
        return True

    def pinch_natively(self, event: QNativeGestureEvent) -> bool:
        """Two fingers zoom, on a system that tells of them by itself."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._canvas.zoom(1 + event.value(), event.position(), animated=False)
        return True

    def pinch(self, event: QGestureEvent) -> bool:
        """Two fingers zoom."""
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if isinstance(pinch, QPinchGesture):
            self._canvas.zoom(pinch.scaleFactor(), self._canvas.mapFromGlobal(pinch.hotSpot()), animated=False)
        return True


HANDS: dict[QEvent.Type, Callable[[Pointer, Any], bool]] = {
    QEvent.Type.MouseButtonPress: Pointer.press,
    QEvent.Type.MouseMove: Pointer.move,
    QEvent.Type.MouseButtonRelease: Pointer.release,
    QEvent.Type.MouseButtonDblClick: Pointer.double_click,
    QEvent.Type.ContextMenu: Pointer.ask_for_menu,
    QEvent.Type.Leave: Pointer.leave,
    QEvent.Type.Wheel: Pointer.turn,
    QEvent.Type.NativeGesture: Pointer.pinch_natively,
    QEvent.Type.Gesture: Pointer.pinch,
    QEvent.Type.ToolTip: Pointer.show_tooltip,
}
"""The events that come from a hand; the others are the canvas' own."""
