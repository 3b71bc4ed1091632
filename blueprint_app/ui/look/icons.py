"""Icons drawn here, so that they are crisp at any scale, take the theme's ink, and need no files."""

from collections.abc import Callable
from enum import Enum, auto
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from blueprint_app.model.diagnostic import Severity
from blueprint_app.ui.theme import Line, Mark, NodeStyle, Theme
from blueprint_app.ui.theme.marks import STROKE, mark_shape

_SCALES = (1, 2, 3)
_Draw = Callable[[QPainter], None]


def _icon(size: int, draw: _Draw, disabled: _Draw | None = None) -> QIcon:
    """An icon of `size` pixels; `draw` paints into the square from (-1, -1) to (1, 1), y down."""
    icon = QIcon()
    for mode, drawing in ((QIcon.Mode.Normal, draw), (QIcon.Mode.Disabled, disabled)):
        if drawing is None:
            continue
        for scale in _SCALES:
            pixmap = QPixmap(size * scale, size * scale)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(size * scale / 2, size * scale / 2)
            painter.scale(size * scale / 2, size * scale / 2)
            drawing(painter)
            painter.end()
            pixmap.setDevicePixelRatio(scale)
            icon.addPixmap(pixmap, mode)
    return icon


@lru_cache(maxsize=512)
def node_icon(style: NodeStyle, *, box: bool) -> QIcon:
    """A node in small: its outline, fill, border and mark, as the graph draws them."""

    def draw(painter: QPainter) -> None:
        pen = QPen(QColor(style.border), 0.16 if style.line is Line.THIN else 0.24)
        if style.line is Line.DASHED:
            pen.setDashPattern([1.6, 1.2])
        painter.setPen(pen)
        painter.setBrush(QColor(style.fill))
        outline = QRectF(-0.84, -0.84, 1.68, 1.68)
        if box:
            painter.drawRoundedRect(outline, 0.2, 0.2)
        else:
            painter.drawEllipse(outline)
        _draw_mark(painter, style)

    return _icon(14, draw)


def _draw_mark(painter: QPainter, style: NodeStyle) -> None:
    if style.mark is Mark.NONE:
        return
    shape, ink = mark_shape(style.mark), QColor(style.text)
    painter.scale(0.72, 0.72)
    if shape.filled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(shape.path)


@lru_cache(maxsize=16)
def severity_icon(severity: Severity, theme: Theme) -> QIcon:
    """A disc with an exclamation mark, a triangle, or an open disc: told apart without their colour."""
    colour = {Severity.ERROR: theme.error, Severity.WARNING: theme.warning, Severity.NOTE: theme.muted}[severity]

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        ink = QColor(theme.raised)
        if severity is Severity.WARNING:
            painter.drawPath(_polygon((0.0, -0.85), (0.95, 0.8), (-0.95, 0.8)))
            _exclaim(painter, ink, top=-0.3, bottom=0.25, dot=0.55)
        elif severity is Severity.ERROR:
            painter.drawEllipse(QPointF(0, 0), 0.88, 0.88)
            _exclaim(painter, ink, top=-0.5, bottom=0.12, dot=0.5)
        else:
            painter.setPen(QPen(QColor(colour), 0.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(0, 0), 0.8, 0.8)
            _exclaim(painter, QColor(colour), top=0.0, bottom=0.45, dot=-0.4)

    return _icon(14, draw)


class Tone(Enum):
    """How something stands: done, good as far as it goes, gone wrong, or neither."""

    GOOD = auto()
    OPEN = auto()
    BAD = auto()
    PLAIN = auto()


_SIGNS = {
    Tone.GOOD: ((-0.42, 0.02), (-0.1, 0.36), (0.44, -0.34)),
    Tone.OPEN: ((-0.42, 0.02), (-0.1, 0.36), (0.44, -0.34)),
    Tone.PLAIN: ((-0.36, 0.0), (0.36, 0.0)),
}


@lru_cache(maxsize=16)
def tone_icon(tone: Tone, theme: Theme) -> QIcon:
    """A full disc with a tick, an open one with a tick, a cross, or an open disc with a dash: colour never alone."""
    colour = {Tone.GOOD: theme.success, Tone.OPEN: theme.warning, Tone.BAD: theme.error, Tone.PLAIN: theme.muted}[tone]

    def draw(painter: QPainter) -> None:
        pen = QPen(QColor(colour), 0.24, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        if tone is Tone.BAD:
            painter.drawLine(QPointF(-0.55, -0.55), QPointF(0.55, 0.55))
            painter.drawLine(QPointF(0.55, -0.55), QPointF(-0.55, 0.55))
            return
        painter.setBrush(QColor(colour) if tone is Tone.GOOD else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(0, 0), 0.8, 0.8)
        pen.setColor(QColor(theme.raised if tone is Tone.GOOD else colour))
        painter.setPen(pen)
        painter.drawPolyline([QPointF(x, y) for x, y in _SIGNS[tone]])

    return _icon(14, draw)


def _exclaim(painter: QPainter, ink: QColor, *, top: float, bottom: float, dot: float) -> None:
    painter.setPen(QPen(ink, 0.24, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(0, top), QPointF(0, bottom))
    painter.drawPoint(QPointF(0, dot))


def _polygon(first: tuple[float, float], *rest: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*first))
    for point in rest:
        path.lineTo(*point)
    path.closeSubpath()
    return path


_STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "back": (((0.2, -0.6), (-0.4, 0.0), (0.2, 0.6)),),
    "forward": (((-0.2, -0.6), (0.4, 0.0), (-0.2, 0.6)),),
    "fit": (
        ((-0.7, -0.25), (-0.7, -0.7), (-0.25, -0.7)),
        ((0.25, -0.7), (0.7, -0.7), (0.7, -0.25)),
        ((0.7, 0.25), (0.7, 0.7), (0.25, 0.7)),
        ((-0.25, 0.7), (-0.7, 0.7), (-0.7, 0.25)),
    ),
    "export": (
        ((0.0, 0.25), (0.0, -0.75)),
        ((-0.35, -0.4), (0.0, -0.75), (0.35, -0.4)),
        ((-0.7, 0.1), (-0.7, 0.7), (0.7, 0.7), (0.7, 0.1)),
    ),
    "open": (((-0.8, 0.6), (-0.8, -0.55), (-0.25, -0.55), (-0.05, -0.3), (0.8, -0.3), (0.8, 0.6), (-0.8, 0.6)),),
    "search": (((0.3, 0.3), (0.75, 0.75)),),
    "close": (((-0.4, -0.4), (0.4, 0.4)), ((0.4, -0.4), (-0.4, 0.4))),
}  # fmt: skip


@lru_cache(maxsize=64)
def tool_icon(name: str, theme: Theme) -> QIcon:
    """The icon of a command, in the theme's ink; raises KeyError for a name that has none."""
    lines = _STROKES[name]

    def drawing(colour: str) -> _Draw:
        def draw(painter: QPainter) -> None:
            cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            painter.setPen(QPen(QColor(colour), 0.18, Qt.PenStyle.SolidLine, cap, join))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for line in lines:
                painter.drawPolyline([QPointF(x, y) for x, y in line])
            if name == "search":
                painter.drawEllipse(QPointF(-0.15, -0.15), 0.5, 0.5)

        return draw

    return _icon(16, drawing(theme.text), drawing(theme.line))
