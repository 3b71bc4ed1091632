"""Diagnostics as a table, with an order for severities and places that people expect."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QIcon

from blueprint_app.insight.search import folded
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.ui.icons import severity_icon
from blueprint_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
COLUMNS = ("Severity", "Message", "Place", "What to do")
SEVERITY, MESSAGE, PLACE, HINT = range(len(COLUMNS))
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
_RANK = {severity: rank for rank, severity in enumerate(Severity)}


class DiagnosticsModel(QAbstractTableModel):
    """One row a diagnostic: severity, message, place, what to do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Diagnostic, ...] = ()
        self._icons: dict[Severity, QIcon] = {}

    def show_diagnostics(self, rows: tuple[Diagnostic, ...], theme: Theme) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self._icons = {severity: severity_icon(severity, theme) for severity in Severity}
        self.endResetModel()

    def diagnostic(self, index: Index) -> Diagnostic:
        """The diagnostic of a row."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        wanted = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return COLUMNS[section] if wanted else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _texts(row)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (row.message, row.hint, str(row.place or ""))))
            case Qt.ItemDataRole.DecorationRole if index.column() == SEVERITY:
                return self._icons[row.severity]
        if role == SORT_ROLE:
            return _sort_key(row, index.column())
        return None


def _texts(row: Diagnostic) -> tuple[str, str, str, str]:
    # The file's name tells it from the others; its folder is in the tooltip.
    place = str(row.place).rsplit("/", 1)[-1] if row.place else ""
    return row.severity.capitalize(), row.message, place, row.hint


def _sort_key(row: Diagnostic, column: int) -> str:
    if column == SEVERITY:
        return str(_RANK[row.severity])
    if column == PLACE and row.place:
        return f"{row.place.file}\0{row.place.line:09}"
    return folded(_texts(row)[column])


class DiagnosticsFilter(QSortFilterProxyModel):
    """Sorts the table and keeps the rows that hold every word of a filter, of the severities that are asked for."""

    def __init__(self, source: DiagnosticsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._severities = frozenset(Severity)
        self._source = source
        self.setSourceModel(source)
        self.setSortRole(SORT_ROLE)

    def show_only(self, text: str, severities: frozenset[Severity]) -> None:
        """Keep the rows with all words of `text` and one of `severities`."""
        self.beginFilterChange()
        self._words, self._severities = tuple(folded(text).split()), severities
        self.endFilterChange()

    def diagnostic(self, index: Index) -> Diagnostic:
        """The diagnostic of a row as it is shown."""
        return self._source.diagnostic(self.mapToSource(index))

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        diagnostic = self._source.diagnostic(self._source.index(row, 0, parent))
        more = (diagnostic.code, diagnostic.node or "", str(diagnostic.place or ""))
        text = folded(" ".join((*_texts(diagnostic), *more)))
        return diagnostic.severity in self._severities and all(word in text for word in self._words)
