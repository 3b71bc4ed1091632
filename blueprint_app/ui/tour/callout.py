"""The card of the tour: what a part of the window is for, and the ways on, back and out."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_LETTERS, _GAP = 54, 16
"""The length of a line, which grows with the text's size; and what lies between a card and other edges."""

_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp)


class Callout(QFrame):
    """`next_wanted`, `back_wanted` and `end_wanted` are wishes of the one who reads it."""

    next_wanted = Signal()
    back_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("finder")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.title, self.text, self.count = QLabel(), QLabel(), QLabel()
        self.title.setObjectName("heading")
        self.count.setObjectName("faint")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.skip = self._button("Skip", self.end_wanted.emit)
        self.back = self._button("Back", self.back_wanted.emit)
        self.go_on = self._button("Next", self.next_wanted.emit)
        self.go_on.setObjectName("accent")
        self._place_parts()

    def _place_parts(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        foot.setSpacing(8)
        foot.addWidget(self.skip)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addSpacing(4)
        column.addLayout(foot)

    def _button(self, text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: run())
        # Left and Right on a button would go to the button beside it.
        button.installEventFilter(self)
        return button

    def tell(self, title: str, text: str, number: int, count: int) -> None:
        """Say what a part is for; on the last card there is nothing to skip."""
        is_last = number == count
        self.title.setText(title)
        self.text.setText(text)
        self.count.setText(f"{number} of {count}")
        self.go_on.setText("Done" if is_last else "Next")
        self.skip.setVisible(not is_last)
        self.back.setEnabled(number > 1)
        self.setAccessibleName(f"Tour, card {number} of {count}: {title}")
        self.setAccessibleDescription(text)
        self.fit()
        # The focus stays on the card: a screen reader would not read the new one by itself.
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{self.accessibleName()}. {text}"))

    def fit(self) -> None:
        """As wide as a line reads well, and as high as the text then takes."""
        self.ensurePolished()
        width = self.fontMetrics().averageCharWidth() * _LETTERS
        column = self.layout()
        assert column is not None
        column.invalidate()
        self.setFixedSize(width, column.totalHeightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.next_wanted.emit()
            case Qt.Key.Key_Escape:
                self.end_wanted.emit()
            case _ if not self._turn(event):
                super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        return (is_key and self._turn(event)) or super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _turn(self, event: QKeyEvent) -> bool:
        """Go on or back where a key says so; whether it did."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or event.key() not in (*_ON, *_BACK):
            return False
        (self.next_wanted if event.key() in _ON else self.back_wanted).emit()
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round within the card: what lies below is not to be reached."""
        stops = [self, *(each for each in (self.skip, self.back, self.go_on) if each.isVisible() and each.isEnabled())]
        at = next((row for row, each in enumerate(stops) if each.hasFocus()), 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True


def place_beside(part: QRect, width: int, height: int, room: QRect) -> QPoint:
    """Where a card of this size leaves `part` in sight: right, left, below or above; else in its lower corner."""
    top = max(_GAP, min(part.top(), room.height() - height - _GAP))
    left = max(_GAP, min(part.left(), room.width() - width - _GAP))
    places = (
        QPoint(part.right() + _GAP, top),
        QPoint(part.left() - _GAP - width, top),
        QPoint(left, part.bottom() + _GAP),
        QPoint(left, part.top() - _GAP - height),
    )
    inner = room.adjusted(8, 8, -8, -8)
    fitting = (place for place in places if inner.contains(QRect(place.x(), place.y(), width, height)))
    corner = QPoint(part.right() - _GAP - width, part.bottom() - _GAP - height)
    within = QPoint(max(0, min(corner.x(), room.width() - width)), max(0, min(corner.y(), room.height() - height)))
    return next(fitting, within)
