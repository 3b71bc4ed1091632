"""What the colours, shapes, marks and lines of the present picture mean, and how many nodes wear each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from blueprint_app.ui.canvas.canvas import GraphCanvas
from blueprint_app.ui.canvas.painting.lettering import font_of
from blueprint_app.ui.canvas.scene import Scene
from blueprint_app.ui.theme.marks import paint_mark
from blueprint_app.ui.theme.styles import Line, Mark, NodeStyle
from blueprint_app.ui.theme.themes import Theme

ROW, SWATCH_WIDTH, SWATCH_HEIGHT, PADDING, PIXELS = 20, 28, 12, 9, 12
DASHED, DOTTED = (3.0, 2.2), (1.1, 1.8)

Sample = Callable[[QPainter, QRectF, Theme], None]


@dataclass(frozen=True, slots=True)
class LegendRow:
    """A sample, what it means, and how many there are (None where nothing is counted); a heading has no sample."""

    text: str
    count: int | None = None
    sample: Sample | None = None
    hint: str = ""


def legend_rows(scene: Scene) -> tuple[LegendRow, ...]:
    """The legend of a scene: the node states that occur, the shapes that occur, the kinds of edges."""
    rows = [
        LegendRow(style.name, count, _node_sample(style, is_box=_mostly_boxes(scene, style)), style.meaning)
        for style, count in sorted(scene.style_counts, key=lambda entry: entry[0].rank)
    ]
    plain = NodeStyle("", scene.theme.ground, scene.theme.muted, "", "", scene.theme.ground)
    collapsed = len(scene.collapsed)
    boxes = int(scene.boxes.sum()) - collapsed
    results = len(scene.ids) - boxes - collapsed
    if boxes or results:
        rows.append(LegendRow("Shapes"))
    if boxes:
        rows.append(LegendRow("definition", boxes, _node_sample(plain, is_box=True)))
    if results:
        rows.append(LegendRow("result to be proved", results, _node_sample(plain, is_box=False)))
    return (*rows, *_edge_rows(scene))


def _edge_rows(scene: Scene) -> Iterator[LegendRow]:
    dashed, line = int(scene.dashed.sum()), DOTTED if scene.is_inferred else ()
    kinds = [("used in the statement", dashed, DASHED), ("used in the proof", len(scene.edges) - dashed, ())]
    if scene.is_inferred:
        kinds = [("inferred, not written by the author", len(scene.edges), DOTTED)]
    yield LegendRow("Arrows: from what is used to its user")
    for text, count, pattern in kinds:
        if count:
            yield LegendRow(text, count, edge_sample(pattern))
    seems = "seems to rest" if scene.is_inferred else "rests"
    yield LegendRow(f"what the selected node {seems} on", None, edge_sample(line, ink="foundation"))
    yield LegendRow(f"what {seems} on it", None, edge_sample(line, ink="impact"))


def _mostly_boxes(scene: Scene, style: NodeStyle) -> bool:
    return bool(scene.boxes[scene.style_of == scene.styles.index(style)].mean() > 0.5)


def _node_sample(style: NodeStyle, *, is_box: bool) -> Sample:
    def sample(painter: QPainter, place: QRectF, theme: Theme) -> None:
        paint_swatch(painter, place, style, is_box=is_box)

    return sample


def edge_sample(pattern: tuple[float, ...] = (), ink: str = "edge") -> Sample:
    """An arrow; `pattern` as `QPen.setDashPattern` takes it, `ink` the name of one of the theme's colours."""

    def sample(painter: QPainter, place: QRectF, theme: Theme) -> None:
        colour, y, tip = QColor(getattr(theme, ink)), place.center().y(), place.right()
        pen = QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if pattern:
            pen.setDashPattern(pattern)
        painter.setPen(pen)
        painter.drawLine(QPointF(place.left(), y), QPointF(tip - 5, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(
            [QPointF(tip, y), QPointF(tip - 8, y - 3.5), QPointF(tip - 5, y), QPointF(tip - 8, y + 3.5)]
        )

    return sample


def paint_swatch(painter: QPainter, place: QRectF, style: NodeStyle, *, is_box: bool) -> None:
    """A small node in a style, with its mark on its upper right."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(style.border), 1.0 if style.line is Line.THIN else 1.6)
    if style.line is Line.DASHED:
        pen.setDashPattern([2.5, 1.8])
    hatch = QColor(style.border)
    hatch.setAlphaF(0.35)
    outline = place.adjusted(1, 1, -1, -1)
    draw = (lambda rect: painter.drawRoundedRect(rect, 3, 3)) if is_box else painter.drawEllipse
    painter.setPen(pen)
    painter.setBrush(QColor(style.fill))
    draw(outline)
    if style.hatched:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        draw(outline)
    if style.line is Line.DOUBLE:
        painter.setPen(QPen(QColor(style.border), 0.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw(outline.adjusted(2.5, 2.5, -2.5, -2.5))
    if style.mark is not Mark.NONE:
        centre = QPointF(outline.right() - 2, outline.top() + 2)
        paint_mark(painter, style.mark, centre, 4.6, style.border, style.mark_ground)


class _Rows(QWidget):
    """The rows, painted; as wide as its longest."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font_of(PIXELS))
        self._rows: tuple[LegendRow, ...] = ()
        self._theme: Theme | None = None

    def show_rows(self, rows: tuple[LegendRow, ...], theme: Theme) -> None:
        self._rows, self._theme = rows, theme
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        widest = max((metrics.horizontalAdvance(row.text) for row in self._rows), default=80.0)
        digits = metrics.horizontalAdvance("00000") if any(row.count is not None for row in self._rows) else 0.0
        return QSize(round(2 * PADDING + SWATCH_WIDTH + 8 + widest + digits + 8), ROW * len(self._rows) + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = self.width() - PADDING
        for number, row in enumerate(self._rows):
            top = number * ROW
            left = PADDING
            if row.sample is not None:
                place = QRectF(PADDING, top + (ROW - SWATCH_HEIGHT) / 2, SWATCH_WIDTH, SWATCH_HEIGHT)
                row.sample(painter, place, self._theme)
                left += SWATCH_WIDTH + 8
            painter.setPen(QColor(self._theme.muted if row.sample is None else self._theme.text))
            line = QRectF(left, top, right - left, ROW)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.text)
            if row.count is not None:
                painter.setPen(QColor(self._theme.muted))
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{row.count:,}")


class Legend(QFrame):
    """The legend of a canvas, which can be folded to its title; `folded_changed` carries whether it is."""

    folded_changed = Signal(bool)

    def __init__(self, canvas: GraphCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.setObjectName("legend")
        self.setAccessibleName("Legend")
        self.setAutoFillBackground(True)
        self._title = QToolButton()
        self._title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._title.setText("Legend")
        self._title.setCheckable(True)
        self._title.setChecked(True)
        self._title.setAutoRaise(True)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title.toggled.connect(self._on_toggled)
        self._rows = _Rows()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._rows)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 2, 1, 2)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addWidget(self._scroll)
        canvas.scene_changed.connect(self._on_scene_changed)
        self._on_scene_changed()

    @property
    def is_folded(self) -> bool:
        """Whether only the title is seen."""
        return not self._title.isChecked()

    def fold(self, folded: bool) -> None:
        """Show only the title, or all."""
        self._title.setChecked(not folded)

    def _on_toggled(self, open_: bool) -> None:
        self._scroll.setVisible(open_)
        self._title.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)
        self.updateGeometry()
        self.adjustSize()
        self.folded_changed.emit(not open_)

    def _on_scene_changed(self) -> None:
        scene, theme = self._canvas.scene, self._canvas.scene.theme
        rows = legend_rows(scene)
        self._rows.show_rows(rows, theme)
        self._title.setArrowType(Qt.ArrowType.DownArrow if self._title.isChecked() else Qt.ArrowType.RightArrow)
        words = (f"{row.text}: {row.count}" if row.count is not None else row.text for row in rows)
        self.setAccessibleDescription("; ".join(words))
        self.setStyleSheet(
            f"QFrame#legend {{ background: {theme.panel}; border: 1px solid {theme.line}; border-radius: 4px; }}"
            f"QFrame#legend QToolButton {{ color: {theme.text}; border: 0; text-align: left; padding: 3px 6px; }}"
            "QFrame#legend QScrollArea, QFrame#legend QScrollArea > QWidget > QWidget { background: transparent; }"
        )
        self.updateGeometry()
        self.adjustSize()

    def sizeHint(self) -> QSize:
        """As large as its rows, but no higher than the canvas allows."""
        head = self._title.sizeHint()
        if self.is_folded:
            return QSize(head.width() + 24, head.height() + 4)
        rows = self._rows.sizeHint()
        most = max(self._canvas.height() - 32, 120)
        scrolls = rows.height() + head.height() + 6 > most
        bar = self._scroll.verticalScrollBar().sizeHint().width() if scrolls else 0
        return QSize(rows.width() + bar + 2, min(rows.height() + head.height() + 6, most))
