"""Nodes in a table: one row a node, whatever its columns tell of it; sorting is asked for, as it is done in a job."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon

from blueprint_app.model.blueprint import NodeId

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_ROOM = "\u2003"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column: `text` of a row, and by what it is sorted.

    `widest` is a text for which it has room ("": it takes what the others leave). Where there is little room, columns
    with the greatest `spare` go first; 0 stays.
    """

    title: str
    hint: str
    text: Callable[[Any], str]
    key: Callable[[Any], Any]
    widest: str = ""
    is_number: bool = False
    has_mark: bool = False
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the rows stand."""

    column: int = 0
    descending: bool = False


def arranged(rows: Sequence[Any], columns: Sequence[Column], order: Order) -> tuple[Any, ...]:
    """The rows in another order; equal ones stand as before. Call it in a job."""
    column = columns[min(order.column, len(columns) - 1)]
    return tuple(sorted(rows, key=column.key, reverse=order.descending))


class RowsModel(QAbstractTableModel):
    """`sort_wanted` carries the `Order` that a person asked for. `node_of` and `words_of` tell of a row.

    `words_of` puts a whole row in words, for the tooltip and for who cannot see the columns.
    """

    sort_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.rows: tuple[Any, ...] = ()
        self.node_of: Callable[[Any], NodeId] = lambda row: row.node
        self.mark_of: Callable[[NodeId], QIcon] = lambda _node: QIcon()
        self.words_of: Callable[[Any], str] = str
        self._sorted = 0
        self._places: dict[NodeId, int] = {}

    def show_rows(self, columns: tuple[Column, ...], rows: tuple[Any, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self._places = {}
        for place, row in enumerate(rows):
            self._places.setdefault(self.node_of(row), place)
        self.endResetModel()

    def place_of(self, node: NodeId | None) -> int:
        """The row of a node; -1 for none."""
        return -1 if node is None else self._places.get(node, -1)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns):
            self._sorted = column
            self.sort_wanted.emit(Order(column, order == Qt.SortOrder.DescendingOrder))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            # The arrow stands at the right, where the titles of numbers end.
            return column.title + _ROOM if column.is_number and section == self._sorted else column.title
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_number:
            return _RIGHT
        return column.hint if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        row, column = self.rows[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title}: {column.text(row)}"
            case Qt.ItemDataRole.ToolTipRole:
                return self.words_of(row)
            case Qt.ItemDataRole.DecorationRole if column.has_mark:
                return self.mark_of(self.node_of(row))
            case Qt.ItemDataRole.TextAlignmentRole if column.is_number:
                return _RIGHT
        return None
