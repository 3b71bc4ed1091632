"""What the keys do on the canvas: walk from node to node, zoom, fit, read and let go."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from blueprint_app.ui.canvas.moving.walking import Direction, Stand, nearest_to, step

if TYPE_CHECKING:
    from blueprint_app.ui.canvas.canvas import GraphCanvas

DIRECTIONS = {
    Qt.Key.Key_Up: Direction.UP,
    Qt.Key.Key_Down: Direction.DOWN,
    Qt.Key.Key_Left: Direction.LEFT,
    Qt.Key.Key_Right: Direction.RIGHT,
}


class Keyboard:
    """The keys of one canvas; other keys, and any with Ctrl or Alt, are not its own."""

    def __init__(self, canvas: "GraphCanvas") -> None:
        self._canvas = canvas
        self._deeds: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Plus: canvas.zoom_in,
            Qt.Key.Key_Equal: canvas.zoom_in,
            Qt.Key.Key_Minus: canvas.zoom_out,
            Qt.Key.Key_Underscore: canvas.zoom_out,
            Qt.Key.Key_0: canvas.fit,
            Qt.Key.Key_Home: canvas.fit,
        }

    def takes(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; whether it was one of these."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        if key in DIRECTIONS:
            self._walk(DIRECTIONS[key])
        elif key in self._deeds:
            self._deeds[key]()
        else:
            return self._canvas.stand is not None and self._act_on_selected(key)
        return True

    def _act_on_selected(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._canvas.node_activated.emit(self._canvas.selected)
        elif key == Qt.Key.Key_Escape:
            self._canvas.choose(None)
        else:
            return False
        return True

    def _walk(self, direction: Direction) -> None:
        canvas, view = self._canvas, self._canvas.viewport
        if canvas.stand is None:
            node = nearest_to(canvas.scene, view.x, view.y)
            stand = None if node is None else Stand(node)
        else:
            stand = step(canvas.scene, canvas.stand, direction)
        if stand is not None:
            canvas.walk_to(stand)
