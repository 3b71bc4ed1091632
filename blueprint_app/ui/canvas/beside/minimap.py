"""The whole scene in a corner, with a frame around what the canvas shows."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from blueprint_app.ui.canvas.canvas import GraphCanvas
from blueprint_app.ui.canvas.moving.viewport import Viewport, fitted
from blueprint_app.ui.canvas.painting.painting import at_least
from blueprint_app.ui.canvas.painting.paths import draw_rects

LARGEST = QSize(216, 136)
PADDING = 5


class Minimap(QWidget):
    """A map of a canvas; a click or drag moves the canvas there, the wheel zooms it."""

    def __init__(self, canvas: GraphCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._small: tuple[int, float, QImage] | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Overview map")
        self.setToolTip("Click or drag to move the view")
        canvas.view_changed.connect(self.update)
        canvas.overview_painted.connect(self.update)
        canvas.scene_changed.connect(self._on_scene_changed)
        self._on_scene_changed()

    def _on_scene_changed(self) -> None:
        left, top, right, bottom = self._canvas.scene.bounds
        width, height = max(right - left, 1.0), max(bottom - top, 1.0)
        scale = min((LARGEST.width() - 2 * PADDING) / width, (LARGEST.height() - 2 * PADDING) / height)
        self.setFixedSize(max(round(width * scale) + 2 * PADDING, 72), max(round(height * scale) + 2 * PADDING, 48))
        self.update()

    def sizeHint(self) -> QSize:
        """The scene's proportions, within the largest size."""
        return self.size()

    @property
    def view(self) -> Viewport:
        """The whole scene as it lies in the map."""
        return fitted(self._canvas.scene.bounds, self.width(), self.height(), PADDING)

    def frame(self) -> QRectF:
        """What the canvas shows, in the map's pixels."""
        left, top, right, bottom = self._canvas.viewport.box
        start, end = self.view.to_picture(left, top), self.view.to_picture(right, bottom)
        return QRectF(QPointF(*start), QPointF(*end))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The map, dimmed outside the frame."""
        theme = self._canvas.scene.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        border = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ground))
        painter.drawRoundedRect(border, 4, 4)
        self._paint_scene(painter)
        shade = QColor(theme.panel)
        shade.setAlphaF(0.62)
        frame = self.frame().intersected(border)
        outside = QPainterPath()
        outside.addRoundedRect(border, 4, 4)
        outside.addRect(frame)
        painter.fillPath(outside, shade)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRoundedRect(border, 4, 4)
        painter.setPen(QPen(QColor(theme.accent), 1.5))
        painter.drawRect(frame.adjusted(0.75, 0.75, -0.75, -0.75))

    def _paint_scene(self, painter: QPainter) -> None:
        whole = self._canvas.pictures.whole_image()
        if whole is None:
            return
        image, shown = whole
        ratio = self.devicePixelRatioF()
        scale = self.view.scale / shown.scale
        size = QSize(round(shown.width * scale * ratio), round(shown.height * scale * ratio))
        if self._small is None or self._small[:2] != (image.cacheKey(), ratio):
            # Averaged down once: drawn scaled it would lose every thin line.
            small = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
            small.setDevicePixelRatio(ratio)
            self._paint_dots(small, shown.scale * scale)
            self._small = (image.cacheKey(), ratio, small)
        left, top, _, _ = shown.box
        painter.setClipRect(self.rect().adjusted(1, 1, -1, -1))
        painter.drawImage(QPointF(*self.view.to_picture(left, top)), self._small[2])
        painter.setClipping(False)

    def _paint_dots(self, small: QImage, scale: float) -> None:
        """Every node anew on the small image, large enough to be seen."""
        scene = self._canvas.scene
        left, top, _, _ = scene.bounds
        painter = QPainter(small)
        painter.setPen(Qt.PenStyle.NoPen)
        shift_x = (small.width() / small.devicePixelRatio() - (scene.bounds[2] - left) * scale) / 2 - left * scale
        shift_y = (small.height() / small.devicePixelRatio() - (scene.bounds[3] - top) * scale) / 2 - top * scale
        rects = at_least(scene.rects * scale + np.array([shift_x, shift_y, 0, 0]), 2.0)
        for number, style in enumerate(scene.styles):
            painter.setBrush(QColor(style.dot))
            draw_rects(painter, rects[scene.style_of == number])
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the canvas to what lies there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move on while the button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def _go(self, position: QPointF) -> None:
        self._canvas.centre_on(*self.view.to_scene(position.x(), position.y()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom the canvas about its middle."""
        self._canvas.zoom(1.0016 ** event.angleDelta().y(), animated=False)
        event.accept()
