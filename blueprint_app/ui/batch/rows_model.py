"""The jobs of a run as a table; only rows that changed are painted anew."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from blueprint_app.ui.attempts.words import cost
from blueprint_app.ui.batch.board import Row
from blueprint_app.ui.look.icons import tone_icon
from blueprint_app.ui.theme import LIGHT, Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
COLUMNS = ("Node", "Model", "State", "Tokens", "Cost")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NODE, MODEL, STATE, TOKENS, COST = range(len(COLUMNS))


class RowsModel(QAbstractTableModel):
    """One row a job, in the order in which they are begun."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._theme = LIGHT

    def show_rows(self, rows: tuple[Row, ...], theme: Theme) -> None:
        """Show the rows as they stand."""
        if len(rows) != len(self._rows) or theme is not self._theme:
            self.beginResetModel()
            self._rows, self._theme = rows, theme
            self.endResetModel()
            return
        old, self._rows = self._rows, rows
        for number, (before, now) in enumerate(zip(old, rows, strict=True)):
            if before != now:
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(COLUMNS) - 1))

    def row(self, index: Index) -> Row:
        """The job of a row."""
        return self._rows[index.row()]

    @property
    def first_running(self) -> int:
        """The first row that is being worked on; -1 for none."""
        return next((number for number, row in enumerate(self._rows) if row.is_running), -1)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (TOKENS, COST):
            return _RIGHT
        wanted = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return COLUMNS[section] if wanted else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _texts(row)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (row.name, row.model, row.state, row.hint)))
            case Qt.ItemDataRole.DecorationRole if index.column() == STATE:
                return self._icon(row)
            case Qt.ItemDataRole.TextAlignmentRole if index.column() in (TOKENS, COST):
                return _RIGHT
        return None

    def _icon(self, row: Row) -> QIcon | None:
        return None if row.tone is None else tone_icon(row.tone, self._theme)


def _texts(row: Row) -> tuple[str, ...]:
    tokens = f"{row.amount.tokens:,}" if row.amount.tokens else ""
    return row.name, row.model, row.state, tokens, cost(row.amount.cost or None)
