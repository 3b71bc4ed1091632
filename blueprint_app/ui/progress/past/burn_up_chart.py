"""How many nodes there were, stated and proved, over time: one chart with a cursor that keys and the mouse move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from blueprint_app.insight.history.burn_up import Step
from blueprint_app.model.headline import Headline
from blueprint_app.ui.theme import LIGHT, Theme, headline_style
from blueprint_app.ui.theme.colour import mix

_LEFT, _TOP, _BOTTOM, _GAP = 40, 12, 24, 8
_PAGE = 10
"""Steps that Page Up and Page Down go."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of the chart: its name, its values by step, and how it is drawn."""

    name: str
    values: tuple[int, ...]
    colour: str
    dashes: tuple[float, ...] = ()
    width: float = 2.0


def series_of(steps: Sequence[Step], theme: Theme) -> tuple[Series, ...]:
    """The four lines: all nodes, those stated, what is to be proved, and what is proved."""
    counts = [step.counts for step in steps]
    stated = headline_style(Headline.STATED, theme).border
    proved = headline_style(Headline.FORMALISED, theme).border
    return (
        Series("nodes", tuple(each.nodes for each in counts), theme.muted, (6, 3), 1.5),
        Series("stated", tuple(each.stated for each in counts), stated),
        Series("to prove", tuple(each.to_prove for each in counts), theme.muted, (1.5, 2.5), 1.5),
        Series("proved", tuple(each.proved for each in counts), proved),
    )


def round_top(most: int) -> tuple[int, int]:
    """The top of an axis that reaches `most`, and the distance of its lines: four to six of them."""
    for power in range(12):
        for first in (1, 2, 5):
            step = first * 10**power
            if step * 5 >= most:
                return max(-(-most // step), 1) * step, step
    return most, most


def apart(places: Sequence[float], least: float, top: float, bottom: float) -> list[float]:
    """The places moved as little as needed so that neighbours are `least` apart, in the same order, within bounds."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    moved = [0.0] * len(places)
    at = top - least
    for number in order:
        at = max(places[number], at + least)
        moved[number] = at
    at = bottom + least
    for number in reversed(order):
        at = min(moved[number], at - least)
        moved[number] = at
    return moved


class BurnUpChart(QWidget):
    """`step_chosen` carries the number of the step that the cursor was put on, `step_entered` where it was clicked."""

    step_chosen = Signal(int)
    step_entered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps: tuple[Step, ...] = ()
        self._series: tuple[Series, ...] = ()
        self._theme = LIGHT
        self.cursor_at = -1
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(480, 280)

    def show_steps(self, steps: tuple[Step, ...], theme: Theme) -> None:
        """Show a series; the cursor stays at its end."""
        self.steps, self._theme = steps, theme
        self._series = series_of(steps, theme)
        self.cursor_at = len(steps) - 1
        self._hovered = -1
        self._describe()
        self.update()

    def put_cursor(self, number: int) -> None:
        """Put the cursor on a step."""
        number = min(max(number, 0), len(self.steps) - 1)
        if self.steps and number != self.cursor_at:
            self.cursor_at = number
            self._describe()
            self.update()
            self.step_chosen.emit(number)

    def words_at(self, number: int) -> str:
        """What a step says, in words."""
        step = self.steps[number]
        counts = step.counts
        return (
            f"{step.time:%Y-%m-%d}: {counts.nodes} nodes, {counts.stated} stated, "
            f"{counts.proved} of {counts.to_prove} proved"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.steps) - 1
        goals = {
            Qt.Key.Key_Left: self.cursor_at - 1,
            Qt.Key.Key_Right: self.cursor_at + 1,
            Qt.Key.Key_PageUp: self.cursor_at - _PAGE,
            Qt.Key.Key_PageDown: self.cursor_at + _PAGE,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in goals:
            self.put_cursor(goals[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.steps:
            self.step_entered.emit(self.cursor_at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.steps:
            self.put_cursor(self._step_at(event.position().x()))
            self.step_entered.emit(self.cursor_at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.steps:
            return
        number = self._step_at(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.put_cursor(number)
        if number != self._hovered:
            self._hovered = number
            self.setToolTip(self.words_at(number))
            self.update()

    def leaveEvent(self, _event: object) -> None:
        self._hovered = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.ground))
        if self.steps:
            plot = self._plot()
            most, step = round_top(max(series.values[n] for series in self._series for n in range(len(self.steps))))
            self._paint_axes(painter, plot, most, step)
            self._paint_area(painter, plot, most)
            for series in self._series:
                self._paint_line(painter, plot, most, series)
            self._paint_names(painter, plot, most)
            self._paint_cursor(painter, plot, most)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    # Places

    def _plot(self) -> QRectF:
        widest = max(self.fontMetrics().horizontalAdvance(f"{name} {value}") for name, value in self._ends())
        right = widest + 2 * _GAP
        return QRectF(_LEFT, _TOP, max(self.width() - _LEFT - right, 40), max(self.height() - _TOP - _BOTTOM, 40))

    def _ends(self) -> list[tuple[str, int]]:
        return [(series.name, series.values[-1]) for series in self._series]

    def _x(self, plot: QRectF, time: datetime) -> float:
        first, last = self.steps[0].time, self.steps[-1].time
        span = (last - first).total_seconds() or 1.0
        return plot.left() + plot.width() * (time - first).total_seconds() / span

    def _step_at(self, x: float) -> int:
        plot = self._plot()
        return min(range(len(self.steps)), key=lambda number: abs(self._x(plot, self.steps[number].time) - x))

    def _points(self, plot: QRectF, most: int, series: Series) -> list[QPointF]:
        return [
            QPointF(self._x(plot, step.time), plot.bottom() - plot.height() * value / most)
            for step, value in zip(self.steps, series.values, strict=True)
        ]

    # Painting

    def _paint_axes(self, painter: QPainter, plot: QRectF, most: int, step: int) -> None:
        metrics = self.fontMetrics()
        for value in range(0, most + 1, step):
            y = plot.bottom() - plot.height() * value / most
            painter.setPen(QPen(QColor(self._theme.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(self._theme.muted))
            place = QRectF(0, y - metrics.height() / 2, _LEFT - _GAP, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:,}")
        free = -1.0
        dates = self._dates()
        if len(dates) > 1:
            room = self._x(plot, self.steps[dates[1][0]].time) - plot.left()
            # The first year is rarely a whole one: where both have no room its name makes way for the next.
            dates = dates if room > metrics.horizontalAdvance(dates[0][1]) + 2 * _GAP else dates[1:]
        for number, words in dates:
            x = self._x(plot, self.steps[number].time)
            wide = metrics.horizontalAdvance(words)
            left = min(x, plot.right() - wide)
            if left > free:
                painter.setPen(QPen(QColor(self._theme.line), 1))
                painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 4))
                painter.setPen(QColor(self._theme.muted))
                painter.drawText(QPointF(left, plot.bottom() + 6 + metrics.ascent()), words)
                free = left + wide + 2 * _GAP

    def _dates(self) -> list[tuple[int, str]]:
        """The steps at which a year, or in a short history a month or a day, begins."""
        days = (self.steps[-1].time - self.steps[0].time).days
        form = "%Y" if days > 3 * 365 else "%Y-%m" if days > 90 else "%m-%d"
        names = [step.time.strftime(form) for step in self.steps]
        return [(number, name) for number, name in enumerate(names) if number == 0 or names[number - 1] != name]

    def _paint_area(self, painter: QPainter, plot: QRectF, most: int) -> None:
        proved = self._series[-1]
        points = self._points(plot, most, proved)
        area = QPolygonF([QPointF(points[0].x(), plot.bottom()), *points, QPointF(points[-1].x(), plot.bottom())])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(proved.colour, self._theme.ground, 0.84)))
        painter.drawPolygon(area)

    def _paint_line(self, painter: QPainter, plot: QRectF, most: int, series: Series) -> None:
        pen = QPen(QColor(series.colour), series.width)
        if series.dashes:
            pen.setDashPattern(list(series.dashes))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(self._points(plot, most, series)))

    def _paint_names(self, painter: QPainter, plot: QRectF, most: int) -> None:
        height = float(self.fontMetrics().height())
        ends = [plot.bottom() - plot.height() * series.values[-1] / most for series in self._series]
        # Of equal ends the last line drawn lies on top: the order of the names is that of the series.
        places = apart(ends, height, plot.top(), plot.bottom())
        for series, y in zip(self._series, places, strict=True):
            painter.setPen(QColor(series.colour))
            place = QRectF(plot.right() + _GAP, y - height / 2, self.width(), height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, f"{series.name} {series.values[-1]}")

    def _paint_cursor(self, painter: QPainter, plot: QRectF, most: int) -> None:
        for number, colour in ((self._hovered, self._theme.line), (self.cursor_at, self._theme.accent)):
            if not 0 <= number < len(self.steps):
                continue
            x = self._x(plot, self.steps[number].time)
            painter.setPen(QPen(QColor(colour), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            if number == self.cursor_at:
                for series in self._series:
                    y = plot.bottom() - plot.height() * series.values[number] / most
                    painter.setBrush(QColor(self._theme.ground))
                    painter.setPen(QPen(QColor(series.colour), 1.5))
                    painter.drawEllipse(QPointF(x, y), 3, 3)

    def _describe(self) -> None:
        if self.steps:
            self.setAccessibleName(f"Burn-up chart, {self.words_at(self.cursor_at)}")
            self.setAccessibleDescription("Left and Right move in time; Enter lists what happened up to then.")
