"""News that waits for nobody: a bar with a sentence and buttons, instead of a dialog in the way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

_LEAST_LETTERS = 40
"""Of a line of words, before the buttons go below them."""


class Tone(StrEnum):
    """What sort of news a notice is."""

    NEWS = "news"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of a notice: its text and what it does; the notice goes when it is pressed."""

    text: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """A message, what to do about it, and buttons. A newer notice with the same `topic` replaces it."""

    text: str
    offers: tuple[Offer, ...] = ()
    tone: Tone = Tone.NEWS
    topic: str = ""
    details: str = ""


class _Row(QFrame):
    """Words with buttons beside them; below them where the words would be squeezed."""

    def __init__(self) -> None:
        super().__init__()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(12, 4, 8, 4)
        self._both.setSpacing(8)
        self.words, self.buttons = QHBoxLayout(), QHBoxLayout()
        for part, stretch in ((self.words, 1), (self.buttons, 0)):
            part.setSpacing(8)
            self._both.addLayout(part, stretch)
        self.buttons.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = (
            self.width() - self.buttons.sizeHint().width() < _LEAST_LETTERS * self.fontMetrics().averageCharWidth()
        )
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if direction != self._both.direction():
            self._both.setDirection(direction)


class NoticeBar(QWidget):
    """Shows the latest notices, newest first; takes no room while there are none."""

    most = 3

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Notice, QFrame]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is shown, newest first."""
        return tuple(notice for notice, _row in self._rows)

    def show_notice(self, notice: Notice) -> None:
        """Show `notice` on top; the same one again, or one of the same topic, takes its place."""
        for old, _row in tuple(self._rows):
            if old == notice or (notice.topic and old.topic == notice.topic):
                self.dismiss(old)
        row = self._row(notice)
        self._rows.insert(0, (notice, row))
        self._layout.insertWidget(0, row)
        for old, _row in self._rows[self.most :]:
            self.dismiss(old)
        self.show()

    def dismiss(self, notice: Notice) -> None:
        """Take `notice` away."""
        for shown, row in tuple(self._rows):
            if shown == notice:
                self._rows.remove((shown, row))
                self._layout.removeWidget(row)
                row.hide()
                row.deleteLater()
        self.setVisible(bool(self._rows))

    def clear(self, topic: str) -> None:
        """Take away the notices of `topic`."""
        for notice in self.notices:
            if notice.topic == topic:
                self.dismiss(notice)

    def _row(self, notice: Notice) -> QFrame:
        row = _Row()
        row.setObjectName("notice")
        row.setProperty("tone", str(notice.tone))
        line, tail = row.words, row.buttons
        icon = QLabel()
        trouble = notice.tone == Tone.TROUBLE
        pixmap = (
            QStyle.StandardPixmap.SP_MessageBoxWarning if trouble else QStyle.StandardPixmap.SP_MessageBoxInformation
        )
        icon.setPixmap(self.style().standardIcon(pixmap).pixmap(QSize(16, 16)))
        line.addWidget(icon)
        text = QLabel(notice.text)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setToolTip(notice.details)
        line.addWidget(text, 1)
        self._add_buttons(tail, notice)
        row.setAccessibleName(notice.text)
        return row

    def _add_buttons(self, line: QHBoxLayout, notice: Notice) -> None:
        for offer in notice.offers:
            button = QPushButton(offer.text)
            button.clicked.connect(lambda _checked=False, offer=offer: self._take(notice, offer))
            line.addWidget(button)
        close = QToolButton()
        close.setText("×")
        close.setToolTip("Dismiss")
        close.setAutoRaise(True)
        close.clicked.connect(lambda _checked=False: self.dismiss(notice))
        line.addWidget(close)

    def _take(self, notice: Notice, offer: Offer) -> None:
        self.dismiss(notice)
        offer.run()


def trouble(text: str, offers: Sequence[Offer] = (), *, topic: str = "", details: str = "") -> Notice:
    """A notice about something that did not work."""
    return Notice(text, tuple(offers), Tone.TROUBLE, topic, details)
