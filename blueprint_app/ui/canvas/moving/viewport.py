"""What part of the scene a picture shows, as a value: the whole of panning and zooming is arithmetic on it."""

from dataclasses import dataclass, replace

SMALLEST_SCALE, LARGEST_SCALE = 0.002, 5.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Viewport:
    """A picture of `width` x `height` logical pixels with the scene's point (x, y) at its centre.

    `scale` is in logical pixels per scene unit (a point).
    """

    x: float
    y: float
    scale: float
    width: float
    height: float

    @property
    def box(self) -> Box:
        """Left, top, right, bottom of what is shown, in scene units."""
        half_width, half_height = self.width / self.scale / 2, self.height / self.scale / 2
        return self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height

    @property
    def offset(self) -> tuple[float, float]:
        """Where the scene's origin lies in the picture: picture = scene * scale + offset."""
        return self.width / 2 - self.x * self.scale, self.height / 2 - self.y * self.scale

    def to_scene(self, px: float, py: float) -> tuple[float, float]:
        """The scene's point at a point of the picture."""
        return self.x + (px - self.width / 2) / self.scale, self.y + (py - self.height / 2) / self.scale

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the scene lies in the picture."""
        dx, dy = self.offset
        return x * self.scale + dx, y * self.scale + dy

    def moved(self, dx: float, dy: float) -> "Viewport":
        """With the scene shifted by that many pixels."""
        return replace(self, x=self.x - dx / self.scale, y=self.y - dy / self.scale)

    def zoomed(self, factor: float, px: float, py: float) -> "Viewport":
        """Scaled by `factor` (within limits) so that what lies at (px, py) stays there."""
        scale = min(max(self.scale * factor, SMALLEST_SCALE), LARGEST_SCALE)
        x, y = self.to_scene(px, py)
        return replace(self, scale=scale, x=x - (px - self.width / 2) / scale, y=y - (py - self.height / 2) / scale)

    def resized(self, width: float, height: float) -> "Viewport":
        """The same centre and scale in a picture of another size."""
        return replace(self, width=width, height=height)

    def covers(self, other: "Viewport") -> bool:
        """Whether all that `other` shows is in this one too."""
        left, top, right, bottom = self.box
        inner = other.box
        return left <= inner[0] and top <= inner[1] and right >= inner[2] and bottom >= inner[3]

    def between(self, end: "Viewport", share: float) -> "Viewport":
        """The view `share` (0..1) of the way to `end`; the scale runs geometrically, as the eye expects."""
        scale = self.scale * (end.scale / self.scale) ** share
        # The centre follows the scale so that a zoom about a point keeps that point still.
        if abs(end.scale / self.scale - 1) > 1e-3:
            share = (1 / scale - 1 / self.scale) / (1 / end.scale - 1 / self.scale)
        x, y = self.x + (end.x - self.x) * share, self.y + (end.y - self.y) * share
        return Viewport(x, y, scale, end.width, end.height)


def fitted(bounds: Box, width: float, height: float, padding: float = 32, largest_scale: float = 1.25) -> Viewport:
    """The viewport that shows all of `bounds` with `padding` pixels around, no larger than `largest_scale`."""
    left, top, right, bottom = bounds
    room_x, room_y = max(width - 2 * padding, 16), max(height - 2 * padding, 16)
    scale = min(room_x / max(right - left, 1), room_y / max(bottom - top, 1), largest_scale)
    return Viewport((left + right) / 2, (top + bottom) / 2, max(scale, SMALLEST_SCALE), width, height)


def fitted_beside(
    bounds: Box, width: float, height: float, *, left: float = 0, bottom: float = 0, padding: float = 32
) -> Viewport:
    """The same in a picture of which so many pixels at the left and at the bottom are covered."""
    view = fitted(bounds, max(width - left, 1), max(height - bottom, 1), padding).resized(width, height)
    return view.moved(left / 2, -bottom / 2)
