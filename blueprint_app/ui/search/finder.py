"""A box over the window's upper middle in which one types, and what fits is listed below, best first."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QIcon, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

DETAIL = Qt.ItemDataRole.UserRole + 2
"""The second, fainter line of an item."""

ASIDE = Qt.ItemDataRole.UserRole + 8
"""A few letters at the end of an item's first line, such as its keys."""

ROWS = 11
"""How many items are seen at once."""

_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_WIDTH = 620
_MARK = 14


class _TwoLines(QStyledItemDelegate):
    """An item: mark and text, with a detail below in a fainter ink; all of it is faint where it cannot be chosen."""

    def __init__(self, parent: QWidget, has_marks: bool) -> None:
        super().__init__(parent)
        self._has_marks = has_marks

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, QFontMetrics(option.font).height() * 2 + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        widget = option.widget
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        palette: QPalette = option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole
        usual = role.Text if option.state & QStyle.StateFlag.State_Enabled else role.PlaceholderText
        ink = palette.color(role.HighlightedText if chosen else usual)
        faint = ink if chosen else palette.color(role.PlaceholderText)
        rect: QRect = option.rect.adjusted(10, 4, -10, -4)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        half = rect.height() // 2
        if isinstance(icon, QIcon):
            icon.paint(painter, QRect(rect.left(), rect.top() + (half - _MARK) // 2, _MARK, _MARK))
        text = rect.adjusted(_MARK + 8 if self._has_marks else 0, 0, 0, 0)
        painter.setFont(option.font)
        aside = index.data(ASIDE) or ""
        keys = painter.fontMetrics().horizontalAdvance(aside)
        _draw(painter, QRect(text.right() - keys, text.top(), keys + 1, half), aside, faint)
        first = QRect(text.left(), text.top(), text.width() - keys - (16 if aside else 0), half)
        second = QRect(text.left(), text.top() + half, text.width(), half)
        _draw(painter, first, index.data(Qt.ItemDataRole.DisplayRole), ink)
        _draw(painter, second, index.data(DETAIL), faint)
        painter.restore()


def _draw(painter: QPainter, rect: QRect, text: str, ink: QColor) -> None:
    painter.setPen(ink)
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


class Finder(QFrame):
    """The box; a kind of it lists what fits in `search`, and does what was chosen in `chosen`."""

    def __init__(self, parent: QWidget, purpose: str, found: str, *, has_marks: bool = True) -> None:
        """`purpose` and `found` name the field and the list for those who hear them; items may have marks."""
        super().__init__(parent)
        self._home = parent
        self.setObjectName("finder")
        self.setAutoFillBackground(True)
        self.field = QLineEdit()
        self.field.setAccessibleName(purpose)
        self.results = QListWidget()
        self.results.setItemDelegate(_TwoLines(self.results, has_marks))
        self.results.setUniformItemSizes(True)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.setFrameShape(QFrame.Shape.NoFrame)
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.setAccessibleName(found)
        self.note = QLabel()
        self.note.setObjectName("faint")
        self.note.setMargin(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        for widget in (self.field, self.results, self.note):
            layout.addWidget(widget)
        self.field.textChanged.connect(self.search)
        self.field.installEventFilter(self)
        self.results.itemClicked.connect(self._choose)
        self.hide()

    def search(self, text: str) -> None:
        """List what fits `text`, and call `show_state`."""
        raise NotImplementedError

    def chosen(self, item: QListWidgetItem) -> None:
        """An item was chosen, and the box is gone."""
        raise NotImplementedError

    def below(self) -> str:
        """What stands too far down to be seen, though it is of another kind than what is seen; "" for nothing."""
        return ""

    def why_empty(self) -> str:
        """Why nothing is listed, and what to do."""
        raise NotImplementedError

    def appear(self) -> None:
        """Come to the front with the last text selected, ready to be typed over."""
        self.show()
        self.raise_()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search(self.field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            # A click elsewhere means that the search is over; the field's popup menu, or another window, does not.
            if isinstance(event, QFocusEvent) and event.reason() not in _STAYS:
                self.hide()
        elif watched is self.field and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                self._leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self.results.currentItem())
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_PageDown:
                self._move(ROWS - 2)
            case Qt.Key.Key_PageUp:
                self._move(2 - ROWS)
            case _:
                return False
        return True

    def _move(self, by: int) -> None:
        count = self.results.count()
        if count:
            row = self.results.currentRow() + by
            # One step past an end comes round, a page stops there.
            self.results.setCurrentRow(row % count if abs(by) == 1 else min(max(row, 0), count - 1))

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self._leave()
            self.chosen(item)

    def _leave(self) -> None:
        self.hide()
        self._home.setFocus()

    def choose_first(self) -> None:
        """What a person has chosen meanwhile stays chosen."""
        if self.results.currentRow() < 0:
            self.results.setCurrentRow(0)
        self.show_state()

    def show_state(self) -> None:
        """Show what is listed, or why nothing is."""
        has_hits = self.results.count() > 0
        self.results.setVisible(has_hits)
        below = self.below()
        self.note.setVisible(not has_hits or bool(below))
        self.note.setText(below if has_hits else self.why_empty())
        self.fit()

    def fit(self) -> None:
        """Take the place in the window that what was found needs: it may have another size now."""
        width = min(_WIDTH, self._home.width() - 32)
        row = self.fontMetrics().height() * 2 + 10
        body = min(self.results.count(), ROWS) * row if self.results.count() else self.note.sizeHint().height()
        note = self.note.sizeHint().height() + 4 if self.below() else 0
        height = min(self.field.sizeHint().height() + body + note + 24, self._home.height() - 96)
        self.setGeometry(QRect(QPoint((self._home.width() - width) // 2, 56), QSize(width, height)))
