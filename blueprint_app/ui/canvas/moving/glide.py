"""Shows for a moment how the nodes go from an old layout to a new one, so that a person's eye can follow them."""

import numpy as np
from PySide6.QtCore import QEasingCurve, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from blueprint_app.ui.canvas.moving.viewport import Viewport
from blueprint_app.ui.canvas.painting.curves import Floats
from blueprint_app.ui.canvas.scene import Scene

DURATION_MS = 250
MOST_NODES = 3000
"""More cannot be painted in every frame."""


class Glide(QWidget):
    """Lies over the canvas while it runs, and is gone when it is done: below it the new layout stands already."""

    def __init__(self, canvas: QWidget, old: tuple[Scene, Viewport], new: tuple[Scene, Viewport]) -> None:
        super().__init__(canvas)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._scene = new[0]
        rows = [(old[0].index[node], row) for row, node in enumerate(new[0].ids) if node in old[0].index]
        before, after = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
        self._rows = after
        self._before = _on_screen(old[0].rects[before], old[1])
        self._after = _on_screen(new[0].rects[after], new[1])
        self._share = 0.0
        self._motion = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=DURATION_MS)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._on_moved)
        self._motion.finished.connect(self._on_finished)
        self.setGeometry(canvas.rect())
        self.show()
        self._motion.start()

    def frames(self, share: float) -> Floats:
        """Where the nodes are on the screen `share` (0 to 1) of the way: (n, 4) left, top, width, height."""
        return np.asarray(self._before + (self._after - self._before) * share)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scene, painter = self._scene, QPainter(self)
        painter.fillRect(self.rect(), QColor(scene.theme.ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        looks = [(QColor(style.fill), QPen(QColor(style.border))) for style in scene.styles]
        for row, frame in zip(self._rows.tolist(), self.frames(self._share).tolist(), strict=True):
            fill, pen = looks[scene.style_of[row]]
            painter.setBrush(fill)
            painter.setPen(pen)
            if scene.boxes[row]:
                painter.drawRect(QRectF(*frame))
            else:
                painter.drawEllipse(QRectF(*frame))
        painter.end()

    def _on_moved(self, share: float) -> None:
        self._share = share
        self.update()

    def _on_finished(self) -> None:
        self.hide()
        self.deleteLater()


def can_glide(old: Scene, new: Scene) -> bool:
    """Whether there is anything to follow with the eye: nodes in both, not too many, and some at other places."""
    both = [node for node in new.ids if node in old.index]
    if not both or len(both) > MOST_NODES:
        return False
    before = old.rects[[old.index[node] for node in both]]
    return not np.array_equal(before, new.rects[[new.index[node] for node in both]])


def _on_screen(rects: Floats, view: Viewport) -> Floats:
    dx, dy = view.offset
    return np.asarray(rects * view.scale + np.array([dx, dy, 0.0, 0.0]))
