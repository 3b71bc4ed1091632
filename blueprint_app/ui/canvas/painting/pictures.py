"""Which images of a scene are needed for a view, which comes next, and how they are laid over each other."""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from blueprint_app.ui.canvas.links import Mask
from blueprint_app.ui.canvas.moving.viewport import Viewport, fitted
from blueprint_app.ui.canvas.painting.layers import Layer
from blueprint_app.ui.canvas.painting.painting import Content, Slices, paint, whole_content
from blueprint_app.ui.canvas.scene import Scene
from blueprint_app.ui.canvas.standing_out.highlight import Highlight

MARGIN = 0.25
"""How much more than the view an image shows, as a share on each side: so far one pans without a gap."""
OVERVIEW_PIXELS = 1400.0
"""The longer side of the image of the whole scene."""
VEIL = 0.72
"""How strongly the rest steps back until its own pale image is ready."""


class Pictures:
    """The images of one scene.

    `base` is the scene as it is, `pale` with all of it stepped back, `glow` what is highlighted on
    nothing, `overview` all of the scene: it fills gaps while the view moves, and is the minimap.
    """

    def __init__(self, scene: Scene, former: "Pictures | None" = None) -> None:
        """The images of `former`, on which everything stands where it does now, are shown until there are others."""
        self.scene = scene
        self.overview = Layer()
        self._base, self._pale, self._glow = Layer(), Layer(), Layer()
        if former is not None:
            self._base.stand_in(former._base)
            self.overview.stand_in(former.overview)
        self._highlight: Highlight | None = None
        self.fade(None)
        everything = np.ones(len(scene.ids), dtype=np.bool_)
        self._pale_content = replace(whole_content(scene, everything), has_names=False)
        left, top, right, bottom = scene.bounds
        width, height = max(right - left, 1.0), max(bottom - top, 1.0)
        share = OVERVIEW_PIXELS / max(width, height)
        self._overview_view = fitted(scene.bounds, max(width * share, 64), max(height * share, 64), 8)

    @property
    def highlight(self) -> Highlight | None:
        """What stands out now."""
        return self._highlight

    def fade(self, faded: Mask | None, strong: Mask | None = None) -> None:
        """Let some nodes (n,) step back, or none, and some edges (m,) stand out."""
        self._content = whole_content(self.scene, faded, strong)
        self._overview_content = replace(self._content, has_names=False)
        self.stand_out(self._highlight)

    def stand_out(self, highlight: Highlight | None) -> None:
        """Highlight one node's surroundings, or nothing; what is filtered out of them stays stepped back."""
        self._highlight = highlight
        if highlight is None:
            self._glow.clear()
            return
        faded = self._content.faded.copy()
        faded[highlight.node] = False
        self._glow_content = replace(highlight.content, faded=faded)

    def is_crisp(self, view: Viewport) -> bool:
        """Whether the view is shown by finished images at its own scale."""
        return all(layer.is_crisp(content, view) for layer, content in self._shown())

    def is_content(self, view: Viewport) -> bool:
        """Whether what there is will do while the view moves."""
        return next(self._missing(view, moving=True), None) is None

    def has_base(self) -> bool:
        """Whether there is any image yet to show something at once."""
        return self._base.image is not None

    def clear(self) -> None:
        """Forget every image: the screen is another one."""
        for layer in (self._base, self._pale, self._glow, self.overview):
            layer.clear()

    @property
    def content(self) -> Content:
        """What is painted where nothing stands out."""
        return self._content

    def is_idle(self, view: Viewport) -> bool:
        """Whether there is nothing left to paint, not even in advance."""
        return next(self._missing(view, moving=False), None) is None

    def advance(self, view: Viewport, ratio: float, seconds: float, *, moving: bool) -> bool:
        """Paint for so long at what is needed next; whether an image became whole."""
        until = perf_counter() + seconds
        finished = False
        while perf_counter() < until:
            wanted = next(self._missing(view, moving=moving), None)
            if wanted is None:
                break
            layer, content = wanted
            # While the view moves an image begun for a moment ago is still better than one begun ever anew.
            if not layer.is_making(content, None if moving or layer is self.overview else view):
                self._start(layer, content, view, ratio)
            finished |= layer.advance(until)
        return finished

    def _start(self, layer: Layer, content: Content, view: Viewport, ratio: float) -> None:
        scene = self.scene
        seen = QRectF(0, 0, view.width, view.height)
        target = self._overview_view if layer is self.overview else _widened(view, ratio)

        seen.moveCenter(QPointF(target.width / 2, target.height / 2))

        def paint_it(painter: QPainter, into: Viewport) -> Slices:
            return paint(painter, scene, into, content, seen)

        layer.start(content, target, ratio, paint_it, opaque=content.has_ground)

    def _shown(self) -> list[tuple[Layer, Content]]:
        """The images that make up what is shown now."""
        if self._highlight is None:
            return [(self._base, self._content)]
        return [(self._glow, self._glow_content), (self._pale, self._pale_content)]

    def _missing(self, view: Viewport, *, moving: bool) -> Iterator[tuple[Layer, Content]]:
        """The images that are not as they should be, most urgent first."""
        for layer, content in self._shown():
            ready = layer.is_bearable(content, view) if moving else layer.is_crisp(content, view)
            if not ready:
                yield layer, content
        if not self.overview.shows(self._overview_content):
            yield self.overview, self._overview_content
        if not moving:
            for layer, content in ((self._base, self._content), (self._pale, self._pale_content)):
                if not layer.is_crisp(content, view):
                    yield layer, content

    def draw(self, painter: QPainter, view: Viewport) -> None:
        """Lay the images that there are over each other as the view sees them."""
        ground = QColor(self.scene.theme.ground)
        painter.fillRect(QRectF(0, 0, view.width, view.height), ground)
        # Until the new highlight is painted the one before it stays, or the plain scene.
        is_lit = self._highlight is not None and self._glow.image is not None
        is_pale = is_lit and self._pale.shows(self._pale_content)
        behind = self._pale if is_pale else self._base
        if behind.view is None or not behind.view.covers(view):
            self.overview.draw(painter, view)
            if is_pale:
                self._veil(painter, view, ground)
        behind.draw(painter, view)
        if is_lit:
            if not is_pale:
                self._veil(painter, view, ground)
            self._glow.draw(painter, view)

    @staticmethod
    def _veil(painter: QPainter, view: Viewport, ground: QColor) -> None:
        ground.setAlphaF(VEIL)
        painter.fillRect(QRectF(0, 0, view.width, view.height), ground)

    def whole_image(self) -> tuple[QImage, Viewport] | None:
        """The image of the whole scene and its view, once there is one."""
        if self.overview.image is None or self.overview.view is None:
            return None
        return self.overview.image, self.overview.view


def _widened(view: Viewport, ratio: float) -> Viewport:
    """The view with its margin, whole pixels wide, so that panned images stay on the pixel grid."""
    margin = MARGIN if ratio < 1.5 else MARGIN / 2
    return view.resized(view.width + 2 * round(view.width * margin), view.height + 2 * round(view.height * margin))
