"""A surface that pans and zooms, at once or gliding, whatever is painted on it."""

from dataclasses import replace

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyle, QWidget

from blueprint_app.ui.canvas.moving.camera import Camera, CanvasView
from blueprint_app.ui.canvas.moving.viewport import Viewport

ZOOM_STEP = 1.25


class Surface(QWidget):
    """Looks at a scene through a `Camera`; `view_changed` tells that pan or zoom changed."""

    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reduced_motion = False
        self._camera = Camera(self)
        self._camera.resize(self.width(), self.height())
        self._camera.moved.connect(self._on_moved)

    @property
    def viewport(self) -> Viewport:
        """What part of the scene is seen."""
        return self._camera.view

    def view_state(self) -> CanvasView:
        """The present view, for history and undo."""
        goal = self._camera.goal
        return CanvasView(goal.x, goal.y, goal.scale)

    def restore_view(self, state: CanvasView, animated: bool = True) -> None:
        """Go to a view of `view_state`."""
        view = replace(self.viewport, x=state.x, y=state.y, scale=state.scale)
        self._camera.go_to(view, glide=self._glides(animated))

    def fit(self, animated: bool = True) -> None:
        """Show the whole scene; it stays fitted when the canvas changes its size."""
        self._camera.fit(glide=self._glides(animated))

    def keep_clear(self, height: float) -> None:
        """Have what is gone near to stand above the lowest `height` pixels, which the small map covers."""
        self._camera.keep_clear(height)

    def keep_corner(self, width: float, height: float) -> None:
        """Fit the scene beside its lower left corner of so many pixels, which an open legend covers."""
        self._camera.keep_corner(width, height)

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

    def pan(self, shift: QPointF) -> None:
        """Shift the scene by pixels, at once."""
        self._camera.pan(shift.x(), shift.y())

    def halt(self) -> None:
        """Stay where it is now, though it was on its way elsewhere."""
        self._camera.stop()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Whether views change at once instead of gliding."""
        self._reduced_motion = reduced

    @property
    def can_move(self) -> bool:
        """Whether motion may be shown: people and systems switch it off."""
        return self._glides(True)

    def _glides(self, wanted: bool) -> bool:
        duration = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
        return wanted and duration > 0 and not self._reduced_motion and self.isVisible()

    def _on_moved(self) -> None:
        self.view_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._camera.resize(self.width(), self.height())
