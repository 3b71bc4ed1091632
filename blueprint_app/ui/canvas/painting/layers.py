"""Finished images of the scene, shown while the view moves and drawn anew, in slices, when it rests."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from blueprint_app.ui.canvas.moving.viewport import Viewport
from blueprint_app.ui.canvas.painting.painting import Slices

Paint = Callable[[QPainter, Viewport], Slices]


@dataclass(slots=True)
class _Work:
    """An image that is being painted."""

    key: object
    view: Viewport
    image: QImage
    painter: QPainter
    rest: Slices

    def __del__(self) -> None:
        # Qt ends the process if an image goes away under its painter.
        if self.painter.isActive():
            self.painter.end()


class Layer:
    """One image with the view it shows and the key of what it shows; a newer one may be in the making.

    The image keeps being shown, shifted and scaled, until the next is whole.
    """

    def __init__(self) -> None:
        self.image: QImage | None = None
        self.view: Viewport | None = None
        self.key: object = None
        self._work: _Work | None = None

    def stand_in(self, former: "Layer") -> None:
        """Show the finished image of another layer, which is of something else, until the first own one is whole."""
        self.image, self.view = former.image, former.view

    @property
    def is_working(self) -> bool:
        """Whether an image is in the making."""
        return self._work is not None

    def shows(self, key: object) -> bool:
        """Whether the finished image is of what `key` stands for, in whatever view."""
        return self.image is not None and self.key == key

    def is_crisp(self, key: object, view: Viewport) -> bool:
        """Whether the finished image shows the view at its own scale."""
        return self.shows(key) and self.view is not None and self.view.scale == view.scale and self.view.covers(view)

    def is_bearable(self, key: object, view: Viewport) -> bool:
        """Whether the finished image will do while the view moves."""
        if not self.shows(key) or self.view is None:
            return False
        return self.view.covers(view) and 0.6 < view.scale / self.view.scale < 1.7

    def start(self, key: object, view: Viewport, ratio: float, paint: Paint, *, opaque: bool) -> None:
        """Begin a new image of `view`; `ratio` is in device pixels per logical pixel."""
        self.stop()
        pixel_format = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(max(round(view.width * ratio), 1), max(round(view.height * ratio), 1), pixel_format)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self._work = _Work(key, view, image, painter, paint(painter, view))

    def advance(self, until: float) -> bool:
        """Go on painting until the moment `until` (of `perf_counter`); whether a new image is whole now."""
        work = self._work
        if work is None:
            return False
        for _ in work.rest:
            if perf_counter() >= until:
                return False
        work.painter.end()
        self.image, self.view, self.key, self._work = work.image, work.view, work.key, None
        return True

    def is_making(self, key: object, view: Viewport | None = None) -> bool:
        """Whether the image in the making is of what `key` stands for and, if given, will show `view` crisply."""
        work = self._work
        if work is None or work.key != key:
            return False
        return view is None or (work.view.scale == view.scale and work.view.covers(view))

    def stop(self) -> None:
        """Give up the image in the making."""
        if self._work is not None:
            self._work.painter.end()
            self._work = None

    def clear(self) -> None:
        """Forget every image."""
        self.stop()
        self.image = self.view = self.key = None

    def draw(self, painter: QPainter, view: Viewport) -> None:
        """Draw the finished image where `view` sees it."""
        if self.image is None or self.view is None:
            return
        left, top, _, _ = self.view.box
        x, y = view.to_picture(left, top)
        ratio = view.scale / self.view.scale
        if ratio == 1:
            # On whole device pixels nothing is resampled: text stays as sharp as it was painted.
            pixel = self.image.devicePixelRatio()
            painter.drawImage(
                QRectF(round(x * pixel) / pixel, round(y * pixel) / pixel, self.view.width, self.view.height).topLeft(),
                self.image,
            )
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, 0.3 < ratio < 4)
        painter.drawImage(QRectF(x, y, self.view.width * ratio, self.view.height * ratio), self.image)
