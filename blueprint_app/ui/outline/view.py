"""The outline's tree: one line a node with its status mark, number and title, one line a heading with its tally."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.outline.model import OutlineModel, OutlineRow

_GAP = 6
_MARK = 14
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_AT_END = Qt.TextElideMode.ElideRight
_GROUND = QStyle.PrimitiveElement.PE_PanelItemViewItem
_SELECTED = QStyle.StateFlag.State_Selected
_LIT = _SELECTED | QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus
_TEXT, _CHOSEN, _FAINT = QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText, QPalette.ColorRole.PlaceholderText


class OutlineDelegate(QStyledItemDelegate):
    """Paints a row: mark, name, and the detail in a fainter ink; the tally of a heading at the right.

    A list is painted often, and each call from Qt to Python waits for what works in the background: so the rows come
    ready from the model, and nothing is asked of Qt twice.
    """

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = model

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, max(QFontMetrics(option.font).height() + 6, _MARK + 6))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state, row, rect = option.state, self._outline.row(index), option.rect
        if state & _LIT:
            # The selection and hover ground is the style's, the content is ours.
            option.widget.style().drawPrimitive(_GROUND, option, painter, option.widget)
        palette = option.palette
        roles = (_CHOSEN, _CHOSEN) if state & _SELECTED else (_FAINT, _TEXT)
        faint, ink = (palette.color(role) for role in roles)
        rect.adjust(2, 0, -_GAP, 0)
        if row.is_heading:
            self._paint_heading(painter, option.font, rect, row, (faint, ink))
        else:
            self._paint_node(painter, rect, row, (faint, ink))

    @staticmethod
    def _paint_heading(
        painter: QPainter, font: QFont, rect: QRect, row: OutlineRow, inks: tuple[QColor, QColor]
    ) -> None:
        faint, ink = inks
        if row.tally:
            painter.setPen(faint)
            painter.drawText(rect, _RIGHT, row.tally)
            rect.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(row.tally) - _GAP, 0)
        bold = QFont(font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(ink)
        _draw(painter, painter.fontMetrics(), rect, row.name)
        painter.setFont(font)

    @staticmethod
    def _paint_node(painter: QPainter, rect: QRect, row: OutlineRow, inks: tuple[QColor, QColor]) -> None:
        faint, ink = inks
        left, top, metrics = rect.left(), rect.top(), painter.fontMetrics()
        assert row.mark is not None
        row.mark.paint(painter, left, top + (rect.height() - _MARK) // 2, _MARK, _MARK)
        rect.setLeft(left + _MARK + _GAP)
        painter.setPen(faint)
        _draw(painter, metrics, rect, row.name)
        rect.setLeft(rect.left() + metrics.horizontalAdvance(row.name) + _GAP + 2)
        painter.setPen(ink)
        _draw(painter, metrics, rect, row.detail)


def _draw(painter: QPainter, metrics: QFontMetrics, rect: QRect, text: str) -> None:
    width = rect.width()
    if width > 0:
        painter.drawText(rect, _LEFT, metrics.elidedText(text, _AT_END, width))


class OutlineView(QTreeView):
    """The tree; `node_selected` carries the id of the node that a person chose, `node_activated` that of Enter."""

    node_selected = Signal(str)
    node_activated = Signal(str)

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = model
        self._showing = False
        self.setModel(model)
        self.setItemDelegate(OutlineDelegate(model, self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Outline")
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.activated.connect(self._on_activated)

    def select(self, node: NodeId | None) -> None:
        """Mark `node` without saying that a person chose it."""
        index = self._outline.index_of(node)
        if index == self.currentIndex():
            return
        self._showing = True
        self.setCurrentIndex(index)
        if index.isValid():
            in_sight = self.viewport().rect().contains(self.visualRect(index))
            if not in_sight:
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        else:
            self.clearSelection()
        self._showing = False

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        node = self._outline.node_at(current)
        if node is not None and not self._showing:
            self.node_selected.emit(node)

    def _on_activated(self, index: QModelIndex) -> None:
        node = self._outline.node_at(index)
        if node is not None:
            self.node_activated.emit(node)
