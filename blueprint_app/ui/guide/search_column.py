"""The left of the guide: the contents, or while one searches the lines that were found, with a field above them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.guide.pages import Entry
from blueprint_app.ui.guide.search import MOST, Hit, Line, find, lines_of, spans

_HIT = Qt.ItemDataRole.UserRole
_LINES, _PAD = 2, 6
"""How many lines of text a found line may take, and the room around it."""


class _FoundLine(QStyledItemDelegate):
    """The page in a fainter ink, below it the line with what matches in bold."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, option.fontMetrics.height() * (_LINES + 1) + 2 * _PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit = index.data(_HIT)
        painter.save()
        option.widget.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        role, palette = QPalette.ColorRole, option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = option.rect.adjusted(10, _PAD, -8, -_PAD)
        painter.setClipRect(rect)
        painter.setFont(option.font)
        painter.setPen(palette.color(role.HighlightedText if chosen else role.PlaceholderText))
        painter.drawText(rect, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, hit.line.title)
        painter.setPen(palette.color(role.HighlightedText if chosen else role.Text))
        top = rect.topLeft()
        top.setY(top.y() + option.fontMetrics.height())
        _laid_out(hit.told(), hit.words, option.font, rect.width()).draw(painter, top)
        painter.restore()


def _laid_out(text: str, words: Sequence[str], font: QFont, width: int) -> QTextLayout:
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    layout = QTextLayout(text, font)
    ranges = []
    for start, length in spans(text, words):
        each = QTextLayout.FormatRange()
        each.start, each.length, each.format = start, length, bold
        ranges.append(each)
    layout.setFormats(ranges)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    for number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        at = line.position()
        at.setY(number * line.height())
        line.setPosition(at)
    layout.endLayout()
    return layout


class SearchColumn(QWidget):
    """`hit_chosen` carries the `Hit` to be shown; `left` says that the search is over."""

    hit_chosen = Signal(object)
    left = Signal()

    def __init__(self, contents: QWidget, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._unread = [entry for entry in entries if entry.page]
        self.field = QLineEdit()
        self.field.setPlaceholderText("Search all pages (Ctrl+F)")
        self.field.setAccessibleName("Search all pages of the guide")
        self.field.setClearButtonEnabled(True)
        self.results = QListWidget()
        self.results.setFrameShape(QFrame.Shape.NoFrame)
        self.results.setItemDelegate(_FoundLine(self.results))
        self.results.setUniformItemSizes(True)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.setAccessibleName("Lines that were found")
        self.note = QLabel()
        self.note.setObjectName("faint")
        self.note.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(contents)
        self._stack.addWidget(self.results)
        self._assemble()
        # One page after the other, whenever there is time: nobody waits for it.
        self._reading = QTimer(self, interval=0)
        self._reading.timeout.connect(self._read_one)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.results.itemClicked.connect(self._choose)
        self.results.itemActivated.connect(self._choose)
        self._search("")

    def begin(self) -> None:
        """Take the keyboard, with the last question ready to be typed over."""
        self._reading.start()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            if event.type() == QEvent.Type.FocusIn:
                self._reading.start()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._on_key(event.key())
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        match key:
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self.results.currentItem())
            case Qt.Key.Key_Escape if self.field.text():
                self.field.clear()
                self.left.emit()
            case _:
                return False
        return True

    def _move(self, by: int) -> None:
        if self.results.count():
            self.results.setCurrentRow((self.results.currentRow() + by) % self.results.count())

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.hit_chosen.emit(item.data(_HIT))

    def _read_one(self) -> None:
        if not self._unread:
            self._reading.stop()
            return
        try:
            self._lines += lines_of(self._unread.pop(0))
        except BlueprintError:
            # It is told of where somebody turns to it.
            return
        if self.field.text().strip():
            self._search(self.field.text())

    def _search(self, question: str) -> None:
        hits = find(question, self._lines)
        asks = bool(question.strip())
        self.results.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.line.title}: {hit.told()}")
            item.setData(_HIT, hit)
            self.results.addItem(item)
        if hits:
            self.results.setCurrentRow(0)
        self._stack.setCurrentIndex(1 if asks else 0)
        self.note.setText(self._words(question.strip(), len(hits)))
        self.note.setVisible(asks)

    def _words(self, question: str, count: int) -> str:
        if count == MOST:
            return f"The first {MOST} places"
        if count:
            return "1 place" if count == 1 else f"{count} places"
        return f"Nothing in the guide says “{question}”." if not self._unread else "Reading the guide…"

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(8, 0, 8, 4)
        head.setSpacing(4)
        head.addWidget(self.field)
        head.addWidget(self.note)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
