"""Ctrl+P: any node by label, title, number, Lean name or words of its statement, as you type; then by what it says."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
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

from blueprint_app.export.titles import plain_heading
from blueprint_app.insight.search import Hit, SearchIndex
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot

if TYPE_CHECKING:
    from blueprint_app.insight.full_text import TextHit
    from blueprint_app.lean.library_index import LibraryHit

_NODE = Qt.ItemDataRole.UserRole + 1
_DETAIL = Qt.ItemDataRole.UserRole + 2
_PLACE = Qt.ItemDataRole.UserRole + 3
_WIDTH = 620
_ROWS = 11
_MARK = 14
_SHORTEST = 3
"""Letters from which on a text may be a question."""


class _TwoLines(QStyledItemDelegate):
    """A hit: mark and heading, with the label or the words found below in a fainter ink."""

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
        ink = palette.color(role.HighlightedText if chosen else role.Text)
        faint = ink if chosen else palette.color(role.PlaceholderText)
        rect: QRect = option.rect.adjusted(10, 4, -10, -4)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        half = rect.height() // 2
        if isinstance(icon, QIcon):
            icon.paint(painter, QRect(rect.left(), rect.top() + (half - _MARK) // 2, _MARK, _MARK))
        text = rect.adjusted(_MARK + 8, 0, 0, 0)
        painter.setFont(option.font)
        first = QRect(text.left(), text.top(), text.width(), half)
        second = QRect(text.left(), text.top() + half, text.width(), half)
        _draw(painter, first, index.data(Qt.ItemDataRole.DisplayRole), ink)
        _draw(painter, second, index.data(_DETAIL), faint)
        painter.restore()


def _draw(painter: QPainter, rect: QRect, text: str, ink: QColor) -> None:
    painter.setPen(ink)
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


_PLACEHOLDER = "Label, title, number, Lean name, or a question in plain words"


class QuickOpen(QFrame):
    """A box over the window's upper middle; `node_chosen` carries the id of the node that Enter or a click chose.

    `asked` carries what was typed, for a search by meaning elsewhere; `show_more` and `show_packages` take its answers.
    `place_chosen` carries the `Place` of a declaration of a package that was chosen; `appeared` says that a person
    begins to search.
    """

    node_chosen = Signal(str)
    place_chosen = Signal(object)
    asked = Signal(str)
    appeared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self.setObjectName("quick_open")
        self.setAutoFillBackground(True)
        self._index: SearchIndex | None = None
        self._snapshot: Snapshot | None = None
        self._mark_of: Callable[[NodeId], QIcon] = lambda _node: QIcon()
        self._is_waiting = False
        self.field = QLineEdit()
        self.purpose = ""
        """What the node is for, if not to be looked at."""
        self.field.setPlaceholderText(_PLACEHOLDER)
        self.field.setAccessibleName("Search nodes")
        self.results = QListWidget()
        self.results.setItemDelegate(_TwoLines(self.results))
        self.results.setUniformItemSizes(True)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.setFrameShape(QFrame.Shape.NoFrame)
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.setAccessibleName("Nodes found")
        self.note = QLabel()
        self.note.setMargin(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        for widget in (self.field, self.results, self.note):
            layout.addWidget(widget)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.results.itemClicked.connect(self._choose)
        self.hide()

    def show_snapshot(self, snapshot: Snapshot, index: SearchIndex | None, mark_of: Callable[[NodeId], QIcon]) -> None:
        """Search in `snapshot`; `index` is None while it is still being made."""
        self._snapshot, self._index, self._mark_of = snapshot, index, mark_of
        if self.isVisible():
            self._search(self.field.text())

    def open(self, question: str = "") -> None:
        """Appear with the last query selected, ready to be typed over; `question` says what the node is for."""
        self.purpose = question
        self.field.setPlaceholderText(question or _PLACEHOLDER)
        if question:
            # Else what was typed before would stand in place of the question.
            self.field.clear()
        self.appeared.emit()
        self.show()
        self.raise_()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search(self.field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            # A click elsewhere means that the search is over; the popup menu of the field does not.
            if isinstance(event, QFocusEvent) and event.reason() != Qt.FocusReason.PopupFocusReason:
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
                self._move(_ROWS - 2)
            case Qt.Key.Key_PageUp:
                self._move(2 - _ROWS)
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
        if item is not None:
            self._leave()
            node, place = item.data(_NODE), item.data(_PLACE)
            self.place_chosen.emit(place) if place is not None else self.node_chosen.emit(node)

    def _leave(self) -> None:
        self.hide()
        self._home.setFocus()

    def _search(self, text: str) -> None:
        self.results.clear()
        hits = self._index.find(text) if self._index is not None else ()
        for hit in hits:
            self.results.addItem(self._item(hit))
        self.results.setCurrentRow(0)
        self._is_waiting = self._snapshot is not None and len(text.strip()) >= _SHORTEST
        self._show_state()
        if self._is_waiting:
            self.asked.emit(text)

    def show_more(self, question: str, hits: "tuple[TextHit, ...]") -> None:
        """Nodes found by meaning come after those found by name, if `question` is still what is asked."""
        if self._snapshot is None or not self._is_asked(question):
            return
        self._is_waiting = False
        items = [self.results.item(row) for row in range(self.results.count())]
        shown = {item.data(_NODE) for item in items}
        # Declarations of packages may be there already: they stay below.
        end = next((row for row, item in enumerate(items) if item.data(_PLACE) is not None), len(items))
        for hit in hits:
            if hit.node not in shown and hit.node in self._snapshot.nodes:
                met = f"{hit.field}: {hit.excerpt}" if hit.excerpt else ""
                self.results.insertItem(end, self._item(Hit(hit.node, met)))
                end += 1
        self._choose_first()

    def show_packages(self, question: str, hits: "tuple[LibraryHit, ...]") -> None:
        """Declarations of Lean packages come last, if `question` is still what is asked."""
        if self._is_asked(question):
            for hit in hits:
                self.results.addItem(_package_item(hit))
            self._choose_first()

    def _is_asked(self, question: str) -> bool:
        return not self.isHidden() and question == self.field.text()

    def _choose_first(self) -> None:
        """What a person has chosen meanwhile stays chosen."""
        if self.results.currentRow() < 0:
            self.results.setCurrentRow(0)
        self._show_state()

    def _show_state(self) -> None:
        has_hits = self.results.count() > 0
        self.results.setVisible(has_hits)
        below = self._below()
        self.note.setVisible(not has_hits or bool(below))
        self.note.setText(below if has_hits else self._why_empty())
        self.fit()

    def fit(self) -> None:
        """Take the place in the window that what was found needs: it may have another size now."""
        width = min(_WIDTH, self._home.width() - 32)
        row = self.fontMetrics().height() * 2 + 10
        body = min(self.results.count(), _ROWS) * row if self.results.count() else self.note.sizeHint().height()
        note = self.note.sizeHint().height() + 4 if self._below() else 0
        height = min(self.field.sizeHint().height() + body + note + 24, self._home.height() - 96)
        self.setGeometry(QRect(QPoint((self._home.width() - width) // 2, 56), QSize(width, height)))

    def _below(self) -> str:
        """What stands too far down to be seen, though it is of another kind than what is seen; "" for nothing."""
        rows = range(self.results.count())
        packages = [row for row in rows if self.results.item(row).data(_PLACE) is not None]
        if not packages or packages[0] < _ROWS:
            return ""
        return f"{len(packages)} from Lean packages at the end of the list"

    def _why_empty(self) -> str:
        if self._snapshot is None:
            return "Open a project first."
        if self._index is None:
            return "Getting ready to search…"
        if self._is_waiting:
            return "No name has these words. Looking at what the nodes say…"
        return "No node has these words. Try a part of its label, or a word of its statement."

    def _item(self, hit: Hit) -> QListWidgetItem:
        assert self._snapshot is not None
        node = self._snapshot.nodes[hit.node]
        item = QListWidgetItem(self._mark_of(hit.node), plain_heading(node))
        declarations = [name for command in node.statement.lean for name in command.texts if name]
        item.setData(_NODE, hit.node)
        item.setData(_DETAIL, hit.excerpt or " · ".join(dict.fromkeys((node.id, *declarations[:2]))))
        return item


def _package_item(hit: "LibraryHit") -> QListWidgetItem:
    item = QListWidgetItem(hit.name)
    said = " ".join((hit.doc or hit.statement).split())
    item.setData(_DETAIL, f"{hit.package}: {said}")
    item.setData(_PLACE, Place(hit.path, hit.line))
    item.setToolTip(f"{hit.path}:{hit.line}")
    return item
