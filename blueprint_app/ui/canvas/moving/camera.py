"""Where the canvas looks and how it gets there: fitted, moved by hand, or gliding."""

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QEasingCurve, QObject, QTimer, QVariantAnimation, Signal

from blueprint_app.ui.canvas.moving.viewport import Box, Viewport, fitted, fitted_beside
from blueprint_app.ui.canvas.painting.curves import Floats

ANIMATION_MS = 150
REST_MS = 70
"""After so long without motion the view is at rest, and worth painting crisp."""
NEAR_PADDING = 72
"""What the camera goes near to is shown with so many pixels around it."""
REACH = 24
"""So many pixels stay between what it goes near to and what covers the canvas."""
WIDEST_CORNER = 0.65
"""A corner that covers more of the width than this leaves too little beside it."""


@dataclass(frozen=True, slots=True)
class CanvasView:
    """Where the canvas looks: the middle in scene units, and the scale in logical pixels per unit."""

    x: float
    y: float
    scale: float


class Camera(QObject):
    """Holds the view; `moved` is emitted for every change of it, `rested` some time after the last.

    A fitted camera stays fitted when the picture or the scene changes its size, until it is moved; one that went near
    to something stays so when the picture changes its size.
    """

    moved = Signal()
    rested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = Viewport(0, 0, 1, 1, 1)
        self.is_fitted = True
        self.is_moving = False
        self._bounds: Box = (0, 0, 0, 0)
        self._covered = 0.0
        self._corner = (0.0, 0.0)
        self._outlines: Floats = np.zeros((0, 4))
        self._near: Box | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._on_rest)
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(ANIMATION_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._on_animated)
        self._journey = (self.view, self.view)

    @property
    def goal(self) -> Viewport:
        """Where the camera will be when it is at rest."""
        return self._journey[1] if self._is_gliding() else self.view

    def frame(self, bounds: Box, outlines: Floats, *, refit: bool = False) -> None:
        """Take a new scene's bounds; a fitted camera, or any if `refit`, shows all of them at once.

        `outlines` (n, 4) are left, top, right and bottom of what no corner is to cover.
        One that is on its way elsewhere goes on.
        """
        self._bounds, self._outlines = bounds, outlines
        self._near = None
        self.is_fitted |= refit
        if self.is_fitted:
            self._animation.stop()
            self.set_view(self._fitted())

    def resize(self, width: float, height: float) -> None:
        """Take a new size of the picture; a camera that is on its way arrives at once."""
        resized = self.goal.resized(max(width, 1), max(height, 1))
        self._animation.stop()
        self.view = resized
        if self.is_fitted:
            self.view = self._fitted()
        elif self._near is not None:
            self.view = self._near_to(self._near)
        self._changed()

    def keep_clear(self, height: float) -> None:
        """Go near to things above the lowest `height` pixels, which something else covers."""
        self._covered = height

    def keep_corner(self, width: float, height: float) -> None:
        """Fit the scene so that nothing of it lies in the lower left corner of so many pixels."""
        self._corner = width, height
        if self.is_fitted:
            self.set_view(self._fitted())

    def fit(self, *, glide: bool) -> None:
        """Show the whole scene."""
        self.go_to(self._fitted(), glide=glide)
        self.is_fitted = True

    def go_to(self, view: Viewport, *, glide: bool) -> None:
        """Go to a view, at once or gliding."""
        self._animation.stop()
        self.is_fitted, self._near = False, None
        if not glide:
            self.set_view(view)
            return
        self._journey = (self.view, view)
        self._animation.start()

    def go_near(self, box: Box, *, glide: bool) -> None:
        """Show all of a box of the scene, as large as may be, above what is covered."""
        self.go_to(self._near_to(box), glide=glide)
        self._near = box

    def bring_into_sight(self, x: float, y: float, *, centre: bool, glide: bool) -> None:
        """Bring a point of the scene to the middle, where it is not well within the picture or `centre` wants it.

        A camera that shows the whole scene has every point in sight, at the very edge too.
        """
        if self.is_fitted and not centre:
            return
        view = self.goal
        px, py = view.to_picture(x, y)
        margin_x, margin_y = min(90.0, view.width / 4), min(60.0, view.height / 4)
        inside = margin_x <= px <= view.width - margin_x and margin_y <= py <= view.height - margin_y
        if centre or not inside:
            self.go_to(replace(view, x=x, y=y), glide=glide)

    def zoom(self, factor: float, px: float, py: float, *, glide: bool) -> None:
        """Scale so that what lies at (px, py) stays there; steps while gliding add up."""
        self.go_to((self.goal if glide else self.view).zoomed(factor, px, py), glide=glide)

    def pan(self, dx: float, dy: float) -> None:
        """Shift the scene by pixels."""
        self.go_to(self.view.moved(dx, dy), glide=False)

    def follow(self, dx: float, dy: float) -> None:
        """Shift what is seen by pixels, and what will be seen at the end of a glide, as the scene was shifted."""
        if not self._is_gliding():
            self.pan(dx, dy)
            return
        start, end = self._journey
        x, y = dx / self.view.scale, dy / self.view.scale
        self._journey = (replace(start, x=start.x - x, y=start.y - y), replace(end, x=end.x - x, y=end.y - y))
        self.set_view(replace(self.view, x=self.view.x - x, y=self.view.y - y))

    def stop(self) -> None:
        """Stay where it is now."""
        self._animation.stop()

    def set_view(self, view: Viewport) -> None:
        """Look elsewhere, without a word about fitting."""
        if view != self.view:
            self.view = view
            self._changed()

    def _changed(self) -> None:
        self.is_moving = True
        self._rest.start()
        self.moved.emit()

    def _fitted(self) -> Viewport:
        """All of the scene, and where that would lie in part under the covered corner, beside it."""
        width, height = self.view.width, self.view.height
        view = fitted(self._bounds, width, height)
        covered = self._corner[0]
        if not covered or covered > WIDEST_CORNER * width or not self._is_in_corner(view):
            return view
        return fitted_beside(self._bounds, width, height, left=covered)

    def _is_in_corner(self, view: Viewport) -> bool:
        right, _ = view.to_scene(self._corner[0], 0)
        _, top = view.to_scene(0, view.height - self._corner[1])
        return bool(((self._outlines[:, 0] < right) & (self._outlines[:, 3] > top)).any())

    def _near_to(self, box: Box) -> Viewport:
        # What is covered lies within the padding that is there anyway, but for the rest of it.
        rest = max(self._covered + REACH - NEAR_PADDING, 0.0)
        return fitted_beside(box, self.view.width, self.view.height, bottom=rest, padding=NEAR_PADDING)

    def _is_gliding(self) -> bool:
        return self._animation.state() == QVariantAnimation.State.Running

    def _on_animated(self, share: float) -> None:
        start, end = self._journey
        self.set_view(end if share >= 1 else start.between(end, share))

    def _on_rest(self) -> None:
        if self._is_gliding():
            self._rest.start()
            return
        self.is_moving = False
        self.rested.emit()
