"""The banner above a graph that shows the past: of which day, a slider through time, and the way back to now."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSlider, QWidget

from blueprint_app.insight.history.history import HistoryPoint

_TICK_MS, _LONGEST_MS = 80, 20_000
"""The pace of a replay, and how long one may take: a long history goes in larger steps."""


class ReplayBar(QFrame):
    """`moved` carries the number of the point to be shown; `ended` says that a person wants to be back at now."""

    moved = Signal(int)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("tone", "news")
        self._points: Sequence[HistoryPoint] = ()
        self._is_waiting = False
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Time")
        self.slider.setMinimumWidth(80)
        self.slider.valueChanged.connect(self._on_value)
        self.play = QPushButton("Play")
        self.play.setCheckable(True)
        self.play.setToolTip("Let time pass in the graph")
        self.play.toggled.connect(self._on_play)
        self.back = QPushButton("Back to now")
        self.back.setObjectName("accent")
        self.back.clicked.connect(self.ended)
        self._timer = QTimer(self, singleShot=True, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.words, 3)
        row.addWidget(self.slider, 2)
        row.addWidget(self.play)
        row.addWidget(self.back)
        self.hide()

    def show_points(self, points: Sequence[HistoryPoint], at: int) -> None:
        """Begin with the point number `at`."""
        self._points = points
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, len(points) - 1)
            self.slider.setPageStep(max(len(points) // 12, 1))
            self.slider.setValue(at)
        self._tell(at)
        self.show()

    def painted(self) -> None:
        """What was asked for is shown: a replay may go on."""
        if self._is_waiting and self.play.isChecked():
            self._is_waiting = False
            self._timer.start()

    def end(self) -> None:
        """The past is no longer shown."""
        self.play.setChecked(False)
        self._timer.stop()
        self._points = ()
        self.hide()

    def _on_value(self, at: int) -> None:
        self._tell(at)
        self.moved.emit(at)

    def _on_play(self, is_on: bool) -> None:
        self.play.setText("Pause" if is_on else "Play")
        self._timer.stop()
        self._is_waiting = False
        if is_on:
            if self.slider.value() == self.slider.maximum():
                self.slider.setValue(0)
            self._timer.start()

    def _tick(self) -> None:
        if self.slider.value() >= self.slider.maximum():
            self.play.setChecked(False)
            return
        self._is_waiting = True
        steps = -(-len(self._points) * _TICK_MS // _LONGEST_MS)
        self.slider.setValue(self.slider.value() + max(steps, 1))

    def _tell(self, at: int) -> None:
        point = self._points[at]
        commit, counts = point.commit, point.moment.counts
        day = f"{commit.time:%Y-%m-%d}"
        numbers = f"{counts.nodes} nodes, {counts.stated} stated, {counts.proved} of {counts.to_prove} proved"
        self.words.setText(f"<b>As of {day}</b> · {counts.proved} of {counts.to_prove} proved")
        made = f"commit {commit.id[:10]} of {commit.author}, {commit.time:%Y-%m-%d %H:%M} UTC"
        self.words.setToolTip(f"{numbers}, as declared then: {made}")
        bold = QFont(self.font())
        bold.setBold(True)
        self.words.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(f"As of {day}") + 4)
        self.setAccessibleName(f"The graph as of {day}: {numbers}")
        self.slider.setAccessibleDescription(f"{day}: {numbers}")
