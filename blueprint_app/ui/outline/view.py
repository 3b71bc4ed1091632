"""The outline's tree: one line a node with its status mark, number and title, one line a heading with its tally."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.outline.model import OutlineModel, OutlineRole

_GAP = 6
_MARK = 14


class OutlineDelegate(QStyledItemDelegate):
    """Paints a row: mark, name, and the detail in a fainter ink; the tally of a heading at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, max(QFontMetrics(option.font).height() + 6, _MARK + 6))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        # The selection and hover ground is the style's, the content is ours.
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        if index.data(OutlineRole.IS_HEADING):
            self._paint_heading(painter, option, index)
        else:
            self._paint_node(painter, option, index)
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect.adjusted(2, 0, -_GAP, 0)
        tally = index.data(OutlineRole.TALLY)
        font = option.font
        painter.setFont(font)
        painter.setPen(_ink(option, faint=True))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, tally)
        width = QFontMetrics(font).horizontalAdvance(tally) if tally else 0
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(_ink(option, faint=False))
        self._draw(painter, rect.adjusted(0, 0, -width - _GAP, 0), index.data(OutlineRole.NAME))

    def _paint_node(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect.adjusted(2, 0, -_GAP, 0)
        mark = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(mark, QIcon):
            top = rect.top() + (rect.height() - _MARK) // 2
            mark.paint(painter, QRect(rect.left(), top, _MARK, _MARK))
        rect = rect.adjusted(_MARK + _GAP, 0, 0, 0)
        painter.setFont(option.font)
        name = index.data(OutlineRole.NAME)
        painter.setPen(_ink(option, faint=True))
        self._draw(painter, rect, name)
        rect = rect.adjusted(painter.fontMetrics().horizontalAdvance(name) + _GAP + 2, 0, 0, 0)
        painter.setPen(_ink(option, faint=False))
        self._draw(painter, rect, index.data(OutlineRole.DETAIL))

    @staticmethod
    def _draw(painter: QPainter, rect: QRect, text: str) -> None:
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


def _ink(option: QStyleOptionViewItem, *, faint: bool) -> object:
    palette: QPalette = option.palette
    if option.state & QStyle.StateFlag.State_Selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    return palette.color(QPalette.ColorRole.PlaceholderText if faint else QPalette.ColorRole.Text)


class OutlineView(QTreeView):
    """The tree; `node_selected` carries the id of the node that a person chose, `node_activated` that of Enter."""

    node_selected = Signal(str)
    node_activated = Signal(str)

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = model
        self._showing = False
        self.setModel(model)
        self.setItemDelegate(OutlineDelegate(self))
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
