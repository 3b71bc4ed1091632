"""Chapters or kinds by row, tallies by column: every cell holds its numbers and a bar, and leads to its nodes."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from blueprint_app.ui.look.table_look import in_two_lines, look_alike
from blueprint_app.ui.progress.now.bar import filled_width, paint_bar
from blueprint_app.ui.progress.now.figures import Group
from blueprint_app.ui.theme import LIGHT, Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_TALLY = Qt.ItemDataRole.UserRole
_BAR, _SIDE, _HEAD = 4, 6, 20
_NAME = 16
"""Letters of a chapter's name for which there is always room; the rest stands in the tooltip."""


class _Cells(QStyledItemDelegate):
    """Paints a tally as its numbers above a bar."""

    theme: Theme = LIGHT
    colours: Sequence[str] = ()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tally = index.data(_TALLY)
        if tally is None:
            super().paint(painter, option, index)
            return
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setFont(option.font)
        painter.setPen(QColor(self.theme.accent_text if selected else self.theme.text))
        place = option.rect.adjusted(_SIDE, 3, -_SIDE, -3)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, index.data())
        if tally.total:
            colour = self.theme.accent_text if selected else self.colours[index.column() - 1]
            paint_bar(painter, bar_in(option.rect), len(tally.done), tally.total, colour, self.theme)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), option.fontMetrics.height() + _BAR + 12)


def bar_in(cell: object) -> QRectF:
    """Where the bar of a cell is."""
    place = QRectF(cell)  # type: ignore[call-overload]
    return QRectF(place.left() + _SIDE, place.bottom() - _BAR - 4, place.width() - 2 * _SIDE, _BAR)


class _Groups(QAbstractTableModel):
    """Groups by row: the name, then a tally a column. Only what is in sight is put in words."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._first = name
        self.groups: Sequence[Group] = ()

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.groups = groups
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.groups)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or not self.groups else 1 + len(self.groups[0].tallies)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._first if not section else in_two_lines(self.groups[0].tallies[section - 1].name)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if index.column() else Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        group = self.groups[index.row()]
        if not index.column():
            return group.name if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None
        tally = group.tallies[index.column() - 1]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tally.text if tally.total else "–"
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{group.name}: {tally.text} {tally.words}" if tally.total else f"{group.name}: nothing to count"
        return tally if role == _TALLY else None


class TallyTable(QTableView):
    """`chosen` carries the row's name, the tally, and whether its part that is left was meant (None: either)."""

    chosen = Signal(str, object, object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = _Groups(name)
        self.setModel(self._groups)
        self._cells = _Cells(self)
        self.setItemDelegate(self._cells)
        self.setAccessibleName(f"By {name.lower()}")
        look_alike(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_groups(self, groups: Sequence[Group], colours: Sequence[str], theme: Theme) -> None:
        """Show these rows, the bars of each column in its colour."""
        self._cells.theme, self._cells.colours = theme, colours
        self._groups.show_groups(groups)
        header = self.horizontalHeader()
        if groups:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._fit_columns()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _BAR + 14)
        # The page scrolls, not the table: it is as high as its rows.
        self.setFixedHeight(header.sizeHint().height() + len(groups) * self.verticalHeader().defaultSectionSize() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """The numbers take what their words need, and less where the names would have no room."""
        metrics, groups = self.fontMetrics(), self._groups.groups
        if not groups:
            return
        count = len(groups[0].tallies)
        share = (self.viewport().width() - metrics.averageCharWidth() * _NAME) // max(count, 1)
        for column in range(count):
            lines = in_two_lines(groups[0].tallies[column].name).split("\n")
            least = max(map(metrics.horizontalAdvance, lines)) + _HEAD
            longest = max((group.tallies[column].text for group in groups), key=len)
            self.setColumnWidth(column + 1, max(min(share, metrics.horizontalAdvance(longest) + 2 * _SIDE + 4), least))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex(), None)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        tally = index.data(_TALLY)
        if tally is None:
            return
        bar = bar_in(self.visualRect(index))
        meant = None
        if event.position().y() >= bar.top() - 3:
            meant = event.position().x() - bar.left() > filled_width(len(tally.done), tally.total, bar.width())
        self._choose(index, meant)

    def _choose(self, index: QModelIndex, meant: bool | None) -> None:
        tally = index.data(_TALLY) if index.isValid() else None
        if tally is not None and tally.total:
            self.chosen.emit(index.siblingAtColumn(0).data(), tally, meant)
